"""Statements about a place: one row of the areas, and what lies in its outline.

Each takes the kind of the place, and %(code)s; a period is [%(since)s, %(at)s). A day is the 24
hours that end with it at 08:00 in Thailand.
"""

from collections.abc import Mapping

from psycopg2.sql import SQL, Composed

# How far around an estate or a town, where a point is all that is known, its surroundings reach.
ESTATE_RADIUS_M = 5_000

_ROWS: Mapping[str, SQL] = {
    "province": SQL(
        "SELECT geom, code, name_th, name_en, region, NULL AS province_code,"
        " NULL::geometry AS point"
        " FROM published.provinces WHERE code = %(code)s"
    ),
    "district": SQL(
        "SELECT geom, code, name_th, name_en, NULL AS region, province_code,"
        " NULL::geometry AS point"
        " FROM published.districts WHERE code = %(code)s"
    ),
    "eco_town": SQL(
        "SELECT coalesce(a.geom, ST_Buffer(t.geom::geography, %(estate_m)s)::geometry) AS geom,"
        " t.id AS code, t.name_th, t.name_th AS name_en, NULL AS region, t.province_code,"
        " CASE WHEN a.geom IS NULL THEN t.geom END AS point"
        " FROM published.eco_towns AS t LEFT JOIN published.eco_town_areas AS a ON a.id = t.id"
        " WHERE t.id = %(code)s"
        " UNION ALL"
        " SELECT ST_Buffer(geom::geography, %(estate_m)s)::geometry, id, name_th, name_th, NULL,"
        " NULL, geom FROM published.industrial_estates"
        " WHERE id = %(code)s AND location_note IS DISTINCT FROM 'office'"
    ),
}
KINDS = tuple(_ROWS)


def in_area(kind: str, select: str) -> Composed:
    """A statement that reads the place's outline as `area`."""
    return SQL("WITH area AS MATERIALIZED (SELECT geom FROM ({}) AS a) {}").format(
        _ROWS[kind], SQL(select)
    )


def place(kind: str) -> Composed:
    """Its name, region and province, its bounds, a point in it, and the point that is all that is
    known of where it lies, where that is so; no row where there is none."""
    return SQL(
        """
        SELECT
            a.code, a.name_th, a.name_en, coalesce(a.region, p.region), p.code, p.name_th,
            p.name_en, ST_XMin(a.geom), ST_YMin(a.geom), ST_XMax(a.geom), ST_YMax(a.geom),
            ST_X(centre.geom), ST_Y(centre.geom), ST_X(a.point), ST_Y(a.point)
        FROM ({}) AS a
        CROSS JOIN LATERAL (SELECT ST_PointOnSurface(a.geom) AS geom) AS centre
        LEFT JOIN published.provinces AS p
            ON p.code <> a.code AND CASE WHEN a.province_code IS NULL
                THEN ST_Intersects(p.geom, centre.geom) ELSE p.code = a.province_code END
        ORDER BY p.code
        LIMIT 1
        """
    ).format(_ROWS[kind])


# Of an eco-industrial town; no row where the code is an estate's.
TOWN = """
    SELECT
        t.extent, t.target_level, t.target_year, t.notice,
        ARRAY(
            SELECT ARRAY[l.year, l.level] FROM published.eco_town_levels AS l
            WHERE l.eco_town_id = t.id
            ORDER BY l.year
        )
    FROM published.eco_towns AS t
    WHERE t.id = %(code)s
"""

# Of a detection its day, and that in which its window begins: one of several days is in none.
_DAY = "((h.observed_at AT TIME ZONE 'Asia/Bangkok') + INTERVAL '16 hours')::date"
_FIRST_DAY = (
    "((coalesce(h.observed_from, h.observed_at) AT TIME ZONE 'Asia/Bangkok')"
    " + INTERVAL '16 hours')::date"
)


