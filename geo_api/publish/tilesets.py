"""The tiles of one layer as files: an archive of all, or of what is timed one for each period.

Where a tile of a period counts its points in cells, a further archive has the same tile of each
day, as layers named by the days, so that any days can be summed: points tell their own time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from geo_api.database.connections import Reads
from geo_api.publish.archives import pyramid, renamed, write_archive
from geo_api.publish.folder import Draft
from geo_api.publish.periods import Days, periods
from geo_api.tiles import sql as tiles_sql
from geo_api.tiles.tile_matrix_set import Tile
from geo_api.tiles.tilesets import vector_layers
from geo_api.tiles.vector_tiles import Drawn, drawn
from layers.model import Layer
from layers.query import Query

FOLDER = "tiles"
# The order of readings, of which a tile shows the newest alone.
_NEWEST_FIRST = "-observed_at"


@dataclass(frozen=True)
class Archive:
    """`path` is from the published folder, and so is `days`, where single days are kept."""

    path: str
    during: Days | None = None
    days: str | None = None

    @property
    def as_json(self) -> dict[str, Any]:
        """As the page's script reads it: times in milliseconds, the end left out."""
        if self.during is None:
            return {"path": self.path}
        start, end = (round(t.timestamp() * 1000) for t in (self.during.start, self.during.end))
        return {"path": self.path, "from": start, "to": end, "days": self.days}


def publish_tiles(
    reads: Reads, layer: Layer, draft: Draft, told: Mapping[str, Any], code: str, threads: int
) -> list[Archive]:
    """Writes what is no file yet as it is now: of this `code` and the data version, or of a period
    by its own digest. `told` goes into the metadata."""
    metadata = {
        "name": f"{layer.title.th} / {layer.title.en}",
        "description": f"{layer.description.th}\n{layer.description.en}",
        "attribution": escape(layer.attribution),
        "vector_layers": vector_layers(layer, with_summary=True),
        **told,
    }
    writer = _Writer(reads, layer, draft, threads)
    if not layer.timed or layer.undated:
        path, version = _path(layer), f"{code} {told['data_version']}"
        return [Archive(path)] if writer.write(path, None, version, metadata) else []
    found = []
    newest_first = layer.tiling.order == _NEWEST_FIRST
    for period in periods(reads, layer, tiles_sql.MOST_FEATURES, newest_first=newest_first):
        path = _path(layer, period)
        version = f"{code} {told['simulated']} {period.digest}"
        of_period = {**metadata, "days": f"{period.first}/{period.last}"}
        if writer.write(path, period, version, of_period):
            days = path.replace(".pmtiles", ".days.pmtiles")
            kept = tiles_sql.in_cells(layer) and writer.write_days(days, period, version, of_period)
            found.append(Archive(path, period, days if kept else None))
    return found


def _path(layer: Layer, period: Days | None = None) -> str:
    name = period.name if period else ""
    return f"{FOLDER}/{layer.name}{f'/{name}' if name else ''}.pmtiles"


@dataclass(frozen=True)
class _Writer:
    reads: Reads
    layer: Layer
    draft: Draft
    threads: int

    def write(
        self, path: str, days: Days | None, version: str, metadata: Mapping[str, Any]
    ) -> bool:
        """The archive of all times, or of some days; whether there is any tile."""

        def make(place: Path) -> None:
            found = pyramid(self.layer, partial(self._tile, days), self.threads)
            tiles = ((tile, answer.mvt) for tile, answer in found)
            write_archive(place, tiles, metadata)

        return self.draft.add(path, make, version)

    def write_days(
        self, path: str, period: Days, version: str, metadata: Mapping[str, Any]
    ) -> bool:
        """The archive of single days; whether any tile of the period has cells."""

        def make(place: Path) -> None:
            found = pyramid(self.layer, partial(self._tile_of_days, period), self.threads)
            write_archive(place, found, metadata)

        return self.draft.add(path, make, version)

    def _tile(self, days: Days | None, tile: Tile) -> Drawn | None:
        query = Query(during=days.during) if days else Query()
        made = drawn(self.reads, self.layer, tile, query, with_summary=True)
        return made if made.mvt else None

    def _tile_of_days(self, period: Days, tile: Tile) -> bytes | None:
        of_period = self._tile(period, tile)
        if of_period is None or not of_period.counted:
            return None
        named = [(f"{one.first}", self._tile(one, tile)) for one in period.single]
        return b"".join(renamed(one.mvt, name) for name, one in named if one)
