"""(Layer, Query) -> SQL that reads the schema `published`; answers are JSON made by PostgreSQL.

Every published feature has a geometry. Each function gives a statement and says which values it
takes or gives them along.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg2.sql import SQL, Composable, Composed, Identifier, Literal

from layers.model import Layer
from layers.query import Query

Values = dict[str, Any]

PING = "SELECT 1"

# Whether the database holds the demo's simulated rows.
_SIMULATED = SQL(
    "EXISTS (SELECT FROM published.freshness WHERE source = 'demo' AND succeeded_at IS NOT NULL)"
)
_POINT = SQL("ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326)")

RUNS = """
    SELECT source, succeeded_at, last_status, last_run_at FROM published.freshness
"""
RUNS_AND_QUARANTINE = """
    SELECT source, succeeded_at, last_status, last_run_at, last_message, quarantined
    FROM published.freshness
"""
QUARANTINE_REASONS = """
    SELECT source, reason, rows FROM published.quarantine_reasons
    WHERE NOT stored ORDER BY source, rows DESC, reason
"""


def items(layer: Layer, query: Query, after: str | None) -> tuple[Composed, Values]:
    """One page as one row: how many features there are up to one beyond the page, the id of the
    page's last one, the GeoJSON features with commas between, and whether data are simulated.

    `after` is the id that the page before ended with.
    """
    conditions, values = _conditions(layer, query)
    if after is not None:
        conditions.append(SQL("id > %(after)s"))
        values["after"] = after
    statement = SQL(
        """
        WITH page AS (
            SELECT {columns}, row_number() OVER (ORDER BY id) AS place_in_page
            FROM published.{layer}
            WHERE {conditions}
            ORDER BY id
            LIMIT %(limit)s + 1
        )
        SELECT
            count(*),
            max(page.id::text) FILTER (WHERE place_in_page = %(limit)s),
            coalesce(string_agg({feature}, ',') FILTER (WHERE place_in_page <= %(limit)s), ''),
            {simulated}
        FROM page
        CROSS JOIN LATERAL (SELECT {properties}) AS p
        """
    ).format(
        columns=_names(["id", "geom", *_properties(layer)]),
        layer=Identifier(layer.name),
        conditions=SQL(" AND ").join(conditions) if conditions else SQL("true"),
        feature=SQL("{} || '}}'").format(_feature("page")),
        simulated=_SIMULATED,
        properties=_names(_properties(layer), "page"),
    )
    return statement, values | {"limit": query.limit}


def item(layer: Layer) -> Composed:
    """The feature with the id %(id)s as one row: its GeoJSON without the closing brace, and whether
    data are simulated; no row where there is no such feature."""
    return SQL(
        """
        SELECT {feature}, {simulated}
        FROM published.{layer} AS f
        CROSS JOIN LATERAL (SELECT {properties}) AS p
        WHERE f.id = %(id)s
        """
    ).format(
        feature=_feature("f"),
        simulated=_SIMULATED,
        layer=Identifier(layer.name),
        properties=_names(_properties(layer), "f"),
    )


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


def newest(layers: Iterable[Layer]) -> Composed:
    """For each of one or more timed layers its name and newest observation not after %(at)s."""
    return SQL(" UNION ALL ").join(
        SQL(
            "SELECT {name}, (SELECT observed_at FROM published.{layer}"
            " WHERE observed_at <= %(at)s ORDER BY observed_at DESC LIMIT 1)"
        ).format(name=Literal(layer.name), layer=Identifier(layer.name))
        for layer in layers
    )


def place_of(layer: Layer) -> Composed:
    """Longitude and latitude of the feature %(id)s, or no row."""
    return SQL("SELECT ST_X(geom), ST_Y(geom) FROM published.{} WHERE id = %(id)s").format(
        Identifier(layer.name)
    )


def surroundings(areas: Sequence[Layer], wind: Layer | None, air: Layer | None) -> Composed:
    """One row about the point %(lon)s, %(lat)s: for each of `areas` the one that holds it, as
    {id, name_th, name_en}, and last a reading of `wind` and one of `air`.

    A reading is that of the nearest station within %(station_m)s metres that has one in the
    %(station_h)s hours before %(at)s, its newest; forecasts are no readings.
    """
    columns: list[Composable] = [
        SQL(
            """(
            SELECT json_build_object('id', id, 'name_th', name_th, 'name_en', name_en)
            FROM published.{} WHERE ST_Intersects(geom, {}) ORDER BY id LIMIT 1
            )"""
        ).format(Identifier(area.name), _POINT)
        for area in areas
    ]
    columns.append(_reading(wind, _WIND, SQL("NOT forecast")) if wind else SQL("NULL"))
    columns.append(_reading(air, _AIR, SQL("pm25_ug_m3 IS NOT NULL")) if air else SQL("NULL"))
    return SQL("SELECT {}").format(SQL(", ").join(columns))


_WIND = ("station_id", "observed_at", "speed_m_s", "from_deg", "calm", "source")
_AIR = (
    *("id", "name_th", "name_en", "observed_at"),
    *("pm25_ug_m3", "pm25_averaging_h", "aqi", "aqi_class", "source"),
)


def _reading(layer: Layer, columns: Sequence[str], told: SQL) -> Composed:
    """The nearest station's newest reading for which `told` holds, as an object of `columns` with
    its distance, bearing and age; NULL where there is none."""
    return SQL(
        """(
        SELECT json_build_object(
            'distance_m', round(distance_m::numeric),
            'bearing_deg', mod(round(degrees(
                ST_Azimuth({point}::geography, geom::geography)
            )::numeric, 1), 360),
            'age_min', round(extract(epoch FROM %(at)s - observed_at) / 60),
            {pairs}
        )
        FROM (
            SELECT geom, {columns},
                ST_Distance(geom::geography, {point}::geography) AS distance_m
            FROM published.{layer}
            WHERE ST_DWithin(geom::geography, {point}::geography, %(station_m)s)
                AND observed_at > %(at)s - make_interval(hours => %(station_h)s)
                AND observed_at <= %(at)s
                AND {told}
        ) AS reading
        ORDER BY distance_m, observed_at DESC
        LIMIT 1
        )"""
    ).format(
        point=_POINT,
        pairs=SQL(", ").join(SQL("{}, {}").format(Literal(c), Identifier(c)) for c in columns),
        columns=_names(columns),
        layer=Identifier(layer.name),
        told=told,
    )


def near(layers: Sequence[Layer]) -> Composed:
    """What lies within %(radius_m)s metres of %(lon)s, %(lat)s, on the WGS84 spheroid, as one row:
    the GeoJSON features by distance with commas between, and {layer: [found, returned]}.

    At most %(limit)s features and about %(bytes)s bytes; the layers take turns, each giving its
    nearest first, so that a crowded layer hides no other. Timed layers give what was observed in
    (%(since)s, %(at)s]. `upwind` compares with %(wind_from_deg)s; NULL makes it null.
    """
    return SQL(
        """
        WITH near AS MATERIALIZED ({layers}), measured AS (
            SELECT layer, turn, distance_m, feature,
                sum(octet_length(feature) + 1) OVER (ORDER BY turn, distance_m, layer) AS bytes
            FROM (
                SELECT layer, turn, distance_m, feature
                FROM near ORDER BY turn, distance_m, layer LIMIT %(limit)s
            ) AS turns
        ), chosen AS (
            SELECT layer, turn, distance_m, feature FROM measured WHERE bytes <= %(bytes)s
        ), tally AS (
            SELECT n.layer, max(n.found) AS found, count(c.turn) AS returned
            FROM near AS n LEFT JOIN chosen AS c ON (c.layer, c.turn) = (n.layer, n.turn)
            GROUP BY n.layer
        )
        SELECT
            coalesce((
                SELECT string_agg(feature, ',' ORDER BY distance_m, layer, turn) FROM chosen
            ), ''),
            coalesce((
                SELECT json_object_agg(layer, json_build_array(found, returned)) FROM tally
            ), '{{}}'::json)
        """
    ).format(layers=SQL(" UNION ALL ").join(_near(layer) for layer in layers))


def _near(layer: Layer) -> Composed:
    """The nearest %(limit)s of one layer, each with its turn, and how many there are in all."""
    return SQL(
        """(
        SELECT {name} AS layer, f.turn, f.found, f.distance_m, concat(
            '{{"type":"Feature","id":', to_json(f.id),
            ',"geometry":', ST_AsGeoJSON(spot.geom, 6),
            ',"properties":{{"upwind":', coalesce(to_json({upwind})::text, 'null'),
            ',"bearing_deg":', coalesce(mod(round(bearing.deg::numeric, 1), 360)::text, 'null'),
            ',', substr(json_strip_nulls(to_json(p))::text, 2), '}}'
        ) AS feature
        FROM (
            SELECT {columns}, distance_m, count(*) OVER () AS found,
                row_number() OVER (ORDER BY distance_m, id) AS turn
            FROM (
                SELECT {columns},
                    ST_Distance(geom::geography, {point}::geography) AS distance_m
                FROM published.{layer}
                WHERE ST_DWithin(geom::geography, {point}::geography, %(radius_m)s){timed}
            ) AS found
            ORDER BY turn
            LIMIT %(limit)s
        ) AS f
        CROSS JOIN LATERAL (SELECT {spot} AS geom) AS spot
        CROSS JOIN LATERAL (
            SELECT degrees(ST_Azimuth({point}::geography, spot.geom::geography)) AS deg
        ) AS bearing
        CROSS JOIN LATERAL (
            SELECT {name} AS layer, round(f.distance_m::numeric, 1) AS distance_m, {properties}
        ) AS p
        )"""
    ).format(
        name=Literal(layer.name),
        upwind=_UPWIND,
        columns=_names(["id", "geom", *_properties(layer)]),
        point=_POINT,
        layer=Identifier(layer.name),
        timed=SQL(" AND observed_at > %(since)s AND observed_at <= %(at)s")
        if layer.timed
        else SQL(""),
        spot=_NEAREST_SPOT if layer.geometry == "area" else SQL("f.geom"),
        properties=_names(_properties(layer), "f"),
    )


# |wrap180(bearing − from)| <= α, as in "Upwind" of formulas for source direction.
_UPWIND = SQL(
    "abs(mod((bearing.deg - %(wind_from_deg)s + 540)::numeric, 360) - 180) <= %(upwind_deg)s"
)
# An azimuthal equidistant plane round the place, where lengths and bearings from it are true.
_NEAREST_SPOT = SQL(
    "ST_Transform(ST_ClosestPoint(ST_Transform(f.geom, %(plane)s), ST_Point(0, 0)), %(plane)s,"
    " 4326)"
)


def _conditions(layer: Layer, query: Query) -> tuple[list[Composable], Values]:
    """What `bbox` and `during` ask for; a layer or a feature without times meets any `during`."""
    conditions: list[Composable] = []
    values: Values = {}
    if query.bbox:
        # A literal, not a join: the planner then knows how much of the layer the box holds.
        boxes = [
            SQL("ST_Intersects(geom, ST_MakeEnvelope({}, {}, {}, {}, 4326))").format(
                *map(Literal, part)
            )
            for part in query.bbox.parts
        ]
        conditions.append(SQL("({})").format(SQL(" OR ").join(boxes)))
    if layer.timed and query.during:
        if query.during.start:
            conditions.append(SQL("(observed_at >= %(start)s OR observed_at IS NULL)"))
        if query.during.end:
            conditions.append(SQL("(observed_at <= %(end)s OR observed_at IS NULL)"))
        values |= {"start": query.during.start, "end": query.during.end}
    return conditions, values


def _feature(row: str) -> Composed:
    """The GeoJSON of `row`, whose properties are the record `p`, without the closing brace.

    Text put together beats json_build_object and json_agg, which copy each value again.
    """
    return SQL(
        """'{{"type":"Feature","id":' || to_json({row}.id)
            || ',"geometry":' || ST_AsGeoJSON({row}.geom, 6)
            || ',"properties":' || row_to_json(p)"""
    ).format(row=Identifier(row))


def _properties(layer: Layer) -> list[str]:
    return [*(["observed_at"] if layer.timed else []), *(field.name for field in layer.fields)]


def _names(columns: Iterable[str], row: str | None = None) -> Composed:
    return SQL(", ").join(
        Identifier(row, column) if row else Identifier(column) for column in columns
    )