# As kept along with the hotspots; which land burned is told of the last seven days alone.
_PROVINCE_FIRES = SQL(
    """
    SELECT day, NULL AS land_use, count
    FROM published.hotspot_province_days
    WHERE province_code = %(code)s AND day BETWEEN %(first_day)s AND %(day)s::date - 7
    UNION ALL
    SELECT day, land_use, sum(count)::bigint
    FROM published.hotspot_day_counts
    WHERE province_code = %(code)s AND day BETWEEN %(day)s::date - 6 AND %(day)s AND first_day = day
        AND heat_source IS DISTINCT FROM 'industrial_static'
    GROUP BY day, land_use
    HAVING sum(count) > 0
    """
)
_DISTRICT_FIRES = """
        SELECT day, NULL AS land_use, count
        FROM published.hotspot_district_days
        WHERE district_code = %(code)s AND day BETWEEN %(first_day)s AND %(day)s::date - 7
        UNION ALL
"""


def daily_fires(kind: str) -> Composed:
    """How many hotspots there were by day from %(first_day)s to %(day)s, of days that had any; of
    the last seven by land use, too. Static industrial heat is not counted."""
    if kind == "province":
        return _PROVINCE_FIRES.format()
    since = "%(at)s::timestamptz - INTERVAL '7 days'" if kind == "district" else "%(since)s"
    return in_area(
        kind,
        f"""
        {_DISTRICT_FIRES if kind == "district" else ""}
        SELECT {_DAY} AS day, h.land_use, count(*)
        FROM area AS a
        JOIN published.hotspots AS h ON h.geom && a.geom AND ST_Intersects(a.geom, h.geom)
        WHERE h.observed_at >= {since} AND h.observed_at < %(at)s AND {_DAY} = {_FIRST_DAY}
            AND h.heat_source IS DISTINCT FROM 'industrial_static'
        GROUP BY 1, h.land_use
        """,
    )


# How many provinces had more hotspots from %(first_day)s to %(day)s than the one with %(fires)s.
PROVINCES_WITH_MORE = """
    SELECT count(*)
    FROM (
        SELECT province_code
        FROM published.hotspot_province_days
        WHERE day BETWEEN %(first_day)s AND %(day)s AND province_code IS NOT NULL
        GROUP BY province_code
        HAVING sum(count) > %(fires)s
    ) AS more
"""

# The districts of the province %(province)s: hotspots of seven days, operating factories, those of
# them with fires upwind on %(day)s, and homes that complained in the last year that was released.
PARTS = """
    SELECT
        d.code, d.name_th, d.name_en, ST_X(p.within), ST_Y(p.within),
        (
            SELECT coalesce(sum(h.count), 0)::bigint FROM published.hotspot_district_days AS h
            WHERE h.district_code = d.code AND h.day BETWEEN %(day)s::date - 6 AND %(day)s
        ),
        coalesce(f.count, 0),
        (
            SELECT count(*) FROM published.factory_upwind_days AS u
            WHERE u.day = %(day)s AND u.geom && d.geom AND ST_Intersects(d.geom, u.geom)
        ),
        (
            SELECT y.homes FROM published.complaint_years AS y
            WHERE y.area = 'district' AND y.code = d.code AND y.last_day < %(day)s
            ORDER BY y.observed_at DESC LIMIT 1
        )
    FROM published.districts AS d
    LEFT JOIN published.district_factory_counts AS f ON f.district_code = d.code
    CROSS JOIN LATERAL (SELECT ST_PointOnSurface(d.geom) AS within) AS p
    WHERE d.province_code = %(province)s
    ORDER BY d.code
"""


def _of_area(kind: str, row: str) -> str:
    """A factory belongs to the province that the register names, and to the smaller area in which
    it lies."""
    if kind == "province":
        return f"{row}.province_code = %(code)s"
    return (
        f"{row}.geom && (SELECT a.geom FROM area AS a)"
        f" AND ST_Intersects((SELECT a.geom FROM area AS a), {row}.geom)"
    )


def upwind_days(kind: str) -> Composed:
    """How many factories had fires upwind by day, from %(first_day)s to %(day)s."""
    return in_area(
        kind,
        f"""
        SELECT u.day, count(*)
        FROM published.factory_upwind_days AS u
        WHERE u.day BETWEEN %(first_day)s AND %(day)s AND {_of_area(kind, "u")}
        GROUP BY u.day
        """,
    )


