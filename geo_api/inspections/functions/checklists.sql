-- A version of a checklist that somebody has inspected by stays as it was: what was answered must keep
-- its question.

CREATE FUNCTION checklist_sha256(template text, version integer) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        (
            SELECT jsonb_agg(to_jsonb(i) - 'run_id' ORDER BY i.position)
            FROM checklist_item AS i
            WHERE i.template_id = template AND i.template_version = version
        ), (
            SELECT jsonb_agg(to_jsonb(c) - 'run_id' ORDER BY c.item_code, c.position, c.code)
            FROM checklist_choice AS c
            WHERE c.template_id = template AND c.template_version = version
        )
    )::text, 'UTF8'))
$$;
REVOKE EXECUTE ON FUNCTION checklist_sha256(text, integer) FROM PUBLIC;

CREATE FUNCTION keep_checklist() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    changed record := coalesce(NEW, OLD);
    now_is bytea := checklist_sha256(changed.template_id, changed.template_version);
BEGIN
    IF EXISTS (
        SELECT FROM inspection
        WHERE template_id = changed.template_id AND template_version = changed.template_version
            AND template_sha256 <> now_is
    ) THEN
        RAISE EXCEPTION 'checklist % has inspections by its version %: ship what is new as version %',
            changed.template_id, changed.template_version, changed.template_version + 1
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

-- When all rows are as they are to be: shipped ones are written anew by every migration.
CREATE CONSTRAINT TRIGGER keep_checklist AFTER INSERT OR UPDATE OR DELETE ON checklist_item
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_checklist();
CREATE CONSTRAINT TRIGGER keep_checklist AFTER INSERT OR UPDATE OR DELETE ON checklist_choice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_checklist();
