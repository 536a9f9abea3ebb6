-- The only schema that readers see, made anew with its views; those of the layers follow.
CREATE SCHEMA published;

CREATE VIEW published.freshness AS
SELECT
    r.source,
    max(r.finished_at) FILTER (WHERE r.status = 'succeeded') AS succeeded_at,
    max(r.known_until) FILTER (WHERE r.status = 'succeeded') AS known_until,
    (array_agg(r.status ORDER BY r.id DESC))[1] AS last_status,
    (array_agg(coalesce(r.finished_at, r.started_at) ORDER BY r.id DESC))[1] AS last_run_at,
    -- Whole: what writes it (geo_api/database/runs.py) leaves out what a record or the database says.
    (array_agg(r.message ORDER BY r.id DESC))[1] AS last_message,
    (
        SELECT count(*) FROM quarantine AS q
        WHERE q.source = r.source AND NOT q.stored AND q.mended_at IS NULL
    ) AS quarantined
FROM run AS r
GROUP BY r.source;

-- Of each analysis: what its last pass that succeeded computed from.
CREATE VIEW published.run_inputs AS
SELECT
    r.source, r.data_as_of,
    i.id AS input_run_id, i.source AS input_source, i.finished_at AS input_finished_at
FROM (
    SELECT DISTINCT ON (source) source, id, data_as_of
    FROM run
    WHERE status = 'succeeded'
    ORDER BY source, finished_at DESC, id DESC
) AS r
JOIN run_input AS e ON e.run_id = r.id
JOIN run AS i ON i.id = e.input_run_id;

-- Of every Run what it was and, of an analysis, from which others it computed; what it was given and
-- said is of those who run the service.
CREATE VIEW published.runs AS
SELECT
    r.id, r.source, r.status, r.started_at, r.finished_at, r.data_as_of, r.method_version,
    (
        SELECT coalesce(
            jsonb_agg(
                jsonb_build_object('run', i.id, 'source', i.source, 'finished_at', i.finished_at)
                ORDER BY i.id
            ),
            '[]'
        )
        FROM run_input AS e
        JOIN run AS i ON i.id = e.input_run_id
        WHERE e.run_id = r.id
    ) AS inputs
FROM run AS r;

CREATE VIEW published.quarantine_reasons AS
SELECT q.source, q.reason, q.stored, count(*) AS rows
FROM quarantine AS q
WHERE q.mended_at IS NULL
GROUP BY q.source, q.reason, q.stored;

-- Where each of those is; never what it says.
CREATE VIEW published.quarantine_places AS
SELECT id, source, reason, file, line, stored
FROM quarantine
WHERE mended_at IS NULL;

-- Every level that an eco-industrial town was assessed at.
CREATE VIEW published.eco_town_levels AS
SELECT eco_town_id, year, level, assessor, source
FROM eco_town_level;

-- What towns are assessed by, what they declare, and the evidence that still holds.
CREATE VIEW published.frameworks AS
SELECT
    id, agency, name_th, name_en, dimensions, areas, indicators, valid_from, valid_to, verified,
    source
FROM framework;
CREATE VIEW published.framework_indicators AS
SELECT
    framework_id, code, dimension, kind, name_th, name_en, unit, numerator, denominator, better,
    target, computes, source
FROM framework_indicator;
CREATE VIEW published.framework_level_rules AS
SELECT framework_id, level, kind, least_met, source
FROM framework_level_rule;
CREATE VIEW published.eco_town_values AS
SELECT
    eco_town_id, framework_id, code, year, value, numerator, denominator, origin, assessor,
    declared_on
FROM eco_town_value;
CREATE VIEW published.eco_town_evidence AS
SELECT eco_town_id, framework_id, code, year, what, dated_on, office, link
FROM eco_town_evidence
WHERE withdrawn_on IS NULL;

