-- What the returns of each province's factories sum to by year, kept along with them.

-- Whether a sum of what factories emit may be published: of five factories or more, and of no two
-- so much that the second could reckon the first to within 15 %, as layers/methods/disclosure/rule.py
-- has it: a test compares. `amounts` fall; those of 0 do not count.
CREATE FUNCTION is_disclosable(amounts double precision[], total double precision)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(total, 0) = 0 OR (
        cardinality(amounts) >= 5 AND total - amounts[1] - amounts[2] >= 0.15 * amounts[1]
    )
$$;

-- A province's years anew, of all provinces that a query names.
CREATE FUNCTION carbon_deletion(codes text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT format('DELETE FROM carbon_year WHERE province_code IN (%s)', codes)
$$;

CREATE FUNCTION carbon_insertion(codes text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT format(
        'WITH factor AS (
            -- A year''s factor is the one valid on its last day, and of several the newest.
            SELECT DISTINCT ON (y.year, e.energy, e.unit)
                y.year, e.energy, e.unit, e.kgco2e_per_unit, e.biogenic_kgco2_per_unit, e.basis
            FROM (
                SELECT generate_series(min(r.year), max(r.year)) AS year FROM factory_return AS r
            ) AS y
            JOIN emission_factor AS e
                ON make_date(y.year, 12, 31) BETWEEN e.valid_from AND e.valid_to AND e.scope < 3
            ORDER BY y.year, e.energy, e.unit, e.valid_from DESC
        ), of_factory AS (
            SELECT
                f.province_code,
                r.year,
                r.factory_id,
                f.status,
                sum(r.quantity * e.kgco2e_per_unit) FILTER (WHERE r.sound) / 1000 AS tco2e,
                sum(r.quantity * e.biogenic_kgco2_per_unit) FILTER (WHERE r.sound) / 1000
                    AS biogenic,
                max(e.basis) FILTER (WHERE e.basis <> ''combustion'') AS basis,
                count(*) FILTER (WHERE e.energy IS NULL AND r.sound) AS without_factor,
                count(*) FILTER (WHERE NOT r.sound) AS doubted,
                bool_or(r.source = ''demo'') AS simulated,
                min(r.source) AS source
            FROM (
                -- What can hardly be is in no sum, and counted.
                SELECT factory_id, year, energy, unit, quantity, source,
                    doubts = ''{}'' AND compared_doubts = ''{}'' AS sound
                FROM factory_return
            ) AS r
            JOIN factory AS f ON f.id = r.factory_id
            LEFT JOIN factor AS e ON (e.year, e.energy, e.unit) = (r.year, r.energy, r.unit)
            WHERE f.province_code IN (%s)
            GROUP BY f.province_code, r.year, r.factory_id, f.status
        )
        INSERT INTO carbon_year (
            province_code, year, tco2e, biogenic_tco2, tco2e_safe, biogenic_safe, factor_basis,
            factories_reported, operating_reported, quantities_without_factor, quantities_doubted,
            source
        )
        SELECT
            province_code,
            year,
            sum(tco2e),
            sum(biogenic),
            is_disclosable(
                array_agg(tco2e ORDER BY tco2e DESC) FILTER (WHERE tco2e > 0), sum(tco2e)
            ),
            is_disclosable(
                array_agg(biogenic ORDER BY biogenic DESC) FILTER (WHERE biogenic > 0),
                sum(biogenic)
            ),
            max(basis),
            count(*),
            count(*) FILTER (WHERE status = ''operating''),
            sum(without_factor),
            sum(doubted),
            CASE WHEN bool_or(simulated) THEN ''demo'' ELSE min(source) END
        FROM of_factory
        GROUP BY province_code, year',
        codes
    )
$$;

CREATE FUNCTION sum_changed_returns() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
DECLARE
    codes text := 'SELECT f.province_code FROM changed_rows AS r JOIN factory AS f
        ON f.id = r.factory_id';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        codes := codes || ' UNION SELECT f.province_code FROM former_rows AS r JOIN factory AS f
            ON f.id = r.factory_id';
    END IF;
    EXECUTE carbon_deletion(codes);
    EXECUTE carbon_insertion(codes);
    RETURN NULL;
END $$;

-- A factory that is new has no return yet; of one that goes, its province is summed anew.
CREATE FUNCTION sum_changed_factories() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
DECLARE
    codes text := 'SELECT o.province_code FROM former_rows AS o
        WHERE o.province_code IS NOT NULL';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        codes := 'SELECT unnest(ARRAY[o.province_code, n.province_code])
            FROM former_rows AS o JOIN changed_rows AS n USING (id)
            WHERE (o.province_code, o.status) IS DISTINCT FROM (n.province_code, n.status)';
    END IF;
    EXECUTE carbon_deletion(codes);
    EXECUTE carbon_insertion(codes);
    RETURN NULL;
END $$;

CREATE FUNCTION sum_all_returns() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
BEGIN
    DELETE FROM carbon_year;
    EXECUTE carbon_insertion('SELECT province_code FROM factory');
    RETURN NULL;
END $$;

CREATE TRIGGER sum_inserts AFTER INSERT ON factory_return REFERENCING NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_returns();
CREATE TRIGGER sum_updates AFTER UPDATE ON factory_return
REFERENCING OLD TABLE AS former_rows NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_returns();
CREATE TRIGGER sum_deletes AFTER DELETE ON factory_return REFERENCING OLD TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_returns();
CREATE TRIGGER sum_truncates AFTER TRUNCATE ON factory_return
FOR EACH STATEMENT EXECUTE FUNCTION sum_all_returns();
CREATE TRIGGER sum_updates AFTER UPDATE ON factory
REFERENCING OLD TABLE AS former_rows NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_factories();
CREATE TRIGGER sum_deletes AFTER DELETE ON factory REFERENCING OLD TABLE AS former_rows
FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_factories();
CREATE TRIGGER sum_anew AFTER INSERT OR UPDATE OR DELETE ON emission_factor
FOR EACH STATEMENT EXECUTE FUNCTION sum_all_returns();

-- Of a database that had returns before.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM carbon_year) THEN
        EXECUTE carbon_insertion('SELECT province_code FROM factory');
    END IF;
END $$;
