-- What becomes of an inspection as its edits arrive, in whatever order phones find a signal.

CREATE FUNCTION begin_inspection() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.template_sha256 := checklist_sha256(NEW.template_id, NEW.template_version);
    NEW.province_code := (SELECT province_code FROM factory WHERE id = NEW.factory_id);
    RETURN NEW;
END $$;

CREATE TRIGGER begin_inspection BEFORE INSERT ON inspection
    FOR EACH ROW EXECUTE FUNCTION begin_inspection();

-- How far the inspector stood from where the register has the factory. The register may move it
-- later: what was compared with is kept.
CREATE FUNCTION measure_revision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- One edit of an inspection at a time, so that each finds those before it.
    PERFORM FROM inspection WHERE id = NEW.inspection_id FOR UPDATE;
    IF (
        SELECT count(*) FROM inspection_revision
        WHERE inspection_id = NEW.inspection_id AND id = ANY (NEW.based_on)
    ) <> cardinality(NEW.based_on) THEN
        RAISE EXCEPTION 'revision % is based on one that did not arrive: send that first', NEW.id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    SELECT f.geom, f.location_precision, ST_Distance(f.geom::geography, NEW.geom::geography)
    INTO NEW.registered_geom, NEW.registered_precision, NEW.distance_m
    FROM inspection AS i JOIN factory AS f ON f.id = i.factory_id
    WHERE i.id = NEW.inspection_id;
    RETURN NEW;
END $$;

CREATE TRIGGER measure_revision BEFORE INSERT ON inspection_revision
    FOR EACH ROW EXECUTE FUNCTION measure_revision();

-- What stands is the first edit and what is made of it. One made of an older edit is kept beside it
-- and counted, until somebody makes one of both.
CREATE FUNCTION take_revision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    was inspection;
    open_heads CONSTANT integer := (
        SELECT count(*) FROM inspection_revision AS r
        WHERE r.inspection_id = NEW.inspection_id AND NOT EXISTS (
            SELECT FROM inspection_revision AS later
            WHERE later.inspection_id = NEW.inspection_id AND r.id = ANY (later.based_on)
        )
    );
BEGIN
    SELECT * INTO was FROM inspection WHERE id = NEW.inspection_id;
    UPDATE inspection SET heads = open_heads WHERE id = NEW.inspection_id;
    IF was.revision_id IS NULL OR was.revision_id = ANY (NEW.based_on) THEN
        UPDATE inspection SET
            revision_id = NEW.id, visited_at = NEW.started_at, finding = NEW.finding,
            order_section = NEW.order_section, order_number = NEW.order_number,
            order_due_on = NEW.order_due_on, distance_m = NEW.distance_m,
            cause_factory_id = NEW.cause_factory_id
        WHERE id = NEW.inspection_id;
        IF was.complaint_id IS NOT NULL AND (NEW.finding, NEW.cause_factory_id)
            IS DISTINCT FROM (was.finding, was.cause_factory_id)
        THEN
            INSERT INTO complaint_event (complaint_id, kind, account_id, detail)
            VALUES (was.complaint_id, 'inspection', NEW.account_id, jsonb_strip_nulls(
                jsonb_build_object(
                    'inspection', NEW.inspection_id, 'revision', NEW.id, 'finding', NEW.finding,
                    'order_number', NEW.order_number, 'cause_factory', NEW.cause_factory_id
                )
            ));
        END IF;
    END IF;
    PERFORM audit(NEW.account_id, 'inspection_revision', 'inspection ' || NEW.inspection_id,
        jsonb_build_object('revision', NEW.id, 'heads', open_heads));
    RETURN NULL;
END $$;

CREATE TRIGGER take_revision AFTER INSERT ON inspection_revision
    FOR EACH ROW EXECUTE FUNCTION take_revision();

SELECT keep_what_is_written(kept)
FROM unnest(ARRAY['inspection_revision', 'inspection_answer', 'inspection_photo']::regclass[]) AS kept;
