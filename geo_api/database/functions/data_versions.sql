-- A number per table that changes with its rows, for caches and ETags.

CREATE FUNCTION note_change(changed text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    this_transaction bigint := pg_current_xact_id()::text::bigint;
BEGIN
    INSERT INTO data_version AS v (table_name, version, changed_at)
    VALUES (changed, this_transaction, clock_timestamp())
    ON CONFLICT (table_name) DO UPDATE
    SET version = excluded.version, changed_at = excluded.changed_at
    WHERE v.version <> excluded.version;
    -- Delivered when the transaction commits, and once however often it is said.
    PERFORM pg_notify('data_version', changed);
END $$;
COMMENT ON FUNCTION note_change IS
    'for rows written to a partition directly, which the triggers of its parent miss';

-- A statement that changed no row is no change: a replay keeps caches and ETags.
-- Triggers write tables on which those who change rows have no rights; the search path ends with
-- the temporary schema, which PostgreSQL would look through first otherwise.
CREATE FUNCTION note_changed_rows() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM changed_rows) THEN
        PERFORM note_change(TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION note_truncate() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM note_change(TG_TABLE_NAME);
    RETURN NULL;
END $$;

CREATE FUNCTION watch_changes(watched regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER note_inserts AFTER INSERT ON %1$s
            REFERENCING NEW TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION note_changed_rows();
        CREATE TRIGGER note_updates AFTER UPDATE ON %1$s
            REFERENCING NEW TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION note_changed_rows();
        CREATE TRIGGER note_deletes AFTER DELETE ON %1$s
            REFERENCING OLD TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION note_changed_rows();
        CREATE TRIGGER note_truncates AFTER TRUNCATE ON %1$s
            FOR EACH STATEMENT EXECUTE FUNCTION note_truncate()',
        watched
    );
END $$;
