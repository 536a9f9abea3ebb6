"""Draws layers with Folium, the same in a notebook and on the site.

    world = country_map()
    draw(layer_named("hotspots"), frame).add_to(world)

What is drawn, and how a feature is described, follows from the layer's declaration; the browser's
half of the work is done by the scripts of layers.browser.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.template import Template

from layers.browser import ASSETS, LAND, PLACES, SCRIPTS, STYLES, WATERS, declaration
from layers.model import Layer

THAILAND = (13.1, 101.2)  # (lat, lon), as Folium wants


class AssetsMissing(FileNotFoundError):
    """The map library is not in its folder; the message names the remedy."""


@dataclass(frozen=True)
class PageData:
    """The `id` of an element of the page that has a layer's features as JSON: a FeatureCollection,
    or, of points, `{"columns": [names], "rows": [[id, longitude, latitude, values…]]}`."""

    id: str


def country_map(assets: str | None = None, **options: Any) -> folium.Map:
    """A map of Thailand and the outlines of its neighbours; it asks nothing of other servers.

    `assets` is the URL path of the folder map_site/static where a server offers it. Without it, as
    in a notebook, the map carries those files within itself; raises AssetsMissing if `make setup`
    has not brought them. `options` are folium.Map's, as `zoom_start`.
    """
    return _CountryMap(assets, **{"location": THAILAND, "zoom_start": 6, **options})


def draw(layer: Layer, data: Any, language: str = "th", *, show: bool = True) -> "DrawnLayer":
    """The layer for a Folium map: marks, colours and popups as declared, in `language`.

    `data` is the URL of the layer's tileset, as /ogc/collections/NAME/tiles/WebMercatorQuad, of
    which the browser then asks for what is in view; or a GeoDataFrame, or a mapping that is a
    GeoJSON FeatureCollection in WGS84, carried in the map, which then has a legend of its own; or
    PageData, where the page carries them beside the map.
    `show=False` leaves it switched off at first.
    """
    if isinstance(data, str):
        return DrawnLayer(layer, {"url" if layer.raster else "tiles": data}, language, show)
    if isinstance(data, PageData):
        return DrawnLayer(layer, {"element": data.id}, language, show)
    return DrawnLayer(layer, {"data": _collection(data)}, language, show)


class _CountryMap(folium.Map):
    """Folium's map without what it takes from elsewhere: Bootstrap, jQuery, icon fonts, tiles."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div class="folium-map" id="{{ this.get_name() }}" role="region"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = fahsai.map(
                {{ this.get_name()|tojson }},
                { center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }} },
                {{ this.land|tojson }}
            );
            L.control.scale({ imperial: false, position: "bottomright" })
                .addTo({{ this.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, assets: str | None, **options: Any) -> None:
        super().__init__(tiles=None, prefer_canvas=True, **options)
        self.default_js, self.default_css = [], []
        self.assets = assets
        self.land = f"{assets}/{LAND}" if assets else _surroundings()

    def render(self, **kwargs: Any) -> str:
        figure = self.get_root()
        assert isinstance(figure, Figure)
        for name in STYLES:
            figure.header.add_child(self._style(name), name=name)
        for name in SCRIPTS:
            figure.header.add_child(self._script(name), name=name)
        return str(super().render(**kwargs))  # type: ignore[no-untyped-call]

    def _style(self, name: str) -> Element:
        if self.assets:
            return CssLink(f"{self.assets}/{name}")
        return _Inline("style", _with_images(name))

    def _script(self, name: str) -> Element:
        if self.assets:
            return JavascriptLink(f"{self.assets}/{name}")
        return _Inline("script", _text(name))


def _surroundings() -> dict[str, Any]:
    """The outlines, the names and the waters, to be carried in the map."""
    named = {"outlines": LAND, "places": PLACES, "waters": WATERS}
    return {name: json.loads(_text(file)) for name, file in named.items()}


class _Inline(Element):
    """Our own code within the page; a value, since as a template its braces would be read."""

    _template = Template("<{{ this.tag }}>{{ this.code }}</{{ this.tag }}>")

    def __init__(self, tag: str, code: str) -> None:
        super().__init__()
        self.tag = tag
        self.code = code


class DrawnLayer(folium.map.Layer):
    """A layer on a Folium map; folium.LayerControl lists it as it does Folium's own."""

    # By what data_json escapes no value ends the script, begins an element, or is a template.
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = {{ this.maker }}(
                {{ this.declaration|tojson }}, {{ this.data_json() }}
                {%- if this.options %}, {{ this.options|tojson }}{% endif %});
        {% endmacro %}
        """
    )

    def __init__(self, layer: Layer, data: Mapping[str, Any], language: str, show: bool) -> None:
        # Folium's layer control shows the name as HTML.
        super().__init__(name=escape(layer.title[language]), overlay=True, show=show)
        self.declaration = declaration(layer, language)
        self.data = data
        self.maker = "fahsai.rasterLayer" if layer.raster else "fahsai.vectorLayer"
        self.options = {"legend": True} if {"data", "element"} & set(data) else {}

    def data_json(self) -> str:
        """The data as the script has them: Thai as it is, which takes half as many bytes."""
        text = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))
        for sign in "<>&":
            text = text.replace(sign, f"\\u{ord(sign):04x}")
        # Branca takes what is rendered for a template once more, and would run what is in braces.
        # Compact JSON itself has none that follow one another.
        return re.sub(r"\{(?=[{%#])", r"\\u007b", text)


def _collection(data: Any) -> Any:
    """A GeoDataFrame as GeoJSON in WGS84, its times as ISO 8601; a mapping as it is."""
    if isinstance(data, Mapping):
        return data
    if data.crs is None:
        raise ValueError("the frame has no CRS; say it with frame.set_crs(4326)")
    return json.loads(data.to_json(to_wgs84=True, na="null", default=_plain))


def _plain(value: Any) -> Any:
    # Numbers of numpy, and lists of them.
    return value.isoformat() if hasattr(value, "isoformat") else value.tolist()


@cache
def _text(name: str) -> str:
    return _bytes(name).decode()


def _bytes(name: str) -> bytes:
    try:
        return (ASSETS / name).read_bytes()
    except FileNotFoundError:
        raise AssetsMissing(f"{ASSETS / name} is not there; `make setup` brings it") from None


def _with_images(name: str) -> str:
    """A style sheet with the images that it names within it."""

    def carried(match: re.Match[str]) -> str:
        image = base64.b64encode(_bytes(f"{Path(name).parent}/{match[1]}")).decode()
        return f"url(data:image/png;base64,{image})"

    return re.sub(r"url\((images/[\w.-]+\.png)\)", carried, _text(name))
