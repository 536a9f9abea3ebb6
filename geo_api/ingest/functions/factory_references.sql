-- Tables that name a factory by any of its numbers find it, whichever of the two comes first.

CREATE FUNCTION factory_id_of(reference text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT f.id FROM factory AS f WHERE f.id = reference),
        (SELECT min(f.id) FROM factory AS f WHERE f.fid = reference),
        (SELECT min(f.id) FROM factory AS f WHERE f.registration_no = reference)
    )
$$;
COMMENT ON FUNCTION factory_id_of IS
    'id of the factory with this id, new 14-digit number or registration number';

CREATE FUNCTION resolve_factory_reference() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.factory_id := factory_id_of(NEW.factory_ref);
    RETURN NEW;
END $$;
COMMENT ON FUNCTION resolve_factory_reference IS
    'trigger of a table with factory_ref, as given, and factory_id, once known';

CREATE FUNCTION resolve_factory_references() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'UPDATE %I SET factory_id = factory_id_of(factory_ref)
        WHERE factory_id IS NULL AND factory_id_of(factory_ref) IS NOT NULL',
        TG_ARGV[0]
    );
    RETURN NULL;
END $$;
COMMENT ON FUNCTION resolve_factory_references IS
    'trigger of the register: rows of the table named look again for their factory';

CREATE TRIGGER resolve_reference BEFORE INSERT ON green_certificate
FOR EACH ROW EXECUTE FUNCTION resolve_factory_reference();
CREATE TRIGGER resolve_green_certificates
AFTER INSERT OR UPDATE OF registration_no, fid ON factory
FOR EACH STATEMENT EXECUTE FUNCTION resolve_factory_references('green_certificate');

CREATE TRIGGER resolve_reference BEFORE INSERT ON factory_return
FOR EACH ROW EXECUTE FUNCTION resolve_factory_reference();
CREATE TRIGGER resolve_factory_returns
AFTER INSERT OR UPDATE OF registration_no, fid ON factory
FOR EACH STATEMENT EXECUTE FUNCTION resolve_factory_references('factory_return');
