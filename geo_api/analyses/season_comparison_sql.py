"""Statements about burning seasons: what was counted of each, and what is kept of comparisons."""

NEWEST_DAY = """
    SELECT min(day), max(day), EXISTS (SELECT FROM hotspot WHERE 'demo' = ANY (sources) LIMIT 1)
    FROM hotspot_day_count
    WHERE first_day = day
"""
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

STAGE = """
    CREATE TEMPORARY TABLE new_season_comparison (LIKE season_comparison INCLUDING DEFAULTS)
    ON COMMIT DROP
"""
COLUMNS = (
    *("season", "area_kind", "area_code", "land_use", "this_season", "first_day", "last_day"),
    *("detections", "by_satellite", "satellites", "compared", "compared_this", "change_pct"),
    *("change_low_pct", "change_high_pct", "abstained", "method", "source", "run_id"),
)
_LISTED = ", ".join(COLUMNS)
_COMPARED = [name for name in COLUMNS if name != "run_id"]
FILL = "INSERT INTO new_season_comparison (" + _LISTED + ") VALUES %s"
# What is as it was stays, with when and from what it was computed.
FORGET_CHANGED = (
    """
    DELETE FROM season_comparison AS o
    WHERE NOT EXISTS (
        SELECT FROM new_season_comparison AS n
        WHERE (n.season, n.area_kind, n.area_code, n.land_use)
                = (o.season, o.area_kind, o.area_code, o.land_use)
            AND ("""
    + ", ".join("o." + name for name in _COMPARED)
    + ") IS NOT DISTINCT FROM ("
    + ", ".join("n." + name for name in _COMPARED)
    + "))"
)
KEEP_NEW = (
    "INSERT INTO season_comparison ("
    + _LISTED
    + ") SELECT "
    + _LISTED
    + " FROM new_season_comparison ON CONFLICT (season, area_kind, area_code, land_use) DO NOTHING"
)
