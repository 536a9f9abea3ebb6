CREATE VIEW published.complaints AS
SELECT
    id, public_geom AS geom, public_at AS observed_at, category, status, time_precision, source
FROM complaint
WHERE category IS NOT NULL AND channel = 'import';
