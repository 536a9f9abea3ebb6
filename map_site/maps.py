"""Maps within pages: Folium builds each, from declared layers, and the page places its parts."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit

import folium
from branca.element import Figure, MacroElement
from folium.template import Template
from markupsafe import Markup
from starlette.responses import Response

from layers.draw import country_map, draw
from layers.model import Layer
from map_site.assets import asset
from map_site.backgrounds import Background, BackgroundChoice
from map_site.mount import mounted
from map_site.rendering import Words, content_security_policy

_BASEMAP = "/basemap.pmtiles"


@dataclass(frozen=True)
class BuiltMap:
    """A map's element, the script that makes it, and what its page must allow it to load."""

    html: Markup
    script: Markup
    script_src: str
    img_src: str


def build_map(
    controls: str,
    layers: Sequence[Layer],
    address: Mapping[str, str],
    language: str,
    background: Background,
    **options: Any,
) -> BuiltMap:
    """A map whose `layers` are read from `address`, as the site has it, and which
    `fahsai.CONTROLS(map, layers)` takes over. The page loads map.css and map.js before the
    script."""
    figure = Figure()
    world = country_map(asset("").rstrip("/"), zoom_control=False, **options)
    figure.add_child(world)
    _lay_beneath(world, background, language)
    # Off at first: the controls switch them on, once they know what to ask.
    drawn = {
        one.name: draw(one, mounted(address[one.name]), language, show=False) for one in layers
    }
    for layer in drawn.values():
        world.add_child(layer)
    world.add_child(Controls(controls, world, drawn))
    world.render()  # type: ignore[no-untyped-call]
    script = figure.script.render()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    servers = dict.fromkeys(urlsplit(one.url) for one in background.tiles)
    roads = f'<script src="{asset("basemap.js")}" defer></script>' if background.basemap else ""
    return BuiltMap(
        html=Markup(figure.html.render()),
        # A module runs when the page is parsed, after the scripts that it needs.
        script=Markup(f'{roads}<script type="module">{script}</script>'),
        script_src=f"'self' 'sha256-{digest}'",
        img_src=" ".join(
            dict.fromkeys(["'self'", "data:", *(f"{one.scheme}://{one.netloc}" for one in servers)])
        ),
    )


def with_map(page: Response, world: BuiltMap) -> Response:
    """The page, allowed to load what its map needs."""
    policy = content_security_policy(script_src=world.script_src, img_src=world.img_src)
    page.headers["Content-Security-Policy"] = policy
    return page


def _lay_beneath(world: folium.Map, background: Background, language: str) -> None:
    """What may lie beneath, and the button that chooses; the page's script shows one of them."""
    if not background.is_chosen:
        return
    word, layers = Words(language), []
    for name, one in zip(background.names, background.tiles, strict=True):
        tiles = folium.TileLayer(one.url, attr=escape(one.credit), control=False, show=False)
        world.add_child(tiles)
        layers.append((name, one.title[language], tiles))
    roads = {"url": mounted(_BASEMAP), "base": asset("").rstrip("/"), "language": language}
    words = {
        "title": word("site.background"),
        "plain": word("site.background_plain"),
        "roads": word("site.background_roads"),
    }
    world.add_child(
        BackgroundChoice(
            world, layers, roads if background.basemap else None, words, background.first
        )
    )


class Controls(MacroElement):
    """Hands the map and its layers to the page's script."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            fahsai.{{ this.controls }}({{ this.world.get_name() }}, {
            {%- for name, layer in this.drawn.items() %}
                {{ name|tojson }}: {{ layer.get_name() }},
            {%- endfor %}
            });
        {% endmacro %}
        """
    )

    def __init__(self, controls: str, world: folium.Map, drawn: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.controls = controls
        self.world = world
        self.drawn = drawn
