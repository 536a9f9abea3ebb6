"""Builds a page's HTML with Folium from its declaration; it holds layers' words but no data."""

import base64
import hashlib
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import folium
from branca.element import Figure, MacroElement
from folium.template import Template
from markupsafe import Markup

from layers.catalog import layer_named
from layers.draw import DrawnLayer, country_map, declaration, draw
from layers.model import Layer
from map_site.basemap import Basemap
from map_site.maps import Background
from map_site.old_words import WORDS
from map_site.pages import PAGES, Page, Shown, layers_of


@dataclass(frozen=True)
class Built:
    """A page ready to send, with the Content-Security-Policy that it keeps to."""

    html: str
    policy: str


def build(page: Page, language: str, background: Background) -> Built:
    """The page in Thai ("th") or English ("en"); the same for every reader."""
    world = country_map("/static", zoom_control=False)
    # Off at first: the controls switch them on, once they know for which dates to ask.
    drawn = {
        shown.name: draw(_layer(shown), items_url(_layer(shown)), language, show=False)
        for shown in layers_of(page)
    }
    document = _Document(page, language, world)
    if background.url:
        credit = escape(background.attribution or urlsplit(background.url).netloc)
        world.add_child(folium.TileLayer(background.url, attr=credit, control=False))
    if background.basemap:
        world.add_child(Basemap("/static", language))
    for layer in drawn.values():
        world.add_child(layer)
    world.add_child(_Controls(page, language, world, drawn))
    html = document.render()
    return Built(html, _policy(document.script_text, background))


def items_url(layer: Layer) -> str:
    """Where the browser asks for a layer: the items, or for a raster its days."""
    return f"/api/rasters/{layer.name}" if layer.raster else f"/ogc/collections/{layer.name}/items"


def _layer(shown: Shown) -> Layer:
    layer = layer_named(shown.name)
    return replace(layer, style=shown.style) if shown.style else layer


def _listed(page: Page) -> list[Shown]:
    """The layers as the panel lists them: those switched on first, the topmost before the rest."""
    return sorted(layers_of(page), key=lambda shown: shown.on)[::-1]


def _dated(page: Page) -> list[str]:
    """The layers that the choice of a period governs."""
    layers = [_layer(shown) for shown in layers_of(page) if not shown.latest]
    return [layer.name for layer in layers if page.period and (layer.timed or layer.raster)]


def _policy(script: str, background: Background) -> str:
    """What the browser may load: our own files, and the one script within the page by its hash."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    tiles = urlsplit(background.url or "")
    images = ["'self'", "data:"] + ([f"{tiles.scheme}://{tiles.netloc}"] if tiles.netloc else [])
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'sha256-{digest}'",
            f"img-src {' '.join(images)}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
        )
    )


class _Document(Figure):
    """Folium's figure with our own page around its one map; its header says which characters."""

    _template = Template(
        (Path(__file__).parent / "document.html").read_text(encoding="utf-8"), autoescape=True
    )

    def __init__(self, page: Page, language: str, world: folium.Map) -> None:
        super().__init__()
        self.add_child(world)
        self.page = page
        self.language = language
        self.world = world
        self.script_text = ""

    def render(self, **kwargs: Any) -> str:
        self.world.render(**kwargs)  # type: ignore[no-untyped-call]
        self.script_text = self.script.render()
        html: str = self._template.render(
            page=self.page,
            pages=PAGES,
            language=self.language,
            other="en" if self.language == "th" else "th",
            words={name: text[self.language] for name, text in WORDS.items()},
            layers=[
                (shown, _layer(shown), declaration(_layer(shown), self.language))
                for shown in _listed(self.page)
            ],
            address=items_url,
            dated=[layer_named(name).title[self.language] for name in _dated(self.page)],
            header=Markup(self.header.render()),
            map=Markup(self.html.render()),
            script=Markup(self.script_text),
        )
        return html


class _Controls(MacroElement):
    """Hands the map and its layers to the page's controls."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            fahsai.page({{ this.world.get_name() }}, {
            {%- for name, layer in this.drawn.items() %}
                {{ name|tojson }}: {{ layer.get_name() }},
            {%- endfor %}
            }, {{ this.choices|tojson }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        page: Page,
        language: str,
        world: folium.Map,
        drawn: dict[str, DrawnLayer],
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.world = world
        self.drawn = drawn
        self.choices = {
            "language": language,
            "period": page.period,
            "dated": _dated(page),
            "yearly": page.yearly,
            "totals": {shown.name: shown.totals for shown in layers_of(page)},
        }
