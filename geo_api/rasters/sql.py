"""Statements about rasters: their days, and the layers that were registered."""

PATHS_OF = """
    SELECT path FROM raster WHERE layer = %(layer)s
"""

# The land: nothing where no outline was ever loaded.
LAND = "SELECT ST_AsGeoJSON(geom) FROM province"

# Answers whether the layer had no raster of that day or hour: what the first part reads is as it
# was before the second writes.
KEEP_RASTER = """
    WITH former AS (
        SELECT FROM raster
        WHERE layer = %(layer)s AND day = %(day)s AND hour IS NOT DISTINCT FROM %(hour)s
    ), written AS (
        INSERT INTO raster (
            layer, day, hour, path, bounds, method_th, method_en, stations, rmse, within_error,
            version, fingerprint, simulated, run_id, inputs, places
        )
        SELECT
            %(layer)s, %(day)s, %(hour)s, %(path)s, %(bounds)s, %(method_th)s, %(method_en)s,
            %(stations)s, %(rmse)s, %(within_error)s, %(version)s, %(fingerprint)s, %(simulated)s,
            %(run)s,
            (
                SELECT coalesce(
                    jsonb_agg(jsonb_build_object('source', r.source, 'run', r.id) ORDER BY r.id),
                    '[]'
                )
                FROM run_input AS e
                JOIN run AS r ON r.id = e.input_run_id
                WHERE e.run_id = %(run)s
            ),
            ST_SetSRID(ST_Collect(ST_MakePoint(p.lon, p.lat)), 4326)
        FROM unnest(%(lon)s::float8[], %(lat)s::float8[]) AS p (lon, lat)
        ON CONFLICT (layer, day, hour) DO UPDATE SET
            path = excluded.path, bounds = excluded.bounds, method_th = excluded.method_th,
            method_en = excluded.method_en, stations = excluded.stations, rmse = excluded.rmse,
            within_error = excluded.within_error, version = excluded.version,
            fingerprint = excluded.fingerprint, simulated = excluded.simulated,
            run_id = excluded.run_id, inputs = excluded.inputs, places = excluded.places,
            made_at = clock_timestamp()
    )
    SELECT NOT EXISTS (SELECT FROM former)
"""

# From %(first)s to %(last)s, both included, where NULL leaves an end open; the newest %(most)s of
# them, or all for NULL. Hours are found by times instead, where it was so asked: those that reach
# into the interval; an instant is of the hour that it ends, not of the one that it begins.
RASTERS = """
    SELECT
        day, hour, path, bounds, method_th, method_en, stations, rmse, within_error, simulated,
        made_at, run_id, inputs,
        CASE WHEN %(lon)s::float8 IS NOT NULL THEN ST_Distance(
            places::geography, ST_Point(%(lon)s::float8, %(lat)s::float8, 4326)::geography
        ) END
    FROM published.rasters
    WHERE layer = %(layer)s AND CASE
        WHEN hour IS NULL OR NOT %(timed)s THEN
            day >= coalesce(%(first)s::date, '-infinity')
            AND day <= coalesce(%(last)s::date, 'infinity')
        ELSE
            (
                ends_at > coalesce(%(from)s::timestamptz, '-infinity')
                OR ends_at = %(from)s::timestamptz AND %(from)s = %(until)s
            )
            AND ends_at - INTERVAL '1 hour' < coalesce(%(until)s::timestamptz, 'infinity')
    END
    ORDER BY day DESC, hour DESC
    LIMIT %(most)s
"""

RASTER_LAYERS = """
    SELECT name, title_th, title_en, unit, licence, attribution, breaks, colors
    FROM published.raster_layers
    ORDER BY name
"""

# As RASTER_LAYERS, within the transaction that registers one.
RASTER_LAYER = """
    SELECT name, title_th, title_en, unit, licence, attribution, breaks, colors
    FROM raster_layer
    WHERE name = %(name)s
"""

DECLARE_RASTER_LAYER = """
    INSERT INTO raster_layer AS t (
        name, title_th, title_en, unit, licence, attribution, breaks, colors
    )
    VALUES (
        %(name)s, %(title_th)s, %(title_en)s, %(unit)s, %(licence)s, %(attribution)s, %(breaks)s,
        %(colors)s
    )
    ON CONFLICT (name) DO UPDATE SET
        title_th = excluded.title_th, title_en = excluded.title_en, unit = excluded.unit,
        licence = excluded.licence, attribution = excluded.attribution, breaks = excluded.breaks,
        colors = excluded.colors
"""

# The same images of the same days are the same pair, by whatever id it was noted.
REGISTER_BURNED_PAIR = """
    INSERT INTO burned_pair AS t (
        id, before_day, after_day, before_path, after_path, cloud_paths, nir_band, swir2_band,
        attribution
    )
    SELECT
        coalesce(
            (
                SELECT p.id FROM burned_pair AS p
                WHERE (p.before_day, p.after_day) = (%(before)s, %(after)s)
                    AND (p.before_path, p.after_path) = (%(before_path)s, %(after_path)s)
            ),
            %(id)s
        ),
        %(before)s, %(after)s, %(before_path)s, %(after_path)s, %(cloud_paths)s, %(nir_band)s,
        %(swir2_band)s, %(attribution)s
    ON CONFLICT (id) DO UPDATE SET
        cloud_paths = excluded.cloud_paths, nir_band = excluded.nir_band,
        swir2_band = excluded.swir2_band, attribution = excluded.attribution, version = NULL
    RETURNING id
"""

BURNED_PAIRS = """
    SELECT
        p.id, p.before_day, p.after_day, p.after_path, p.attribution, p.version IS NOT NULL,
        p.refused, p.clear_share, count(b.id), coalesce(sum(b.area_ha), 0)
    FROM burned_pair AS p
    LEFT JOIN burned_area AS b ON b.pair_id = p.id
    GROUP BY p.id
    ORDER BY p.after_day, p.id
"""

REMOVE_BURNED_PAIR = "DELETE FROM burned_pair WHERE id = %(id)s"

MODEL_DAYS = """
    SELECT r.day, r.path
    FROM raster AS r
    JOIN raster_layer AS l ON l.name = r.layer
    WHERE r.layer = %(layer)s AND l.unit = %(unit)s AND r.hour IS NULL AND r.day = ANY(%(days)s)
    ORDER BY r.day
"""
