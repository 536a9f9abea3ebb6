"""Statements about rasters: their days, and the layers that were registered."""

PATHS_OF = """
    SELECT path FROM raster WHERE layer = %(layer)s
"""

# Answers whether the layer had no raster of that day: what the first part reads is as it was
# before the second writes.
KEEP_RASTER = """
    WITH former AS (
        SELECT FROM raster WHERE layer = %(layer)s AND day = %(day)s
    ), written AS (
        INSERT INTO raster (
            layer, day, path, bounds, method_th, method_en, stations, rmse, simulated, run_id,
            places
        )
        SELECT
            %(layer)s, %(day)s, %(path)s, %(bounds)s, %(method_th)s, %(method_en)s, %(stations)s,
            %(rmse)s, %(simulated)s, %(run)s,
            ST_SetSRID(ST_Collect(ST_MakePoint(p.lon, p.lat)), 4326)
        FROM unnest(%(lon)s::float8[], %(lat)s::float8[]) AS p (lon, lat)
        ON CONFLICT (layer, day) DO UPDATE SET
            path = excluded.path, bounds = excluded.bounds, method_th = excluded.method_th,
            method_en = excluded.method_en, stations = excluded.stations, rmse = excluded.rmse,
            simulated = excluded.simulated, run_id = excluded.run_id, places = excluded.places,
            made_at = clock_timestamp()
    )
    SELECT NOT EXISTS (SELECT FROM former)
"""

# The days from %(first)s to %(last)s, both included, where NULL leaves an end open; the newest
# %(most)s of them, or all for NULL.
RASTERS = """
    SELECT day, path, bounds, method_th, method_en, stations, rmse, simulated, made_at, NULL
    FROM published.rasters
    WHERE layer = %(layer)s
        AND day >= coalesce(%(first)s::date, '-infinity')
        AND day <= coalesce(%(last)s::date, 'infinity')
    ORDER BY day DESC
    LIMIT %(most)s
"""

# The same, with the metres from a point to the nearest place where the day was measured.
RASTERS_AT = """
    SELECT
        day, path, bounds, method_th, method_en, stations, rmse, simulated, made_at,
        ST_Distance(places::geography, ST_Point(%(lon)s, %(lat)s, 4326)::geography)
    FROM published.rasters
    WHERE layer = %(layer)s
        AND day >= coalesce(%(first)s::date, '-infinity')
        AND day <= coalesce(%(last)s::date, 'infinity')
    ORDER BY day DESC
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
