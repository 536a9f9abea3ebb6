"""Composes the SQL for what is near a place, and for what the place itself is like."""

from collections.abc import Mapping, Sequence

from psycopg2.sql import SQL, Composable, Composed, Identifier, Literal

from geo_api.features.cql2.sql import Columns
from geo_api.features.sql import json_values, names, properties
from geo_api.features.views_in_time import view_in_time
from layers.model import Layer

_POINT = SQL("ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326)")


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
    columns.append(_reading(air, _AIR, SQL("measured")) if air else SQL("NULL"))
    return SQL("SELECT {}").format(SQL(", ").join(columns))


_WIND = (
    *("station_id", "name_th", "name_en", "observed_at"),
    *("speed_m_s", "from_deg", "calm", "source"),
)
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
            'age_min', round(extract(epoch FROM %(at)s::timestamptz - observed_at) / 60),
            {pairs}
        )
        FROM (
            SELECT geom, {columns},
                ST_Distance(geom::geography, {point}::geography) AS distance_m
            FROM published.{layer}
            WHERE ST_DWithin(geom::geography, {point}::geography, %(station_m)s)
                AND observed_at > %(at)s::timestamptz - make_interval(hours => %(station_h)s)
                AND observed_at <= %(at)s
                AND {told}
        ) AS reading
        ORDER BY distance_m, observed_at DESC
        LIMIT 1
        )"""
    ).format(
        point=_POINT,
        pairs=SQL(", ").join(SQL("{}, {}").format(Literal(c), Identifier(c)) for c in columns),
        columns=names(columns),
        layer=Identifier(view_in_time(layer)),
        told=told,
    )


def near(layers: Sequence[Layer], known: Mapping[str, Columns]) -> Composed:
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
            SELECT layer, max(found) AS found, coalesce(max(returned), 0) AS returned
            FROM (
                SELECT layer, max(found) AS found, NULL AS returned FROM near GROUP BY layer
                UNION ALL
                SELECT layer, 0, count(*) FROM chosen GROUP BY layer
            ) AS told
            GROUP BY layer
        )
        SELECT
            coalesce((
                SELECT string_agg(feature, ',' ORDER BY distance_m, layer, turn) FROM chosen
            ), ''),
            coalesce((
                SELECT json_object_agg(layer, json_build_array(found, returned)) FROM tally
            ), '{{}}'::json)
        """
    ).format(layers=SQL(" UNION ALL ").join(_near(layer, known[layer.name]) for layer in layers))


def _near(layer: Layer, known: Columns) -> Composed:
    """The nearest %(limit)s of one layer, each with its turn, and how many there are in all. Of a
    layer of latest readings, those that were the latest at %(at)s."""
    of_readings = view_in_time(layer) != layer.name
    return SQL(
        """(
        WITH {found} AS MATERIALIZED (
            SELECT {newest}{key}, ST_Distance(geom::geography, {point}::geography) AS distance_m
            FROM published.{layer}
            WHERE ST_DWithin(geom::geography, {point}::geography, %(radius_m)s){timed}
            {latest}
        )
        SELECT {name} AS layer, n.turn, n.found, n.distance_m, concat(
            '{{"type":"Feature","id":', to_json(f.id),
            ',"geometry":', ST_AsGeoJSON(spot.geom, 6),
            ',"properties":{{"upwind":', coalesce(to_json({upwind})::text, 'null'),
            ',"bearing_deg":', coalesce(mod(round(bearing.deg::numeric, 1), 360)::text, 'null'),
            ',', substr(json_strip_nulls(to_json(p))::text, 2), '}}'
        ) AS feature
        FROM (
            SELECT {key}, distance_m, row_number() OVER (ORDER BY distance_m, id) AS turn,
                (SELECT count(*) FROM {found}) AS found
            FROM (
                SELECT {key}, distance_m FROM {found} ORDER BY distance_m, id LIMIT %(limit)s
            ) AS nearest
        ) AS n
        JOIN published.{layer} AS f USING ({key})
        CROSS JOIN LATERAL (SELECT {spot} AS geom) AS spot
        CROSS JOIN LATERAL (
            SELECT degrees(ST_Azimuth({point}::geography, spot.geom::geography)) AS deg
        ) AS bearing
        CROSS JOIN LATERAL (
            SELECT {name} AS layer, round(n.distance_m::numeric, 1) AS distance_m, {properties}
        ) AS p
        )"""
    ).format(
        name=Literal(layer.name),
        upwind=_UPWIND,
        # Thousands may be found: only the nearest of them are read whole. The time, where there is
        # one, leads to the partition.
        key=names(["id", *(["observed_at"] if layer.timed else [])]),
        found=Identifier(f"found_{layer.name}"),
        point=_POINT,
        layer=Identifier(view_in_time(layer)),
        newest=SQL("DISTINCT ON (id) ") if of_readings else SQL(""),
        latest=SQL("ORDER BY id, observed_at DESC") if of_readings else SQL(""),
        timed=SQL(" AND observed_at > %(since)s AND observed_at <= %(at)s")
        if layer.timed
        else SQL(""),
        spot=_NEAREST_SPOT if layer.geometry == "area" else SQL("f.geom"),
        properties=json_values([known[name] for name in properties(layer)], "f"),
    )


_UPWIND = SQL("is_upwind(bearing.deg, %(wind_from_deg)s, %(upwind_deg)s)")
# An azimuthal equidistant plane round the place, where lengths and bearings from it are true.
_NEAREST_SPOT = SQL(
    "ST_Transform(ST_ClosestPoint(ST_Transform(f.geom, %(plane)s), ST_Point(0, 0)), %(plane)s,"
    " 4326)"
)
