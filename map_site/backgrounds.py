"""What lies beneath the maps, as the settings have it: pictures of others, roads of our own."""

import re
from dataclasses import dataclass

from layers.tile_layers import TileLayer

# The names in addresses of what is no tile layer.
PLAIN, ROADS = "plain", "roads"


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
