"""Hotspots in bulk: reports joined before they are stored, months indexed after their rows."""

from alembic import op

revision = "2026_11_21_hotspot_load"
down_revision = "2026_11_21_hotspot_merge"
depends_on = "2026_11_21_data_version"


def upgrade() -> None:
    """Forward only."""
    op.execute(_IDENTIFY)
    op.execute(_STORE)
    op.execute(_MERGE)


_IDENTIFY = """
    -- Fills incoming_hotspot with one row per detection: what all its reports of this run say.
    CREATE OR REPLACE FUNCTION identify_hotspots(run bigint) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        CREATE TEMPORARY TABLE incoming_hotspot (LIKE hotspot) ON COMMIT DROP;
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
            NULL AS flag, ARRAY[s.source], run
        FROM staged_hotspot AS s,
            LATERAL (
                SELECT ST_SetSRID(
                    ST_MakePoint(round(s.lon * 1e5) / 1e5, round(s.lat * 1e5) / 1e5), 4326
                ) AS geom
            ) AS p;
        PERFORM join_reports();
        ANALYZE incoming_hotspot;
    END $$;

    CREATE FUNCTION join_reports() RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        WITH repeated AS (
            SELECT id, acquired_at FROM incoming_hotspot
            GROUP BY id, acquired_at HAVING count(*) > 1
        ), reports AS (
            -- The table was filled in order, so that ctid is the order of delivery.
            DELETE FROM incoming_hotspot AS i USING repeated AS r
            WHERE (i.id, i.acquired_at) = (r.id, r.acquired_at)
            RETURNING i.id, i.acquired_at, i.ctid AS place, ROW(i.*)::hotspot AS report
        ), joined AS (
            SELECT hotspot_merged(report ORDER BY place) AS said
            FROM reports
            GROUP BY id, acquired_at
        )
        INSERT INTO incoming_hotspot SELECT (said).* FROM joined;
    END $$;
"""

_STORE = """
    -- Adds what is new and joins the rest to what is known, month by month.
    CREATE OR REPLACE FUNCTION store_hotspots(
        run bigint, OUT inserted bigint, OUT updated bigint
    ) LANGUAGE plpgsql AS $$
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
            IF to_regclass(hotspot_month(first)) IS NULL THEN
                inserted := inserted + fill_hotspot_month(first);
            ELSE
                stored := join_hotspot_month(run, first);
                inserted := inserted + stored.inserted;
                updated := updated + stored.updated;
            END IF;
        END LOOP;
    END $$;

    CREATE FUNCTION hotspot_month(first timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
        -- As ensure_months names them.
        SELECT 'hotspot_' || to_char(first AT TIME ZONE 'UTC', 'YYYY_MM')
    $$;

    -- A month that has no partition yet has no known row either. Filled before it is attached, it
    -- gets its indexes at once instead of row by row, and where nothing replicates, nothing of it
    -- is logged. By id, neighbours share pages: it sorts by minute, then along the geohash's curve.
    CREATE FUNCTION fill_hotspot_month(first timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
        month text := hotspot_month(first);
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
        PERFORM note_change('hotspot');
        RETURN filled;
    END $$;

    CREATE FUNCTION join_hotspot_month(
        run bigint, first timestamptz, OUT inserted bigint, OUT updated bigint
    ) LANGUAGE plpgsql AS $$
    DECLARE
        next timestamptz := first + interval '1 month';
    BEGIN
        TRUNCATE changed_hotspot;
        INSERT INTO changed_hotspot
        SELECT (j.both_said).*
        FROM (
            SELECT t AS known, hotspot_joined(t, ROW(i.*)::hotspot) AS both_said
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

        UPDATE changed_hotspot SET run_id = run;
        DELETE FROM hotspot AS t USING changed_hotspot AS c
        WHERE (t.id, t.acquired_at) = (c.id, c.acquired_at)
            AND t.acquired_at >= first AND t.acquired_at < next;
        INSERT INTO hotspot SELECT c.* FROM changed_hotspot AS c;
    END $$;
"""

_MERGE = """
    -- Counts detections: reports of one detection in one run count once.
    CREATE OR REPLACE FUNCTION merge_hotspot(run bigint)
    RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
    DECLARE
        delivered bigint; late bigint; stored record;
    BEGIN
        PERFORM identify_hotspots(run);
        SELECT count(*) INTO delivered FROM incoming_hotspot;
        PERFORM note_standard_days(run);
        late := replace_hotspots(run);
        stored := store_hotspots(run);
        inserted := late + stored.inserted - absorb_windowed_hotspots(run);
        updated := stored.updated;
        PERFORM carry_places_over();
        DROP TABLE incoming_hotspot, replaced_hotspot, changed_hotspot;
        unchanged := delivered - inserted - updated;
        RETURN NEXT;
    END $$;
"""
