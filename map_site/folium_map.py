"""Maps that Folium builds, as parts of a page.

It brings pandas, half a second and 60 MB: a worker imports this module with the first map.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from layers.draw import country_map, draw
from layers.model import Layer
from map_site.assets import asset
from map_site.backgrounds import Background
from map_site.mount import mounted
from map_site.rendering import Words

_BASEMAP = "/basemap.pmtiles"


def built(
    controls: str,
    layers: Sequence[Layer],
    address: Mapping[str, str],
    language: str,
    background: Background,
    **options: Any,
) -> Figure:
    """As map_site.maps.build_map, which see; rendered."""
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
    return figure


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


class BackgroundChoice(MacroElement):
    """A button on a Folium map that chooses what lies beneath, by the address or by a press.

    `layers` are the tile layers with their names in addresses and their titles; `roads` are the
    options of `fahsai.roads`, or None; `words` are titles of the others and of the button.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            fahsai.chooseBackground({{ this.world.get_name() }}, [
                {name: "plain", title: {{ this.words.plain|tojson }}, layer: L.layerGroup()},
            {%- if this.roads %}
                {name: "roads", title: {{ this.words.roads|tojson }},
                 layer: fahsai.roads({{ this.roads|tojson }})},
            {%- endif %}
            {%- for name, title, layer in this.layers %}
                {name: {{ name|tojson }}, title: {{ title|tojson }}, layer: {{ layer.get_name() }}},
            {%- endfor %}
            ], {title: {{ this.words.title|tojson }}, first: {{ this.first|tojson }}});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        world: MacroElement,
        layers: Sequence[tuple[str, str, MacroElement]],
        roads: dict[str, str] | None,
        words: dict[str, str],
        first: str,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.world, self.layers, self.roads = world, layers, roads
        self.words, self.first = words, first
