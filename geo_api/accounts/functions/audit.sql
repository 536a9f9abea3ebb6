-- The log of what was done, of which nobody can take a row back, and the story of a case, likewise.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps what was written: nothing in it is changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- Whatever is written to the table stays; for the files of functions, which make its triggers.
CREATE FUNCTION keep_what_is_written(kept regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %1$s
            FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %1$s
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
        kept
    );
END $$;

SELECT keep_what_is_written('audit_log'), keep_what_is_written('complaint_event');

-- What a row of the log is sealed with: the row, and the seal of the one before it.
CREATE FUNCTION audit_hash(
    previous bytea, seq bigint, at timestamptz, account_id bigint, action text, subject text,
    detail jsonb
) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(previous || convert_to(jsonb_build_array(
        seq, extract(epoch FROM at), account_id, action, subject, detail
    )::text, 'UTF8'))
$$;

-- Notes what was done; one at a time, so that each follows the one before it.
CREATE FUNCTION audit(account_id bigint, action text, subject text, detail jsonb DEFAULT '{}')
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last audit_log;
    number bigint;
    noted CONSTANT timestamptz := clock_timestamp();
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit_log'));
    SELECT * INTO last FROM audit_log ORDER BY seq DESC LIMIT 1;
    number := coalesce(last.seq, 0) + 1;
    INSERT INTO audit_log (seq, at, account_id, action, subject, detail, previous_hash, hash)
    VALUES (
        number, noted, audit.account_id, audit.action, audit.subject, audit.detail,
        coalesce(last.hash, ''),
        audit_hash(
            coalesce(last.hash, ''), number, noted, audit.account_id, audit.action, audit.subject,
            audit.detail
        )
    );
END $$;

REVOKE EXECUTE ON FUNCTION audit(bigint, text, text, jsonb) FROM PUBLIC;
-- Who signs people in notes also who could not, of whom there is no credential.
GRANT EXECUTE ON FUNCTION audit(bigint, text, text, jsonb) TO fahsai_accounts;

-- What the holder of the credential did: nobody notes anything in the name of another.
CREATE FUNCTION audit_own(action text, subject text, detail jsonb DEFAULT '{}')
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    account CONSTANT bigint := signed_in_account();
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'nobody is signed in' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM audit(account, action, subject, detail);
END $$;

REVOKE EXECUTE ON FUNCTION audit_own(text, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_own(text, text, jsonb) TO fahsai_staff, fahsai_contacts;
