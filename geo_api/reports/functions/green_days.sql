-- When factories had a certificate, and what their returns sum to, kept along with both.

-- The statements that bring the periods of some factories (a query of their ids) up to date. Of
-- certificates that overlap, one begins where the one before it is valid still: together they are
-- counted once, up to the last day of any.
CREATE FUNCTION certified_deletion(ids text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT format('DELETE FROM certified_period WHERE factory_id IN (%s)', ids)
$$;

CREATE FUNCTION certified_insertion(ids text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT format(
        'INSERT INTO certified_period (factory_id, since, until, province_code)
        SELECT factory_id, since, until, province_code
        FROM (
            SELECT c.factory_id, f.province_code, c.issued_on AS since,
                least(
                    max(coalesce(c.expires_on, ''infinity'')) OVER (w ROWS UNBOUNDED PRECEDING) + 1,
                    lead(c.issued_on) OVER w
                ) AS until
            FROM green_certificate AS c
            JOIN factory AS f ON f.id = c.factory_id
            WHERE c.factory_id IN (%s) AND f.status = ''operating'' AND f.geom IS NOT NULL
            WINDOW w AS (PARTITION BY c.factory_id ORDER BY c.issued_on)
        ) AS period
        WHERE until > since',
        ids
    )
$$;

CREATE FUNCTION certify_changed_certificates() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
DECLARE
    ids text := 'SELECT factory_id FROM changed_rows WHERE factory_id IS NOT NULL';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        ids := ids || ' UNION SELECT factory_id FROM former_rows WHERE factory_id IS NOT NULL';
    END IF;
    EXECUTE certified_deletion(ids);
    EXECUTE certified_insertion(ids);
    RETURN NULL;
END $$;

-- A factory that is new has no certificate yet; one that goes takes its own along.
CREATE FUNCTION certify_changed_factories() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
DECLARE
    ids text := 'SELECT n.id FROM changed_rows AS n JOIN former_rows AS o USING (id)
        WHERE (n.status, n.province_code, n.geom IS NULL)
            IS DISTINCT FROM (o.status, o.province_code, o.geom IS NULL)';
BEGIN
    EXECUTE certified_deletion(ids);
    EXECUTE certified_insertion(ids);
    RETURN NULL;
END $$;

CREATE FUNCTION clear_certified_periods() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM certified_period;
    RETURN NULL;
END $$;

CREATE TRIGGER certify_inserts AFTER INSERT ON green_certificate
REFERENCING NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION certify_changed_certificates();
CREATE TRIGGER certify_updates AFTER UPDATE ON green_certificate
REFERENCING OLD TABLE AS former_rows NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION certify_changed_certificates();
CREATE TRIGGER certify_deletes AFTER DELETE ON green_certificate
REFERENCING OLD TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION certify_changed_certificates();
CREATE TRIGGER certify_truncates AFTER TRUNCATE ON green_certificate
FOR EACH STATEMENT EXECUTE FUNCTION clear_certified_periods();
CREATE TRIGGER certify_updates AFTER UPDATE ON factory
REFERENCING OLD TABLE AS former_rows NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION certify_changed_factories();

-- Of a database that had certificates before.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM certified_period) THEN
        EXECUTE certified_insertion('SELECT factory_id FROM green_certificate');
    END IF;
END $$;
