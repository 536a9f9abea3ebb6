"""The shapes of what is told of rasters, as OpenAPI 3.0 describes them."""

from collections.abc import Mapping

from geo_api.http.openapi_schemas import Schema, list_of, object_of, ref

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": "string", "nullable": True}
_NUMBER: Schema = {"type": "number"}
_NUMBER_OR_NULL: Schema = {"type": "number", "nullable": True}
_FLAG: Schema = {"type": "boolean"}
_TIME: Schema = {"type": "string", "format": "date-time", "nullable": True}
_BOX = list_of(_NUMBER, minItems=4, maxItems=4)
_ABOUT_RASTER = {
    **dict.fromkeys(("title", "licence", "attribution", "quantity"), _TEXT),
    "unit": _TEXT_OR_NULL,
}
# What is known of how a day of a raster was made.
_MADE: dict[str, Schema] = {
    "day": {"type": "string", "format": "date"},
    "method": _TEXT,
    "stations": {"type": "integer", "nullable": True},
    "hour": {"type": "integer", "minimum": 1, "maximum": 24},
    "ends_at": {"type": "string", "format": "date-time"},
    "rmse": _NUMBER_OR_NULL,
    "within_error": _NUMBER_OR_NULL,
    "simulated": _FLAG,
    "made_at": {"type": "string", "format": "date-time"},
    "run_id": {"type": "integer"},
    "inputs": list_of(object_of("source run", source=_TEXT, run={"type": "integer"})),
}
# A value, and what it is earlier than where a difference was asked for.
_VALUED: dict[str, Schema] = {
    "value": _NUMBER_OR_NULL,
    "standard_error": _NUMBER_OR_NULL,
    **dict.fromkeys(("class", "class_title", "color"), _TEXT_OR_NULL),
    "note": _TEXT,
    "minus": object_of(
        "day value",
        **{name: _MADE[name] for name in ("day", "hour", "ends_at")},
        value=_NUMBER_OR_NULL,
        standard_error=_NUMBER_OR_NULL,
    ),
}

RASTER_SCHEMAS: Mapping[str, Schema] = {
    "raster": object_of(
        "layer legend days",
        layer=_TEXT,
        **_ABOUT_RASTER,
        description=_TEXT,
        simulated=_FLAG,
        legend=list_of(ref("rasterClass")),
        difference_legend=list_of(ref("rasterClass")),
        days=list_of(ref("rasterDay")),
    ),
    "rasterClass": object_of(
        "class title color above up_to",
        **{"class": _TEXT},
        title=_TEXT,
        color=_TEXT,
        above=_NUMBER_OR_NULL,
        up_to=_NUMBER_OR_NULL,
    ),
    "rasterDay": object_of(
        "day bounds png geotiff tiles",
        **_MADE,
        bounds=_BOX,
        starts_at=_TIME,
        png=_TEXT,
        geotiff=_TEXT,
        tiles=_TEXT,
    ),
    "rasterPoint": {
        "allOf": [
            object_of("layer lon lat", layer=_TEXT, **_ABOUT_RASTER, lon=_NUMBER, lat=_NUMBER),
            {
                "oneOf": [
                    ref("rasterValue"),
                    object_of("series", series=list_of(ref("rasterValue"))),
                ]
            },
        ]
    },
    "rasterValue": object_of(
        "day value",
        **_MADE,
        **_VALUED,
        interpolated=_NUMBER_OR_NULL,
        nearest_station_m=_NUMBER_OR_NULL,
    ),
    "rasterSeries": object_of(
        "layer lon lat series",
        layer=_TEXT,
        **_ABOUT_RASTER,
        lon=_NUMBER,
        lat=_NUMBER,
        series=list_of(ref("rasterValue")),
    ),
    "rasterZone": object_of(
        "layer zone day value coverage",
        layer=_TEXT,
        **_ABOUT_RASTER,
        zone=object_of("bounds", collection=_TEXT, id=_TEXT, bounds=_BOX),
        **_MADE,
        **_VALUED,
        coverage={"type": "number", "minimum": 0, "maximum": 1},
    ),
}
