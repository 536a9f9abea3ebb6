-- How reports become hotspots: one per detection, replaced by standard processing when it lands.
-- Rows travel whole between tables of one shape (LIKE hotspot), so that a column is named once.

-- Counts detections: reports of one detection in one run count once.
CREATE FUNCTION merge_hotspot(run bigint)
RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
DECLARE
    delivered bigint; late bigint; stored record;
BEGIN
    PERFORM stage_incoming_hotspots(run);
    SELECT count(*) INTO delivered FROM incoming_hotspot;
    PERFORM label_incoming_hotspots();
    PERFORM record_standard_days(run);
    late := archive_replaced_hotspots(run);
    stored := store_hotspots(run);
    inserted := late + stored.inserted - absorb_windowed_hotspots(run);
    updated := stored.updated;
    PERFORM carry_places_over();
    PERFORM carry_measures_over();
    DROP TABLE incoming_hotspot, replaced_hotspot, changed_hotspot;
    unchanged := delivered - inserted - updated;
    RETURN NEXT;
END $$;

-- Fills incoming_hotspot with one row per detection: what all its reports of this run say.
CREATE FUNCTION stage_incoming_hotspots(run bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMPORARY TABLE incoming_hotspot (LIKE hotspot, seq bigint) ON COMMIT DROP;
    CREATE TEMPORARY TABLE replaced_hotspot (LIKE hotspot) ON COMMIT DROP;
    CREATE TEMPORARY TABLE changed_hotspot (LIKE hotspot) ON COMMIT DROP;
    INSERT INTO incoming_hotspot
    SELECT
        hotspot_id(s.acquired_at, s.instrument, s.processing, p.geom) AS id,
        s.acquired_at, s.acquired_from, s.time_precision, p.geom, s.instrument, s.satellite,
        s.processing, s.version, s.confidence, s.confidence_pct, s.frp_mw, s.brightness_k,
        s.background_k, s.scan_km, s.track_km, s.daynight, s.fire_type, s.gistda_id,
        s.land_use, s.land_use_code, s.land_use_th, s.land_tenure, s.land_tenure_code,
        s.land_tenure_th, s.province_th, s.district_th, s.subdistrict_th, s.village_th,
        NULL AS flag, ARRAY[s.source], run, NULL AS heat_source,
        pg_current_xact_id()::text::bigint AS changed_in, s.seq
    FROM staged_hotspot AS s,
        LATERAL (
            SELECT ST_SetSRID(
                ST_MakePoint(round(s.lon * 1e5) / 1e5, round(s.lat * 1e5) / 1e5), 4326
            ) AS geom
        ) AS p;
    PERFORM combine_repeated_reports();
    -- From here on its rows are hotspots.
    ALTER TABLE incoming_hotspot DROP COLUMN seq;
    ANALYZE incoming_hotspot;
END $$;

-- What the last judgement of places says of detections that come after it.
CREATE FUNCTION label_incoming_hotspots() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE incoming_hotspot AS i SET heat_source = c.heat_source
    FROM heat_cell AS c
    WHERE c.x = floor(ST_X(i.geom) * 256)::integer AND c.y = floor(ST_Y(i.geom) * 256)::integer;
END $$;

-- Reports of one detection become one, in the order of their delivery. Seldom are there any.
CREATE FUNCTION combine_repeated_reports() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    -- All columns but `seq`.
    report text := (
        SELECT format('ROW(%s)::hotspot', string_agg(format('i.%I', attname), ', ' ORDER BY attnum))
        FROM pg_attribute
        WHERE attrelid = 'hotspot'::regclass AND attnum > 0 AND NOT attisdropped
    );
BEGIN
    -- As many hashes as rows: no two are alike. Numbers sort three times as fast as ids.
    IF (
        SELECT count(DISTINCT hashtextextended(id, 0)) = count(*) FROM incoming_hotspot
    ) THEN
        RETURN;
    END IF;
    EXECUTE format(
        'WITH repeated AS (
            SELECT id, acquired_at FROM incoming_hotspot
            GROUP BY id, acquired_at HAVING count(*) > 1
        ), reports AS (
            DELETE FROM incoming_hotspot AS i USING repeated AS r
            WHERE (i.id, i.acquired_at) = (r.id, r.acquired_at)
            RETURNING i.id, i.acquired_at, i.seq, %s AS report
        ), joined AS (
            SELECT combined_hotspot_report(report ORDER BY seq) AS said
            FROM reports
            GROUP BY id, acquired_at
        )
        INSERT INTO incoming_hotspot SELECT (said).* FROM joined',
        report
    );
