-- A number per table that changes with its rows, for caches and ETags.

CREATE FUNCTION bump_data_version(changed text) RETURNS void LANGUAGE plpgsql AS $$
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
COMMENT ON FUNCTION bump_data_version IS
    'for rows written to a partition directly, which the triggers of its parent miss';

-- A statement that changed no row is no change: a replay keeps caches and ETags.
-- Triggers write tables on which those who change rows have no rights; the search path ends with
-- the temporary schema, which PostgreSQL would look through first otherwise.
CREATE FUNCTION bump_data_version_of_changed_rows() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM changed_rows) THEN
        PERFORM bump_data_version(TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION bump_data_version_of_truncated() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM bump_data_version(TG_TABLE_NAME);
    RETURN NULL;
END $$;

CREATE FUNCTION watch_changes(watched regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER bump_on_insert AFTER INSERT ON %1$s
            REFERENCING NEW TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION bump_data_version_of_changed_rows();
        CREATE TRIGGER bump_on_update AFTER UPDATE ON %1$s
            REFERENCING NEW TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION bump_data_version_of_changed_rows();
        CREATE TRIGGER bump_on_delete AFTER DELETE ON %1$s
            REFERENCING OLD TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION bump_data_version_of_changed_rows();
        CREATE TRIGGER bump_on_truncate AFTER TRUNCATE ON %1$s
            FOR EACH STATEMENT EXECUTE FUNCTION bump_data_version_of_truncated()',
        watched
    );
END $$;
