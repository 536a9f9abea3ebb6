"""Statements about burned land: which pairs of images wait, and what was found in one."""

WAITING_PAIRS = """
    SELECT
        id, before_day, after_day, before_path, after_path, cloud_paths, nir_band, swir2_band
    FROM burned_pair
    WHERE version IS DISTINCT FROM %(version)s
    ORDER BY after_day, id
"""

FORGET_PAIR = "DELETE FROM burned_area WHERE pair_id = %(pair)s"

# Areas are of the spheroid; what is smaller than %(least_m2)s is left out.
KEEP_PATCHES = """
    INSERT INTO burned_area (
        id, pair_id, geom, area_ha, cells, dnbr_mean, moderate_share, severity
    )
    SELECT
        %(pair)s || '.' || p.place, %(pair)s, m.geom, m.area_m2 / 10000, p.cells, p.mean,
        p.moderate_share, p.severity
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
        run_id = %(run)s, computed_at = clock_timestamp()
    WHERE id = %(pair)s
"""
