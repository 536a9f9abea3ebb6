"""The shapes of counts by day, as OpenAPI 3.0 describes them."""

from collections.abc import Mapping

from geo_api.http.openapi_schemas import (
    FLAG,
    NUMBER,
    NUMBER_OR_NULL,
    TEXT,
    TIME,
    Schema,
    list_of,
    object_of,
    ref,
    values_by_name,
)

_CODE: Schema = {"type": "string", "nullable": True}
_DAY: Schema = {"type": "string", "format": "date"}


def _rows(length: int) -> Schema:
    return list_of(list_of({"type": "integer"}, minItems=length, maxItems=length))


_PERIOD = {"layer": TEXT, "from": _DAY, "to": _DAY, "simulated": FLAG}
_LISTS = {"provinces": list_of(_CODE), "classes": list_of(_CODE), "newest": TIME}

DAILY_COUNTS_SCHEMAS: Mapping[str, Schema] = {
    "hotspotsByDay": object_of(
        "layer from to first_day newest provinces classes counts windowed industrial_heat"
        " simulated",
        **_PERIOD,
        **_LISTS,
        first_day={**_DAY, "nullable": True},
        counts=_rows(4),
        windowed=_rows(5),
        industrial_heat={**TEXT, "enum": ["included", "excluded"]},
    ),
    "airByDay": object_of(
        "layer from to stations pm25_24h simulated",
        **_PERIOD,
        stations=list_of(
            object_of(
                "id name lon lat province",
                id=TEXT,
                name=ref("text"),
                lon=NUMBER,
                lat=NUMBER,
                province=_CODE,
            )
        ),
        pm25_24h=values_by_name(list_of(NUMBER_OR_NULL)),
    ),
}
