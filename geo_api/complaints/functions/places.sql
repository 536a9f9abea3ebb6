-- In whose hands a complaint is: the areas that hold its place, unless it came with them.

CREATE FUNCTION place_complaint() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    area text;
BEGIN
    IF NEW.channel = 'import' THEN
        -- As old as its provider says, and not as its import is.
        IF NEW.received_at = now() THEN
            NEW.received_at := NEW.reported_at;
        END IF;
    ELSIF NEW.province_code IS NULL AND NEW.geom IS NOT NULL THEN
        area := area_of(NEW.geom);
        NEW.province_code := left(area, 2);
        NEW.district_code := CASE WHEN length(area) >= 4 THEN left(area, 4) END;
        NEW.subdistrict_code := CASE WHEN length(area) = 6 THEN area END;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER place_complaint BEFORE INSERT ON complaint
    FOR EACH ROW EXECUTE FUNCTION place_complaint();

-- Imported ones together, for they are many: those of a run, or all that lie in an area that was not
-- known when they came. In the order of their places, so that an outline is prepared once.
CREATE FUNCTION place_imported(run bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    WITH asked AS MATERIALIZED (
        SELECT id, geom FROM complaint
        WHERE channel = 'import' AND category IS NOT NULL AND geom IS NOT NULL
            AND CASE WHEN run IS NULL THEN subdistrict_code IS NULL ELSE run_id = run END
            -- What staff said of a place stands.
            AND NOT EXISTS (
                SELECT FROM complaint_event AS e
                WHERE e.complaint_id = complaint.id AND e.kind = 'placed'
                    AND e.account_id IS NOT NULL
            )
        ORDER BY geom
    ), of_district AS (
        SELECT a.id, min(d.code) AS code
        FROM asked AS a JOIN district AS d ON ST_Intersects(d.geom, a.geom) GROUP BY a.id
    ), of_subdistrict AS (
        SELECT a.id, min(s.code) AS code
        FROM asked AS a JOIN subdistrict AS s ON ST_Intersects(s.geom, a.geom) GROUP BY a.id
    ), placed AS (
        SELECT a.id, d.code AS district, s.code AS subdistrict,
            coalesce(left(d.code, 2), CASE WHEN p.codes IS NULL THEN p.province_code
                ELSE province_in_cell(a.geom, p.codes, p.outlines) END) AS province
        FROM asked AS a
        LEFT JOIN province_cell AS p
            ON p.x = floor(ST_X(a.geom) * 16)::integer AND p.y = floor(ST_Y(a.geom) * 16)::integer
        LEFT JOIN of_district AS d USING (id)
        LEFT JOIN of_subdistrict AS s USING (id)
    )
    UPDATE complaint AS c
    SET province_code = p.province, district_code = p.district, subdistrict_code = p.subdistrict
    FROM placed AS p
    WHERE p.id = c.id AND (c.province_code, c.district_code, c.subdistrict_code)
        IS DISTINCT FROM (p.province, p.district, p.subdistrict);
END $$;

CREATE FUNCTION place_in_new_areas() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM place_imported(NULL);
    PERFORM place_reported();
    RETURN NULL;
END $$;

-- After the cells of provinces are made (triggers run in the order of their names).
CREATE TRIGGER take_in_complaints AFTER INSERT OR UPDATE ON province
    FOR EACH STATEMENT EXECUTE FUNCTION place_in_new_areas();
CREATE TRIGGER take_in_complaints AFTER INSERT OR UPDATE ON district
    FOR EACH STATEMENT EXECUTE FUNCTION place_in_new_areas();
CREATE TRIGGER take_in_complaints AFTER INSERT OR UPDATE ON subdistrict
    FOR EACH STATEMENT EXECUTE FUNCTION place_in_new_areas();
