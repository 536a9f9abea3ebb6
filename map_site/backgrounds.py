"""What lies beneath the maps, as the settings have it: pictures of others, roads of our own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from branca.element import MacroElement
from folium.template import Template

from layers.model import Text

# A name, perhaps in both languages, and an address; neither has a space.
_ENTRY = re.compile(r"(?:(?P<th>[^=/:?]+)(?:/(?P<en>[^=/:?]+))?=)?(?P<url>https?://.+)")


class BadTileLayers(ValueError):
    """A setting names no tile layers; the message says which part, and the remedy."""


@dataclass(frozen=True)
class TileLayer:
    """Tiles of another server, `url` as https://…/{z}/{x}/{y}.png. The credit is plain text."""

    url: str
    credit: str
    title: Text


@dataclass(frozen=True)
class Background:
    """The tile layers that may be chosen, the first of them shown at first; `basemap` says whether
    we serve roads of our own, which are then shown at first instead."""

    tiles: tuple[TileLayer, ...] = ()
    basemap: bool = False

    @property
    def is_chosen(self) -> bool:
        """Whether there is a choice of what lies beneath."""
        return len(self.tiles) + self.basemap > 1


def tile_layers(urls: str | None, credits: str | None) -> tuple[TileLayer, ...]:
    """`urls` with blanks between, each with a name before it where there are several, as in
    ดาวเทียม/Satellite=https://…; `credits` with | between, in the same order. Raises
    BadTileLayers."""
    named = (credits or "").split("|")
    return tuple(
        _tile_layer(entry, named[place].strip() if place < len(named) else "")
        for place, entry in enumerate((urls or "").split())
    )


def _tile_layer(entry: str, credit: str) -> TileLayer:
    found = _ENTRY.fullmatch(entry)
    if not found:
        raise BadTileLayers(
            f"{entry!r} names no tile layer: write https://…/{{z}}/{{x}}/{{y}}.png, or a name"
            " before it, as Satellite=https://…"
        )
    server = urlsplit(found["url"]).netloc
    thai = (found["th"] or server).replace("_", " ")
    english = (found["en"] or thai).replace("_", " ")
    return TileLayer(found["url"], credit or server, Text(thai, english))


class BackgroundChoice(MacroElement):
    """A button on a Folium map that chooses between its tile layers and the plain ground."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            fahsai.chooseBackground({{ this.world.get_name() }}, {
                {{ this.plain|tojson }}: L.layerGroup(),
            {%- for title, layer in this.layers.items() %}
                {{ title|tojson }}: {{ layer.get_name() }},
            {%- endfor %}
            }, {{ this.words|tojson }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        world: MacroElement,
        layers: Mapping[str, MacroElement],
        words: dict[str, str],
        plain: str,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.world, self.layers, self.words, self.plain = world, layers, words, plain
