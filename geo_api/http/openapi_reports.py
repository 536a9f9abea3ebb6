"""The shapes of what the pages say in numbers, as OpenAPI 3.0 describes them: layers/reports."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_CODE: Schema = {"type": "string", "nullable": True}
_NUMBER: Schema = {"type": "number"}
_NUMBER_OR_NULL: Schema = {"type": "number", "nullable": True}
_WHOLE_OR_NULL: Schema = {"type": "integer", "nullable": True}
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

REPORT_SCHEMAS: Mapping[str, Schema] = {
    "place": _object("code name", code=_TEXT, name=_ref("text")) | {"nullable": True},
    "comparison": _object(
        "base_kind value base difference percent",
        base_kind={
            "type": "string",
            "enum": ["days_before", "last_season", "week_before", "month_before", "year_before"],
        },
        value=_NUMBER_OR_NULL,
        base=_NUMBER_OR_NULL,
        difference=_NUMBER_OR_NULL,
        percent=_NUMBER_OR_NULL,
    ),
    "series": _object(
        "start step values",
        start=_DAY,
        step={"type": "string", "enum": ["day", "month"]},
        values=_list(_NUMBER_OR_NULL),
    )
    | {"nullable": True},
    "measure": _object(
        "name state value comparisons of as_of series last_season parts beside highest",
        name=_TEXT,
        state={
            "type": "string",
            "enum": [
                *("known", "late", "not_seen", "no_station", "too_few", "never_loaded"),
                "not_published",
            ],
        },
        value=_NUMBER_OR_NULL,
        comparisons=_list(_ref("comparison")),
        of=_WHOLE_OR_NULL,
        as_of=_TIME,
        series=_ref("series"),
        last_season=_ref("series"),
        parts=_by_name(_NUMBER),
        beside=_by_name(_NUMBER),
        highest=_ref("place"),
        highest_value=_NUMBER_OR_NULL,
        more_is_better=_FLAG,
    ),
    "provinceRow": _object(
        "code name region hotspots week week_before last_season days land_use pm25 complaints"
        " complaints_open upwind factories certified tco2e",
        code=_TEXT,
        name=_ref("text"),
        region=_TEXT,
        **dict.fromkeys(("hotspots", "week", "week_before", "last_season"), _WHOLE_OR_NULL),
        days=_list(_WHOLE_OR_NULL),
        land_use=_by_name({"type": "integer"}),
        pm25=_NUMBER_OR_NULL,
        **dict.fromkeys(("complaints", "complaints_open", "upwind"), _WHOLE_OR_NULL),
        **dict.fromkeys(("factories", "certified"), _WHOLE_OR_NULL),
        tco2e=_NUMBER_OR_NULL,
    ),
    "stationMean": _object(
        "id name lon lat province_code pm25",
        id=_TEXT,
        name=_ref("text"),
        lon=_NUMBER,
        lat=_NUMBER,
        province_code=_CODE,
        pm25=_NUMBER_OR_NULL,
    ),
    "layerAge": _object(
        "layer title newest loaded stale due",
        layer=_TEXT,
        title=_ref("text"),
        newest=_TIME,
        loaded=_FLAG,
        stale=_FLAG,
        due={"type": "string", "enum": ["daily", "periodic"]},
    ),
    "brief": _object(
        "day start end first_day last_day month measures provinces stations freshness simulated"
        " computed_at",
        day=_DAY,
        start=_TIME,
        end=_TIME,
        first_day={**_DAY, "nullable": True},
        last_day=_DAY,
        month=_DAY,
        measures=_by_name(_ref("measure")),
        provinces=_list(_ref("provinceRow")),
        stations=_list(_ref("stationMean")),
        freshness=_list(_ref("layerAge")),
        simulated=_FLAG,
        computed_at=_TIME,
    ),
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
