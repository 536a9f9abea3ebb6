"""(Layer, Query) -> SQL of whole downloads: rows of text that PostgreSQL has put together, or rows
of values. Geometry comes with x before y, in the query's CRS."""

from collections.abc import Iterable, Mapping

from psycopg2.sql import SQL, Composable, Composed, Identifier, Literal

from geo_api.database.column_types import COLUMN_TYPES, Column, ValueKind
from geo_api.exports.job import GEOMETRY, X, Y
from geo_api.features.columns_sql import as_text
from geo_api.features.sql import (
    asked_properties,
    feature,
    json_values,
    order,
    properties,
    where,
)
from layers.crs import WGS84
from layers.model import Layer
from layers.query import Query

Columns = Mapping[str, Column]

# A commit may have got its time after this transaction began.
NEWEST_READ = """
    SELECT version, greatest(committed_at, now())
    FROM published.data_commits ORDER BY version DESC LIMIT 1
"""
_RECORD_SEPARATOR = "\x1e"
_JSON, _FLOAT = COLUMN_TYPES["json"], COLUMN_TYPES["float8"]
# As texts, of which Arrow makes values of any type, "NaN" too; NULL has its line as well.
_LINE = """concat('{{"v":', coalesce(to_json({0}::text[])::text, 'null'), '}}\n') AS {0}"""
# Excel and its like take what begins so for a formula; the wide forms too, which Thai and Japanese
# keyboards give. Text that begins with the armour itself gets one more, so that taking one
# apostrophe away gives back every text as it was.
_FORMULA_OR_ARMOUR = "^['=+@\t\r\n＝＋－＠-]"
# What XML 1.0 cannot hold, however written; NUL is in no text of PostgreSQL.
_NOT_XML = "".join(map(chr, (*range(1, 9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)))


def table_columns(layer: Layer, query: Query, columns: Columns, lists: bool) -> tuple[Column, ...]:
    """Those of `table` in their order: `id`, the properties, and the geometry, X and Y of points in
    WGS84, and of all else WKB in hexadecimal digits. Where the format has no `lists` they are
    JSON."""
    asked = [columns[name] for name in ["id", *asked_properties(layer, query)]]
    if not lists:
        asked = [Column(one.name, _JSON) if one.array else one for one in asked]
    if query.skip_geometry:
        return tuple(asked)
    if _by_coordinates(layer, query):
        return (*asked, Column(X, _FLOAT), Column(Y, _FLOAT))
    return (*asked, Column(GEOMETRY, COLUMN_TYPES["text"]))


def table(
    layer: Layer,
    query: Query,
    columns: Columns,
    selected: Iterable[Column],
    *,
    neighbours_together: bool = False,
) -> Composed:
    """The columns `selected`, those of `table_columns`. A list is a line of JSON, its `v` the
    values as texts. With `neighbours_together` all rows come along a Hilbert curve, unless the
    query asks for another order or for some of them."""
    cells = [_table_cell(column, columns.get(column.name), layer, query) for column in selected]
    some = query.sortby or query.limit is not None or query.offset or query.skip_geometry
    # As PostGIS compares geometries since 3.0: by the places of their middles on the curve.
    along = SQL("f.geom, f.id") if neighbours_together and not some else None
    return _select(cells, layer, query, columns, along)


def csv(layer: Layer, query: Query, columns: Columns, armour: bool) -> Composed:
    """COPY of `id`, the properties, and lon and lat (x and y in metres) of points or the WKT of
    areas. Times are ISO 8601 in UTC. With `armour` text that a spreadsheet would take for a formula
    has an apostrophe before it."""
    cells = [_csv_cell(columns[name], armour) for name in ["id", *asked_properties(layer, query)]]
    if not query.skip_geometry:
        cells += _places(layer, query)
    return SQL("COPY ({}) TO STDOUT (FORMAT csv, HEADER)").format(
        _select(cells, layer, query, columns)
    )


def geojson_seq(layer: Layer, query: Query, columns: Columns) -> Composed:
    """COPY of GeoJSON features as RFC 8142 wants them: a record separator before each, and a line
    feed behind."""
    return _copied(geojson_lines(layer, query, columns))


def geojson_lines(layer: Layer, query: Query, columns: Columns) -> Composed:
    """SELECT of one column, `line`: what `geojson_seq` copies, without the line feeds."""
    text = SQL("concat({}, {}, '}}')").format(
        Literal(_RECORD_SEPARATOR), feature("f", query, columns["geom"])
    )
    asked = json_values([columns[name] for name in asked_properties(layer, query)], "f")
    return _lines(
        text, layer, query, columns, SQL("CROSS JOIN LATERAL (SELECT {}) AS p").format(asked)
    )


def kml(layer: Layer, query: Query, columns: Columns) -> Composed:
    """COPY of Placemarks, a line each; a property without a value is left out."""
    # GDAL takes data called name and id for what the Placemark itself has of these names.
    named = columns.get("name", columns["id"])
    asked = {"feature_id": columns["id"]}
    asked |= {name: columns[name] for name in asked_properties(layer, query) if name != "name"}
    data = [
        SQL("{before} || {value} || '</value></Data>'").format(
            before=Literal(f'<Data name="{name}"><value>'), value=_xml(column)
        )
        for name, column in asked.items()
    ]
    when = [
        SQL("'<TimeStamp><when>' || {} || '</when></TimeStamp>'").format(_xml(columns[name]))
        for name in ["observed_at"]
        if layer.timed
    ]
    shape = [] if query.skip_geometry else [SQL("ST_AsKML({}, 6)").format(Identifier("geom"))]
    parts: list[Composable] = [
        SQL("'<Placemark><name>'"),
        _xml(named),
        SQL("'</name>'"),
        *when,
        SQL("'<ExtendedData>'"),
        *data,
        SQL("'</ExtendedData>'"),
        *shape,
        SQL("'</Placemark>'"),
    ]
    # Unlike ||, concat passes over NULL; a function takes no more than 100 arguments.
    groups = [parts[i : i + 90] for i in range(0, len(parts), 90)]
    text = SQL(" || ").join(SQL("concat({})").format(SQL(", ").join(group)) for group in groups)
    return _copied(_lines(text, layer, query, columns, SQL("")))


def _select(
    cells: list[Composable],
    layer: Layer,
    query: Query,
    columns: Columns,
    along: Composable | None = None,
) -> Composed:
    # Of one piece: to hand each row from one SELECT to another takes a fiftieth of the time.
    return SQL(
        """
        SELECT {cells} FROM published.{layer} AS f
        WHERE {conditions}
        ORDER BY {order}
        LIMIT {limit} OFFSET {offset}
        """
    ).format(
        cells=SQL(", ").join(cells),
        layer=Identifier(layer.name),
        conditions=where(layer, query, columns),
        order=along or order(query, "f"),
        limit=Literal(query.limit),
        offset=Literal(query.offset),
    )


def _rows(layer: Layer, query: Query, columns: Columns) -> Composed:
    every: list[Composable] = [*map(Identifier, ("id", "geom", *properties(layer)))]
    return _select(every, layer, query, columns)


def _lines(
    text: Composable, layer: Layer, query: Query, columns: Columns, joined: Composable
) -> Composed:
    return SQL("SELECT {text} AS line FROM ({rows}) AS f {joined}").format(
        text=text, rows=_rows(layer, query, columns), joined=joined
    )


def _copied(lines: Composed) -> Composed:
    """COPY of one text a row, as it is: no text has the quote or the delimiter named here, nor a
    line's end, so that the format has nothing to escape."""
    return SQL(
        """
        COPY ({})
        TO STDOUT (FORMAT csv, QUOTE E'\\x01', ESCAPE E'\\x01', DELIMITER E'\\x02')
        """
    ).format(lines)


def _geom(layer: Layer, query: Query) -> Composable:
    geom: Composable = Identifier("geom")
    if query.crs.srid != WGS84.srid:
        geom = SQL("ST_Transform({}, {})").format(geom, Literal(query.crs.srid))
    # Formats of tables have one kind of geometry for all rows.
    return SQL("ST_Multi({})").format(geom) if layer.geometry == "area" else geom


def _by_coordinates(layer: Layer, query: Query) -> bool:
    # A tenth less for PostgreSQL to do, and to send, than digits of WKB.
    return layer.geometry == "point" and query.crs.srid == WGS84.srid


def _table_cell(
    selected: Column, published: Column | None, layer: Layer, query: Query
) -> Composable:
    """`published` is the view's own column; the geometry has none of its name."""
    name = Identifier(selected.name)
    if published is None:
        shape = {
            X: SQL("ST_X({})"),
            Y: SQL("ST_Y({})"),
            GEOMETRY: SQL("encode(ST_AsBinary({}, 'NDR'), 'hex')"),
        }
        return SQL("{} AS {}").format(shape[selected.name].format(_geom(layer, query)), name)
    if selected.array:
        return SQL(_LINE).format(name)
    return SQL("{} AS {}").format(as_text(published), name) if published.array else name


def _places(layer: Layer, query: Query) -> list[Composable]:
    geom = _geom(layer, query)
    if layer.geometry == "area":
        return [SQL("ST_AsText({}) AS wkt").format(geom)]
    x, y = ("lon", "lat") if query.crs.srid == WGS84.srid else ("x", "y")
    return [
        SQL("ST_X({}) AS {}").format(geom, Identifier(x)),
        SQL("ST_Y({}) AS {}").format(geom, Identifier(y)),
    ]


def _csv_cell(column: Column, armour: bool) -> Composable:
    name = Identifier(column.name)
    if column.kind in (ValueKind.TIMESTAMP, ValueKind.ARRAY):
        return SQL("{} AS {}").format(as_text(column), name)
    if column.kind == ValueKind.TEXT and armour:
        return SQL("CASE WHEN {1} ~ {2} THEN '''' || {1} ELSE {1} END AS {0}").format(
            name, as_text(column), Literal(_FORMULA_OR_ARMOUR)
        )
    return name


def _xml(column: Column) -> Composable:
    """The value as the text of an XML element, on one line."""
    text = as_text(column)
    if column.kind not in (ValueKind.TEXT, ValueKind.ARRAY, ValueKind.JSON):
        return text
    escaped: Composable = SQL("translate({}, {}, '')").format(text, Literal(_NOT_XML))
    for sign, entity in (
        *(("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")),
        *(("\r", "&#13;"), ("\n", "&#10;")),
    ):
        escaped = SQL("replace({}, {}, {})").format(escaped, Literal(sign), Literal(entity))
    return escaped
