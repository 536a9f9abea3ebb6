"""Vector tiles: /tiles/, and under /ogc/ as OGC API – Tiles, Part 1 (20-057), has them."""

import json
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from geo_api.exports.formats import JSON, Format
from geo_api.features.views_read import views_read
from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.links import Json, link, ogc_url
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import (
    Language,
    NoneTaken,
    SelectionParameters,
    language_headers,
    query_parameters,
)
from geo_api.http.routers import DescribedRouter
from geo_api.rasters.days import days_of
from geo_api.rasters.registry import raster_layers
from geo_api.rasters.tilejson import raster_tilejson
from geo_api.tiles.tile_matrix_set import (
    CRS_URI,
    MATRIX_SET,
    MATRIX_SET_URI,
    Tile,
    TileNotFound,
    matrix_set,
    tile_at,
)
from geo_api.tiles.tilesets import tilejson, tileset
from geo_api.tiles.vector_tiles import MVT, require_sound, vector_tile
from layers.model import Layer, LayerNotFound
from layers.query import BadQuery
from layers.query import Query as FeatureQuery

router = DescribedRouter(tags=["OGC API – Tiles"], dependencies=OPEN_DATA)

CONFORMANCE = (
    *(
        f"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{name}"
        for name in ("core", "tileset", "tilesets-list", "geodata-tilesets", "datetime", "mvt")
    ),
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset",
)
# Between a collection and its vector tilesets, and between a tileset and its tile matrix set.
TILESETS_REL = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
MATRIX_SETS_REL = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
_MATRIX_SET_REL = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"