-- Indicators of fiscal years, and what was reached by area.
CREATE VIEW published.kpis AS
SELECT
    fiscal_year, code, name_th, name_en, mind, strategy, definition, formula, unit, better, base,
    base_year, target, owner, layer, source
FROM kpi;
CREATE VIEW published.kpi_values AS
SELECT fiscal_year, code, area_code, as_of, value, note, source
FROM kpi_value;

-- What certification did to complaints: an effect only where one may be told.
CREATE VIEW published.green_effects AS
SELECT
    e.level, e.first_month, e.last_month, e.verdict, e.reasons, e.finding -> 'counts' AS counts,
    CASE WHEN e.verdict = 'prints' THEN nullif(e.finding -> 'change', 'null') END AS change,
    CASE WHEN e.verdict <> 'permutation_only' THEN nullif(e.finding -> 'steps', 'null') END
        AS steps,
    (e.finding ->> 'permutation_p')::float8 AS permutation_p,
    r.finished_at AS computed_at
FROM green_effect AS e
LEFT JOIN run AS r ON r.id = e.run_id;

-- What is stored and in no layer, and the sources that deliver it.
CREATE VIEW published.unshown AS
SELECT 'factories_without_place' AS what, count(*) AS rows, ARRAY['diw'] AS sources
FROM factory
WHERE geom IS NULL
UNION ALL
SELECT 'stations_without_place', count(*), ARRAY['air4thai']
FROM air_station
WHERE geom IS NULL
UNION ALL
SELECT 'certificates_without_factory', count(*), ARRAY['green_industry', 'diw']
FROM green_certificate
WHERE factory_id IS NULL
UNION ALL
SELECT 'certificates_without_place', count(*), ARRAY['green_industry', 'diw']
FROM green_certificate AS c
JOIN factory AS f ON f.id = c.factory_id
WHERE f.geom IS NULL
UNION ALL
SELECT 'towns_without_boundaries', count(*), ARRAY['eco_towns', 'boundaries']
FROM eco_town AS t
WHERE NOT EXISTS (SELECT FROM eco_town_shape AS s WHERE s.eco_town_id = t.id)
UNION ALL
SELECT 'levels_without_town', count(*), ARRAY['eco_towns']
FROM eco_town_level AS l
WHERE NOT EXISTS (SELECT FROM eco_town AS t WHERE t.id = l.eco_town_id)
UNION ALL
SELECT 'scorecards_without_town', count(*), ARRAY['eco_scorecards', 'eco_towns']
FROM (
    SELECT eco_town_id FROM eco_town_value UNION ALL SELECT eco_town_id FROM eco_town_evidence
) AS v
WHERE NOT EXISTS (SELECT FROM eco_town AS t WHERE t.id = v.eco_town_id)
    AND NOT EXISTS (SELECT FROM industrial_estate AS e WHERE e.id = v.eco_town_id)
UNION ALL
SELECT 'scorecards_without_indicator', count(*), ARRAY['eco_scorecards']
FROM eco_town_value AS v
WHERE NOT EXISTS (
    SELECT FROM framework_indicator AS i
    WHERE i.framework_id = v.framework_id AND i.code = v.code
)
UNION ALL
SELECT 'kpi_values_without_indicator', count(*), ARRAY['kpi']
FROM kpi_value AS v
WHERE NOT EXISTS (
    SELECT FROM kpi AS k WHERE k.fiscal_year = v.fiscal_year AND k.code = v.code
)
UNION ALL
SELECT 'returns_without_factory', count(*), ARRAY['factory_returns', 'diw']
FROM factory_return
WHERE factory_id IS NULL
UNION ALL
SELECT 'returns_without_province', count(*), ARRAY['factory_returns', 'boundaries']
FROM factory_return AS r
JOIN factory AS f ON f.id = r.factory_id
WHERE NOT EXISTS (SELECT FROM province AS p WHERE p.code = f.province_code)
UNION ALL
SELECT 'returns_without_vintage', count(*), ARRAY['factory_returns', 'carbon_vintages']
FROM factory_return AS r
JOIN factory AS f ON f.id = r.factory_id
WHERE f.province_code IS NOT NULL
    AND NOT EXISTS (SELECT FROM carbon_figure AS c WHERE c.year = r.year)
