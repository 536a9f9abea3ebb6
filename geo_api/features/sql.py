"""(Layer, Query) -> SQL that reads the schema `published`; answers are JSON made by PostgreSQL.

Every published feature has a geometry. Each function gives a statement and says which values it
takes or gives them along.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from psycopg2.sql import SQL, Composable, Composed, Identifier, Literal, Placeholder

from geo_api.database.column_types import Column
from geo_api.database.prepared_statements import EXPLAIN, Often, OftenRaw, Raw
from geo_api.features.bbox import outline
from geo_api.features.columns_sql import as_json
from geo_api.features.cql2.sql import Columns, condition, matching
from layers.crs import WGS84
from layers.model import Layer
from layers.query import Query, Sort

# What a row must meet, each by itself.
Conditions = Sequence[Composable]

# The kept counts of points, of layers that have `point_counts`.
FIRST_AND_LAST_MONTH = Often(
    SQL(
        """
        SELECT min(since), max(since) FROM published.point_counts
        WHERE layer = %(layer)s AND unit = 'month' AND level = 11
        """
    ).format()
)
# How many points a layer has in all.
TOTAL_COUNT = Often(
    SQL(
        """
        SELECT coalesce(sum(count), 0)
        FROM published.point_counts AS b, unnest(b.counts) AS u (count)
        WHERE b.layer = %(layer)s AND b.unit = 'ever' AND b.level = 11
        """
    ).format()
)


def items(
    layer: Layer,
    query: Query,
    columns: Columns,
    met: Conditions,
    after: Sequence[Any] | None,
    within: tuple[datetime, datetime] | None = None,
) -> tuple[Raw, dict[str, Any] | None]:
    """One page of what has `met` the query's conditions, as a row for each PART of it, and the
    values it takes: how many features the part has, one beyond the page among them, the GeoJSON
    features of the page with commas between, and what the page's last one is sorted by, as a JSON
    array of texts, in the part that has it.

    `after` is such an array, that of the page before. The page is looked for `within` an interval
    of times alone, its end left out, where one is given.
    """
    shape = replace(query, bbox=None, during=None, filter=None, matching=(), cursor=None)
    every = tuple(columns[name] for name in properties(layer))
    head, tail = _page(layer.name, columns["geom"], every, shape)
    also = list(met)
    if within:
        # Not as values: without these the planner would not know that all of a month is meant.
        since, until = map(Literal, within)
        also.append(SQL("observed_at >= {} AND observed_at < {}").format(since, until))
    if not also and not query.offset:
        # Such questions differ in little, and to plan them, over all the months there are, takes
        # longer than to find a page.
        values = {f"after_{i}": _plain(value) for i, value in enumerate(after or ())}
        beyond = _after(query, after, [*map(Placeholder, values)]) if after else SQL("true")
        return OftenRaw(Composed([head, beyond, tail])), values
    if after is not None:
        also.append(_after(query, after, [Literal(_plain(value)) for value in after]))
    return Raw(Composed([head, _all(also), tail])), None


# Features that PostgreSQL puts together at a time: half a megabyte of text in one piece, copied and
# copied again as it grows, takes a tenth longer.
PART = 100


@lru_cache(maxsize=256)
def _page(layer: str, geom: Column, every: tuple[Column, ...], query: Query) -> tuple[SQL, SQL]:
    """The statement of a page before and after its conditions, which alone are new each time:
    composing the rest anew would take as long as finding the page."""
    keys = [sort.field for sort in _order(query)]
    asked = query.properties
    wanted = [one for one in every if asked is None or one.name in asked]
    statement = SQL(
        """
        SELECT
            count(*),
            coalesce(string_agg(feature, ',') FILTER (WHERE place <= {limit}), ''),
            json_build_array({last})
        FROM (
            SELECT {keys}, f.place, concat({feature}, '}}') AS feature
            FROM (
                SELECT {columns}, row_number() OVER () AS place
                FROM (
                    SELECT {columns} FROM published.{layer}
                    WHERE {conditions}
                    ORDER BY {order}
                    LIMIT {limit} + 1 OFFSET {offset}
                ) AS sorted
            ) AS f
            CROSS JOIN LATERAL (SELECT {properties}) AS p
        ) AS page
        {parts}
        """
    ).format(
        limit=SQL(str(query.limit)),
        offset=SQL(str(query.offset)),
        parts=SQL(_PARTS if query.limit and query.limit > PART else ""),
        last=SQL(", ").join(
            # Text, as which no digit of a decimal is lost on its way.
            SQL("((array_agg({}) FILTER (WHERE place = {}))[1])::text").format(
                Identifier(f"key_{i}"), SQL(str(query.limit))
            )
            for i, _ in enumerate(keys)
        ),
        keys=SQL(", ").join(
            SQL("{} AS {}").format(Identifier("f", key), Identifier(f"key_{i}"))
            for i, key in enumerate(keys)
        ),
        feature=feature("f", query, geom),
        columns=names(dict.fromkeys(["id", "geom", *(one.name for one in every)])),
        layer=Identifier(layer),
        conditions=_CONDITIONS,
        order=order(query),
        properties=json_values(wanted, "f"),
    )
    head, tail = written(statement).split(_CONDITIONS.string)
    return SQL(head), SQL(tail)


_CONDITIONS = SQL("/* conditions */")
_PARTS = f"GROUP BY (place - 1) / {PART} ORDER BY min(place)"


def item(layer: Layer, query: Query, columns: Columns) -> Composed:
    """The feature with the id %(id)s as one row, its GeoJSON without the closing brace; no row
    where there is no such feature."""
    return SQL(
        """
        SELECT concat({feature})
        FROM published.{layer} AS f
        CROSS JOIN LATERAL (SELECT {properties}) AS p
        WHERE f.id = %(id)s
        """
    ).format(
        feature=feature("f", query, columns["geom"]),
        layer=Identifier(layer.name),
        properties=json_values([columns[name] for name in asked_properties(layer, query)], "f"),
    )


def matched(layer: Layer, met: Conditions, at_most: int | None = None) -> Composed:
    """How many features have met conditions; counting ends `at_most` there."""
    return SQL("SELECT count(*) FROM (SELECT FROM published.{} WHERE {} LIMIT {}) AS found").format(
        Identifier(layer.name), _all(met), Literal(at_most)
    )


def estimated(layer: Layer, met: Conditions) -> Composed:
    """The plan of the same question as JSON, which has the planner's estimate of it."""
    view = Identifier(layer.name)
    return EXPLAIN + SQL("SELECT FROM published.{} WHERE {}").format(view, _all(met))


