"""Pictures of other servers that may lie beneath maps, as the settings name them."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

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