UNION ALL
SELECT 'hotspots_without_province', sum(count)::bigint, ARRAY['firms', 'gistda', 'boundaries']
FROM hotspot_day_count
WHERE NOT EXISTS (SELECT FROM province);

-- Rows whose factory the register does not have: kept, and in no layer. Of every table that has the
-- factory as its source names it, and as the register does.
DO $$ BEGIN
    EXECUTE (
        SELECT format(
            'CREATE VIEW published.unplaced AS
            SELECT r.source, count(*) AS rows FROM (%s) AS r GROUP BY r.source',
            string_agg(
                format(
                    'SELECT source FROM %I WHERE factory_id IS NULL AND factory_ref IS NOT NULL',
                    c.relname
                ),
                ' UNION ALL ' ORDER BY c.relname
            )
        )
        FROM pg_class AS c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
            AND 2 = (
                SELECT count(*) FROM pg_attribute AS a
                WHERE a.attrelid = c.oid AND a.attname IN ('factory_ref', 'factory_id')
                    AND NOT a.attisdropped
            )
    );
END $$;

-- Rows of registers that have neither coordinates nor a factory or a province that is known.
DO $$ BEGIN
    EXECUTE (
        SELECT 'CREATE VIEW published.register_rows_without_place AS ' || string_agg(
            format(
                'SELECT source, count(*) AS rows FROM %s WHERE geom IS NULL GROUP BY source', name
            ),
            ' UNION ALL '
        )
        FROM register_tables() AS name
    );
END $$;

CREATE VIEW published.rasters AS
SELECT
    layer, day, hour, path, bounds, method_th, method_en, stations, rmse, within_error, simulated,
    made_at, inputs, run_id, places,
    (day + make_interval(hours => coalesce(hour, 24))) AT TIME ZONE 'Asia/Bangkok' AS ends_at
FROM raster;

CREATE VIEW published.raster_layers AS
SELECT name, title_th, title_en, unit, licence, attribution, breaks, colors
FROM raster_layer;

-- Counts of points in cells, for vector tiles of the layers whose points are many.
CREATE VIEW published.point_counts AS
SELECT layer, unit, level, since, block, cells, counts
FROM point_count;

-- Sub-districts are no layer of a map; search finds them and tells where they are.
CREATE VIEW published.subdistricts AS
SELECT code AS id, geom, code, name_th, name_en, district_code, source
FROM subdistrict;

-- What rows of released complaints are of, and which periods were released: a place without a row
-- there has too few to be shown.
CREATE VIEW published.complaint_areas AS
SELECT area, code, name_th, name_en, province_code, geom
FROM complaint_area;
CREATE VIEW published.complaint_release_periods AS
SELECT table_name, period, period_start, period_end, area, released_at
FROM complaint_release_period;

-- Whether it is known how many houses any sub-district has.
CREATE VIEW published.houses_known AS
SELECT EXISTS (SELECT FROM subdistrict_houses) AS known;

-- By what each table counts in a year, and with what parameters.
CREATE VIEW published.complaint_plans AS
SELECT
    year, table_name, period, area, epsilon, least_noisy, least_homes, wait_days, is_split,
    review_on, planned_at
FROM complaint_plan;

-- Under which names the features of published views are found.
CREATE VIEW published.search_names AS
SELECT kind, id, part, key, sound
FROM search_name;

-- Hotspots by day, the day's 24 hours ending at 08:00 in Thailand; `first_day` is earlier than `day`
-- where no more than a window of days is known, which no single day may count. All are counted,
-- industrial heat with its own `heat_source`, which is null of what is presumed vegetation.
CREATE VIEW published.hotspot_day_counts AS
SELECT
    day, first_day, nullif(province_code, '') AS province_code, nullif(land_use, '') AS land_use,
    nullif(satellite, '') AS satellite, nullif(daynight, '') AS daynight,
    nullif(heat_source, '') AS heat_source, count
