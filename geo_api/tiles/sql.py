"""(Layer, Tile, condition) -> SQL for the bytes of a vector tile (MVT 2.1), which PostGIS makes.

Every point is in exactly one tile of each zoom, and in one cell of it where points are counted:
tiles and cells have their western and northern edges, not the others. `mercator_x` and
`mercator_y` give parts of the world's width, so that halving is exact and all zooms agree.
"""

from collections.abc import Iterator, Mapping, Sequence

from psycopg2.sql import SQL, Composable, Composed, Identifier, Literal

from geo_api.database.column_types import Column, ValueKind
from geo_api.features.columns_sql import as_text
from geo_api.tiles.tile_matrix_set import Tile
from layers.model import Layer
from layers.query import Box

Columns = Mapping[str, Column]

# Units across a tile, as MapLibre, Mapbox and QGIS have them unless told otherwise.
EXTENT = 4096
# Cells across a tile: eight pixels each where a tile is shown at 512.
CELLS = 64
# So many take some 5 ms to make; where there are more, a map shows blots and no points.
MOST_FEATURES = 2_000
MOST_BYTES = 500_000
# What the features that come first may weigh by `_WEIGHT`, which is more than they take.
_MOST_WEIGHT = 450_000
# Outlines go so far beyond the tile that a stroke along its edge is not seen.
_BUFFER = 64
# Half a pixel where a tile is shown at 512.
_TOLERANCE = 4
# The box that an index searches is a little larger than the tile: rounding must lose no point.
_MARGIN_DEG = 1e-9

_SPOT = SQL("ST_MakePoint(floor(x * {0}), floor(y * {0})) AS geom").format(Literal(EXTENT))
# Two coordinates of two bytes a point; properties as text; what frames a feature.
_WEIGHT = SQL("4 * ST_NPoints(geom) + octet_length(foremost::text) - octet_length(geom::text) + 40")


def count(layer: Layer, asked: Tile, met: Composable) -> Composed:
    """How many points of the tile have `met` a condition, as far as to `MOST_FEATURES` and one."""
    return SQL("SELECT count(*) FROM ({} LIMIT {}) AS few").format(
        points(layer, asked, met, []), Literal(MOST_FEATURES + 1)
    )


def features(layer: Layer, asked: Tile, met: Composable, columns: Columns) -> Composed:
    """The tile of the points themselves."""
    return _mvt(layer.name, points(layer, asked, met, [_SPOT, *_properties(layer, columns)]))


def grid(layer: Layer, asked: Tile, met: Composable) -> Composed:
    """The tile of cells in which the points are counted."""
    named = classes(layer)
    by = [Identifier(layer.style.by)] if layer.style.by and named else []
    counts = [
        SQL("count(*) FILTER (WHERE {} = {}) AS {}").format(
            *by, Literal(name), Identifier(counting(name))
        )
        for name in named
    ]
    counted = SQL(
        "SELECT {columns} FROM ({points} OFFSET 0) AS placed GROUP BY cell_x, cell_y"
    ).format(
        columns=commas([SQL("cell_x, cell_y, count(*) AS count"), *counts]),
        points=points(layer, asked, met, [cell(CELLS), *by]),
    )
    return of_cells(layer, counted, CELLS)


