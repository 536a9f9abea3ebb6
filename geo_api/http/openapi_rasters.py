"""The shapes of what is told of rasters, as OpenAPI 3.0 describes them."""

from collections.abc import Mapping

from geo_api.http.openapi_schemas import (
    BOX,
    FLAG,
    NUMBER,
    NUMBER_OR_NULL,
    TEXT,
    TEXT_OR_NULL,
    TIME,
    Schema,
    list_of,
    object_of,
    ref,
)

_ABOUT_RASTER = {
    **dict.fromkeys(("title", "licence", "attribution", "quantity"), TEXT),
    "unit": TEXT_OR_NULL,
}
# What is known of how a day of a raster was made.
_MADE: dict[str, Schema] = {
    "day": {"type": "string", "format": "date"},
    "method": TEXT,
    "stations": {"type": "integer", "nullable": True},
    "hour": {"type": "integer", "minimum": 1, "maximum": 24},
    "ends_at": {"type": "string", "format": "date-time"},
    "rmse": NUMBER_OR_NULL,
    "within_error": NUMBER_OR_NULL,
    "simulated": FLAG,
    "made_at": {"type": "string", "format": "date-time"},
    "run_id": {"type": "integer"},
    "inputs": list_of(object_of("source run", source=TEXT, run={"type": "integer"})),
}
# A value, and what it is earlier than where a difference was asked for.
_VALUED: dict[str, Schema] = {
    "value": NUMBER_OR_NULL,
    "standard_error": NUMBER_OR_NULL,
    **dict.fromkeys(("class", "class_title", "color"), TEXT_OR_NULL),
    "note": TEXT,
    "minus": object_of(
        "day value",
        **{name: _MADE[name] for name in ("day", "hour", "ends_at")},
        value=NUMBER_OR_NULL,
        standard_error=NUMBER_OR_NULL,
    ),
}

RASTER_SCHEMAS: Mapping[str, Schema] = {
    "raster": object_of(
        "layer legend days",
        layer=TEXT,
        **_ABOUT_RASTER,
        description=TEXT,
        simulated=FLAG,
        legend=list_of(ref("rasterClass")),
        difference_legend=list_of(ref("rasterClass")),
        days=list_of(ref("rasterDay")),
    ),
    "rasterClass": object_of(
        "class title color above up_to",
        **{"class": TEXT},
        title=TEXT,
        color=TEXT,
        above=NUMBER_OR_NULL,
        up_to=NUMBER_OR_NULL,
    ),
    "rasterDay": object_of(
        "day bounds png geotiff tiles",
        **_MADE,
        bounds=BOX,
        starts_at=TIME,
        png=TEXT,
        geotiff=TEXT,
        tiles=TEXT,
    ),
    "rasterPoint": {
        "allOf": [
            object_of("layer lon lat", layer=TEXT, **_ABOUT_RASTER, lon=NUMBER, lat=NUMBER),
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
        interpolated=NUMBER_OR_NULL,
        nearest_station_m=NUMBER_OR_NULL,
    ),
    "rasterSeries": object_of(
        "layer lon lat series",
        layer=TEXT,
        **_ABOUT_RASTER,
        lon=NUMBER,
        lat=NUMBER,
        series=list_of(ref("rasterValue")),
    ),
    "rasterZone": object_of(
        "layer zone day value coverage",
        layer=TEXT,
        **_ABOUT_RASTER,
        zone=object_of("bounds", collection=TEXT, id=TEXT, bounds=BOX),
        **_MADE,
        **_VALUED,
        coverage={"type": "number", "minimum": 0, "maximum": 1},
    ),
}
