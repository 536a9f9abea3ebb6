-- Which outline of a province, district or sub-district stands.

-- A surveyed outline replaces a simulated one; never the other way round. A list without English
-- names, for which its Thai ones stand, takes none away.
CREATE FUNCTION keep_surveyed_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF new.source = 'demo' AND old.source <> 'demo' THEN
        RETURN NULL;
    END IF;
    IF new.name_en = new.name_th THEN
        new.name_en := old.name_en;
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER keep_surveyed BEFORE UPDATE ON province
FOR EACH ROW EXECUTE FUNCTION keep_surveyed_area();
CREATE TRIGGER keep_surveyed BEFORE UPDATE ON district
FOR EACH ROW EXECUTE FUNCTION keep_surveyed_area();
CREATE TRIGGER keep_surveyed BEFORE UPDATE ON subdistrict
FOR EACH ROW EXECUTE FUNCTION keep_surveyed_area();