def by_id_alone(query: Query) -> bool:
    """Whether features are sorted by nothing but their rising ids."""
    return _order(query) == (Sort("id"),)


def where(layer: Layer, query: Query, columns: Columns) -> Composed:
    """Whether a row of the layer's view, which has `columns`, meets the query, values and all, for
    items, tiles and downloads alike; a layer or a feature without times meets any `during`. Raises
    BadQuery for a filter that cannot be read."""
    return _all(conditions(layer, query, columns))


def conditions(layer: Layer, query: Query, columns: Columns) -> list[Composable]:
    """All of which a row must meet, as in `where`; none where any row will do."""
    met: list[Composable] = []
    if query.bbox:
        # A literal, not a join: the planner then knows how much of the layer the box holds.
        met.append(
            SQL("({})").format(
                SQL(" OR ").join(
                    SQL("ST_Intersects(geom, {})").format(shape) for shape in _shapes(query)
                )
            )
        )
    if layer.timed and query.during:
        start, end = query.during
        # Where every feature has a time, asking for those without would read the whole index.
        always = SQL(" OR observed_at IS NULL") if layer.undated else SQL("")
        if start:
            met.append(SQL("(observed_at >= {}{})").format(Literal(start), always))
        if end:
            met.append(SQL("(observed_at <= {}{})").format(Literal(end), always))
    if query.filter:
        met.append(condition(query.filter, columns))
    if query.matching:
        met.append(matching(query.matching, columns))
    return met


def _all(met: Conditions) -> Composed:
    return SQL(" AND ").join(met) if met else SQL("true").format()


def feature(row: str, query: Query, geom: Column) -> Composed:
    """The pieces of the GeoJSON of `row`, whose properties are the record `p`, without the closing
    brace, for concat.

    Text put together at once beats json_build_object and json_agg, which copy each value again,
    and `||`, which copies all before it again; array_agg instead of string_agg doubles the time.
    """
    return SQL(
        """'{{"type":"Feature","id":', to_json({row}.id), ',"geometry":', {geometry},
            ',"properties":', row_to_json(p)"""
    ).format(row=Identifier(row), geometry=_geometry(row, query, geom))


def asked_properties(layer: Layer, query: Query) -> list[str]:
    """The properties that the query wants of a feature, in the layer's order."""
    wanted = query.properties
    return [name for name in properties(layer) if wanted is None or name in wanted]


def order(query: Query, row: str | None = None) -> Composed:
    """What features are sorted by; of the columns of `row`, where the statement gives others of the
    same names."""
    return SQL(", ").join(_sorted(sort, row) for sort in _order(query))