_MVT = Format("mvt", MVT, "Mapbox vector tile")
_TILEJSON = Format("tilejson", JSON.media_type, "TileJSON 3.0.0")
_MVT_ANSWER: dict[str, Any] = {
    "response_class": Response,
    "responses": {
        200: {
            "description": "The tile, empty where nothing is in it",
            "content": {MVT: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
}


class TileParameters(SelectionParameters):
    """As SelectionParameters, in the one format of tiles."""

    FORMATS = (_MVT,)


class TilejsonParameters(SelectionParameters):
    """As SelectionParameters, in the one format that TileJSON has."""

    FORMATS = (replace(JSON, alias="tilejson"),)


class TilesetParameters(SelectionParameters):
    """As SelectionParameters, as metadata or TileJSON."""

    FORMATS = (JSON, _TILEJSON)


TileTaken = Annotated[TileParameters, query_parameters(TileParameters)]


@router.get("/tiles/{layer}/tilejson.json")
async def layer_tilejson(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[TilejsonParameters, query_parameters(TilejsonParameters)],
    layer: str,
    language: Language,
) -> Response:
    """TileJSON 3.0.0 of a layer: its tiles hold what `datetime` and `filter` select; those of a
    raster show the newest day."""
    if layer in service.collections:
        return await _tilejson(request, service, service.collection(layer), parameters)
    document = await run_in_threadpool(
        _raster_tilejson, service, str(request.base_url), layer, parameters, language
    )
    return JSONResponse(document, headers=language_headers(language))


@router.get("/tiles/{layer}/{z}/{x}/{y}.mvt", **_MVT_ANSWER)
async def layer_tile(
    request: Request,
    service: ServiceDep,
    parameters: TileTaken,
    layer: str,
    z: int,
    x: int,
    y: int,
) -> Response:
    """A vector tile. `x` counts columns from the west, `y` rows from the north."""
    return await _tile(request, service, service.collection(layer), parameters, tile_at(z, x, y))


@router.get("/ogc/tileMatrixSets")
async def tile_matrix_sets(request: Request, _: NoneTaken) -> Json:
    """The ways in which tiles cut the world: one."""
    definition = link(ogc_url(request, "tileMatrixSets", MATRIX_SET), "self")
    known = {"id": MATRIX_SET, "uri": MATRIX_SET_URI, "crs": CRS_URI, "links": [definition]}
    return {
        "links": [link(ogc_url(request, "tileMatrixSets"), "self")],
        "tileMatrixSets": [known],
    }


@router.get("/ogc/tileMatrixSets/{tile_matrix_set}")
async def tile_matrix_set(tile_matrix_set: str, _: NoneTaken) -> Json:
    """The definition of a tile matrix set."""
    _require_matrix_set(tile_matrix_set)
    return matrix_set()


@router.get("/ogc/collections/{collection}/tiles")
async def tilesets(
    request: Request, service: ServiceDep, collection: str, language: Language, _: NoneTaken
) -> Json:
    """The tilesets of a layer: one."""
    layer = service.collection(collection)
    path = ("collections", layer.name, "tiles")
    metadata = tileset(layer, language)
    listed = {name: metadata[name] for name in ("title", "dataType", "crs", "tileMatrixSetURI")}
    links = [link(ogc_url(request, *path, MATRIX_SET), "self"), _matrix_set_link(request)]
    return {
        "links": [link(ogc_url(request, *path), "self")],
        "tilesets": [listed | {"links": links}],
    }


@router.get("/ogc/collections/{collection}/tiles/{tile_matrix_set}")
async def collection_tileset(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[TilesetParameters, query_parameters(TilesetParameters)],
    collection: str,
    tile_matrix_set: str,
    language: Language,
) -> Response:
    """The metadata of a tileset, or its TileJSON 3.0.0. Both lead to the tiles of what `datetime`
    and `filter` select."""
    layer = service.collection(collection)
    _require_matrix_set(tile_matrix_set)
    if parameters.f == _TILEJSON.name:
        return await _tilejson(request, service, layer, parameters)
    selection = parameters.given()
    query = FeatureQuery.from_params(selection)
    await run_in_threadpool(require_sound, service.reads, layer, query)
    here = ogc_url(request, "collections", layer.name, "tiles", MATRIX_SET)
    with_summary = parameters.with_summary
    asked = selection | ({"summary": "true"} if with_summary else {})
    as_tilejson, as_mvt = (urlencode({"f": name} | asked) for name in ("tilejson", "mvt"))
    links = [
        link(str(request.url), "self"),
        link(f"{here}?{as_tilejson}", "alternate", title="TileJSON"),
        _matrix_set_link(request),
        link(f"{here}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}?{as_mvt}", "item", MVT)
        | {"templated": True},
    ]
    return JSONResponse(
        tileset(layer, language, with_summary=with_summary) | {"links": links},
        headers=language_headers(language),
    )


@router.get(
    "/ogc/collections/{collection}/tiles/{tile_matrix_set}/{tile_matrix}/{tile_row}/{tile_col}",
    **_MVT_ANSWER,
)
async def collection_tile(
    request: Request,
    service: ServiceDep,
    parameters: TileTaken,
    collection: str,
    tile_matrix_set: str,
    tile_matrix: int,
    tile_row: int,
    tile_col: int,
) -> Response:
    """A vector tile, the same as /tiles/{layer}/{z}/{x}/{y}.mvt has; note that rows come first."""
    layer = service.collection(collection)
    _require_matrix_set(tile_matrix_set)
    return await _tile(
        request, service, layer, parameters, tile_at(tile_matrix, tile_col, tile_row)
    )


async def _tile(
    request: Request, service: Service, layer: Layer, parameters: SelectionParameters, tile: Tile
) -> Response:
    query, with_summary = FeatureQuery.from_params(parameters.given()), parameters.with_summary
    return await cached_response(
        request,
        service,
        views_read(layer, query),
        MVT,
        lambda: vector_tile(service.reads, layer, tile, query, with_summary=with_summary),
    )


async def _tilejson(
    request: Request, service: Service, layer: Layer, parameters: SelectionParameters
) -> Response:
    selection = parameters.given()
    query = FeatureQuery.from_params(selection)
    with_summary = parameters.with_summary
    asked = selection | ({"summary": "true"} if with_summary else {})
    repeated = f"?{urlencode(asked)}" if asked else ""
    template = f"{request.base_url}tiles/{layer.name}/{{z}}/{{x}}/{{y}}.mvt{repeated}"

    def make() -> bytes:
        require_sound(service.reads, layer, query)
        document = tilejson(service.reads, layer, template, with_summary=with_summary)
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    return await cached_response(request, service, [layer.name], _TILEJSON.media_type, make)


def _raster_tilejson(
    service: Service, base_url: str, name: str, parameters: TilejsonParameters, language: str
) -> Json:
    """Raises LayerNotFound for what is no layer of any kind, and BadQuery."""
    known = raster_layers(service.reads, service.layers)
    if name not in known:
        there_are = ", ".join(sorted([*service.collections, *known]))
        raise LayerNotFound(f"no layer {name!r}; there are: {there_are}")
    given = next((name for name in parameters.given() if name != "datetime"), None)
    if given:
        raise BadQuery(given, f"{name} is a raster, which has no {given}; leave it out")
    home, days = service.settings.home, days_of(None, parameters.datetime)
    return raster_tilejson(service.reads, service.layers, home, base_url, name, days, language)


def _require_matrix_set(name: str) -> None:
    if name != MATRIX_SET:
        raise TileNotFound(f"no tile matrix set {name!r}; there is {MATRIX_SET}")


def _matrix_set_link(request: Request) -> Json:
    return link(ogc_url(request, "tileMatrixSets", MATRIX_SET), _MATRIX_SET_REL)
