"""Completes what FastAPI knows of our routes into the OpenAPI 3.0 documents that we publish."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from geo_api.database.column_types import COMPARABLE, Column
from geo_api.http.documents.report_json import REPORT_SCHEMAS
from geo_api.http.errors import RETRY_AFTER_S
from geo_api.http.open311.openapi import OPEN311_SCHEMAS, SECURITY_SCHEMES
from geo_api.http.openapi_as_of import AS_OF_SCHEMAS
from geo_api.http.openapi_daily_counts import DAILY_COUNTS_SCHEMAS
from geo_api.http.openapi_rasters import RASTER_SCHEMAS
from geo_api.http.openapi_schemas import SCHEMAS, Schema, ref
from geo_api.http.parameters import QUERYABLES
from geo_api.tiles.tile_matrix_set import LAST_ZOOM, MATRIX_SET
from layers.casework.categories import CATEGORIES
from layers.model import Layer
from layers.reference.lists import NAMES as REFERENCE_LISTS

Json = dict[str, Any]

OGC = "/ogc"
_PROBLEM_TYPE = "application/problem+json"
_ITEMS = "/collections/{collection}/items"
_TAGS = {
    "OGC API – Features": "Layers, their features and what can be asked of them.",
    "OGC API – Tiles": "Layers cut into vector tiles of WebMercatorQuad.",
    "Tiles": "Rasters cut into pictures of WebMercatorQuad.",
    "Rasters": "Layers that are grids: pictures, files, values at a place.",
    "Styles": "How layers and themes are drawn, for MapLibre and QGIS.",
    "Inspections": "For staff: checklists, visits as phones send them, and where to go in a day.",
    "Near": "What the field team asks: what is near a factory or a place.",
    "Reports": "What the pages say in numbers: a day's brief, daily counts, places, factories.",
    "Statistics": "Counts, means and sums of a layer's features by area, time or property.",
    "Reference": "Lists that are cited: laws, offices, indicators, codes of waste.",
    "Search": "Places, factories and estates by name, part of a name, sound or number.",
    "Open311": "Complaints that other systems hand in and follow: GeoReport v2.",
    "Complaints": "For staff: complaints as cases, and what is done with them.",
    "Catalogue": "All layers and downloads as DCAT-AP, for portals of open data.",
    "Health": "Whether we answer, and how fresh the data are.",
    "Citations": "Addresses to cite for answers and pages, whose rows can be proved later.",
    "Jobs": "What runs by itself; for staff.",
    "Metrics": "What Prometheus reads of the service.",
}
_PLACES: Mapping[str, tuple[str, Schema]] = {
    "collection": ("Name of a layer that has features.", {}),
    "feature": ("Id of a feature.", {}),
    "layer": ("Name of a layer.", {}),
    "factory": ("Id of a factory.", {}),
    "theme": ("What a map is about.", {"enum": ["burning", "air", "complaints", "green"]}),
    "kind": (
        "A kind of place, or of what is listed.",
        {"enum": ["province", "district", "eco_town", "factory"]},
    ),
    "code": ("Code of a place.", {}),
    "province": ("Code of a province, as in 74.", {}),
    "town": ("Id of an eco-industrial town or of an estate.", {}),
    "service_code": ("Code of a service.", {"enum": list(CATEGORIES)}),
    "service_request_id": ("Number of a request.", {}),
    "token": ("A token, which is the number of a request.", {}),
    "complaint": ("Id of a complaint.", {}),
    "run": ("Number of a Run, which rows say as run_id.", {"minimum": 1}),
    "citation": ("Code of a citation.", {}),
    "mill": ("Number of a sugar mill, or its id in the register.", {}),
    "inspection": ("Id of an inspection.", {"format": "uuid"}),
    "list": ("Name of a list.", {"enum": list(REFERENCE_LISTS)}),
    "day": ("A day in Thai time, as in 2026-01-31.", {"format": "date"}),
    "tile_matrix_set": ("Name of a way to cut the world.", {"enum": [MATRIX_SET]}),
    **dict.fromkeys(("z", "tile_matrix"), ("The zoom.", {"minimum": 0, "maximum": LAST_ZOOM})),
    **dict.fromkeys(("x", "tile_col"), ("The column, from the west.", {"minimum": 0})),
    **dict.fromkeys(("y", "tile_row"), ("The row, from the north.", {"minimum": 0})),
}
# The JSON of these addresses has a shape that a standard names, or that we do.
_SHAPES = {
    "/ogc/": "landingPage",
    "/ogc/conformance": "confClasses",
    "/ogc/collections": "collections",
    "/ogc/collections/{collection}": "collection",
    "/ogc/collections/{collection}/schema": "queryables",
    "/ogc/collections/{collection}/schema/geojson": "queryables",
    "/ogc/collections/{collection}/styles": "styles",
    "/styles": "styles",
    "/styles/{layer}.json": "mapLibreStyle",
    "/styles/themes/{theme}.json": "mapLibreStyle",
    "/ogc/collections/{collection}/queryables": "queryables",
    "/ogc/collections/{collection}/sortables": "queryables",
    "/ogc/functions": "functions",
    "/ogc/collections/{collection}/changes": "changes",
    f"/ogc{_ITEMS}": "featureCollectionGeoJSON",
    f"/ogc{_ITEMS}/{{feature}}": "featureGeoJSON",
    "/ogc/collections/{collection}/tiles": "tileSets",
    "/ogc/collections/{collection}/tiles/{tile_matrix_set}": "tileSetOrTileJSON",
    "/ogc/tileMatrixSets": "tileMatrixSets",
    "/ogc/tileMatrixSets/{tile_matrix_set}": "tileMatrixSet",
    "/tiles/{layer}/tilejson.json": "tileJSON",
    "/api/rasters/{layer}": "raster",
    "/api/rasters/{layer}/tilejson.json": "tileJSON",
    "/api/rasters/{layer}/point": "rasterPoint",
    "/api/rasters/{layer}/timeseries": "rasterSeries",
    "/api/rasters/{layer}/zonal": "rasterZone",
    "/api/reports/factories/{factory}": "factoryReport",
    "/api/reports/places/{kind}/{code}": "placeReport",
    "/api/reports/lists/{kind}": "listing",
    "/api/near": "featureCollectionGeoJSON",
    "/api/source-area": "sourceArea",
    "/status": "status",
    "/quarantine": "quarantine",
    "/api/brief": "brief",
    "/api/emissions": "emissionsReport",
    "/api/methods": "methodChecks",
    "/api/daily-counts/hotspots": "hotspotsByDay",
    "/api/daily-counts/air_stations": "airByDay",
    "/api/statistics/{layer}": "statistics",
    "/api/citations": "citation",
    "/api/citations/{citation}": "citation",
    "/stac": "stacCatalog",
    "/stac/{layer}": "stacCollection",
    "/stac/{layer}/{day}": "stacItem",
    "/api/search": "searchResults",
    "/api/reference/{list}": "referenceList",
    "/api/reports/mind/{province}": "mindPanel",
    "/api/reports/complaints/{table}": "complaintsReport",
    "/api/eco-towns/{town}/scorecard": "scorecard",
    "/api/indicators": "kpiYear",
    "/api/green-effect": "certificationEffects",
    "/api/casework/recurrences": "caseRecurrences",
    "/api/casework/step-shares": "caseStepShares",
    "/api/mills/{mill}/burning": "millAccount",
    "/api/jobs": "jobSchedule",
    "/api/runs/{run}": "run",
    "/api/checklists": "checklists",
    "/api/inspections": "visits",
    "/api/inspections/{inspection}": "inspection",
    "/api/inspections/sync": "inspectionReceipts",
    "/api/work-list": "workList",
    "/api/work-list/districts": "workListDistricts",
    "/api/complaints": "caseQueue",
    "/api/complaints/{complaint}": "case",
    "/api/complaints/{complaint}/suggestions": "caseSuggestions",
    "/api/complaints/{complaint}/attribution": "caseAttribution",
    **dict.fromkeys(
        (
            f"/api/complaints/{{complaint}}/{step}"
            for step in (
                "transitions",
                "notes",
                "assignee",
                "category",
                "spam",
                "original",
                "place",
            )
        ),
        "case",
    ),
}
_SCHEMAS = {
    **SCHEMAS,
    **AS_OF_SCHEMAS,
    **RASTER_SCHEMAS,
    **DAILY_COUNTS_SCHEMAS,
    **REPORT_SCHEMAS,
}
# What FastAPI writes where a route says nothing of an answer.
_UNDESCRIBED = "Successful Response"
_SUCCESSES = ("200", "201", "202", "204")
_JSON_TYPES = (
    *("application/json", "application/geo+json", "application/schema+json"),
    "application/vnd.mapbox.style+json",
)


def complete_document(described: Json, server: str) -> Json:
    """The whole service at the address `server`: every parameter, answer and error."""
    document = deepcopy(described)
    document["servers"] = [{"url": server}]
    used = {tag for _, one in _operations(document) for tag in one.get("tags", ())}
    document["tags"] = [
        {"name": name, "description": _TAGS.get(name, name)} for name in sorted(used)
    ]
    document["components"] = {
        "schemas": {
            **_nullable(document.get("components", {}).get("schemas", {})),
            **deepcopy({**_SCHEMAS, **OPEN311_SCHEMAS}),
        },
        "responses": deepcopy(_ERRORS),
        "securitySchemes": deepcopy(dict(SECURITY_SCHEMES)),
    }
    for path, item in document["paths"].items():
        for method, operation in item.items():
            _complete(path, method, operation)
    return document


def _nullable(schema: Any) -> Any:
    """Pydantic's schema as OpenAPI 3.0 has it, which knows no type of null."""
    if isinstance(schema, list):
        return [_nullable(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _nullable(one) for name, one in schema.items()}
    kinds = made.get("anyOf")
    if isinstance(kinds, list) and {"type": "null"} in kinds and len(kinds) == 2:
        [kind] = [one for one in kinds if one != {"type": "null"}]
        return (
            {name: one for name, one in made.items() if name != "anyOf"} | kind | {"nullable": True}
        )
    return made


def features_document(
    document: Json, collections: Iterable[tuple[Layer, Mapping[str, Column]]]
) -> Json:
    """The part of a complete document under /ogc, as its landing page names it: a path for each
    collection's items, with the properties that can be asked for by name.

    Part 3 (19-079r2) wants them so; GDAL reads there which conditions it can hand to us.
    """
    part = {**document, "servers": [{"url": one["url"] + OGC} for one in document["servers"]]}
    part["paths"] = {
        path.removeprefix(OGC): deepcopy(item)
        for path, item in document["paths"].items()
        if path.startswith(f"{OGC}/")
    }
    template = part["paths"].pop(_ITEMS)
    for layer, columns in collections:
        part["paths"][_ITEMS.format(collection=layer.name)] = _items_of(template, layer, columns)
    used = {tag for _, one in _operations(part) for tag in one.get("tags", ())}
    part["tags"] = [tag for tag in document["tags"] if tag["name"] in used]
    return part


def _operations(document: Json) -> Iterable[tuple[str, Json]]:
    for path, item in document["paths"].items():
        for operation in item.values():
            yield path, operation


def _complete(path: str, method: str, operation: Json) -> None:
    for one in operation.get("parameters", ()):
        _complete_parameter(one)
    responses = operation["responses"]
    responses.pop("422", None)
    if method == "get":
        responses.setdefault("304", {"$ref": "#/components/responses/NotModified"})
    responses.setdefault("400", {"$ref": "#/components/responses/BadRequest"})
    if "{" in path:
        responses.setdefault("404", {"$ref": "#/components/responses/NotFound"})
    responses.setdefault("503", {"$ref": "#/components/responses/Unavailable"})
    responses.setdefault("default", {"$ref": "#/components/responses/Problem"})
    for status, response in responses.items():
        if status in _SUCCESSES:
            _complete_success(path, operation, response)
    operation["responses"] = dict(sorted(responses.items()))


def _complete_parameter(one: Json) -> None:
    one["schema"].pop("title", None)  # Pydantic's, which says the name again
    if one["in"] == "path":
        one["description"], limits = _PLACES.get(one["name"], (one["name"], {}))
        one["schema"] |= limits
    elif one["schema"].get("type") == "array" or one["name"] == "datetime":
        # Values with commas between (OGC 17-069r4, requirements 23 and 25).
        one |= {"style": "form", "explode": False}


def _complete_success(path: str, operation: Json, response: Json) -> None:
    if response.get("description", _UNDESCRIBED) == _UNDESCRIBED:
        response["description"] = operation.get("description", operation["summary"])
    for media_type, content in response.get("content", {}).items():
        if media_type in _JSON_TYPES and path in _SHAPES:
            content["schema"] = ref(_SHAPES[path])
        elif not content.get("schema"):
            content["schema"] = _shape_of(media_type)


def _shape_of(media_type: str) -> Schema:
    """Of an answer that is a document of its own format."""
    if media_type.endswith("json"):
        return {"type": "object"}
    textual = media_type.startswith("text/") or media_type.endswith("xml")
    return {"type": "string"} if textual else {"type": "string", "format": "binary"}


def _items_of(template: Json, layer: Layer, columns: Mapping[str, Column]) -> Json:
    item = deepcopy(template)
    for operation in item.values():
        operation["operationId"] = f"{layer.name}_items"
        operation["summary"] = f"{layer.title.en} / {layer.title.th}"
        operation["parameters"] = [
            *(one for one in operation["parameters"] if _stays(one)),
            *_properties(layer, columns),
        ]
    return item


def _stays(one: Json) -> bool:
    """Whether a parameter of every collection's items is one of a certain collection's."""
    return bool(one["in"] != "path" and one["name"] != QUERYABLES["name"])


def _properties(layer: Layer, columns: Mapping[str, Column]) -> Iterable[Json]:
    titles = {field.name: (field.title.en, field.unit) for field in layer.fields}
    for name, column in columns.items():
        if column.kind not in COMPARABLE:
            continue
        title, unit = titles.get(name, (name, None))
        wording = f"{title} ({unit})" if unit else title
        yield {
            "name": name,
            "in": "query",
            "description": f"Features with this value: {wording}.",
            "schema": dict(column.json_schema),
        }


def _error(description: str, **headers: Json) -> Json:
    told: Json = {
        "description": f"{description} (RFC 9457)",
        "content": {_PROBLEM_TYPE: {"schema": ref("problem")}},
    }
    return told | ({"headers": headers} if headers else {})


_ERRORS: Mapping[str, Json] = {
    "BadRequest": _error("A parameter is unknown or cannot be used as given; `parameter` names it"),
    "NotModified": {
        "description": "Nothing new since the answer whose ETag is given in If-None-Match; only"
        " where answers have an ETag"
    },
    "NoSuchRange": _error(
        "The file has none of the bytes that Range asks for",
        **{
            "Content-Range": {
                "description": "How many bytes it has, as in `bytes */1024`.",
                "schema": {"type": "string"},
            }
        },
    ),
    "NotFound": _error("There is nothing by that name"),
    "Problem": _error("What is wrong"),
    "Unavailable": _error(
        "The data cannot be read now, or too many ask; ask again later",
        **{
            "Retry-After": {
                "description": f"Seconds to wait, about {RETRY_AFTER_S}.",
                "schema": {"type": "integer"},
            }
        },
    ),
}
