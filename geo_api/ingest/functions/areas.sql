-- Which outline of a province, district or sub-district stands.

-- A surveyed outline replaces a simulated one; never the other way round.
CREATE FUNCTION keep_surveyed_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF new.source = 'demo' AND old.source <> 'demo' THEN
        RETURN NULL;
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER keep_surveyed BEFORE UPDATE ON province
FOR EACH ROW EXECUTE FUNCTION keep_surveyed_area();
CREATE TRIGGER keep_surveyed BEFORE UPDATE ON district
FOR EACH ROW EXECUTE FUNCTION keep_surveyed_area();
CREATE TRIGGER keep_surveyed BEFORE UPDATE ON subdistrict
FOR EACH ROW EXECUTE FUNCTION keep_surveyed_area();
