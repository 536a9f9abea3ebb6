"""What a layer's features are, and can be filtered and sorted by and how (19-079r2, 23-058r2)."""

from collections.abc import Iterable
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse

from geo_api.database.column_types import FUNCTION_TYPES, Column, ValueKind
from geo_api.features.columns import columns, sortable
from geo_api.features.cql2.sql import FUNCTIONS
from geo_api.http.dependencies import ServiceDep
from geo_api.http.links import Json, ogc_url
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Language, NoneTaken, language_headers
from geo_api.http.routers import DescribedRouter
from layers.model import Field, Layer, Text

CONFORMANCE = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/{name}"
    for name in ("schemas", "core-roles-features", "queryables", "sortables")
)
router = DescribedRouter(prefix="/ogc", tags=["OGC API – Features"], dependencies=OPEN_DATA)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MEDIA_TYPE = "application/schema+json"
_SCHEMA_ANSWER: dict[str, Any] = {
    "response_class": JSONResponse,
    "responses": {200: {"content": {_MEDIA_TYPE: {}}}},
}
# What every layer has, or every timed one; the roles are those of 23-058r2.
_COMMON = {
    "id": (Text("รหัส", "Identifier"), "id"),
    "geom": (Text("ตำแหน่งหรือขอบเขต (WGS84)", "Place or outline (WGS84)"), "primary-geometry"),
    "observed_at": (Text("เวลาที่ตรวจพบหรือวัด (UTC)", "Time of observation (UTC)"), "primary-instant"),
}


@router.get("/collections/{collection}/queryables", **_SCHEMA_ANSWER)
def queryables(
    request: Request, service: ServiceDep, collection: str, language: Language, _: NoneTaken
) -> JSONResponse:
    """What `filter`, or a parameter of the same name, may ask of a layer's features."""
    layer = service.collection(collection)
    return _schema(request, layer, language, columns(service.reads, layer).values())


@router.get("/collections/{collection}/sortables", **_SCHEMA_ANSWER)
def sortables(
    request: Request, service: ServiceDep, collection: str, language: Language, _: NoneTaken
) -> JSONResponse:
    """What `sortby` may sort a layer's features by."""
    layer = service.collection(collection)
    known = sortable(columns(service.reads, layer))
    return _schema(request, layer, language, known.values())


@router.get("/collections/{collection}/schema", **_SCHEMA_ANSWER)
def schema(
    request: Request, service: ServiceDep, collection: str, language: Language, _: NoneTaken
) -> JSONResponse:
    """The properties of a layer's features and what they are, in any format (23-058r2)."""
    layer = service.collection(collection)
    return _schema(request, layer, language, columns(service.reads, layer).values())


@router.get("/collections/{collection}/schema/geojson", **_SCHEMA_ANSWER)
def geojson_schema(
    request: Request, service: ServiceDep, collection: str, language: Language, _: NoneTaken
) -> JSONResponse:
    """The same of a feature as GeoJSON has it, which GDAL and QGIS read for the types of columns
    that begin with nulls."""
    layer = service.collection(collection)
    known = columns(service.reads, layer)
    fields = {field.name: field for field in layer.fields}
    properties = {
        name: _property(column, fields.get(name), language)
        for name, column in known.items()
        if name not in ("id", "geom")
    }
    document = {
        "$schema": _DIALECT,
        "$id": ogc_url(request, "collections", layer.name, "schema", "geojson"),
        "type": "object",
        "title": layer.title[language],
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": known["id"].json_schema,
            "geometry": {"type": "object", **known["geom"].json_schema},
            "properties": {"type": "object", "properties": properties},
        },
    }
    return JSONResponse(document, headers=language_headers(language), media_type=_MEDIA_TYPE)


@router.get("/functions")
def functions(language: Language, _: NoneTaken) -> Json:
    """The functions that a filter may use beside those of CQL2 itself."""
    return {
        "functions": [
            {
                "name": function.name,
                "description": function.description and function.description[language],
                "arguments": [
                    {"title": taken.title or "geometry", "type": _types(taken.kinds)}
                    for taken in function.takes
                ],
                "returns": _types({function.gives}),
            }
            for function in FUNCTIONS
        ]
    }


def _types(kinds: Iterable[ValueKind]) -> list[str]:
    return sorted({FUNCTION_TYPES.get(kind, str(kind)) for kind in kinds})


def _schema(request: Request, layer: Layer, language: str, known: Iterable[Column]) -> JSONResponse:
    fields = {field.name: field for field in layer.fields}
    what = request.url.path.rpartition("/")[2]
    document = {
        "$schema": _DIALECT,
        "$id": ogc_url(request, "collections", layer.name, what),
        "type": "object",
        "title": layer.title[language],
        "description": layer.description[language],
        "properties": {
            column.name: _property(column, fields.get(column.name), language) for column in known
        },
        "additionalProperties": False,
    }
    return JSONResponse(document, headers=language_headers(language), media_type=_MEDIA_TYPE)


def _property(column: Column, field: Field | None, language: str) -> Json:
    if field is None:
        title, role = _COMMON[column.name]
        return {"title": title[language], "x-ogc-role": role, **column.json_schema}
    told = {"title": field.title[language], **column.json_schema}
    if field.description:
        told["description"] = field.description[language]
    if field.unit:
        told["unit"] = field.unit
    if field.values and not field.several:
        told["enum"] = list(field.values)
        told["x-enum-titles"] = [text[language] for text in field.values.values()]
    return told
