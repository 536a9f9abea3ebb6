"""Statements of the brief: each answers for the whole country in one pass over what is kept.

Days are those of `period_of` in layers/reports/measures.py.
"""

# --- what there is ------------------------------------------------------------------------------

PROVINCES = """
    SELECT code, name_th, name_en, region FROM published.provinces ORDER BY code
"""
FIRST_DAYS = """
    SELECT (SELECT min(day) FROM published.hotspot_day_counts WHERE first_day = day),
        (SELECT min(day) FROM published.air_station_days)
"""

# --- hotspots -----------------------------------------------------------------------------------

# By day, in provinces and everywhere.
HOTSPOTS_BY_DAY = """
    SELECT day, sum(count) FILTER (WHERE province_code IS NOT NULL), sum(count)
    FROM published.hotspot_day_counts
    WHERE day = ANY (%(days)s) AND first_day = day
    GROUP BY day
"""
HOTSPOTS_OF_PROVINCES = """
    SELECT province_code, day, sum(count)
    FROM published.hotspot_day_counts
    WHERE day = ANY (%(days)s) AND first_day = day
    GROUP BY province_code, day
"""
HOTSPOTS_OF_DAY = """
    SELECT province_code, land_use, sum(count),
        coalesce(sum(count) FILTER (WHERE daynight = 'N'), 0)
    FROM published.hotspot_day_counts
    WHERE day = %(day)s AND first_day = day
    GROUP BY province_code, land_use
"""
# Those that may have been of the day, or of another of their window.
WINDOWED_HOTSPOTS = """
    SELECT coalesce(sum(count), 0) FROM published.hotspot_day_counts
    WHERE first_day < day AND day >= %(day)s AND first_day <= %(day)s
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

# --- complaints ---------------------------------------------------------------------------------

# Each from the index alone.
COMPLAINTS_BY_MONTH = """
    SELECT m.month, (
        SELECT count(*) FROM published.complaints AS c
        WHERE c.observed_at >= m.since AND c.observed_at < m.until
    )
    FROM unnest(%(months)s::date[], %(since)s::timestamptz[], %(until)s::timestamptz[])
        AS m (month, since, until)
"""
COMPLAINTS_OF_MONTH = """
    SELECT province_code, count(*), count(*) FILTER (WHERE status <> 'closed')
    FROM published.complaint_places
    WHERE observed_at >= %(start)s AND observed_at < %(end)s
    GROUP BY province_code
"""
FIRST_COMPLAINT = """
    SELECT observed_at FROM published.complaints ORDER BY observed_at LIMIT 1
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

OPERATING = """
    SELECT province_code, count(*) FROM published.factories
    WHERE status = 'operating' GROUP BY province_code
"""
# Of the factories that operate today: how many more have a certificate from a day on than before.
CERTIFIED_CHANGES = """
    SELECT day, sum(change)
    FROM (
        SELECT since AS day, 1 AS change FROM published.certified_periods WHERE since <= %(day)s
        UNION ALL
        SELECT until, -1 FROM published.certified_periods WHERE until <= %(day)s
    ) AS c
    GROUP BY day ORDER BY day
"""
CERTIFIED_OF_PROVINCES = """
    SELECT province_code, count(*) FROM published.certified_periods
    WHERE since <= %(day)s AND until > %(day)s
    GROUP BY province_code
"""
CARBON = """
    SELECT year, province_code, tco2e FROM published.carbon WHERE year < %(year)s
"""
