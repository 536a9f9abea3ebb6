-- The only schema that readers see, made anew with its views; those of the layers follow.
CREATE SCHEMA published;

CREATE VIEW published.freshness AS
SELECT
    r.source,
    max(r.finished_at) FILTER (WHERE r.status = 'succeeded') AS succeeded_at,
    (array_agg(r.status ORDER BY r.id DESC))[1] AS last_status,
    (array_agg(coalesce(r.finished_at, r.started_at) ORDER BY r.id DESC))[1] AS last_run_at,
    -- Of a failure its class alone: the rest may quote a record, or the database.
    (array_agg(
        CASE r.status WHEN 'failed' THEN split_part(r.message, ':', 1) ELSE r.message END
        ORDER BY r.id DESC
    ))[1] AS last_message,
    (
        SELECT count(*) FROM quarantine AS q WHERE q.source = r.source AND NOT q.stored
    ) AS quarantined
FROM run AS r
GROUP BY r.source;

CREATE VIEW published.quarantine_reasons AS
SELECT q.source, q.reason, q.stored, count(*) AS rows
FROM quarantine AS q
GROUP BY q.source, q.reason, q.stored;

-- Certificates and returns whose factory the register does not have: kept, and in no layer.
CREATE VIEW published.unplaced AS
SELECT r.source, count(*) AS rows
FROM (
    SELECT source FROM green_certificate WHERE factory_id IS NULL
    UNION ALL
    SELECT source FROM factory_return WHERE factory_id IS NULL
) AS r
GROUP BY r.source;

CREATE VIEW published.rasters AS
SELECT layer, day, path, bounds, method_th, method_en, stations, rmse, simulated, made_at, places
FROM raster;

CREATE VIEW published.raster_layers AS
SELECT name, title_th, title_en, unit, licence, attribution, breaks, colors
FROM raster_layer;

-- Counts of points in cells, for vector tiles of the layers whose points are many.
CREATE VIEW published.point_counts AS
SELECT layer, unit, level, since, block, cells, counts
FROM point_count;

GRANT USAGE ON SCHEMA published TO fahsai_reader;
