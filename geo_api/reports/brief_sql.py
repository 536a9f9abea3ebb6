"""Statements of the brief: each answers for the whole country in one pass over what is kept.

Days are those of `period_of` in layers/reports/measures.py.
"""

# --- what there is ------------------------------------------------------------------------------

PROVINCES = """
    SELECT code, name_th, name_en, region FROM published.provinces ORDER BY code
"""
FIRST_DAYS = """
    SELECT (SELECT day FROM published.hotspot_province_days ORDER BY day LIMIT 1),
        (SELECT day FROM published.air_station_days ORDER BY day LIMIT 1)
"""

# --- hotspots -----------------------------------------------------------------------------------

HOTSPOTS_BY_DAY = """
    SELECT province_code, day, count FROM published.hotspot_province_days
    WHERE day = ANY (%(days)s)
"""
HOTSPOTS_OF_DAY = """
    SELECT province_code, land_use, sum(count),
        coalesce(sum(count) FILTER (WHERE daynight = 'N'), 0)
    FROM published.hotspot_day_counts
    WHERE day = %(day)s AND first_day = day AND heat_source IS DISTINCT FROM 'industrial_static'
    GROUP BY province_code, land_use
"""
# Those that may have been of the day, or of another of their window; and those of the day that are
# in no other number, for their heat is industrial.
HOTSPOTS_BESIDE = """
    SELECT (
        SELECT coalesce(sum(count), 0) FROM published.hotspot_day_counts
        WHERE first_day < day AND day >= %(day)s AND first_day <= %(day)s
            AND heat_source IS DISTINCT FROM 'industrial_static'
    ), (
        SELECT coalesce(sum(count), 0) FROM published.hotspot_day_counts
        WHERE first_day = day AND day = %(day)s AND heat_source = 'industrial_static'
    )
"""

# Of burning seasons, each from its first day of %(firsts)s to its last of %(lasts)s.
SEASON_DAYS = """
    SELECT s.first, c.day, c.satellite, sum(c.count),
        coalesce(sum(c.count) FILTER (WHERE c.land_use = 'sugarcane'), 0)
    FROM unnest(%(firsts)s::date[], %(lasts)s::date[]) AS s (first, last)
    JOIN published.hotspot_satellite_days AS c ON c.day BETWEEN s.first AND s.last
    GROUP BY s.first, c.day, c.satellite
"""

# --- air ----------------------------------------------------------------------------------------

STATIONS = """
    SELECT s.station_id, s.name_th, s.name_en, s.lon, s.lat, s.province_code, d.pm25_24h
    FROM published.air_station_places AS s
    LEFT JOIN published.air_station_days AS d ON d.station_id = s.station_id AND d.day = %(day)s
    ORDER BY d.pm25_24h DESC NULLS LAST, s.station_id
"""
ABOVE_BY_DAY = """
    SELECT day, count(*) FILTER (WHERE pm25_24h > %(standard)s)
    FROM published.air_station_days
    WHERE day = ANY (%(days)s)
    GROUP BY day
"""

# --- factories with a fire upwind ---------------------------------------------------------------

UPWIND_IS_PUBLISHED = "SELECT to_regclass('published.factory_upwind_days') IS NOT NULL"
# A day that could not be judged at all is in no coverage.
UPWIND_BY_DAY = """
    SELECT c.day, coalesce(max(u.factories), 0)
    FROM published.upwind_coverage AS c
    LEFT JOIN (
        SELECT day, count(*) AS factories FROM published.factory_upwind_days
        WHERE day = ANY (%(days)s)
        GROUP BY day
    ) AS u ON u.day = c.day
    WHERE c.day = ANY (%(days)s)
    GROUP BY c.day
"""
UPWIND_OF_PROVINCES = """
    SELECT c.province_code, c.factories, c.judged, (
        SELECT count(*) FROM published.factory_upwind_days AS u
        WHERE u.day = c.day AND u.province_code IS NOT DISTINCT FROM c.province_code
    )
    FROM published.upwind_coverage AS c
    WHERE c.day = %(day)s
"""

# --- Green Industry and carbon ------------------------------------------------------------------

OPERATING = "SELECT province_code, count FROM published.operating_factory_counts"
# Of the factories that operate today: how many more have a certificate from a day on than before.
CERTIFIED_CHANGES = """
    SELECT day, change FROM published.certified_changes WHERE day <= %(day)s ORDER BY day
"""
CERTIFIED_OF_PROVINCES = """
    SELECT province_code, count(*) FROM published.certified_periods
    WHERE since <= %(day)s AND until > %(day)s
    GROUP BY province_code
"""
# The country has no code.
CARBON = """
    SELECT
        year, province_code, scope1_tco2e + scope2_tco2e, comparable_to_previous, vintage
    FROM published.emissions
    WHERE vintage = (SELECT max(vintage) FROM published.emissions)
        AND division IS NULL AND year < %(year)s
"""
