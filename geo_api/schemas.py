"""The shapes of our answers as OpenAPI 3.0 describes them: OGC API – Features, Part 1 (17-069r4),
GeoJSON (RFC 7946) and problems (RFC 9457)."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
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


_LINKS = _list(ref("link"))
_PROVENANCE = {"attribution": _TEXT, "licence": _TEXT, "simulated": _FLAG}

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
}
