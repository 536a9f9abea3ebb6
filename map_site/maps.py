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

from layers.draw import country_map, draw
from layers.model import Layer
from map_site.assets import asset
from map_site.basemap import URL, Basemap
from map_site.mount import mounted


@dataclass(frozen=True)
class Background:
    """A tile layer of another server, `url` as https://…/{z}/{x}/{y}.png; none unless configured.
    The credit is plain text. `basemap` says whether we serve roads of our own."""

    url: str | None = None
    attribution: str | None = None
    basemap: bool = False


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
    if background.url:
        credit = escape(background.attribution or urlsplit(background.url).netloc)
        world.add_child(folium.TileLayer(background.url, attr=credit, control=False))
    if background.basemap:
        world.add_child(Basemap(asset("").rstrip("/"), language, mounted(URL)))
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
    tiles = urlsplit(background.url or "")
    roads = f'<script src="{asset("basemap.js")}" defer></script>' if background.basemap else ""
    return BuiltMap(
        html=Markup(figure.html.render()),
        # A module runs when the page is parsed, after the scripts that it needs.
        script=Markup(f'{roads}<script type="module">{script}</script>'),
        script_src=f"'self' 'sha256-{digest}'",
        img_src=" ".join(
            ["'self'", "data:", *([f"{tiles.scheme}://{tiles.netloc}"] if tiles.netloc else [])]
        ),
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
