-- Where the rows of registers are shown. A register is a table with the column `placed_by`: one that is
-- made LIKE staging.register_row is found, with no word here.

CREATE FUNCTION register_tables() RETURNS SETOF regclass LANGUAGE sql STABLE AS $$
    SELECT a.attrelid::regclass
    FROM pg_attribute AS a
    JOIN pg_class AS c ON c.oid = a.attrelid
    WHERE a.attname = 'placed_by' AND NOT a.attisdropped
        AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    ORDER BY c.relname
$$;

-- By its own coordinates; else where its factory is; else at a point that stands for its province.
CREATE FUNCTION place_register(register regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'WITH middle AS MATERIALIZED (
            SELECT p.code, ST_PointOnSurface(p.geom) AS geom
            FROM province AS p
            WHERE p.code IN (SELECT province_code FROM %1$s WHERE lon IS NULL)
        ), placed AS (
            SELECT
                r.id,
                coalesce(own.geom, f.geom, m.geom) AS geom,
                CASE
                    WHEN own.geom IS NOT NULL THEN ''given''
                    WHEN f.geom IS NOT NULL THEN ''factory''
                    WHEN m.geom IS NOT NULL THEN ''province''
                END AS placed_by,
                coalesce(r.province_code, f.province_code, here.code) AS in_province
            FROM %1$s AS r
            CROSS JOIN LATERAL (
                SELECT ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326) AS geom
            ) AS own
            LEFT JOIN factory AS f ON f.id = r.factory_id
            LEFT JOIN middle AS m ON m.code = r.province_code
            LEFT JOIN province_cell AS c
                ON c.x = floor(r.lon * 16)::integer AND c.y = floor(r.lat * 16)::integer
            CROSS JOIN LATERAL (
                SELECT CASE WHEN c.codes IS NULL THEN c.province_code
                    ELSE province_in_cell(own.geom, c.codes, c.outlines) END AS code
                OFFSET 0
            ) AS here
        )
        UPDATE %1$s AS t
        SET geom = p.geom, placed_by = p.placed_by, in_province = p.in_province
        FROM placed AS p
        WHERE t.id = p.id AND (t.geom::text, t.placed_by, t.in_province)
            IS DISTINCT FROM (p.geom::text, p.placed_by, p.in_province)',
        register
    );
    PERFORM doubt_places(register, 'province_code');
END $$;

CREATE FUNCTION place_register_rows() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM place_register(TG_RELID::regclass);
    RETURN NULL;
END $$;

-- After `recount_on_…`, which makes the cells of new provinces: triggers fire in the order of names.
CREATE FUNCTION place_registers() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    register regclass;
    concerned boolean;
BEGIN
    FOR register IN SELECT name FROM register_tables() AS name LOOP
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM %s WHERE $1 <> ''factory'' OR factory_ref IS NOT NULL)',
            register
        ) INTO concerned USING TG_TABLE_NAME;
        CONTINUE WHEN NOT concerned;
        IF TG_TABLE_NAME = 'factory' THEN
            EXECUTE format(
                'UPDATE %s SET factory_id = factory_id_of(factory_ref)
                WHERE factory_id IS NULL AND factory_ref IS NOT NULL
                    AND factory_id_of(factory_ref) IS NOT NULL',
                register
            );
        END IF;
        PERFORM place_register(register);
    END LOOP;
    RETURN NULL;
END $$;

CREATE TRIGGER then_place_registers AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON province
FOR EACH STATEMENT EXECUTE FUNCTION place_registers();
CREATE TRIGGER then_place_registers
AFTER INSERT OR DELETE OR UPDATE OF geom, province_code, registration_no, fid ON factory
FOR EACH STATEMENT EXECUTE FUNCTION place_registers();

DO $$
DECLARE
    register regclass;
BEGIN
    FOR register IN SELECT name FROM register_tables() AS name LOOP
        EXECUTE format(
            'CREATE TRIGGER resolve_reference BEFORE INSERT OR UPDATE OF factory_ref ON %1$s
            FOR EACH ROW EXECUTE FUNCTION resolve_factory_reference();
            CREATE TRIGGER place_rows
            AFTER INSERT OR UPDATE OF lon, lat, province_code, factory_id ON %1$s
            FOR EACH STATEMENT EXECUTE FUNCTION place_register_rows()',
            register
        );
    END LOOP;
END $$;
