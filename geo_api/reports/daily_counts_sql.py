"""Statements that write daily counts as one JSON text: lists of codes, and rows of places in them.

Whoever draws them sums any part of the time without asking again.
"""

from psycopg2.sql import SQL, Composed

from geo_api.database.prepared_statements import Raw

# Of `counted`, rows of any columns that are numbers already, and of `code` and `class`: JSON.
_LISTS = """
    codes AS (
        SELECT code, row_number() OVER (ORDER BY code = '', code) - 1 AS number
        FROM (SELECT DISTINCT coalesce(code, '') AS code FROM counted) AS c
    ), classes AS (
        SELECT class, row_number() OVER (ORDER BY class = '', class) - 1 AS number
        FROM (SELECT DISTINCT coalesce(class, '') AS class FROM counted) AS c
    ), numbered AS (
        SELECT c.kind, c.first, c.last, p.number AS code, k.number AS class, c.count
        FROM counted AS c
        JOIN codes AS p ON p.code = coalesce(c.code, '')
        JOIN classes AS k ON k.class = coalesce(c.class, '')
    ), lists AS (
        SELECT
            (SELECT coalesce(json_agg(nullif(code, '') ORDER BY number), '[]') FROM codes) AS codes,
            (SELECT coalesce(json_agg(nullif(class, '') ORDER BY number), '[]') FROM classes)
                AS classes
    )
"""


def _rows(kind: str, columns: str) -> str:
    """A JSON list of the rows of a kind, each a list of the columns."""
    listed = " || ',' || ".join(columns.split())
    return f"""(
        SELECT '[' || coalesce(
            string_agg('[' || {listed} || ']', ',' ORDER BY first, last, code, class), ''
        ) || ']' FROM numbered WHERE kind = '{kind}'
    )"""


def hotspots() -> Composed:
    """Rows of day, province, class and count (industrial heat is a class of its own), and of
    windows, whose first and last day may lie outside of those asked for; days are numbered from
    %(first)s."""
    return _raw(
        """
        WITH counted AS MATERIALIZED (
            SELECT CASE WHEN first_day = day THEN 'day' ELSE 'window' END AS kind,
                first_day - %(first)s AS first, day - %(first)s AS last,
                province_code AS code,
                CASE heat_source WHEN 'industrial_static' THEN heat_source ELSE land_use END
                    AS class,
                sum(count) AS count
            FROM published.hotspot_day_counts
            WHERE (
                    first_day = day AND day BETWEEN %(first)s AND %(last)s
                    OR first_day < day AND day >= %(first)s AND first_day <= %(last)s
                )
                AND (%(province)s::text IS NULL OR province_code = %(province)s)
                AND (%(industrial)s OR heat_source IS DISTINCT FROM 'industrial_static')
            GROUP BY 1, 2, 3, 4, 5
        ), """
        + _LISTS
        + """
        SELECT '{"layer":"hotspots","from":"' || %(first)s::date || '","to":"' || %(last)s::date
            || '","first_day":' || coalesce(to_json(
                (SELECT min(day) FROM published.hotspot_day_counts WHERE first_day = day)
            )::text, 'null')
            || ',"newest":' || coalesce(to_json((
                SELECT observed_at FROM published.hotspots
                WHERE observed_at <= now() ORDER BY observed_at DESC LIMIT 1
            ))::text, 'null')
            || ',"provinces":' || l.codes || ',"classes":' || l.classes
            || ',"counts":' || """
        + _rows("day", "first code class count")
        + " || ',\"windowed\":' || "
        + _rows("window", "first last code class count")
        + " || ',\"industrial_heat\":\"' || %(told)s || '\"'"
        " || ',\"simulated\":' || %(simulated)s || '}' FROM lists AS l"
    )


def air_stations() -> Composed:
    """Of each station a list of its 24-hour means at 08:00 of every day asked for, or null."""
    return _raw(
        """
        WITH station AS MATERIALIZED (
            SELECT s.station_id, s.name_th, s.name_en, s.lon, s.lat, s.province_code
            FROM published.air_station_places AS s
            WHERE %(province)s::text IS NULL OR s.province_code = %(province)s
        ), means AS (
            SELECT s.station_id, '[' || string_agg(
                coalesce(d.pm25_24h::text, 'null'), ',' ORDER BY g.day
            ) || ']' AS pm25
            FROM station AS s
            CROSS JOIN (
                SELECT %(first)s::date + n AS day
                FROM generate_series(0, %(last)s::date - %(first)s::date) AS n
            ) AS g
            LEFT JOIN published.air_station_days AS d
                ON d.station_id = s.station_id AND d.day = g.day
            GROUP BY s.station_id
        )
        SELECT '{"layer":"air_stations","from":"' || %(first)s::date || '","to":"'
            || %(last)s::date || '","stations":[' || coalesce(string_agg(
                '{"id":' || to_json(station_id) || ',"name":{"th":'
                || to_json(coalesce(name_th, name_en, station_id)) || ',"en":'
                || to_json(coalesce(name_en, name_th, station_id)) || '},"lon":' || lon
                || ',"lat":' || lat || ',"province":'
                || coalesce(to_json(province_code)::text, 'null') || '}',
                ',' ORDER BY station_id
            ), '') || '],"pm25_24h":{' || coalesce(string_agg(
                to_json(station_id) || ':' || pm25, ',' ORDER BY station_id
            ), '') || '},"simulated":' || %(simulated)s || '}'
        FROM station JOIN means USING (station_id)
        """
    )


def _raw(text: str) -> Composed:
    return Raw(Composed([SQL(text)]))
