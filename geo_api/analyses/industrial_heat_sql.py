"""Statements about heat that recurs: by cell and day, works near, places, detections told apart."""

LOCK = "LOCK TABLE heat_cell IN SHARE ROW EXCLUSIVE MODE"

# By cell (of which a degree has 256) and day of Thailand, counted from 1970-01-01; what is
# known to a window of days recurs on none of them. CSV.
HOT_DAYS = """
    COPY (
        SELECT floor(ST_X(geom) * 256)::integer AS x, floor(ST_Y(geom) * 256)::integer AS y,
            (acquired_at AT TIME ZONE 'Asia/Bangkok')::date - DATE '1970-01-01' AS day,
            count(*) AS detections, sum(ST_X(geom)) AS lon, sum(ST_Y(geom)) AS lat,
            count(*) FILTER (WHERE fire_type IN ('static_land', 'offshore')) AS told_static,
            count(frp_mw) AS measured, coalesce(sum(frp_mw), 0) AS frp_sum,
            coalesce(max(frp_mw), 0) AS frp_max
        FROM hotspot
        WHERE time_precision = 'minute'
        GROUP BY 1, 2, 3
    ) TO STDOUT (FORMAT csv, HEADER)
"""

STAGE = """
    CREATE TEMPORARY TABLE hot_cell (
        x integer, y integer, works text, works_m float8
    ) ON COMMIT DROP
"""
COPY_CELLS = "COPY hot_cell (x, y) FROM STDIN (FORMAT csv)"

# Of each cell the works nearest to its middle within %(within_m)s. A works that burns or melts
# nothing, that never began, was struck off or is no more, or whose place is a guess, gives no heat.
NEAREST_WORKS = """
    WITH cell AS MATERIALIZED (
        SELECT c.x, c.y, ST_Point((c.x + 0.5) / 256, (c.y + 0.5) / 256, 4326)::geography AS place
        FROM hot_cell AS c
    ), works AS (
        SELECT c.x, c.y, 'power_plant' AS works, ST_Distance(p.geom::geography, c.place) AS works_m
        FROM cell AS c
        JOIN power_plant AS p ON ST_DWithin(p.geom::geography, c.place, %(within_m)s)
        WHERE p.fuel NOT IN ('solar', 'wind', 'hydro') AND p.placed_by <> 'province'
            AND p.status IS DISTINCT FROM 'under_development'
            AND p.status IS DISTINCT FROM 'closed'
        UNION ALL
        SELECT c.x, c.y, 'factory', ST_Distance(f.geom::geography, c.place)
        FROM cell AS c
        JOIN factory AS f ON ST_DWithin(f.geom::geography, c.place, %(within_m)s)
        WHERE f.status NOT IN ('licensed_not_started', 'struck_off')
            AND f.location_precision NOT IN ('centroid', 'community', 'admin')
    )
    SELECT DISTINCT ON (x, y) x, y, works, works_m FROM works ORDER BY x, y, works_m, works
"""

STAGE_JUDGED = """
    CREATE TEMPORARY TABLE judged_cell (
        x integer, y integer, heat_source text, reason text
    ) ON COMMIT DROP
"""
COPY_JUDGED = "COPY judged_cell FROM STDIN (FORMAT csv)"

# What stays as it was keeps the Run that said so first.
FORGET_CELLS = """
    DELETE FROM heat_cell AS c
    WHERE NOT EXISTS (SELECT FROM judged_cell AS j WHERE (j.x, j.y) = (c.x, c.y))
"""
KEEP_CELLS = """
    INSERT INTO heat_cell AS c (x, y, heat_source, reason, run_id)
    SELECT x, y, heat_source, reason, %(run)s FROM judged_cell
    ON CONFLICT (x, y) DO UPDATE SET
        heat_source = excluded.heat_source, reason = excluded.reason, run_id = excluded.run_id
    WHERE (c.heat_source, c.reason) <> (excluded.heat_source, excluded.reason)
"""

# Detections of which another thing is said than is said of their cell now.
TELL_APART = """
    WITH changed AS MATERIALIZED (
        SELECT h.id, h.acquired_at, c.heat_source
        FROM hotspot AS h
        LEFT JOIN heat_cell AS c
            ON c.x = floor(ST_X(h.geom) * 256)::integer AND c.y = floor(ST_Y(h.geom) * 256)::integer
        WHERE h.heat_source IS DISTINCT FROM c.heat_source
    )
    UPDATE hotspot AS h SET heat_source = c.heat_source, run_id = %(run)s
    FROM changed AS c
    WHERE (h.id, h.acquired_at) = (c.id, c.acquired_at)
"""

STAGE_PLACES = """
    CREATE TEMPORARY TABLE judged_place (
        LIKE industrial_heat INCLUDING DEFAULTS, lon float8, lat float8
    ) ON COMMIT DROP;
    ALTER TABLE judged_place ALTER geom DROP NOT NULL, ALTER run_id DROP NOT NULL,
        ALTER method DROP NOT NULL
"""
PLACE_COLUMNS = (
    *("id", "lon", "lat", "heat_source", "reason", "cells", "detections", "days"),
    *(
        "days_around",
        "months",
        "out_of_season",
        "first_day",
        "last_day",
        "frp_mean_mw",
        "frp_max_mw",
        "works",
        "works_m",
    ),
)
COPY_PLACES = f"COPY judged_place ({', '.join(PLACE_COLUMNS)}) FROM STDIN (FORMAT csv)"
FORGET_PLACES = """
    DELETE FROM industrial_heat AS p WHERE p.id NOT IN (SELECT id FROM judged_place)
"""
_KEPT = tuple(name for name in PLACE_COLUMNS if name not in ("id", "lon", "lat"))
CHANGE_PLACES = f"""
    UPDATE industrial_heat AS p SET
        geom = ST_Point(j.lon, j.lat, 4326), {", ".join(f"{name} = j.{name}" for name in _KEPT)},
        method = %(method)s, computed_at = now(), run_id = %(run)s
    FROM judged_place AS j
    WHERE p.id = j.id AND (p.method, p.geom, {", ".join(f"p.{name}" for name in _KEPT)})
        IS DISTINCT FROM (
            %(method)s, ST_Point(j.lon, j.lat, 4326), {", ".join(f"j.{name}" for name in _KEPT)}
        )
"""
ADD_PLACES = f"""
    INSERT INTO industrial_heat (id, geom, {", ".join(_KEPT)}, method, run_id)
    SELECT id, ST_Point(lon, lat, 4326), {", ".join(_KEPT)}, %(method)s, %(run)s
    FROM judged_place
    ON CONFLICT (id) DO NOTHING
"""

# Of the whole record: that there is none.
FORGET_JUDGEMENT = "DELETE FROM heat_judgement"

KEEP_JUDGEMENT = """
    INSERT INTO heat_judgement (first_day, last_day, run_id)
    VALUES (DATE '1970-01-01' + %(first)s, DATE '1970-01-01' + %(last)s, %(run)s)
    ON CONFLICT (is_last) DO UPDATE SET
        first_day = excluded.first_day, last_day = excluded.last_day,
        computed_at = excluded.computed_at, run_id = excluded.run_id
"""
