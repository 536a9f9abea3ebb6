"""The shapes of counts by day, as OpenAPI 3.0 describes them."""

from collections.abc import Mapping

from geo_api.http.openapi_schemas import Schema, list_of, object_of, ref, values_by_name

_TEXT: Schema = {"type": "string"}
_CODE: Schema = {"type": "string", "nullable": True}
_NUMBER: Schema = {"type": "number"}
_NUMBER_OR_NULL: Schema = {"type": "number", "nullable": True}
_FLAG: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "format": "date"}
_TIME: Schema = {"type": "string", "format": "date-time", "nullable": True}


def _rows(length: int) -> Schema:
    return list_of(list_of({"type": "integer"}, minItems=length, maxItems=length))


_PERIOD = {"layer": _TEXT, "from": _DAY, "to": _DAY, "simulated": _FLAG}
_LISTS = {"provinces": list_of(_CODE), "classes": list_of(_CODE), "newest": _TIME}

DAILY_COUNTS_SCHEMAS: Mapping[str, Schema] = {
    "hotspotsByDay": object_of(
        "layer from to first_day newest provinces classes counts windowed industrial_heat"
        " simulated",
        **_PERIOD,
        **_LISTS,
        first_day={**_DAY, "nullable": True},
        counts=_rows(4),
        windowed=_rows(5),
        industrial_heat={**_TEXT, "enum": ["included", "excluded"]},
    ),
    "airByDay": object_of(
        "layer from to stations pm25_24h simulated",
        **_PERIOD,
        stations=list_of(
            object_of(
                "id name lon lat province",
                id=_TEXT,
                name=ref("text"),
                lon=_NUMBER,
                lat=_NUMBER,
                province=_CODE,
            )
        ),
        pm25_24h=values_by_name(list_of(_NUMBER_OR_NULL)),
    ),
}
