"""The shapes of our answers as OpenAPI 3.0 describes them: OGC API – Features, Part 1 (17-069r4),
GeoJSON (RFC 7946), problems (RFC 9457), OGC API – Tiles, Part 1 (20-057), and TileJSON 3.0.0."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": "string", "nullable": True}
NUMBER: Schema = {"type": "number"}
NUMBER_OR_NULL: Schema = {"type": "number", "nullable": True}
WHOLE: Schema = {"type": "integer", "minimum": 0}
OR_NULL: Schema = {"nullable": True}
FLAG: Schema = {"type": "boolean"}
TIME: Schema = {"type": "string", "format": "date-time", "nullable": True}


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


LINKS = list_of(ref("link"))
PROVENANCE = {"attribution": TEXT, "licence": TEXT, "simulated": FLAG}

_SAID = {"title": TEXT, "name": TEXT, "description": TEXT, "attribution": TEXT}
BOX = list_of(NUMBER, minItems=4, maxItems=4)
SCHEMAS: Mapping[str, Schema] = {
    "stacCatalog": object_of(
        "type stac_version id description links", id=TEXT, description=TEXT, links=LINKS
    ),
    "stacCollection": object_of(
        "type stac_version id description license extent links",
        id=TEXT,
        description=TEXT,
        license=TEXT,
        links=LINKS,
    ),
    "stacItem": object_of(
        "type stac_version id geometry bbox properties assets links",
        id=TEXT,
        bbox=BOX,
        links=LINKS,
    ),
    "statistics": object_of(
        "layer by values units first newest groups attribution licence simulated",
        layer=TEXT,
        by=list_of(TEXT),
        values=list_of(TEXT),
        units=values_by_name(TEXT),
        first=TIME,
        newest=TIME,
        groups=list_of(object_of("count", count={"type": "integer"})),
        **PROVENANCE,
    ),
    "problem": object_of(
        "type title status detail",
        type=TEXT,
        title=TEXT,
        status={"type": "integer"},
        detail=TEXT,
        instance=TEXT,
        parameter=TEXT,
        missing=list_of(TEXT),
        request_id=TEXT | {"description": "Also in the header X-Request-Id, and in our log."},
    ),
    "link": object_of("href rel", href=TEXT, rel=TEXT, type=TEXT, title=TEXT, hreflang=TEXT),
    "text": object_of("th en", th=TEXT, en=TEXT),
    "landingPage": object_of(
        "title links", title=TEXT, description=TEXT, simulated=FLAG, links=LINKS
    ),
    "confClasses": object_of("conformsTo", conformsTo=list_of(TEXT), simulated=FLAG, links=LINKS),
    "extent": object_of(
        "",
        spatial=object_of(
            "bbox",
            bbox=list_of(list_of({"type": "number"}, minItems=4, maxItems=6), minItems=1),
            crs=TEXT,
        ),
        temporal=object_of(
            "interval", interval=list_of(list_of(TIME, minItems=2, maxItems=2)), trs=TEXT
        ),
    ),
    "field": object_of(
        "name title",
        name=TEXT,
        title=ref("text"),
        unit=TEXT,
        description=ref("text"),
        values={"type": "object", "additionalProperties": ref("text")},
        kind={"type": "string", "enum": ["amount", "share", "year"]},
        decimals={"type": "integer", "minimum": 0},
    ),
    "freshness": object_of(
        "loaded stale",
        loaded=FLAG,
        newest=TIME,
        last_run=TIME,
        stale=FLAG,
        stale_after_h={"type": "number"},
        data_as_of=TIME,
    ),
    "status": object_of(
        "at simulated sources analyses unshown layers",
        at=TIME,
        simulated=FLAG,
        sources=values_by_name(ref("runs")),
        analyses=values_by_name(ref("runs")),
        unshown=list_of(
            object_of(
                "what rows remedy sources",
                what=ref("text"),
                rows=WHOLE | {"nullable": True},
                remedy=ref("text"),
                sources=list_of(TEXT),
            )
        ),
        layers=values_by_name(
            {"allOf": [ref("freshness"), object_of("title simulated", title=ref("text"))]}
        ),
    ),
    "quarantine": object_of(
        "rows sources",
        rows=WHOLE,
        sources=values_by_name(
            object_of(
                "title rows reasons",
                title=object_of("th en", th=TEXT, en=TEXT) | {"nullable": True},
                rows=WHOLE,
                reasons=list_of(
                    object_of(
                        "reason words remedy rows places",
                        reason=TEXT,
                        words=ref("text"),
                        remedy=ref("text"),
                        rows=WHOLE,
                        places=list_of(object_of("file line", file=TEXT, line=WHOLE)),
                    )
                ),
            )
        ),
    ),
    "runs": object_of(
        "last_run last_status succeeded",
        title=object_of("th en", th=TEXT, en=TEXT) | {"nullable": True},
        licence=TEXT_OR_NULL,
        last_status=TEXT_OR_NULL,
        last_run=TIME,
        last_message=TEXT_OR_NULL,
        succeeded=TIME,
        quarantined=WHOLE,
        reasons=list_of(object_of("reason rows", reason=TEXT, rows=WHOLE)),
        data_as_of=TIME,
        computed_from=list_of(
            object_of("source run succeeded", source=TEXT, run=WHOLE, succeeded=TIME)
        ),
    ),
    "collection": object_of(
        "id title links",
        id=TEXT,
        title=TEXT,
        description=TEXT,
        titles=ref("text"),
        descriptions=ref("text"),
        **PROVENANCE,
        extent=ref("extent"),
        itemType=TEXT,
        timed=FLAG,
        crs=list_of(TEXT),
        storageCrs=TEXT,
        fields=list_of(ref("field")),
        trust=object_of(
            "uncertainty estimates abstained",
            **dict.fromkeys(("uncertainty", "estimates", "abstained"), list_of(TEXT)),
        ),
        freshness=ref("freshness"),
        links=LINKS,
    ),
    "collections": object_of(
        "links collections", links=LINKS, collections=list_of(ref("collection"))
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
        id={"oneOf": [TEXT, {"type": "integer"}]},
        geometry={"nullable": True, "allOf": [ref("geometry")]},
        properties={"type": "object", "nullable": True},
        **PROVENANCE,
        links=LINKS,
    ),
    "featureCollectionGeoJSON": object_of(
        "type features",
        type={"type": "string", "enum": ["FeatureCollection"]},
        timeStamp={"type": "string", "format": "date-time"},
        numberMatched=WHOLE,
        numberMatchedEstimate=WHOLE,
        numberReturned=WHOLE,
        **PROVENANCE,
        features=list_of(ref("featureGeoJSON")),
        links=LINKS,
    ),
    # What is null where `reason` says why nothing can be told.
    "sourceArea": object_of(
        "type features method note reason reports without_wind days uncertainty grid",
        type={"type": "string", "enum": ["FeatureCollection"]},
        features=list_of(
            object_of(
                "type geometry properties",
                type=TEXT,
                geometry=ref("geometry"),
                properties={"type": "object"},
            )
        ),
        method=TEXT,
        note=TEXT,
        reason=TEXT_OR_NULL,
        reason_text=TEXT_OR_NULL,
        category=TEXT,
        pollutant=TEXT_OR_NULL,
        reports=WHOLE,
        without_wind=WHOLE,
        days=WHOLE,
        uncertainty={"type": "object", "nullable": True},
        grid={"type": "object", "nullable": True},
    ),
    "queryables": object_of(
        "type properties", type=TEXT, title=TEXT, properties={"type": "object"}
    ),
    "styles": object_of(
        "styles",
        default=TEXT,
        styles=list_of(
            object_of("id title links", id=TEXT, title=TEXT, links=list_of(ref("link")))
        ),
        links=list_of(ref("link")),
    ),
    "mapLibreStyle": object_of(
        "version name sources layers",
        version=WHOLE,
        name=TEXT,
        sources={"type": "object"},
        layers=list_of({"type": "object"}),
        metadata={"type": "object"},
    ),
    "functions": object_of(
        "functions",
        functions=list_of(
            object_of(
                "name returns",
                name=TEXT,
                description=TEXT_OR_NULL,
                arguments=list_of(object_of("title type", title=TEXT, type=list_of(TEXT))),
                returns=list_of(TEXT),
            )
        ),
    ),
    "tileJSON": object_of(
        "tilejson tiles",
        tilejson={"type": "string", "enum": ["3.0.0"]},
        **_SAID,
        scheme=TEXT,
        tiles=list_of(TEXT, minItems=1),
        vector_layers=list_of(object_of("id fields", id=TEXT, fields={"type": "object"})),
        minzoom=WHOLE,
        maxzoom=WHOLE,
        bounds=BOX,
        center=list_of(NUMBER, minItems=3, maxItems=3),
    ),
    "tileSet": object_of(
        "dataType crs links",
        **_SAID,
        license=TEXT,
        dataType={"type": "string", "enum": ["map", "vector", "coverage"]},
        crs=TEXT,
        tileMatrixSetURI=TEXT,
        layers=list_of({"type": "object"}),
        links=LINKS,
    ),
    "tileSets": object_of("tilesets", links=LINKS, tilesets=list_of(ref("tileSet"))),
    "tileSetOrTileJSON": {"oneOf": [ref("tileSet"), ref("tileJSON")]},
    "tileMatrixSets": object_of(
        "tileMatrixSets",
        links=LINKS,
        tileMatrixSets=list_of(object_of("id links", id=TEXT, uri=TEXT, crs=TEXT, links=LINKS)),
    ),
    "tileMatrixSet": object_of(
        "id crs tileMatrices",
        id=TEXT,
        title=TEXT,
        uri=TEXT,
        crs=TEXT,
        orderedAxes=list_of(TEXT),
        wellKnownScaleSet=TEXT,
        tileMatrices=list_of(ref("tileMatrix")),
    ),
    "tileMatrix": object_of(
        "id scaleDenominator cellSize pointOfOrigin tileWidth tileHeight matrixWidth matrixHeight",
        id=TEXT,
        scaleDenominator=NUMBER,
        cellSize=NUMBER,
        cornerOfOrigin=TEXT,
        pointOfOrigin=list_of(NUMBER, minItems=2, maxItems=2),
        **dict.fromkeys(("tileWidth", "tileHeight", "matrixWidth", "matrixHeight"), WHOLE),
    ),
    "searchResults": object_of(
        "query more results", query=TEXT, more=FLAG, results=list_of(ref("searchResult"))
    ),
    "searchResult": object_of(
        "kind kind_title id name_th name_en number within lon lat href matched",
        **dict.fromkeys(("kind", "kind_title", "id", "name_th", "href"), TEXT),
        **dict.fromkeys(("name_en", "number"), TEXT_OR_NULL),
        **dict.fromkeys(("lon", "lat"), NUMBER),
        within=object_of("", district=ref("namedArea"), province=ref("namedArea")),
        matched=object_of(
            "part how text spans",
            part={"type": "string", "enum": ["name_th", "name_en", "number", "romanised"]},
            how={"type": "string", "enum": ["exact", "prefix", "part", "similar"]},
            text=TEXT,
            spans=list_of(list_of(WHOLE, minItems=2, maxItems=2)),
        ),
    ),
    "referenceList": object_of(
        "list note rows", list=TEXT, note=TEXT, rows=list_of({"type": "object"})
    ),
    "namedArea": object_of(
        "id name_th name_en", **dict.fromkeys(("id", "name_th", "name_en"), TEXT)
    ),
}