FROM hotspot_day_count;

-- Stations' 24-hour means of PM2.5 at 08:00 in Thailand, of those that the layer has.
CREATE VIEW published.air_station_days AS
SELECT d.day, d.station_id, d.pm25_24h, d.observed_at
FROM air_station_day AS d
JOIN air_station AS s ON s.id = d.station_id
WHERE s.geom IS NOT NULL AND s.kind IS DISTINCT FROM 'model';

-- When factories that operate had a Green Industry certificate valid: from `since` to before `until`.
CREATE VIEW published.certified_periods AS
SELECT factory_id, since, until, province_code
FROM certified_period;

-- How many more such factories there are from a day on than the day before; one whose certificate
-- has no end is never taken away.
CREATE VIEW published.certified_changes AS
SELECT day, count AS change
FROM certified_change;

-- Factories that operate and whose place is known, by province.
CREATE VIEW published.operating_factory_counts AS
SELECT nullif(province_code, '') AS province_code, count
FROM operating_factory_count;

-- Hotspots of which the single day is known, by province, without industrial heat.
CREATE VIEW published.hotspot_province_days AS
SELECT day, nullif(province_code, '') AS province_code, count
FROM hotspot_province_day;

-- The same of all provinces together, by satellite and land use.
CREATE VIEW published.hotspot_satellite_days AS
SELECT day, nullif(satellite, '') AS satellite, nullif(land_use, '') AS land_use, count
FROM hotspot_satellite_day;

-- The same by district; what lies on a border is in both.
CREATE VIEW published.hotspot_district_days AS
SELECT day, district_code, count
FROM hotspot_district_day;

-- Factories that operate, by the district in which they lie.
CREATE VIEW published.district_factory_counts AS
SELECT district_code, count
FROM district_factory_count;

-- Those stations, and the province in which each lies.
CREATE VIEW published.air_station_places AS
SELECT
    s.id AS station_id, s.name_th, s.name_en, ST_X(s.geom) AS lon, ST_Y(s.geom) AS lat,
    CASE WHEN p.codes IS NULL THEN p.province_code
        ELSE province_in_cell(s.geom, p.codes, p.outlines) END AS province_code
FROM air_station AS s
LEFT JOIN province_cell AS p
    ON p.x = floor(ST_X(s.geom) * 16)::integer AND p.y = floor(ST_Y(s.geom) * 16)::integer
WHERE s.geom IS NOT NULL AND s.kind IS DISTINCT FROM 'model';

-- Every reading of PM2.5 of the stations that the layer air_stations shows with their latest alone,
-- in the same columns; `measured` says that there is a value, without working out the mean.
CREATE VIEW published.air_readings AS
SELECT
    s.id, s.geom, m.observed_at, s.name_th, s.name_en, s.area_th, s.area_en, s.kind,
    coalesce(mean.pm25, m.pm25_1h) AS pm25_ug_m3,
    CASE WHEN mean.pm25 IS NOT NULL THEN 24 WHEN m.pm25_1h IS NOT NULL THEN 1 END
        AS pm25_averaging_h,
    thai_aqi_pm25(mean.pm25, mean.day) AS aqi,
    thai_aqi_pm25_class(mean.pm25, mean.day) AS aqi_class,
    m.aqi_reported, m.aqi_param, s.source,
    coalesce(m.pm25_24h, m.pm25_1h) IS NOT NULL AS measured
