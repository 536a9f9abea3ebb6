-- In whose hands a complaint is: the areas that hold its place, unless it came with them.

CREATE FUNCTION place_complaint() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- A provider's complaint is as old as it says, not as its import is.
    IF NEW.channel = 'import' AND TG_OP = 'INSERT' AND NEW.received_at = now() THEN
        NEW.received_at := NEW.reported_at;
    END IF;
    IF NEW.geom IS NULL OR (TG_OP = 'INSERT' AND NEW.province_code IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    NEW.province_code := (
        SELECT CASE WHEN p.codes IS NULL THEN p.province_code
            ELSE province_in_cell(NEW.geom, p.codes, p.outlines) END
        FROM province_cell AS p
        WHERE p.x = floor(ST_X(NEW.geom) * 16)::integer AND p.y = floor(ST_Y(NEW.geom) * 16)::integer
    );
    NEW.district_code := (
        SELECT min(code) FROM district
        WHERE province_code = NEW.province_code AND ST_Intersects(geom, NEW.geom)
    );
    NEW.subdistrict_code := (
        SELECT min(code) FROM subdistrict
        WHERE district_code = NEW.district_code AND ST_Intersects(geom, NEW.geom)
    );
    RETURN NEW;
END $$;

CREATE TRIGGER place_complaint BEFORE INSERT ON complaint
    FOR EACH ROW EXECUTE FUNCTION place_complaint();
CREATE TRIGGER place_moved_complaint BEFORE UPDATE OF geom ON complaint
    FOR EACH ROW WHEN (OLD.geom IS DISTINCT FROM NEW.geom) EXECUTE FUNCTION place_complaint();
