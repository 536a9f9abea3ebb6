-- When a complaint counts, and that what was released stands.

-- A complaint counts when it was received, an imported one where it was first reported. What comes
-- after its period was released counts in the one that is open.
CREATE FUNCTION set_complaint_counted_at() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.counted_at := greatest(
        CASE NEW.channel WHEN 'import' THEN NEW.reported_at ELSE NEW.received_at END,
        (
            SELECT max(period_end)::timestamp AT TIME ZONE 'Asia/Bangkok'
            FROM complaint_release_period
        )
    );
    RETURN NEW;
END $$;

CREATE TRIGGER set_counted_at BEFORE INSERT ON complaint
FOR EACH ROW EXECUTE FUNCTION set_complaint_counted_at();

CREATE FUNCTION keep_complaint_counted_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.counted_at := OLD.counted_at;
    RETURN NEW;
END $$;

CREATE TRIGGER keep_counted_at BEFORE UPDATE ON complaint
FOR EACH ROW EXECUTE FUNCTION keep_complaint_counted_at();

-- What was told of the simulated world binds nobody: another one takes its place.
CREATE FUNCTION refuse_to_change_release() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND (
        CASE TG_TABLE_NAME
            WHEN 'complaint_release' THEN NOT EXISTS (
                SELECT FROM complaint_release_period AS p
                WHERE (p.table_name, p.period_start)
                        = (to_jsonb(OLD) ->> 'table_name', (to_jsonb(OLD) ->> 'period_start')::date)
                    AND NOT p.simulated
            )
            ELSE (to_jsonb(OLD) ->> 'simulated')::boolean
        END
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'what was released of complaints is never changed: % of % refused',
        lower(TG_OP), TG_TABLE_NAME;
END $$;

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['complaint_release', 'complaint_release_period', 'complaint_plan']
    LOOP
        EXECUTE format(
            'CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %1$I
            FOR EACH ROW EXECUTE FUNCTION refuse_to_change_release();
            CREATE TRIGGER refuse_truncation BEFORE TRUNCATE ON %1$I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_release()',
            kept
        );
    END LOOP;
END $$;
