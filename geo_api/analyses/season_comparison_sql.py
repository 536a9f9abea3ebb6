"""Statements about burning seasons: what was counted of each, and what is kept of comparisons."""

from geo_api.analyses.replacing_sql import replacing

# Of days that are over at %(now)s: the one under way would stand beside whole ones.
NEWEST_DAY = """
    SELECT min(day), max(day), EXISTS (SELECT FROM hotspot WHERE 'demo' = ANY (sources) LIMIT 1)
    FROM hotspot_day_count
    WHERE first_day = day
        AND day <= (%(now)s::timestamptz AT TIME ZONE 'Asia/Bangkok' - INTERVAL '8 hours')::date
"""
FORGET = "DELETE FROM season_comparison"
REGIONS = "SELECT code, coalesce(region, '') FROM province ORDER BY code"

_SEASONS = """
    season AS (
        SELECT * FROM unnest(
            %(seasons)s::integer[], %(firsts)s::date[], %(lasts)s::date[], %(leaps)s::date[]
        ) AS s (season, first_day, last_day, leap)
    )
"""
# On which days each satellite was heard of anywhere, by number from the season's first.
SEEN = (
    "WITH "
    + _SEASONS
    + """
    SELECT s.season, c.satellite, array_agg(DISTINCT c.day - s.first_day)
    FROM season AS s
    JOIN hotspot_day_count AS c ON c.first_day = c.day AND c.day BETWEEN s.first_day AND s.last_day
    GROUP BY s.season, c.satellite
    """
)
# Detections in provinces but static industrial heat; `week` is that of the day, of 29 February
# none.
COUNTS = (
    "WITH "
    + _SEASONS
    + """
    SELECT s.season, c.province_code, c.land_use, c.satellite,
        CASE WHEN c.day IS DISTINCT FROM s.leap THEN
            (c.day - s.first_day - coalesce(c.day > s.leap, false)::integer) / %(week)s
        END AS week,
        sum(c.count)
    FROM season AS s
    JOIN hotspot_day_count AS c ON c.first_day = c.day AND c.day BETWEEN s.first_day AND s.last_day
    WHERE c.province_code <> '' AND c.heat_source <> 'industrial_static'
    GROUP BY 1, 2, 3, 4, 5
    """
)

COLUMNS = (
    *("season", "area_kind", "area_code", "land_use", "this_season", "first_day", "last_day"),
    *("detections", "by_satellite", "satellites", "compared", "compared_this", "change_pct"),
    *("change_low_pct", "change_high_pct", "abstained", "method", "source", "run_id"),
)
REPLACING = replacing(
    "season_comparison", ("season", "area_kind", "area_code", "land_use"), COLUMNS
)
