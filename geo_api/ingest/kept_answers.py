"""The names of files in which answers of live feeds are kept: when they came, and what they are."""

import re
from datetime import UTC, datetime
from pathlib import Path

_TIME = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"(\d{8}T\d{12}Z)-[0-9a-f]{12}\.gz")


def kept_name(received_at: datetime, digest: str) -> str:
    """Of an answer with that SHA-256."""
    return f"{received_at:{_TIME}}-{digest[:12]}.gz"


def kept_since(path: Path) -> datetime | None:
    """When an answer that is kept was received (UTC); None for other files."""
    kept = _NAME.fullmatch(path.name)
    return datetime.strptime(kept[1], _TIME).replace(tzinfo=UTC) if kept else None
