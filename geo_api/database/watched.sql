-- What follows the views of layers: which tables each reads, and the version of what it shows. A
-- materialized view counts as a table. PostgreSQL has no triggers on one: what refreshes it notes
-- the change, as refresh_materialized_view in data_versions.py does.
CREATE TABLE published.reads AS
SELECT DISTINCT v.relname::text AS view_name, t.relname::text AS table_name
FROM pg_class AS v
JOIN pg_rewrite AS w ON w.ev_class = v.oid
JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
    AND d.refclassid = 'pg_class'::regclass
JOIN pg_class AS t ON t.oid = d.refobjid AND t.relkind IN ('r', 'p', 'm')
WHERE v.relnamespace = 'published'::regnamespace AND v.relkind = 'v';

SELECT watch_changes(format('public.%I', table_name)::regclass)
FROM published.reads
WHERE table_name NOT IN (SELECT matviewname FROM pg_matviews WHERE schemaname = 'public')
GROUP BY table_name;

-- Views that show something else with every day of Thailand.
CREATE TABLE published.daily AS
SELECT v.relname::text AS view_name
FROM pg_class AS v
WHERE v.relnamespace = 'published'::regnamespace AND v.relkind = 'v'
    AND pg_get_viewdef(v.oid) ~ '\mnow\(\)';

CREATE VIEW published.versions AS
SELECT
    r.view_name,
    string_agg(coalesce(v.version, 0)::text, '.' ORDER BY r.table_name) || CASE
        WHEN r.view_name IN (SELECT d.view_name FROM published.daily AS d)
            THEN to_char(now() AT TIME ZONE 'Asia/Bangkok', '"."YYYYMMDD')
        ELSE ''
    END AS version,
    max(v.changed_at) AS changed_at
FROM published.reads AS r
LEFT JOIN data_version AS v ON v.table_name = r.table_name
GROUP BY r.view_name;

-- The views that show the simulated world, once it was loaded: those of tables that it fills, which
-- are the tables of geo_api/demo/world.py. What it does not fill is real; what came with a later
-- version than the world was made by was never loaded.
CREATE VIEW published.simulated_views AS
SELECT DISTINCT r.view_name
FROM published.reads AS r
JOIN data_version AS v USING (table_name)
WHERE
    r.table_name IN (
        'province', 'district', 'factory', 'industrial_estate', 'air_station', 'air_measurement',
        'hotspot', 'hotspot_day_count', 'air_station_day', 'green_certificate',
        'factory_return', 'certified_period', 'carbon_vintage', 'hotspot_province_day',
        'certified_change', 'operating_factory_count', 'hotspot_satellite_day',
        'hotspot_district_day', 'district_factory_count', 'industrial_heat', 'fire_event',
        'eco_town', 'eco_town_level',
        'eco_town_shape', 'eco_town_value', 'eco_town_evidence', 'kpi', 'kpi_value', 'project',
        'power_plant', 'community_product', 'industry_award', 'concession', 'service_point',
        'incident', 'event', 'training', 'sme_fund'
    )
    AND EXISTS (SELECT FROM run WHERE source = 'demo' AND status = 'succeeded')
UNION
-- What an analysis computed from it.
SELECT 'waste_flows' WHERE EXISTS (SELECT FROM waste_flow WHERE source = 'demo')
UNION
SELECT view_name FROM published.reads
WHERE table_name = 'complaint_release_period'
    AND EXISTS (SELECT FROM complaint_release_period WHERE simulated)
UNION
SELECT 'season_comparison' WHERE EXISTS (SELECT FROM season_comparison WHERE source = 'demo')
UNION
SELECT view_name FROM published.reads
WHERE table_name = 'mill' AND EXISTS (SELECT FROM mill WHERE source = 'demo')
UNION
SELECT 'waste_balance' WHERE EXISTS (SELECT FROM waste_total WHERE source = 'demo');
