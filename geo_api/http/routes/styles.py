"""/styles/: MapLibre styles of layers and themes, by which other programs draw as our pages do."""

import json

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.links import Json, link, ogc_url
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Language, NoneTaken
from geo_api.http.routers import DescribedRouter
from geo_api.rasters.registry import VIEWS, raster_layers, rasters
from geo_api.tiles.maplibre import MEDIA_TYPE, quantiles_of, style
from layers.model import Layer, LayerNotFound, Text, Theme

router = DescribedRouter(tags=["Styles"], dependencies=OPEN_DATA)

THEMES = {
    Theme.BURNING: Text("การเผาในที่โล่ง", "Burning"),
    Theme.AIR: Text("คุณภาพอากาศ", "Air"),
    Theme.COMPLAINTS: Text("เรื่องร้องเรียน", "Complaints"),
    Theme.GREEN: Text("อุตสาหกรรมสีเขียว", "Green industry"),
}
# Where all that a theme shows lies.
_GROUND = "provinces"


@router.get("/styles")
def styles(request: Request, service: ServiceDep, language: Language, _: NoneTaken) -> Json:
    """Every style there is: one for each theme, and one for each layer."""
    titles = {f"themes/{theme}": title for theme, title in THEMES.items()}
    titles |= {name: layer.title for name, layer in _layers(service).items()}
    return {"styles": [_listed(request, name, title[language]) for name, title in titles.items()]}


@router.get("/ogc/collections/{collection}/styles")
def collection_styles(
    request: Request, service: ServiceDep, collection: str, language: Language, _: NoneTaken
) -> Json:
    """The styles of a layer: one (OGC API – Styles)."""
    layer = service.collection(collection)
    return {
        "default": layer.name,
        "styles": [_listed(request, layer.name, layer.title[language])],
        "links": [link(ogc_url(request, "collections", layer.name, "styles"), "self")],
    }


@router.get(
    "/styles/{layer}.json",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {}}}},
)
async def layer_style(request: Request, service: ServiceDep, layer: str, _: NoneTaken) -> Response:
    """A MapLibre style (version 8) of a layer: its tiles as TileJSON, in our colours and sizes, and
    in `metadata` what each colour means."""
    known = await run_in_threadpool(_layers, service)
    if layer not in known:
        raise LayerNotFound(f"no layer {layer!r}; there are: {', '.join(known)}")
    return await _style(request, service, known[layer].title, [known[layer]])


@router.get(
    "/styles/themes/{theme}.json",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {}}}},
)
async def theme_style(request: Request, service: ServiceDep, theme: str, _: NoneTaken) -> Response:
    """A MapLibre style (version 8) of all that a theme shows, over the provinces."""
    if theme not in THEMES:
        raise LayerNotFound(f"no theme {theme!r}; there are: {', '.join(THEMES)}")
    known = await run_in_threadpool(_layers, service)
    shown = [one for one in known.values() if one.name == _GROUND or Theme(theme) in one.themes]
    shown.sort(key=lambda one: one.name != _GROUND)  # the others lie above it
    return await _style(request, service, THEMES[Theme(theme)], shown)


async def _style(request: Request, service: Service, title: Text, layers: list[Layer]) -> Response:

    def make() -> bytes:
        limits = quantiles_of(service.reads, layers)
        document = style(str(request.base_url), title, layers, limits)
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    views = [layer.name for layer in layers if not layer.raster]
    return await cached_response(request, service, (*views, *VIEWS), MEDIA_TYPE, make)


def _layers(service: Service) -> dict[str, Layer]:
    """The layers that have tiles, by name: all of features, and of rasters those with a day."""
    found = raster_layers(service.reads, service.layers)
    dated = {name: layer for name, layer in found.items() if rasters(service.reads, layer)}
    return {**service.collections, **dated}


def _listed(request: Request, name: str, title: str) -> Json:
    sheet = link(f"{request.base_url}styles/{name}.json", "stylesheet", MEDIA_TYPE)
    return {"id": name, "title": title, "links": [sheet]}
