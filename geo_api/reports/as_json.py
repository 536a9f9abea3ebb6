"""A report as JSON: what is declared in layers/reports, with the same names."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from layers.reports.measures import Comparison


def as_json(value: Any) -> Any:
    """Of a dataclass an object, of times their UTC, of a Text its `th` and `en`; a Comparison tells
    its difference and percent, too."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: as_json(getattr(value, one.name)) for one in fields(value)}
        if isinstance(value, Comparison):
            told |= {"difference": value.difference, "percent": value.percent}
        return told
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(key): as_json(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [as_json(one) for one in value]
    return value
