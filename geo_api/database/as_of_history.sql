-- What follows the views as of a former time: those that read a table as it is now are taken away,
-- and of the rest it is told since when they can be asked.
DO $$
DECLARE
    of_now text;
BEGIN
    FOR of_now IN
        SELECT DISTINCT v.relname
        FROM pg_class AS v
        JOIN pg_rewrite AS w ON w.ev_class = v.oid
        JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
            AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid
        JOIN pg_class AS t ON t.oid = d.refobjid
        WHERE v.relnamespace = 'published_as_of'::regnamespace
            AND t.relnamespace <> 'as_of'::regnamespace
    LOOP
        EXECUTE format('DROP VIEW published_as_of.%I', of_now);
    END LOOP;
END $$;

CREATE VIEW published.data_commits AS
SELECT version, committed_at
FROM data_commit;

CREATE VIEW published.history AS
SELECT r.view_name, max(h.since) AS since
FROM published.reads AS r
JOIN history_table AS h USING (table_name)
WHERE to_regclass(format('published_as_of.%I', r.view_name)) IS NOT NULL
GROUP BY r.view_name;
