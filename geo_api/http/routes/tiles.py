"""Vector tiles: /tiles/, and under /ogc/ as OGC API – Tiles, Part 1 (20-057), has them."""

import json
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from geo_api.http.caching.responses import cached
from geo_api.http.dependencies import Served, Service
from geo_api.http.links import Json, address, link
from geo_api.http.parameters import (
    DATETIME,
    FILTER,
    FILTER_CRS,
    FILTER_LANG,
    LANG,
    Asked,
    Language,
    parameter,
    spoken,
    takes,
)
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
from layers.query import BadQuery, Query

router = APIRouter(tags=["OGC API – Tiles"])

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

_TILEJSON = "application/json"
_FILTERING = (FILTER, FILTER_LANG, FILTER_CRS)
_SELECTING = (DATETIME, *_FILTERING)
_MVT_ANSWER: dict[str, Any] = {
    "response_class": Response,
    "responses": {
        200: {
            "description": "The tile, empty where nothing is in it",
            "content": {MVT: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
}


def _format(*names: str) -> dict[str, Any]:
    return parameter("f", "The format.", {"type": "string", "enum": names, "default": names[0]})


@router.get("/tiles/{layer}/tilejson.json", openapi_extra=takes(*_SELECTING, LANG))
async def layer_tilejson(
    request: Request, service: Served, asked: Asked, layer: str, language: Language
) -> Response:
    """TileJSON 3.0.0 of a layer: its tiles hold what `datetime` and `filter` select; those of a
    raster show the newest day."""
    if layer in service.collections:
        return await _tilejson(request, service, service.collection(layer), asked)
    told = await run_in_threadpool(
        _raster_tilejson, service, str(request.base_url), layer, asked, language
    )
    return JSONResponse(told, headers=spoken(language))


@router.get("/tiles/{layer}/{z}/{x}/{y}.mvt", openapi_extra=takes(*_SELECTING), **_MVT_ANSWER)
async def layer_tile(
    request: Request, service: Served, asked: Asked, layer: str, z: int, x: int, y: int
) -> Response:
    """A vector tile. `x` counts columns from the west, `y` rows from the north."""
    return await _tile(request, service, service.collection(layer), asked, tile_at(z, x, y))


@router.get("/ogc/tileMatrixSets")
async def tile_matrix_sets(request: Request) -> Json:
    """The ways in which tiles cut the world: one."""
    definition = link(address(request, "tileMatrixSets", MATRIX_SET), "self")
    known = {"id": MATRIX_SET, "uri": MATRIX_SET_URI, "crs": CRS_URI, "links": [definition]}
    return {
        "links": [link(address(request, "tileMatrixSets"), "self")],
        "tileMatrixSets": [known],
    }


@router.get("/ogc/tileMatrixSets/{tile_matrix_set}")
async def tile_matrix_set(tile_matrix_set: str) -> Json:
    """The definition of a tile matrix set."""
    _known(tile_matrix_set)
    return matrix_set()


@router.get("/ogc/collections/{collection}/tiles", openapi_extra=takes(LANG))
async def tilesets(request: Request, service: Served, collection: str, language: Language) -> Json:
    """The tilesets of a layer: one."""
    layer = service.collection(collection)
    path = ("collections", layer.name, "tiles")
    told = tileset(layer, language)
    listed = {name: told[name] for name in ("title", "dataType", "crs", "tileMatrixSetURI")}
    links = [link(address(request, *path, MATRIX_SET), "self"), _matrix_set_link(request)]
    return {
        "links": [link(address(request, *path), "self")],
        "tilesets": [listed | {"links": links}],
    }


@router.get(
    "/ogc/collections/{collection}/tiles/{tile_matrix_set}",
    openapi_extra=takes(_format("json", "tilejson"), LANG, *_SELECTING),
)
async def collection_tileset(
    request: Request,
    service: Served,
    asked: Asked,
    collection: str,
    tile_matrix_set: str,
    language: Language,
) -> Response:
    """The metadata of a tileset, or its TileJSON 3.0.0. Both lead to the tiles of what `datetime`
    and `filter` select."""
    layer = service.collection(collection)
    _known(tile_matrix_set)
    if _asked_format(asked, "json", "tilejson") == "tilejson":
        return await _tilejson(request, service, layer, asked)
    selecting = _selecting(asked)
    query = Query.from_params(selecting)
    await run_in_threadpool(require_sound, service.reads, layer, query)
    here = address(request, "collections", layer.name, "tiles", MATRIX_SET)
    as_tilejson, as_mvt = (urlencode({"f": name} | selecting) for name in ("tilejson", "mvt"))
    links = [
        link(str(request.url), "self"),
        link(f"{here}?{as_tilejson}", "alternate", title="TileJSON"),
        _matrix_set_link(request),
        link(f"{here}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}?{as_mvt}", "item", MVT)
        | {"templated": True},
    ]
    return JSONResponse(tileset(layer, language) | {"links": links}, headers=spoken(language))


@router.get(
    "/ogc/collections/{collection}/tiles/{tile_matrix_set}/{tile_matrix}/{tile_row}/{tile_col}",
    openapi_extra=takes(_format("mvt"), *_SELECTING),
    **_MVT_ANSWER,
)
async def collection_tile(
    request: Request,
    service: Served,
    asked: Asked,
    collection: str,
    tile_matrix_set: str,
    tile_matrix: int,
    tile_row: int,
    tile_col: int,
) -> Response:
    """A vector tile, the same as /tiles/{layer}/{z}/{x}/{y}.mvt has; note that rows come first."""
    layer = service.collection(collection)
    _known(tile_matrix_set)
    _asked_format(asked, "mvt")
    return await _tile(request, service, layer, asked, tile_at(tile_matrix, tile_col, tile_row))


async def _tile(
    request: Request, service: Service, layer: Layer, asked: dict[str, str], place: Tile
) -> Response:
    query = Query.from_params(_selecting(asked))
    return await cached(
        request,
        service,
        [layer.name],
        MVT,
        lambda: vector_tile(service.reads, layer, place, query),
    )


async def _tilejson(
    request: Request, service: Service, layer: Layer, asked: dict[str, str]
) -> Response:
    selecting = _selecting(asked)
    query = Query.from_params(selecting)
    repeated = f"?{urlencode(selecting)}" if selecting else ""
    template = f"{request.base_url}tiles/{layer.name}/{{z}}/{{x}}/{{y}}.mvt{repeated}"

    def make() -> bytes:
        require_sound(service.reads, layer, query)
        told = tilejson(service.reads, layer, template)
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()

    return await cached(request, service, [layer.name], _TILEJSON, make)


def _raster_tilejson(
    service: Service, base_url: str, name: str, asked: dict[str, str], language: str
) -> Json:
    """Raises LayerNotFound for what is no layer of any kind, and BadQuery."""
    known = raster_layers(service.reads, service.layers)
    if name not in known:
        there_are = ", ".join(sorted([*service.collections, *known]))
        raise LayerNotFound(f"no layer {name!r}; there are: {there_are}")
    given = next((one["name"] for one in _FILTERING if one["name"] in asked), None)
    if given:
        raise BadQuery(given, f"{name} is a raster, which has no {given}; leave it out")
    home, days = service.settings.home, days_of(asked)
    return raster_tilejson(service.reads, service.layers, home, base_url, name, days, language)


def _selecting(asked: dict[str, str]) -> dict[str, str]:
    names = [parameter["name"] for parameter in _SELECTING]
    return {name: value for name, value in asked.items() if name in names}


def _asked_format(asked: dict[str, str], *names: str) -> str:
    """The first unless another is asked for. Raises BadQuery."""
    given = asked.get("f", names[0])
    if given not in names:
        raise BadQuery("f", f"f must be {' or '.join(names)}, got {given!r}")
    return given


def _known(name: str) -> None:
    if name != MATRIX_SET:
        raise TileNotFound(f"no tile matrix set {name!r}; there is {MATRIX_SET}")


def _matrix_set_link(request: Request) -> Json:
    return link(address(request, "tileMatrixSets", MATRIX_SET), _MATRIX_SET_REL)
