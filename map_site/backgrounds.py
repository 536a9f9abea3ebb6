"""What lies beneath the maps, as the settings have it: pictures of others, roads of our own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from branca.element import MacroElement
from folium.template import Template

from layers.model import Text

# The names in addresses of what is no tile layer.
PLAIN, ROADS = "plain", "roads"
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
        """Whether there is a choice of what lies beneath; the plain ground is always one."""
        return bool(self.tiles) or self.basemap

    @property
    def names(self) -> tuple[str, ...]:
        """Of each tile layer the name that stands in addresses: its English title as a word of
        them, or its place among the layers where that says nothing or is another's."""
        found: list[str] = []
        for place, one in enumerate(self.tiles, start=1):
            name = re.sub(r"[^a-z0-9]+", "-", one.title.en.lower()).strip("-")
            is_free = name and name not in (PLAIN, ROADS, *found)
            found.append(name if is_free else f"tiles-{place}")
        return tuple(found)

    @property
    def first(self) -> str:
        """The name of what is shown at first."""
        return ROADS if self.basemap else next(iter(self.names), PLAIN)


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
