"""The shapes of counts by day, as OpenAPI 3.0 describes them."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_CODE: Schema = {"type": "string", "nullable": True}
_NUMBER: Schema = {"type": "number"}
_NUMBER_OR_NULL: Schema = {"type": "number", "nullable": True}
_FLAG: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "format": "date"}
_TIME: Schema = {"type": "string", "format": "date-time", "nullable": True}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _object(required: str, **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": required.split()}


def _by_name(value: Schema) -> Schema:
    return {"type": "object", "additionalProperties": value}


def _rows(length: int) -> Schema:
    return _list(_list({"type": "integer"}, minItems=length, maxItems=length))


_PERIOD = {"layer": _TEXT, "from": _DAY, "to": _DAY, "simulated": _FLAG}
_LISTS = {"provinces": _list(_CODE), "classes": _list(_CODE), "newest": _TIME}

DAILY_COUNTS_SCHEMAS: Mapping[str, Schema] = {
    "hotspotsByDay": _object(
        "layer from to first_day newest provinces classes counts windowed simulated",
        **_PERIOD,
        **_LISTS,
        first_day={**_DAY, "nullable": True},
        counts=_rows(4),
        windowed=_rows(5),
    ),
    "complaintsByMonth": _object(
        "layer from to first_month newest provinces classes by_month of_known_day simulated",
        **_PERIOD,
        **_LISTS,
        first_month=_TEXT,
        by_month=_rows(4),
        of_known_day=_rows(4),
    ),
    "airByDay": _object(
        "layer from to stations pm25_24h simulated",
        **_PERIOD,
        stations=_list(
            _object(
                "id name lon lat province",
                id=_TEXT,
                name=_ref("text"),
                lon=_NUMBER,
                lat=_NUMBER,
                province=_CODE,
            )
        ),
        pm25_24h=_by_name(_list(_NUMBER_OR_NULL)),
    ),
}
