"""The shapes of our answers as OpenAPI 3.0 describes them: OGC API – Features, Part 1 (17-069r4),
GeoJSON (RFC 7946), problems (RFC 9457), OGC API – Tiles, Part 1 (20-057), and TileJSON 3.0.0."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": "string", "nullable": True}
_NUMBER: Schema = {"type": "number"}
_NUMBER_OR_NULL: Schema = {"type": "number", "nullable": True}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_OR_NULL: Schema = {"nullable": True}
_FLAG: Schema = {"type": "boolean"}
_TIME: Schema = {"type": "string", "format": "date-time", "nullable": True}


def ref(name: str) -> Schema:
    """A reference to one of SCHEMAS."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def object_of(required: str, /, **properties: Schema) -> Schema:
    """`required`: names with spaces between."""
    made: Schema = {"type": "object", "properties": properties}
    return made | ({"required": required.split()} if required else {})


def values_by_name(value: Schema) -> Schema:
    """Values by name."""
    return {"type": "object", "additionalProperties": value}


_LINKS = list_of(ref("link"))
_PROVENANCE = {"attribution": _TEXT, "licence": _TEXT, "simulated": _FLAG}

_SAID = {"title": _TEXT, "name": _TEXT, "description": _TEXT, "attribution": _TEXT}
_BOX = list_of(_NUMBER, minItems=4, maxItems=4)
SCHEMAS: Mapping[str, Schema] = {
    "stacCatalog": object_of(
        "type stac_version id description links", id=_TEXT, description=_TEXT, links=_LINKS
    ),
    "stacCollection": object_of(
        "type stac_version id description license extent links",
        id=_TEXT,
        description=_TEXT,
        license=_TEXT,
        links=_LINKS,
    ),
    "stacItem": object_of(
        "type stac_version id geometry bbox properties assets links",
        id=_TEXT,
        bbox=_BOX,
        links=_LINKS,
    ),
    "statistics": object_of(
        "layer by values units groups attribution licence simulated",
        layer=_TEXT,
        by=list_of(_TEXT),
        values=list_of(_TEXT),
        units=values_by_name(_TEXT),
        groups=list_of(object_of("count", count={"type": "integer"})),
        **_PROVENANCE,
    ),
    "problem": object_of(
        "type title status detail",
        type=_TEXT,
        title=_TEXT,
        status={"type": "integer"},
        detail=_TEXT,
        instance=_TEXT,
        parameter=_TEXT,
        missing=list_of(_TEXT),
        request_id=_TEXT | {"description": "Also in the header X-Request-Id, and in our log."},
    ),
    "link": object_of("href rel", href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT, hreflang=_TEXT),
    "text": object_of("th en", th=_TEXT, en=_TEXT),
    "landingPage": object_of(
        "title links", title=_TEXT, description=_TEXT, simulated=_FLAG, links=_LINKS
    ),
    "confClasses": object_of(
        "conformsTo", conformsTo=list_of(_TEXT), simulated=_FLAG, links=_LINKS
    ),
    "extent": object_of(
        "",
        spatial=object_of(
            "bbox",
            bbox=list_of(list_of({"type": "number"}, minItems=4, maxItems=6), minItems=1),
            crs=_TEXT,
        ),
        temporal=object_of(
            "interval", interval=list_of(list_of(_TIME, minItems=2, maxItems=2)), trs=_TEXT
        ),
    ),
    "field": object_of(
        "name title",
        name=_TEXT,
        title=ref("text"),
        unit=_TEXT,
        description=ref("text"),
        values={"type": "object", "additionalProperties": ref("text")},
        kind={"type": "string", "enum": ["amount", "share", "year"]},
        decimals={"type": "integer", "minimum": 0},
    ),
    "freshness": object_of(
        "loaded stale",
        loaded=_FLAG,
        newest=_TIME,
        last_run=_TIME,
        stale=_FLAG,
        stale_after_h={"type": "number"},
        data_as_of=_TIME,
    ),
    "status": object_of(
        "at simulated sources analyses unshown layers",
        at=_TIME,
        simulated=_FLAG,
        sources=values_by_name(ref("runs")),
        analyses=values_by_name(ref("runs")),
        unshown=list_of(
            object_of(
                "what rows remedy sources",
                what=ref("text"),
                rows=_WHOLE | {"nullable": True},
                remedy=ref("text"),
                sources=list_of(_TEXT),
            )
        ),
        layers=values_by_name(
            {"allOf": [ref("freshness"), object_of("title simulated", title=ref("text"))]}
        ),
    ),
    "quarantine": object_of(
        "rows sources",
        rows=_WHOLE,
        sources=values_by_name(
            object_of(
                "title rows reasons",
                title=object_of("th en", th=_TEXT, en=_TEXT) | {"nullable": True},
                rows=_WHOLE,
                reasons=list_of(
                    object_of(
                        "reason words remedy rows places",
                        reason=_TEXT,
                        words=ref("text"),
                        remedy=ref("text"),
                        rows=_WHOLE,
                        places=list_of(object_of("file line", file=_TEXT, line=_WHOLE)),
                    )
                ),
            )
        ),
    ),
    "runs": object_of(
        "last_run last_status succeeded",
        title=object_of("th en", th=_TEXT, en=_TEXT) | {"nullable": True},
        licence=_TEXT_OR_NULL,
        last_status=_TEXT_OR_NULL,
        last_run=_TIME,
        last_message=_TEXT_OR_NULL,
        succeeded=_TIME,
        quarantined=_WHOLE,
        reasons=list_of(object_of("reason rows", reason=_TEXT, rows=_WHOLE)),
        data_as_of=_TIME,
        computed_from=list_of(
            object_of("source run succeeded", source=_TEXT, run=_WHOLE, succeeded=_TIME)
        ),
    ),
    "collection": object_of(
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
        crs=list_of(_TEXT),
        storageCrs=_TEXT,
        fields=list_of(ref("field")),
        trust=object_of(
            "uncertainty estimates abstained",
            **dict.fromkeys(("uncertainty", "estimates", "abstained"), list_of(_TEXT)),
        ),
        freshness=ref("freshness"),
        links=_LINKS,
    ),
    "collections": object_of(
        "links collections", links=_LINKS, collections=list_of(ref("collection"))
    ),
    "geometry": object_of(
        "type",
        type={
            "type": "string",
            "enum": [
                *("Point", "MultiPoint", "LineString", "MultiLineString"),
                *("Polygon", "MultiPolygon", "GeometryCollection"),
            ],
        },
        coordinates=list_of({}),
        geometries=list_of({"type": "object"}),
    ),
    "featureGeoJSON": object_of(
        "type geometry properties",
        type={"type": "string", "enum": ["Feature"]},
        id={"oneOf": [_TEXT, {"type": "integer"}]},
        geometry={"nullable": True, "allOf": [ref("geometry")]},
        properties={"type": "object", "nullable": True},
        **_PROVENANCE,
        links=_LINKS,
    ),
    "featureCollectionGeoJSON": object_of(
        "type features",
        type={"type": "string", "enum": ["FeatureCollection"]},
        timeStamp={"type": "string", "format": "date-time"},
        numberMatched=_WHOLE,
        numberMatchedEstimate=_WHOLE,
        numberReturned=_WHOLE,
        **_PROVENANCE,
        features=list_of(ref("featureGeoJSON")),
        links=_LINKS,
    ),
    # What is null where `reason` says why nothing can be told.
    "sourceArea": object_of(
        "type features method note reason reports without_wind days uncertainty grid",
        type={"type": "string", "enum": ["FeatureCollection"]},
        features=list_of(
            object_of(
                "type geometry properties",
                type=_TEXT,
                geometry=ref("geometry"),
                properties={"type": "object"},
            )
        ),
        method=_TEXT,
        note=_TEXT,
        reason=_TEXT_OR_NULL,
        reason_text=_TEXT_OR_NULL,
        category=_TEXT,
        pollutant=_TEXT_OR_NULL,
        reports=_WHOLE,
        without_wind=_WHOLE,
        days=_WHOLE,
        uncertainty={"type": "object", "nullable": True},
        grid={"type": "object", "nullable": True},
    ),
    "queryables": object_of(
        "type properties", type=_TEXT, title=_TEXT, properties={"type": "object"}
    ),
    "styles": object_of(
        "styles",
        default=_TEXT,
        styles=list_of(
            object_of("id title links", id=_TEXT, title=_TEXT, links=list_of(ref("link")))
        ),
        links=list_of(ref("link")),
    ),
    "mapLibreStyle": object_of(
        "version name sources layers",
        version=_WHOLE,
        name=_TEXT,
        sources={"type": "object"},
        layers=list_of({"type": "object"}),
        metadata={"type": "object"},
    ),
    "functions": object_of(
        "functions",
        functions=list_of(
            object_of(
                "name returns",
                name=_TEXT,
                description=_TEXT_OR_NULL,
                arguments=list_of(object_of("title type", title=_TEXT, type=list_of(_TEXT))),
                returns=list_of(_TEXT),
            )
        ),
    ),
    "tileJSON": object_of(
        "tilejson tiles",
        tilejson={"type": "string", "enum": ["3.0.0"]},
        **_SAID,
        scheme=_TEXT,
        tiles=list_of(_TEXT, minItems=1),
        vector_layers=list_of(object_of("id fields", id=_TEXT, fields={"type": "object"})),
        minzoom=_WHOLE,
        maxzoom=_WHOLE,
        bounds=_BOX,
        center=list_of(_NUMBER, minItems=3, maxItems=3),
    ),
    "tileSet": object_of(
        "dataType crs links",
        **_SAID,
        license=_TEXT,
        dataType={"type": "string", "enum": ["map", "vector", "coverage"]},
        crs=_TEXT,
        tileMatrixSetURI=_TEXT,
        layers=list_of({"type": "object"}),
        links=_LINKS,
    ),
    "tileSets": object_of("tilesets", links=_LINKS, tilesets=list_of(ref("tileSet"))),
    "tileSetOrTileJSON": {"oneOf": [ref("tileSet"), ref("tileJSON")]},
    "tileMatrixSets": object_of(
        "tileMatrixSets",
        links=_LINKS,
        tileMatrixSets=list_of(object_of("id links", id=_TEXT, uri=_TEXT, crs=_TEXT, links=_LINKS)),
    ),
    "tileMatrixSet": object_of(
        "id crs tileMatrices",
        id=_TEXT,
        title=_TEXT,
        uri=_TEXT,
        crs=_TEXT,
        orderedAxes=list_of(_TEXT),
        wellKnownScaleSet=_TEXT,
        tileMatrices=list_of(ref("tileMatrix")),
    ),
    "tileMatrix": object_of(
        "id scaleDenominator cellSize pointOfOrigin tileWidth tileHeight matrixWidth matrixHeight",
        id=_TEXT,
        scaleDenominator=_NUMBER,
        cellSize=_NUMBER,
        cornerOfOrigin=_TEXT,
        pointOfOrigin=list_of(_NUMBER, minItems=2, maxItems=2),
        **dict.fromkeys(("tileWidth", "tileHeight", "matrixWidth", "matrixHeight"), _WHOLE),
    ),
    "searchResults": object_of(
        "query more results", query=_TEXT, more=_FLAG, results=list_of(ref("searchResult"))
    ),
    "searchResult": object_of(
        "kind kind_title id name_th name_en number within lon lat href matched",
        **dict.fromkeys(("kind", "kind_title", "id", "name_th", "href"), _TEXT),
        **dict.fromkeys(("name_en", "number"), _TEXT_OR_NULL),
        **dict.fromkeys(("lon", "lat"), _NUMBER),
        within=object_of("", district=ref("namedArea"), province=ref("namedArea")),
        matched=object_of(
            "part how text spans",
            part={"type": "string", "enum": ["name_th", "name_en", "number", "romanised"]},
            how={"type": "string", "enum": ["exact", "prefix", "part", "similar"]},
            text=_TEXT,
            spans=list_of(list_of(_WHOLE, minItems=2, maxItems=2)),
        ),
    ),
    "referenceList": object_of(
        "list note rows", list=_TEXT, note=_TEXT, rows=list_of({"type": "object"})
    ),
    "namedArea": object_of(
        "id name_th name_en", **dict.fromkeys(("id", "name_th", "name_en"), _TEXT)
    ),
}