END $$;

CREATE FUNCTION record_standard_days(run bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO standard_day (satellite, day, west, south, east, north, run_id)
    SELECT DISTINCT s.satellite, (s.acquired_at AT TIME ZONE 'UTC')::date,
        b.west, b.south, b.east, b.north, run
    FROM staged_hotspot AS s
    JOIN (
        SELECT covers,
            coalesce(split_part(asked, ',', 1)::float8, min(lon)) AS west,
            coalesce(split_part(asked, ',', 2)::float8, min(lat)) AS south,
            coalesce(split_part(asked, ',', 3)::float8, max(lon)) AS east,
            coalesce(split_part(asked, ',', 4)::float8, max(lat)) AS north
        FROM staged_hotspot,
            LATERAL substring(covers FROM '^[-0-9.]+(?:,[-0-9.]+){3}$') AS asked
        WHERE processing = 'SP'
        GROUP BY covers, asked
    ) AS b ON b.covers = s.covers
    WHERE s.processing = 'SP' AND s.satellite IS NOT NULL
    ON CONFLICT DO NOTHING;
END $$;

-- What standard processing replaces goes to the history: rows that stand, for the days noted
-- just now; rows delivered late, for any day. Answers how many late ones are new there.
CREATE FUNCTION archive_replaced_hotspots(run bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    late bigint;
BEGIN
    -- GISTDA does not name every satellite; another report of the detection may have.
    UPDATE incoming_hotspot AS h SET satellite = known.satellite
    FROM hotspot_history AS known
    WHERE h.satellite IS NULL AND (h.id, h.acquired_at) = (known.id, known.acquired_at);
    WITH gone AS (
        DELETE FROM incoming_hotspot AS h
        USING standard_day AS d
        WHERE h.processing IS DISTINCT FROM 'SP' AND h.satellite = d.satellite
            AND (h.acquired_at AT TIME ZONE 'UTC')::date = d.day
            AND ST_X(h.geom) BETWEEN d.west AND d.east
            AND ST_Y(h.geom) BETWEEN d.south AND d.north
        RETURNING h.*
    )
    INSERT INTO replaced_hotspot SELECT g.* FROM gone AS g;
    INSERT INTO hotspot_history SELECT r.*, now(), run FROM replaced_hotspot AS r
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS late = ROW_COUNT;

    UPDATE hotspot AS h SET satellite = r.satellite
    FROM replaced_hotspot AS r
    WHERE (h.id, h.acquired_at) = (r.id, r.acquired_at);
    WITH gone AS (
        DELETE FROM hotspot AS h
        USING replaced_hotspot AS r
        WHERE (h.id, h.acquired_at) = (r.id, r.acquired_at)
        RETURNING h.*
    )
    INSERT INTO replaced_hotspot SELECT g.* FROM gone AS g;

    WITH gone AS (
        DELETE FROM hotspot AS h
        USING standard_day AS d
        WHERE h.processing IS DISTINCT FROM 'SP' AND h.satellite = d.satellite
            AND h.acquired_at >= d.day::timestamp AT TIME ZONE 'UTC'
            AND h.acquired_at < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
            AND ST_X(h.geom) BETWEEN d.west AND d.east
            AND ST_Y(h.geom) BETWEEN d.south AND d.north
            AND d.run_id = run
        RETURNING h.*
    ), kept AS (
        INSERT INTO hotspot_history SELECT g.*, now(), run FROM gone AS g
        ON CONFLICT DO NOTHING
    )
    INSERT INTO replaced_hotspot SELECT g.* FROM gone AS g;
    RETURN late;
END $$;

-- A windowed row is the same detection as an exact one, or one of a window that ends earlier,
-- of its position and brightness inside its window: that one stays, the windowed row goes.
-- Answers how many rows of this run went.
CREATE FUNCTION absorb_windowed_hotspots(run bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    first timestamptz; last timestamptz; absorbed bigint;
BEGIN
    SELECT min(coalesce(acquired_from, acquired_at)), max(acquired_at) INTO first, last
    FROM incoming_hotspot;
    WITH same AS MATERIALIZED (
        SELECT e.id, e.acquired_at,
            w.id AS window_id, w.acquired_at AS until, w.acquired_from AS since, w.sources
        FROM hotspot AS w
        JOIN (
            SELECT id, acquired_at, geom, brightness_k FROM hotspot
            UNION ALL
            SELECT id, acquired_at, geom, brightness_k FROM hotspot_history
        ) AS e ON e.geom && w.geom AND e.geom = w.geom AND e.brightness_k = w.brightness_k
            AND e.acquired_at BETWEEN w.acquired_from AND w.acquired_at AND e.id < w.id
        WHERE w.time_precision = 'window' AND w.acquired_at >= first
            AND w.acquired_from <= last
    ), gone AS (
        DELETE FROM hotspot AS w USING same
        WHERE (w.id, w.acquired_at) = (same.window_id, same.until)
        RETURNING w.run_id
    ), told AS (
        UPDATE hotspot AS e SET
            acquired_from = CASE e.time_precision
                WHEN 'window' THEN greatest(e.acquired_from, s.since) END,
            sources = ARRAY(
                SELECT DISTINCT o FROM unnest(e.sources || s.sources) AS o ORDER BY o
            )
        FROM (
            SELECT same.id, same.acquired_at, max(since) AS since, array_agg(o) AS sources
            FROM same, unnest(sources) AS o
            GROUP BY same.id, same.acquired_at
        ) AS s
        WHERE (e.id, e.acquired_at) = (s.id, s.acquired_at)
            AND NOT (e.sources @> s.sources AND e.acquired_from >= s.since IS NOT FALSE)
            AND NOT EXISTS (SELECT FROM same WHERE same.window_id = e.id)
    )
    SELECT count(*) FILTER (WHERE run_id = run) INTO absorbed FROM gone;
    RETURN absorbed;
END $$;

-- A standard row takes land use and place from the nearest detection it replaced: of the same
-- pass (10 minutes) and within a pixel (375 m).
CREATE FUNCTION carry_places_over() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE hotspot AS t SET
        land_use = r.land_use, land_use_code = r.land_use_code, land_use_th = r.land_use_th,
        land_tenure = r.land_tenure, land_tenure_code = r.land_tenure_code,
        land_tenure_th = r.land_tenure_th, province_th = r.province_th,
        district_th = r.district_th, subdistrict_th = r.subdistrict_th,
        village_th = r.village_th, flag = 'place_carried_over'
    FROM (
        SELECT DISTINCT ON (s.id) s.id AS standard_id, s.acquired_at AS standard_at, r.*
        FROM replaced_hotspot AS r
        JOIN hotspot AS s ON s.satellite = r.satellite AND s.processing = 'SP'
            AND s.acquired_at
                BETWEEN r.acquired_at - interval '10 min' AND r.acquired_at + interval '10 min'
            AND ST_DWithin(s.geom::geography, r.geom::geography, 375)
        WHERE coalesce(r.land_use_code, r.province_th) IS NOT NULL
            AND coalesce(s.land_use_code, s.province_th) IS NULL
        ORDER BY s.id, ST_Distance(s.geom::geography, r.geom::geography), r.id
    ) AS r
    WHERE (t.id, t.acquired_at) = (r.standard_id, r.standard_at);
END $$;

-- What standard processing left blank of a pixel, the detection of that pixel which it replaced may
-- have said: of the same satellite, minute and place.
CREATE FUNCTION carry_measures_over() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE hotspot AS t SET
        frp_mw = coalesce(t.frp_mw, r.frp_mw),
        brightness_k = coalesce(t.brightness_k, r.brightness_k),
        background_k = coalesce(t.background_k, r.background_k),
        scan_km = coalesce(t.scan_km, r.scan_km),
        track_km = coalesce(t.track_km, r.track_km),
        daynight = coalesce(t.daynight, r.daynight),
        confidence = coalesce(t.confidence, r.confidence),
        confidence_pct = coalesce(t.confidence_pct, r.confidence_pct)
    FROM replaced_hotspot AS r
    WHERE t.satellite = r.satellite AND t.processing = 'SP' AND t.acquired_at = r.acquired_at
        AND t.geom = r.geom AND (
            (t.frp_mw IS NULL AND r.frp_mw IS NOT NULL)
            OR (t.brightness_k IS NULL AND r.brightness_k IS NOT NULL)
            OR (t.background_k IS NULL AND r.background_k IS NOT NULL)
            OR (t.scan_km IS NULL AND r.scan_km IS NOT NULL)
            OR (t.track_km IS NULL AND r.track_km IS NOT NULL)
            OR (t.daynight IS NULL AND r.daynight IS NOT NULL)
            OR (t.confidence IS NULL AND r.confidence IS NOT NULL)
            OR (t.confidence_pct IS NULL AND r.confidence_pct IS NOT NULL)
        );
END $$;
