-- Monthly partitions of the tables of what happens: <table>_YYYY_MM, by months of UTC.

CREATE FUNCTION ensure_months(parent regclass, first timestamptz, last timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    month timestamptz := date_trunc('month', first, 'UTC');
    child text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ensure_months'), parent::oid::int);
    WHILE month <= last LOOP
        child := format('%s_%s', parent, to_char(month AT TIME ZONE 'UTC', 'YYYY_MM'));
        IF to_regclass(child) IS NULL THEN
            -- Made apart and then attached: readers of the parent need not wait.
            EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING ALL)', child, parent);
            EXECUTE format(
                'ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)',
                parent, child, month, month + interval '1 month'
            );
        END IF;
        month := month + interval '1 month';
    END LOOP;
END $$;