def period(layer: Layer) -> Composed:
    """The first and the last observation of a timed layer."""
    # Not min and max: PostgreSQL finds those by an index in a plain table, but not in a join.
    ends = [
        SQL(
            "(SELECT observed_at FROM published.{} WHERE observed_at IS NOT NULL"
            " ORDER BY observed_at {} LIMIT 1)"
        ).format(Identifier(layer.name), SQL(order))
        for order in ("ASC", "DESC")
    ]
    return SQL("SELECT {}").format(SQL(", ").join(ends))


def _shapes(query: Query) -> list[Composed]:
    assert query.bbox
    if query.bbox_crs.srid == WGS84.srid:
        return [
            SQL("ST_MakeEnvelope({}, {}, {}, {}, 4326)").format(*map(Literal, part))
            for part in query.bbox.parts
        ]
    return [
        SQL("ST_GeomFromWKB({}, 4326)").format(Literal(outline(query.bbox, query.bbox_crs).wkb))
    ]


# A millionth of a degree is 0.1 m; a metre's hundredth says no less.
_DECIMALS = {4326: 6}
_DECIMALS_OF_METRES = 2


def _geometry(row: str, query: Query, column: Column) -> Composed:
    if query.skip_geometry:
        return SQL("'null'").format()
    geom = SQL("{}").format(Identifier(row, "geom"))
    if "point" not in column.shape:
        # Outer rings against the clock and holes with it (RFC 7946, section 3.1.6).
        geom = SQL("ST_ForcePolygonCCW({})").format(geom)
    if query.crs.srid != WGS84.srid:
        geom = SQL("ST_Transform({}, {})").format(geom, SQL(str(query.crs.srid)))
    if query.crs.lat_first:
        geom = SQL("ST_FlipCoordinates({})").format(geom)
    # Option 0: no member `crs`, which GeoJSON does not have (RFC 7946, section 4).
    decimals = _DECIMALS.get(query.crs.srid, _DECIMALS_OF_METRES)
    # A feature need not have a place (RFC 7946, section 3.2), and concat leaves NULL out.
    return SQL("coalesce(ST_AsGeoJSON({}, {}, 0), 'null')").format(geom, SQL(str(decimals)))


def _order(query: Query) -> tuple[Sort, ...]:
    """By what features are sorted: as asked, and last by their ids, which makes it an order."""
    return (*(sort for sort in query.sortby if sort.field != "id"), _by_id(query))


def _by_id(query: Query) -> Sort:
    return next((sort for sort in query.sortby if sort.field == "id"), Sort("id"))


def _sorted(sort: Sort, row: str | None) -> Composed:
    # An id is always there, and its index is not sorted with NULLS LAST.
    falling = "DESC" if sort.field == "id" else "DESC NULLS LAST"
    return SQL("{} {}").format(names([sort.field], row), SQL(falling if sort.descending else "ASC"))


def _after(query: Query, last: Sequence[Any], values: Sequence[Composable]) -> Composed:
    """What comes after a feature whose values in the order are `last`, written as `values`: it is
    equal in some of the first keys, and beyond in the next."""
    sorts = _order(query)
    ways = []
    for place, sort in enumerate(sorts):
        if last[place] is None:
            continue  # nothing comes after what has no value
        same = [
            SQL("{} IS NOT DISTINCT FROM {}").format(Identifier(before.field), value)
            for before, value in zip(sorts[:place], values, strict=False)
        ]
        beyond = SQL("{} {} {}").format(
            Identifier(sort.field), SQL("<" if sort.descending else ">"), values[place]
        )
        if sort.field != "id":
            beyond = SQL("({} OR {} IS NULL)").format(beyond, Identifier(sort.field))
        ways.append(SQL("({})").format(SQL(" AND ").join([*same, beyond])))
    return SQL("({})").format(SQL(" OR ").join(ways))


def _plain(value: Any) -> Any:
    # In quotes it takes the column's own type.
    return None if value is None else str(value)


def properties(layer: Layer) -> list[str]:
    return [*(["observed_at"] if layer.timed else []), *(field.name for field in layer.fields)]


def json_values(columns: Iterable[Column], row: str) -> Composed:
    """What a record is made of that becomes the properties of GeoJSON."""
    return SQL(", ").join(as_json(column, row) for column in columns)


def names(columns: Iterable[str], row: str | None = None) -> Composed:
    return SQL(", ").join(
        Identifier(row, column) if row else Identifier(column) for column in columns
    )


def written(statement: Composed) -> str:
    """The text of a statement of SQL and identifiers alone, which needs no connection."""
    return "".join(map(_written, statement.seq))


def _written(part: Composable) -> str:
    match part:
        case Composed():
            return written(part)
        case Identifier():
            return ".".join('"{}"'.format(name.replace('"', '""')) for name in part.strings)
        case SQL():
            return part.string
    raise TypeError(f"a value has its place in the conditions, not here: {part!r}")
