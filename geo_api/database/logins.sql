-- The roles that the service logs in as. Each owns nothing and may become nobody else; what their
-- sessions are set to stands here, so that it holds through a pooler of connections too. Roles belong
-- to the server: what is so already is left alone, and so is what another database does meanwhile.
DO $$
DECLARE
    settings CONSTANT text[] := ARRAY[
        -- How values are written as text: times in UTC, durations as in ISO 8601.
        'TimeZone=UTC', 'IntervalStyle=iso_8601',
        -- Parallel plans cost more than they give when many small requests share two cores.
        'jit=off', 'max_parallel_workers_per_gather=0',
        'statement_timeout=30s',
        -- A transaction that was forgotten would hold its locks, and its place in the pool, for ever.
        'idle_in_transaction_session_timeout=30s',
        -- How often it is looked whether anybody still waits, also while there is nothing to send.
        'client_connection_check_interval=500ms'
    ];
    wanted text[];
    login text;
BEGIN
    FOREACH login IN ARRAY ARRAY[
        'fahsai_reader', 'fahsai_writer', 'fahsai_staff', 'fahsai_accounts', 'fahsai_contacts',
        'fahsai_jobs'
    ] LOOP
        wanted := settings || format(
            'default_transaction_read_only=%s',
            CASE login WHEN 'fahsai_reader' THEN 'on' ELSE 'off' END
        );
        IF login = 'fahsai_jobs' THEN
            -- The queue names its tables and functions without their schema.
            wanted := wanted || 'search_path=jobs'::text;
        END IF;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = login AND NOT rolcanlogin) THEN
            EXECUTE format('ALTER ROLE %I LOGIN', login);
        END IF;
        IF NOT EXISTS (
            SELECT FROM pg_db_role_setting
            WHERE setdatabase = 0 AND setrole = login::regrole AND setconfig = wanted
        ) THEN
            EXECUTE format('ALTER ROLE %I RESET ALL', login);
            FOR i IN 1 .. cardinality(wanted) LOOP
                EXECUTE format(
                    'ALTER ROLE %I SET %I = %L',
                    login, split_part(wanted[i], '=', 1), split_part(wanted[i], '=', 2)
                );
            END LOOP;
        END IF;
    END LOOP;
EXCEPTION
    -- "tuple concurrently updated"
    WHEN internal_error OR unique_violation THEN NULL;
END $$;