# Of the province %(province)s by day: how many factories there were, and how many were judged.
COVERAGE = """
    SELECT day, sum(factories), sum(judged)
    FROM published.upwind_coverage
    WHERE day BETWEEN %(first_day)s AND %(day)s AND province_code = %(province)s
    GROUP BY day
"""
# The simulated world draws districts around real names.
OUTLINES_INVENTED = """
    SELECT EXISTS (
        SELECT FROM published.districts
        WHERE source = %(demo)s
            AND (%(province)s::text IS NULL OR province_code = %(province)s)
    )
"""
DAYS_RECKONED = """
    SELECT DISTINCT day FROM published.upwind_coverage WHERE day BETWEEN %(first_day)s AND %(day)s
"""


def upwind_factories(kind: str) -> Composed:
    """Factories with fires upwind on %(day)s, those with the nearest fire first."""
    return in_area(
        kind,
        f"""
        SELECT u.factory_id, u.name, coalesce(u.kind, r.product), level.highest,
            u.nearest_land_use, u.fires, u.nearest_m, u.nearest_bearing_deg
        FROM published.factory_upwind_days AS u
        JOIN published.factory_register AS r ON r.id = u.factory_id
        LEFT JOIN LATERAL (
            SELECT max(c.level) AS highest
            FROM published.factory_certificates AS c
            WHERE c.factory_id = u.factory_id AND c.issued_on <= %(day)s
                AND coalesce(c.expires_on >= %(day)s, true)
        ) AS level ON true
        WHERE u.day = %(day)s AND {_of_area(kind, "u")}
        ORDER BY u.nearest_m, u.factory_id
        """,
    )


def levels(kind: str) -> Composed:
    """Operating factories by the highest level valid on %(day)s, and on %(year_before)s: 0 for
    none."""
    return in_area(
        kind,
        f"""
        SELECT coalesce(now.highest, 0), coalesce(before.highest, 0), count(*)
        FROM published.factories AS f
        LEFT JOIN LATERAL (
            SELECT max(c.level) AS highest
            FROM published.factory_certificates AS c
            WHERE c.factory_id = f.id AND c.issued_on <= %(day)s
                AND coalesce(c.expires_on >= %(day)s, true)
        ) AS now ON true
        LEFT JOIN LATERAL (
            SELECT max(c.level) AS highest
            FROM published.factory_certificates AS c
            WHERE c.factory_id = f.id AND c.issued_on <= %(year_before)s
                AND coalesce(c.expires_on >= %(year_before)s, true)
        ) AS before ON true
        WHERE f.status = 'operating' AND {_of_area(kind, "f")}
        GROUP BY 1, 2
        """,
    )


# Of the country's operating factories how many there are, and how many have a valid certificate.
COUNTRY_CERTIFIED = """
    SELECT
        (SELECT coalesce(sum(count), 0)::bigint FROM published.operating_factory_counts),
        (
            SELECT coalesce(sum(change), 0)::bigint FROM published.certified_changes
            WHERE day <= %(day)s
        )
"""


def stations(kind: str) -> Composed:
    """The stations in the place with their 24-hour means of %(day)s and when those ended, the
    highest first; null where there is none."""
    there = (
        "s.province_code = %(code)s"
        if kind == "province"
        else "EXISTS (SELECT FROM area AS a"
        " WHERE ST_Intersects(a.geom, ST_Point(s.lon, s.lat, 4326)))"
    )
    return in_area(
        kind,
        f"""
        SELECT s.station_id, s.name_th, s.name_en, d.observed_at, d.pm25_24h
        FROM published.air_station_places AS s
        LEFT JOIN published.air_station_days AS d
            ON d.station_id = s.station_id AND d.day = %(day)s
        WHERE {there}
        ORDER BY d.pm25_24h DESC NULLS LAST, s.station_id
        """,
    )


# Of the station %(station)s, of its days above the standard from %(first_day)s to %(day)s.
FIRES_ON_THE_WAY = """
    SELECT day, finding, abstained, fires_72h, low_72h, high_72h, placebo_72h, p_72h, provisional,
        from_deg, from_km
    FROM published.fire_contribution
    WHERE station_id = %(station)s AND day BETWEEN %(first_day)s AND %(day)s
    ORDER BY day
"""

# The 24-hour means of the station %(station)s at 08:00, from %(first_day)s to %(day)s.
PM25_DAYS = """
    SELECT day, pm25_24h
    FROM published.air_station_days
    WHERE station_id = %(station)s AND day BETWEEN %(first_day)s AND %(day)s
"""