def of_cells(layer: Layer, cells: Composable, across: int) -> Composed:
    """The tile of `cells`: rows of `cell_x` and `cell_y` from the north-west, of which there are
    `across` to a side, their `count` and the counts of the classes.

    Each is the point at its middle, and of the class that most of it has, so that what colours
    features colours cells.
    """
    counts = [Identifier(counting(name)) for name in classes(layer)]
    # Whole numbers: with 0.5 PostgreSQL would reckon in decimals, which takes as long as the tile.
    middle = SQL("ST_MakePoint(cell_x * {0} + {1}, cell_y * {0} + {1}) AS geom")
    size = EXTENT // across
    columns: list[Composable] = [
        middle.format(Literal(size), Literal(size // 2)),
        SQL("count"),
        *(SQL("nullif({0}, 0) AS {0}").format(count) for count in counts),
    ]
    if layer.style.by and counts:
        whens = [
            SQL("WHEN {} THEN {}").format(count, Literal(name))
            for count, name in zip(counts, classes(layer), strict=True)
        ]
        columns.append(
            SQL("CASE greatest({}) WHEN 0 THEN NULL {} END AS {}").format(
                commas(counts), SQL(" ").join(whens), Identifier(layer.style.by)
            )
        )
    return _mvt(layer.name, SQL("SELECT {} FROM ({}) AS cells").format(commas(columns), cells))


def foremost(
    layer: Layer, asked: Tile, met: Composable, columns: Columns, *, with_summary: bool
) -> Composed:
    """The tile of the features that come first and fit; `with_summary` has a further layer with a
    point in the middle that says how many they are of how many."""
    within = _areas if layer.geometry == "area" else points
    shape = _outline(asked) if layer.geometry == "area" else _SPOT
    order = layer.tiling.order or "id"
    return SQL(
        """
        WITH foremost AS MATERIALIZED (
            {features} ORDER BY f.{order} {direction} NULLS LAST, f.id LIMIT {most}
        ), weighed AS (
            SELECT foremost.*, sum({weight}) OVER (ROWS UNBOUNDED PRECEDING) AS weight
            FROM foremost
            WHERE geom IS NOT NULL
        ), shown AS MATERIALIZED (
            SELECT geom, {columns} FROM weighed WHERE weight < {most_weight}
        ), summary AS (
            SELECT ST_MakePoint({middle}, {middle}) AS geom, total, shown
            FROM ({every}) AS every (total), (SELECT count(*) FROM shown) AS those (shown)
            WHERE total > 0
        )
        SELECT ({tile}) || {summary}
        """
    ).format(
        features=within(layer, asked, met, [shape, *_properties(layer, columns)]),
        order=Identifier(order.removeprefix("-")),
        direction=SQL("DESC" if order.startswith("-") else "ASC"),
        most=Literal(MOST_FEATURES),
        weight=_WEIGHT,
        columns=commas([Identifier(name) for name in carried(layer)]),
        most_weight=Literal(_MOST_WEIGHT),
        middle=Literal(EXTENT // 2),
        every=within(layer, asked, met, [SQL("count(*)")]),
        tile=_mvt(layer.name, SQL("SELECT * FROM shown")),
        summary=SQL("({})").format(_mvt(summary(layer), SQL("SELECT * FROM summary")))
        if with_summary
        else SQL("''::bytea"),
    )


def in_cells(layer: Layer) -> bool:
    """Whether too many features become cells; else only the first of them are shown."""
    return layer.geometry == "point" and layer.tiling.order is None


def classes(layer: Layer) -> tuple[str, ...]:
    """The values of the style's `by` that cells count apart."""
    return layer.classes


def carried(layer: Layer) -> list[str]:
    """The properties of a feature in a tile."""
    fields = layer.tiling.fields
    if fields is None:
        named = (layer.style.by, layer.style.label)
        fields = tuple(dict.fromkeys(name for name in named if name))
    return ["id", *(["observed_at"] if layer.timed else []), *fields]


def counting(name: str) -> str:
    """The property that counts the points of a class."""
    return f"count_{name}"


def summary(layer: Layer) -> str:
    """The tile's layer that tells how many features of how many are shown."""
    return f"{layer.name}_summary"


def bounds(layer: Layer) -> Composed:
    """West, south, east and north of what the layer shows, in degrees; NULL where nothing."""
    return SQL(
        "SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)"
        " FROM (SELECT ST_Extent(geom) AS box FROM published.{}) AS extent"
    ).format(Identifier(layer.name))


def quantiles(layer: Layer, parts: int) -> Composed:
    """The limits between `parts` of as many features each, by the field that the style names; NULL
    where nothing has a number."""
    return SQL("SELECT percentile_disc({}) WITHIN GROUP (ORDER BY {}) FROM published.{}").format(
        Literal([n / parts for n in range(1, parts)]),
        Identifier(layer.style.by or ""),
        Identifier(layer.name),
    )


def points(layer: Layer, asked: Tile, met: Composable, columns: Sequence[Composable]) -> Composed:
    """`columns` of the points in the tile, where `x` and `y`, from its north-west, are from 0 to
    less than 1."""
    return SQL(
        """
        SELECT {columns}
        FROM published.{layer} AS f
        CROSS JOIN LATERAL (
            SELECT mercator_x(ST_X(f.geom)) * {across} - {column} AS x,
                mercator_y(ST_Y(f.geom)) * {across} - {row} AS y
        ) AS place
        WHERE f.geom && {box} AND x >= 0 AND x < 1 AND y >= 0 AND y < 1 AND {where}
        """
    ).format(
        columns=commas(columns),
        layer=Identifier(layer.name),
        across=Literal(float(2**asked.z)),
        column=Literal(asked.x),
        row=Literal(asked.y),
        box=_envelope(_reach(asked), _MARGIN_DEG),
        where=met,
    )


def cell(across: int) -> Composed:
    """The cell in which a point lies, of so many across a tile."""
    return SQL("floor(x * {0})::integer AS cell_x, floor(y * {0})::integer AS cell_y").format(
        Literal(across)
    )


def _reach(asked: Tile) -> Box:
    """The tile's box, in the first and the last row as far as the pole."""
    box = asked.box
    last_row = asked.y == 2**asked.z - 1
    return box._replace(
        north=90 if asked.y == 0 else box.north, south=-90 if last_row else box.south
    )


def _areas(layer: Layer, asked: Tile, met: Composable, columns: Sequence[Composable]) -> Composed:
    """`columns` of the areas that touch the tile or the strip around it."""
    beyond_deg = _unit_deg(asked) * _BUFFER
    return SQL(
        "SELECT {columns} FROM published.{layer} AS f"
        " WHERE ST_Intersects(f.geom, {box}) AND {where}"
    ).format(
        columns=commas(columns),
        layer=Identifier(layer.name),
        box=_envelope(asked.box, beyond_deg),
        where=met,
    )


def _outline(asked: Tile) -> Composed:
    """An area as the tile can show it; NULL where it is too small to be seen."""
    return SQL(
        "ST_AsMVTGeom(ST_Transform(ST_Simplify(f.geom, {tolerance}, true), 3857),"
        " ST_TileEnvelope({z}, {x}, {y}), {extent}, {buffer}) AS geom"
    ).format(
        tolerance=Literal(_unit_deg(asked) * _TOLERANCE),
        z=Literal(asked.z),
        x=Literal(asked.x),
        y=Literal(asked.y),
        extent=Literal(EXTENT),
        buffer=Literal(_BUFFER),
    )


def _unit_deg(asked: Tile) -> float:
    """A tile's unit in degrees of longitude; it is less of latitude."""
    return (asked.box.east - asked.box.west) / EXTENT


def _envelope(box: Box, margin_deg: float) -> Composed:
    west, south, east, north = box
    return SQL("ST_MakeEnvelope({}, {}, {}, {}, 4326)").format(
        Literal(west - margin_deg),
        Literal(south - margin_deg),
        Literal(east + margin_deg),
        Literal(north + margin_deg),
    )


def _properties(layer: Layer, columns: Columns) -> Iterator[Composable]:
    """What the tile carries of a feature, as MVT can hold it: texts, numbers, true and false."""
    for name in carried(layer):
        column, identifier = columns[name], Identifier(name)
        if name == "observed_at":
            # To the second, as whoever writes them gives them in our GeoJSON.
            yield SQL("""to_char(observed_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS observed_at""")
        elif column.kind in (ValueKind.ARRAY, ValueKind.JSON, ValueKind.TIMESTAMP):
            yield SQL("{} AS {}").format(as_text(column), identifier)
        elif column.type.name == "numeric":
            yield SQL("{0}::float8 AS {0}").format(identifier)
        else:
            yield identifier


def _mvt(name: str, rows: Composable) -> Composed:
    return SQL("SELECT ST_AsMVT(rows, {}, {}, 'geom') FROM ({}) AS rows").format(
        Literal(name), Literal(EXTENT), rows
    )


def commas(parts: Sequence[Composable]) -> Composed:
    return SQL(", ").join(parts)
