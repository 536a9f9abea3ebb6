"""(Layer, Tile, spans of time) -> SQL for a vector tile from the counts that the database keeps.

While the kept cells are fine enough for it, a tile costs as much as it has cells, however many
the points are. What no kept unit of time covers is counted from the points, in the same cells.
"""

from collections.abc import Sequence

from psycopg2.sql import SQL, Composable, Composed, Identifier, Literal

from geo_api.features.time_spans import DAY_PART, MONTH, Span
from geo_api.tiles.sql import (
    MOST_FEATURES,
    cell,
    classes,
    commas,
    counting,
    of_cells,
    points,
)
from geo_api.tiles.tile_matrix_set import Tile
from layers.model import Layer

EVER = "ever"
# The levels of the kept cells, as the function `point_count_grids` has them.
LEVELS = {EVER: (11, 13, 15), MONTH: (11, 13), DAY_PART: (11,)}
COARSEST = LEVELS[EVER][0]
# Tiles further down are smaller than a cell of the finest level.
LAST_ZOOM = LEVELS[EVER][-1]
# With fewer cells across, a tile would show too little.
_FEWEST_ACROSS = 16
# A block of cells is a tile so many zooms above them; a class is written above a cell's number.
_BLOCK_BITS = 6
_CLASS_BITS = 2 * _BLOCK_BITS


def countable_units(asked: Tile) -> list[str]:
    """The units of time, the longest first, whose cells a tile can show."""
    return [unit for unit in (MONTH, DAY_PART) if _across(_level(unit, asked), asked)]


def tile(layer: Layer, asked: Tile, spans: Sequence[Span]) -> Composed:
    """How many points the tile has in the `spans`, or in all of time where there are none; and the
    tile of cells where they are too many and the cells fine enough. No deeper than `LAST_ZOOM`."""
    units = list(dict.fromkeys(span.unit for span in spans if span.unit)) or [EVER]
    zoom = min(asked.z + _BLOCK_BITS, *(_level(unit, asked) for unit in units))
    counted = [_counted(layer, asked, zoom, unit, spans) for unit in units]
    counted += [
        _counted_from_points(layer, asked, zoom, span) for span in spans if span.unit is None
    ]
    across = _across(zoom, asked)
    cells = SQL("SELECT * FROM cells")
    return SQL(
        """
        WITH cells AS MATERIALIZED (
            SELECT {columns} FROM ({counted}) AS counted
            GROUP BY cell_x, cell_y HAVING sum(count) > 0
        ), every (total) AS (SELECT coalesce(sum(count), 0) FROM cells)
        SELECT total, CASE WHEN total > {most} THEN ({mvt}) END FROM every
        """
    ).format(
        columns=commas([SQL("cell_x, cell_y, sum(count) AS count"), *_by_class(layer)]),
        counted=SQL(" UNION ALL ").join(counted),
        most=Literal(MOST_FEATURES),
        mvt=of_cells(layer, cells, across) if across else SQL("NULL::bytea"),
    )


def _across(level: int, asked: Tile) -> int | None:
    """How many cells of the level a tile has to a side; None where too few to be of use."""
    across = 2 ** max(level - asked.z, 0)
    return across if across >= _FEWEST_ACROSS else None


def corners(layer: Layer) -> Composed:
    """The first and the last column, and the first and the last row, of the coarsest cells that
    hold points, as tiles of the zoom `COARSEST`; NULL where nothing does."""
    return SQL(
        """
        SELECT min(x), max(x), min(y), max(y)
        FROM (
            SELECT (b.block & {last_block}) * 64 + (u.cell & 63) AS x,
                (b.block >> {bits}) * 64 + ((u.cell >> 6) & 63) AS y
            FROM published.point_counts AS b, unnest(b.cells) AS u (cell)
            WHERE b.layer = {layer} AND b.unit = {unit} AND b.level = {level}
        ) AS cells
        """
    ).format(
        last_block=Literal(2 ** (COARSEST - _BLOCK_BITS) - 1),
        bits=Literal(COARSEST - _BLOCK_BITS),
        layer=Literal(layer.name),
        unit=Literal(EVER),
        level=Literal(COARSEST),
    )


