"""The shapes of our answers as OpenAPI 3.0 describes them: OGC API – Features, Part 1 (17-069r4),
GeoJSON (RFC 7946), problems (RFC 9457), OGC API – Tiles, Part 1 (20-057), TileJSON 3.0.0, and
rasters as we tell of them."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": "string", "nullable": True}
_NUMBER: Schema = {"type": "number"}
_NUMBER_OR_NULL: Schema = {"type": "number", "nullable": True}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_FLAG: Schema = {"type": "boolean"}
_TIME: Schema = {"type": "string", "format": "date-time", "nullable": True}


def ref(name: str) -> Schema:
    """A reference to one of SCHEMAS."""
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _object(required: str, **properties: Schema) -> Schema:
    """`required`: names with spaces between."""
    made: Schema = {"type": "object", "properties": properties}
    return made | ({"required": required.split()} if required else {})


def _named(value: Schema) -> Schema:
    """Values by name."""
    return {"type": "object", "additionalProperties": value}


_LINKS = _list(ref("link"))
_PROVENANCE = {"attribution": _TEXT, "licence": _TEXT, "simulated": _FLAG}

_SAID = {"title": _TEXT, "name": _TEXT, "description": _TEXT, "attribution": _TEXT}
_BOX = _list(_NUMBER, minItems=4, maxItems=4)
_ABOUT_RASTER = {
    **dict.fromkeys(("title", "licence", "attribution", "quantity"), _TEXT),
    "unit": _TEXT_OR_NULL,
}
# What is known of how a day of a raster was made.
_MADE: dict[str, Schema] = {
    "day": {"type": "string", "format": "date"},
    "method": _TEXT,
    "stations": {"type": "integer", "nullable": True},
    "rmse": _NUMBER_OR_NULL,
    "simulated": _FLAG,
}

SCHEMAS: Mapping[str, Schema] = {
    "problem": _object(
        "type title status detail",
        type=_TEXT,
        title=_TEXT,
        status={"type": "integer"},
        detail=_TEXT,
        instance=_TEXT,
        parameter=_TEXT,
    ),
    "link": _object("href rel", href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT, hreflang=_TEXT),
    "text": _object("th en", th=_TEXT, en=_TEXT),
    "landingPage": _object(
        "title links", title=_TEXT, description=_TEXT, simulated=_FLAG, links=_LINKS
    ),
    "confClasses": _object("conformsTo", conformsTo=_list(_TEXT), simulated=_FLAG, links=_LINKS),
    "extent": _object(
        "",
        spatial=_object(
            "bbox",
            bbox=_list(_list({"type": "number"}, minItems=4, maxItems=6), minItems=1),
            crs=_TEXT,
        ),
        temporal=_object(
            "interval", interval=_list(_list(_TIME, minItems=2, maxItems=2)), trs=_TEXT
        ),
    ),
    "field": _object(
        "name title",
        name=_TEXT,
        title=ref("text"),
        unit=_TEXT,
        description=ref("text"),
        values={"type": "object", "additionalProperties": ref("text")},
    ),
    "freshness": _object(
        "loaded stale",
        loaded=_FLAG,
        newest=_TIME,
        last_run=_TIME,
        stale=_FLAG,
        stale_after_h={"type": "number"},
        data_as_of=_TIME,
    ),
    "status": _object(
        "at simulated sources analyses layers",
        at=_TIME,
        simulated=_FLAG,
        sources=_named(ref("runs")),
        analyses=_named(ref("runs")),
        layers=_named({"allOf": [ref("freshness"), _object("title simulated", title=ref("text"))]}),
    ),
    "runs": _object(
        "last_run last_status succeeded",
        title=_object("th en", th=_TEXT, en=_TEXT) | {"nullable": True},
        licence=_TEXT_OR_NULL,
        last_status=_TEXT_OR_NULL,
        last_run=_TIME,
        last_message=_TEXT_OR_NULL,
        succeeded=_TIME,
        quarantined=_WHOLE,
        reasons=_list(_object("reason rows", reason=_TEXT, rows=_WHOLE)),
        data_as_of=_TIME,
        computed_from=_list(
            _object("source run succeeded", source=_TEXT, run=_WHOLE, succeeded=_TIME)
        ),
    ),
    "collection": _object(
        "id title links",
        id=_TEXT,
        title=_TEXT,
        description=_TEXT,
        titles=ref("text"),
        descriptions=ref("text"),
        **_PROVENANCE,
        extent=ref("extent"),
        itemType=_TEXT,
        timed=_FLAG,
        crs=_list(_TEXT),
        storageCrs=_TEXT,
        fields=_list(ref("field")),
        freshness=ref("freshness"),
        links=_LINKS,
    ),
    "collections": _object("links collections", links=_LINKS, collections=_list(ref("collection"))),
    "geometry": _object(
        "type",
        type={
            "type": "string",
            "enum": [
                *("Point", "MultiPoint", "LineString", "MultiLineString"),
                *("Polygon", "MultiPolygon", "GeometryCollection"),
            ],
        },
        coordinates=_list({}),
        geometries=_list({"type": "object"}),
    ),
    "featureGeoJSON": _object(
        "type geometry properties",
        type={"type": "string", "enum": ["Feature"]},
        id={"oneOf": [_TEXT, {"type": "integer"}]},
        geometry={"nullable": True, "allOf": [ref("geometry")]},
        properties={"type": "object", "nullable": True},
        **_PROVENANCE,
        links=_LINKS,
    ),
    "featureCollectionGeoJSON": _object(
        "type features",
        type={"type": "string", "enum": ["FeatureCollection"]},
        timeStamp={"type": "string", "format": "date-time"},
        numberMatched=_WHOLE,
        numberMatchedEstimate=_WHOLE,
        numberReturned=_WHOLE,
        **_PROVENANCE,
        features=_list(ref("featureGeoJSON")),
        links=_LINKS,
    ),
    "queryables": _object(
        "type properties", type=_TEXT, title=_TEXT, properties={"type": "object"}
    ),
    "functions": _object(
        "functions",
        functions=_list(
            _object(
                "name returns",
                name=_TEXT,
                description=_TEXT_OR_NULL,
                arguments=_list(_object("title type", title=_TEXT, type=_list(_TEXT))),
                returns=_list(_TEXT),
            )
        ),
    ),
    "tileJSON": _object(
        "tilejson tiles",
        tilejson={"type": "string", "enum": ["3.0.0"]},
        **_SAID,
        scheme=_TEXT,
        tiles=_list(_TEXT, minItems=1),
        vector_layers=_list(_object("id fields", id=_TEXT, fields={"type": "object"})),
        minzoom=_WHOLE,
        maxzoom=_WHOLE,
        bounds=_BOX,
        center=_list(_NUMBER, minItems=3, maxItems=3),
    ),
    "tileSet": _object(
        "dataType crs links",
        **_SAID,
        license=_TEXT,
        dataType={"type": "string", "enum": ["map", "vector", "coverage"]},
        crs=_TEXT,
        tileMatrixSetURI=_TEXT,
        layers=_list({"type": "object"}),
        links=_LINKS,
    ),
    "tileSets": _object("tilesets", links=_LINKS, tilesets=_list(ref("tileSet"))),
    "tileSetOrTileJSON": {"oneOf": [ref("tileSet"), ref("tileJSON")]},
    "tileMatrixSets": _object(
        "tileMatrixSets",
        links=_LINKS,
        tileMatrixSets=_list(_object("id links", id=_TEXT, uri=_TEXT, crs=_TEXT, links=_LINKS)),
    ),
    "tileMatrixSet": _object(
        "id crs tileMatrices",
        id=_TEXT,
        title=_TEXT,
        uri=_TEXT,
        crs=_TEXT,
        orderedAxes=_list(_TEXT),
        wellKnownScaleSet=_TEXT,
        tileMatrices=_list(ref("tileMatrix")),
    ),
    "tileMatrix": _object(
        "id scaleDenominator cellSize pointOfOrigin tileWidth tileHeight matrixWidth matrixHeight",
        id=_TEXT,
        scaleDenominator=_NUMBER,
        cellSize=_NUMBER,
        cornerOfOrigin=_TEXT,
        pointOfOrigin=_list(_NUMBER, minItems=2, maxItems=2),
        **dict.fromkeys(("tileWidth", "tileHeight", "matrixWidth", "matrixHeight"), _WHOLE),
    ),
    "raster": _object(
        "layer legend days",
        layer=_TEXT,
        **_ABOUT_RASTER,
        description=_TEXT,
        simulated=_FLAG,
        legend=_list(ref("rasterClass")),
        days=_list(ref("rasterDay")),
    ),
    "rasterClass": _object(
        "class title color above up_to",
        **{"class": _TEXT},
        title=_TEXT,
        color=_TEXT,
        above=_NUMBER_OR_NULL,
        up_to=_NUMBER_OR_NULL,
    ),
    "rasterDay": _object(
        "day bounds png geotiff tiles",
        **_MADE,
        bounds=_BOX,
        made_at=_TIME,
        png=_TEXT,
        geotiff=_TEXT,
        tiles=_TEXT,
    ),
    "rasterPoint": {
        "allOf": [
            _object("layer lon lat", layer=_TEXT, **_ABOUT_RASTER, lon=_NUMBER, lat=_NUMBER),
            {
                "oneOf": [
                    ref("rasterValue"),
                    _object("series", series=_list(ref("rasterValue"))),
                ]
            },
        ]
    },
    "searchResults": _object(
        "query more results", query=_TEXT, more=_FLAG, results=_list(ref("searchResult"))
    ),
    "searchResult": _object(
        "kind kind_title id name_th name_en number within lon lat href matched",
        **dict.fromkeys(("kind", "kind_title", "id", "name_th", "href"), _TEXT),
        **dict.fromkeys(("name_en", "number"), _TEXT_OR_NULL),
        **dict.fromkeys(("lon", "lat"), _NUMBER),
        within=_object("", district=ref("namedArea"), province=ref("namedArea")),
        matched=_object(
            "part how text spans",
            part={"type": "string", "enum": ["name_th", "name_en", "number", "romanised"]},
            how={"type": "string", "enum": ["exact", "prefix", "part", "similar"]},
            text=_TEXT,
            spans=_list(_list(_WHOLE, minItems=2, maxItems=2)),
        ),
    ),
    "namedArea": _object(
        "id name_th name_en", **dict.fromkeys(("id", "name_th", "name_en"), _TEXT)
    ),
    "rasterValue": _object(
        "day value",
        **_MADE,
        value=_NUMBER_OR_NULL,
        interpolated=_NUMBER_OR_NULL,
        **dict.fromkeys(("class", "class_title", "color"), _TEXT_OR_NULL),
        nearest_station_m=_NUMBER_OR_NULL,
        note=_TEXT,
    ),
}