FROM air_measurement AS m
JOIN air_station AS s ON s.id = m.station_id
CROSS JOIN LATERAL (
    -- As in the layer.
    SELECT
        (m.observed_at AT TIME ZONE 'Asia/Bangkok')::date AS day,
        coalesce(m.pm25_24h, (
            SELECT CASE WHEN count(h.pm25_1h) >= thai_aqi_least_hours()
                THEN round(avg(h.pm25_1h)::numeric, 1)::float8 END
            FROM air_measurement AS h
            WHERE h.station_id = m.station_id AND NOT h.forecast
                AND h.observed_at > m.observed_at - INTERVAL '24 hours'
                AND h.observed_at <= m.observed_at
        )) AS pm25
    OFFSET 0
) AS mean
WHERE s.geom IS NOT NULL AND s.kind IS DISTINCT FROM 'model' AND NOT m.forecast
    AND coalesce(m.pm25_24h, m.pm25_1h, m.aqi_reported) IS NOT NULL;

-- The register, with the factories whose place is not known.
CREATE VIEW published.factory_register AS
SELECT
    id, geom, name, registration_no, fid, factory_group, factory_class, kind, product, horsepower,
    workers, estate, status, location_precision, province_code, district_name, subdistrict_name,
    updated_on, nullif(array_to_string(doubts || place_doubts, ', '), '') AS doubts, source
FROM factory;

-- Green Industry certificates by factory, those whose factory has no known place too.
CREATE VIEW published.factory_certificates AS
SELECT factory_id, level, issued_on, expires_on
FROM green_certificate
WHERE factory_id IS NOT NULL;

-- Fires upwind of operating factories by day, and how many factories could be judged; a day that is
-- in neither was not reckoned.
CREATE VIEW published.factory_upwind_days AS
SELECT
    u.day, u.factory_id, f.geom, f.name, f.kind, f.province_code, u.fires, u.nearest_m,
    u.nearest_bearing_deg, u.nearest_land_use, u.nearest_observed_at
FROM upwind_fire AS u
JOIN factory AS f ON f.id = u.factory_id;

CREATE VIEW published.upwind_coverage AS
SELECT day, province_code, factories, judged
FROM upwind_coverage;

-- What carbon is reckoned with; a day without end is null.
CREATE VIEW published.emission_factors AS
SELECT
    energy, unit, kgco2e_per_unit, biogenic_kgco2_per_unit, scope, basis,
    nullif(valid_from, '-infinity') AS valid_from, nullif(valid_to, 'infinity') AS valid_to,
    gases, gwp, quality, uncertainty, source
FROM emission_factor;

-- What every vintage says of provinces, of industries, and of the whole country, which has neither
-- code.
CREATE VIEW published.emissions AS
SELECT
    t.vintage, v.published_at, t.year, nullif(t.province_code, 'total') AS province_code,
    nullif(t.division, 'total') AS division,
    p.name_th, p.name_en, t.scope1_tco2e, t.scope2_tco2e, t.biomass_tco2e, t.biogenic_tco2,
    t.withheld, t.comparable_to_previous, t.factor_basis, t.factories_reported, t.factories,
    t.factories_summed, t.factories_with_workers, t.workers, t.quantities_without_factor, t.quantities_doubted,
    told.published_at AS returns_as_of, t.source
FROM carbon_figure AS t
JOIN carbon_vintage AS v ON v.number = t.vintage
LEFT JOIN province AS p ON p.code = t.province_code
LEFT JOIN carbon_vintage AS told ON told.number = t.told_vintage;

-- Why the country's sum changed since the year before that is published, by vintage.
CREATE VIEW published.emission_changes AS
SELECT
    vintage, year, before_year, refused, before_tco2e, after_tco2e, reporters, structure,
    use_per_factory, mix, emission_factor, basis
FROM carbon_change;

CREATE VIEW published.climate_targets AS
SELECT
    name, title_th, title_en, target_year, most_mtco2e, change_percent, relative_to, condition,
    covers, announced, superseded, source, verified
FROM climate_target;

-- What was taken out of the history, and why.
CREATE VIEW published.history_erasures AS
SELECT id, table_name, rows, reason, erased_at
FROM history_erasure;

GRANT USAGE ON SCHEMA published TO fahsai_reader;