def _level(unit: str, asked: Tile) -> int:
    """The finest kept level of which a tile can show each cell, or else the coarsest."""
    levels = LEVELS[unit]
    return max((n for n in levels if n <= asked.z + _BLOCK_BITS), default=levels[0])


def _by_class(layer: Layer) -> list[Composed]:
    """The counts of the classes; the class 0 has no name."""
    return [
        SQL("sum(count) FILTER (WHERE class = {}) AS {}").format(
            Literal(number), Identifier(counting(name))
        )
        for number, name in enumerate(classes(layer), 1)
    ]


def _counted(layer: Layer, asked: Tile, zoom: int, unit: str, spans: Sequence[Span]) -> Composed:
    """Rows of `cell_x`, `cell_y`, `class` and `count` from the kept counts of one unit of time;
    where they are finer than the cells of `zoom`, several are of one cell."""
    level = _level(unit, asked)
    times = [
        SQL("({}::timestamptz, {})").format(Literal(span.start), Literal(span.sign))
        for span in spans
        if span.unit == unit
    ]
    bits = level - _BLOCK_BITS
    return SQL(
        """
        SELECT
            ((((block & {last_block}) << {block_bits}) | (cell & {last})) >> {finer}) - {x}
                AS cell_x,
            ((((block >> {bits}) << {block_bits}) | ((cell >> {block_bits}) & {last})) >> {finer})
                - {y} AS cell_y,
            cell >> {class_bits} AS class, sign * count AS count
        FROM (
            SELECT b.block, s.sign, unnest(b.cells) AS cell, unnest(b.counts) AS count
            FROM (VALUES {times}) AS s (since, sign) JOIN published.point_counts AS b USING (since)
            WHERE b.layer = {layer} AND b.unit = {unit} AND b.level = {level} AND {blocks}
        ) AS entry
        WHERE {within}
        """
    ).format(
        last_block=Literal(2**bits - 1),
        block_bits=Literal(_BLOCK_BITS),
        last=Literal(2**_BLOCK_BITS - 1),
        bits=Literal(bits),
        finer=Literal(level - zoom),
        x=Literal(asked.x << (zoom - asked.z)),
        y=Literal(asked.y << (zoom - asked.z)),
        class_bits=Literal(_CLASS_BITS),
        times=commas(times or [SQL("('-infinity'::timestamptz, 1)")]),
        layer=Literal(layer.name),
        unit=Literal(unit),
        level=Literal(level),
        blocks=_blocks(asked, bits),
        within=_within(asked, bits),
    )


def _blocks(asked: Tile, bits: int) -> Composed:
    """Whether a block of the zoom `bits` is the tile, holds it, or lies within it."""
    within = bits - asked.z
    if within <= 0:
        block = ((asked.y >> -within) << bits) | (asked.x >> -within)
        return SQL("b.block = {}").format(Literal(block))
    return SQL(
        "(b.block & {last}) >> {within} = {x} AND b.block >> ({bits} + {within}) = {y}"
    ).format(
        last=Literal(2**bits - 1),
        within=Literal(within),
        bits=Literal(bits),
        x=Literal(asked.x),
        y=Literal(asked.y),
    )


def _within(asked: Tile, bits: int) -> Composable:
    """Whether a cell of the blocks lies in the tile, where it is smaller than a block: of row and
    column the highest bits say so."""
    beyond = asked.z - bits
    if beyond <= 0:
        return SQL("true")
    mask = (2**beyond - 1) << (_BLOCK_BITS - beyond)
    row, column = (mask & number << (_BLOCK_BITS - beyond) for number in (asked.y, asked.x))
    return SQL("cell & {} = {}").format(
        Literal(mask << _BLOCK_BITS | mask), Literal(row << _BLOCK_BITS | column)
    )


def _counted_from_points(layer: Layer, asked: Tile, zoom: int, span: Span) -> Composed:
    """As `_counted`, counted from the points of a time for which nothing is kept."""
    during = SQL("observed_at >= {} AND observed_at < {}")
    known = SQL("array_position({}::text[], {}) AS class").format(
        Literal(list(classes(layer))), Identifier(layer.style.by or "id")
    )
    columns = [cell(2 ** (zoom - asked.z)), known, SQL("{} AS count").format(Literal(span.sign))]
    met = during.format(Literal(span.start), Literal(span.end))
    return points(layer, asked, met, columns)
