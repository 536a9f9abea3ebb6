"""Vector tiles of a layer, as PostGIS makes them."""

from datetime import datetime, timedelta
from typing import NamedTuple

from psycopg2.sql import Composed

from geo_api.database.connections import Reads
from geo_api.features.columns import columns
from geo_api.features.sql import FIRST_AND_LAST_MONTH, where
from geo_api.features.time_spans import Span, next_month, spans
from geo_api.tiles import point_counts_sql
from geo_api.tiles import sql as tiles_sql
from geo_api.tiles.tile_matrix_set import Tile
from layers.model import Layer
from layers.query import Interval, Query

MVT = "application/vnd.mapbox-vector-tile"

# Ends of intervals are included, and PostgreSQL keeps times to the microsecond.
_LEAST = timedelta(microseconds=1)


class Drawn(NamedTuple):
    """A tile, and whether it has cells that count its points instead of the points."""

    mvt: bytes
    counted: bool = False


def vector_tile(
    reads: Reads, layer: Layer, asked: Tile, query: Query, *, with_summary: bool = False
) -> bytes:
    """What meets `during` and `filter` of the query in the tile; empty where nothing does."""
    return drawn(reads, layer, asked, query, with_summary=with_summary).mvt


def drawn(
    reads: Reads, layer: Layer, asked: Tile, query: Query, *, with_summary: bool = False
) -> Drawn:
    """As `vector_tile`.

    The counts are asked for first, each statement having the points no more than once: planning
    for all the months of a large layer costs more than reading a tile of cells.
    """
    known = columns(reads, layer)
    met = where(layer, query, known)
    if not tiles_sql.in_cells(layer):
        statement = tiles_sql.foremost(layer, asked, met, known, with_summary=with_summary)
        return Drawn(_bytes(reads, statement))
    counted = _spans(reads, layer, asked, query)
    if counted is None:
        [(total,)] = reads.fetch(tiles_sql.count(layer, asked, met))
        cells = None
    else:
        [(total, cells)] = reads.fetch(point_counts_sql.tile(layer, asked, counted))
    if cells is not None:
        return Drawn(bytes(cells), counted=True)
    if total <= tiles_sql.MOST_FEATURES:
        tile = _bytes(reads, tiles_sql.features(layer, asked, met, known)) if total else b""
        if len(tile) < tiles_sql.MOST_BYTES:
            return Drawn(tile)
    return Drawn(_bytes(reads, tiles_sql.grid(layer, asked, met)), counted=True)


def require_sound(reads: Reads, layer: Layer, query: Query) -> None:
    """Raises the BadQuery that any tile would."""
    where(layer, query, columns(reads, layer))


def _bytes(reads: Reads, statement: Composed) -> bytes:
    [(mvt,)] = reads.fetch(statement)
    return bytes(mvt)


def _spans(reads: Reads, layer: Layer, asked: Tile, query: Query) -> list[Span] | None:
    """The spans of time whose kept counts answer the query, none for all of time; None where only
    the points do."""
    if not layer.tiling.point_counts or query.filter or query.matching:
        return None
    if not query.during or not layer.timed:
        return [] if asked.z <= point_counts_sql.LAST_ZOOM else None
    units = point_counts_sql.countable_units(asked)
    [(first, last)] = reads.fetch(FIRST_AND_LAST_MONTH, {"layer": layer.name})
    if first is None or not units:
        return None
    found = list(spans(*_within(query.during, first, next_month(last)), units))
    return found if any(span.unit for span in found) else None


def _within(during: Interval, first: datetime, after: datetime) -> tuple[datetime, datetime]:
    """The part of an interval in which there is anything, its end left out."""
    start = max(during.start or first, first)
    # The lesser first: there is no time after the last microsecond of the year 9999.
    end = after if during.end is None else min(during.end, after - _LEAST) + _LEAST
    return start, end
