"""Reads payloads through a source's formats and parse, without a database."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geo_api.ingest.payloads import records
from layers.model import Delivery, Rejected, Row, Source, judged

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
RECEIVED = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


def parsed(
    source: Source, path: Path, *, received_at: datetime = RECEIVED, **context: str
) -> tuple[list[Row], list[Rejected]]:
    """The rows and the rejections of a file."""
    delivery = Delivery(path.name, received_at, context)
    found = source.parse(records(path, source.formats), delivery)
    results = list(judged(found, source.plausible))
    rows = [result for result in results if isinstance(result, Row)]
    return rows, [result for result in results if isinstance(result, Rejected)]


def values_of(rows: list[Row], table: str) -> list[dict[str, Any]]:
    """The values of the rows for one table."""
    return [row.values for row in rows if row.table == table]


def written(path: Path, content: Any) -> Path:
    """The path, holding the text, or what is not text as JSON."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path
