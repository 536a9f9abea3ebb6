-- Where the detections of a run go: months that are new at once, the others row by row.

-- Adds what is new and joins the rest to what is known, month by month.
CREATE FUNCTION store_hotspots(run bigint, OUT inserted bigint, OUT updated bigint)
LANGUAGE plpgsql AS $$
DECLARE
    first timestamptz; stored record;
BEGIN
    inserted := 0;
    updated := 0;
    FOR first IN
        SELECT DISTINCT date_trunc('month', minute, 'UTC')
        FROM (SELECT DISTINCT acquired_at AS minute FROM incoming_hotspot) AS minutes
        ORDER BY 1
    LOOP
        IF to_regclass(hotspot_partition_name(first)) IS NULL THEN
            inserted := inserted + load_hotspot_partition(first);
        ELSE
            stored := upsert_hotspot_partition(run, first);
            inserted := inserted + stored.inserted;
            updated := updated + stored.updated;
        END IF;
    END LOOP;
END $$;

CREATE FUNCTION hotspot_partition_name(first timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    -- As ensure_months names them.
    SELECT 'hotspot_' || to_char(first AT TIME ZONE 'UTC', 'YYYY_MM')
$$;

-- A month that has no partition yet has no known row either. Filled before it is attached, it gets
-- its indexes at once instead of row by row, and where nothing replicates, nothing of it is logged.
-- By id, neighbours share pages: it sorts by minute, then along the geohash's curve.
CREATE FUNCTION load_hotspot_partition(first timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    month text := hotspot_partition_name(first);
    next timestamptz := first + interval '1 month';
    filled bigint;
BEGIN
    EXECUTE format('CREATE TABLE %I (LIKE hotspot INCLUDING ALL EXCLUDING INDEXES)', month);
    EXECUTE format(
        'INSERT INTO %I SELECT i.* FROM incoming_hotspot AS i
        WHERE i.acquired_at >= $1 AND i.acquired_at < $2 ORDER BY i.id', month
    ) USING first, next;
    GET DIAGNOSTICS filled = ROW_COUNT;
    EXECUTE format(
        'ALTER TABLE hotspot ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        month, first, next
    );
    -- The triggers of the parent saw none of it.
    PERFORM bump_data_version('hotspot');
    PERFORM add_point_counts('hotspot', month);
    PERFORM add_hotspot_day_counts(month);
    PERFORM add_to_sums('hotspot_district_day', month);
    RETURN filled;
END $$;

CREATE FUNCTION upsert_hotspot_partition(
    run bigint, first timestamptz, OUT inserted bigint, OUT updated bigint
) LANGUAGE plpgsql AS $$
DECLARE
    next timestamptz := first + interval '1 month';
BEGIN
    TRUNCATE changed_hotspot;
    INSERT INTO changed_hotspot
    SELECT (j.both_said).*
    FROM (
        SELECT t AS known, combine_hotspot_reports(t, ROW(i.*)::hotspot) AS both_said
        FROM incoming_hotspot AS i
        JOIN hotspot AS t USING (id, acquired_at)
        WHERE t.acquired_at >= first AND t.acquired_at < next
            AND i.acquired_at >= first AND i.acquired_at < next
        OFFSET 0  -- a fence: joined once, not once per column
    ) AS j
    WHERE j.both_said IS DISTINCT FROM j.known;
    GET DIAGNOSTICS updated = ROW_COUNT;

    -- Merges take turns: nobody else adds a row meanwhile.
    INSERT INTO hotspot
    SELECT i.* FROM incoming_hotspot AS i
    WHERE i.acquired_at >= first AND i.acquired_at < next AND NOT EXISTS (
        SELECT FROM hotspot AS t
        WHERE (t.id, t.acquired_at) = (i.id, i.acquired_at)
            AND t.acquired_at >= first AND t.acquired_at < next
    )
    ORDER BY i.id;
    GET DIAGNOSTICS inserted = ROW_COUNT;

    UPDATE changed_hotspot SET run_id = run, changed_in = pg_current_xact_id()::text::bigint;
    DELETE FROM hotspot AS t USING changed_hotspot AS c
    WHERE (t.id, t.acquired_at) = (c.id, c.acquired_at)
        AND t.acquired_at >= first AND t.acquired_at < next;
    INSERT INTO hotspot SELECT c.* FROM changed_hotspot AS c;
END $$;
