"""Statements about districts' days over the standard: what is due, and its rows."""

# The %(most)s newest days whose surface, districts or population are others than those that they
# were computed from, oldest first; of these %(day)s alone where one is asked for.
DUE_DAYS = """
    SELECT d.day, d.path, d.made_at, d.simulated
    FROM (
        SELECT r.day, r.path, r.made_at, r.simulated
        FROM raster AS r
        LEFT JOIN exposure_day AS e ON e.day = r.day
        WHERE r.layer = 'pm25_surface' AND r.hour IS NULL AND r.version IS NOT NULL
            AND CASE WHEN %(day)s::date IS NOT NULL THEN r.day = %(day)s ELSE
                e.surface_made_at IS DISTINCT FROM r.made_at
                OR e.population_made_at IS DISTINCT FROM %(population_made_at)s
                OR e.districts IS DISTINCT FROM %(districts)s
                OR e.method IS DISTINCT FROM %(method)s
            END
        ORDER BY r.day DESC
        LIMIT %(most)s
    ) AS d
    ORDER BY d.day
"""

DISTRICTS = "SELECT code, ST_AsBinary(geom) FROM district ORDER BY code"

# Days whose surface is no more, or all where there is nothing to judge.
FORGET_GONE = """
    WITH gone AS (
        DELETE FROM exposure_day AS e
        WHERE %(all)s OR NOT EXISTS (
            SELECT FROM raster AS r
            WHERE r.layer = 'pm25_surface' AND r.hour IS NULL AND r.version IS NOT NULL
                AND r.day = e.day
        )
        RETURNING e.day
    ), rows AS (
        DELETE FROM exposure AS e USING gone AS g WHERE e.day = g.day
    )
    SELECT count(*) FROM gone
"""

# The newest raster of people.
POPULATION = """
    SELECT path, made_at, method_en
    FROM raster
    WHERE layer = %(layer)s
    ORDER BY day DESC
    LIMIT 1
"""

FORGET_DAY = "DELETE FROM exposure WHERE day = %(day)s"

KEEP_DAY = """
    INSERT INTO exposure (
        day, district_code, pm25_ug_m3, standard_error_ug_m3, coverage, standard_ug_m3, days_over,
        chance_over, judged, population, person_days_over, abstained, run_id
    )
    SELECT
        %(day)s, e.code, e.mean, e.error, e.coverage, %(standard)s, e.days_over, e.chance, e.judged,
        e.population, e.population * e.days_over, e.abstained, %(run)s
    FROM unnest(
        %(code)s::text[], %(mean)s::float8[], %(error)s::float8[], %(coverage)s::float8[],
        %(over)s::smallint[], %(chance)s::float8[], %(judged)s::text[], %(population)s::float8[],
        %(abstained)s::text[]
    ) AS e (code, mean, error, coverage, days_over, chance, judged, population, abstained)
"""

NOTE_DAY = """
    INSERT INTO exposure_day AS t (
        day, surface_made_at, population_made_at, districts, method, simulated, run_id
    )
    VALUES (
        %(day)s, %(surface_made_at)s, %(population_made_at)s, %(districts)s, %(method)s,
        %(simulated)s, %(run)s
    )
    ON CONFLICT (day) DO UPDATE SET
        surface_made_at = excluded.surface_made_at,
        population_made_at = excluded.population_made_at,
        districts = excluded.districts, method = excluded.method,
        simulated = excluded.simulated, run_id = excluded.run_id,
        computed_at = clock_timestamp()
"""
