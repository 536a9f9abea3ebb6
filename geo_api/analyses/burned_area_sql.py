"""Statements about burned land: which pairs of images wait, and what was found in one."""

WAITING_PAIRS = """
    SELECT
        id, before_day, after_day, before_path, after_path, cloud_paths, nir_band, swir2_band,
        version IS NULL AS is_new
    FROM burned_pair
    WHERE version IS DISTINCT FROM %(version)s
    ORDER BY after_day, id
"""

FORGET_PAIR = "DELETE FROM burned_area WHERE pair_id = %(pair)s"

# Areas are of the spheroid; what is smaller than %(least_m2)s is left out.
KEEP_PATCHES = """
    INSERT INTO burned_area (
        id, pair_id, geom, area_ha, counted_ha, cells, dnbr_mean, moderate_share, severity
    )
    SELECT
        %(pair)s || '.' || p.place, %(pair)s, m.geom, m.area_m2 / 10000, m.area_m2 / 10000, p.cells,
        p.mean, p.moderate_share, p.severity
    FROM unnest(
        %(outline)s::bytea[], %(cells)s::int[], %(mean)s::float8[], %(moderate)s::float8[],
        %(severity)s::text[]
    ) WITH ORDINALITY AS p (outline, cells, mean, moderate_share, severity, place)
    CROSS JOIN LATERAL (
        SELECT g.geom, ST_Area(g.geom::geography) AS area_m2
        FROM (
            SELECT ST_Multi(
                ST_CollectionExtract(ST_MakeValid(ST_GeomFromWKB(p.outline, 4326)), 3)
            ) AS geom
        ) AS g
    ) AS m
    WHERE m.area_m2 >= %(least_m2)s
    RETURNING area_ha
"""

NOTE_PAIR = """
    UPDATE burned_pair SET
        crs = %(crs)s, clear_share = %(clear_share)s, version = %(version)s, method = %(method)s,
        run_id = %(run)s, computed_at = clock_timestamp(), refused = NULL
    WHERE id = %(pair)s
"""

REFUSE_PAIR = """
    UPDATE burned_pair SET refused = %(reason)s WHERE id = %(pair)s
"""

# Pairs of overlapping days show the same fires: land counts for the one that ended first.
COUNT_ONCE = """
    WITH told AS (
        SELECT
            b.id,
            CASE WHEN e.geom IS NULL THEN b.area_ha
                ELSE ST_Area(ST_Difference(b.geom, e.geom)::geography) / 10000 END AS counted_ha
        FROM burned_area AS b
        JOIN burned_pair AS p ON p.id = b.pair_id
        LEFT JOIN LATERAL (
            SELECT ST_Union(o.geom) AS geom
            FROM burned_area AS o
            JOIN burned_pair AS q ON q.id = o.pair_id
            WHERE o.geom && b.geom AND ST_Intersects(o.geom, b.geom)
                AND q.before_day < p.after_day AND p.before_day < q.after_day
                AND (q.after_day, q.id) < (p.after_day, p.id)
        ) AS e ON true
    )
    UPDATE burned_area AS b SET counted_ha = t.counted_ha
    FROM told AS t
    WHERE t.id = b.id AND b.counted_ha <> t.counted_ha
"""

TOGETHER = "SELECT count(*), coalesce(sum(counted_ha), 0) FROM burned_area"
