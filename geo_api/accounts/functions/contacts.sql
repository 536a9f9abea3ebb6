-- Whom to answer. The table is the owner's alone: one contact at a time is read, by somebody who
-- works on its case, and never without a trace.

-- The sealed contact of a case that the credential may work on; null where there is none, or none
-- any more, or no such case for who asks: the three are not told apart.
CREATE FUNCTION read_contact(complaint text) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found bytea;
BEGIN
    SELECT k.sealed INTO found
    FROM contact.complainant AS k
    JOIN complaint AS c ON c.id = k.complaint_id
    WHERE k.complaint_id = read_contact.complaint
        AND signed_in_province('work') IN ('*', c.province_code);
    IF found IS NOT NULL THEN
        PERFORM audit_own('contact_read', 'complaint ' || complaint);
        INSERT INTO complaint_event (complaint_id, kind, account_id)
        VALUES (complaint, 'contact_read', signed_in_account());
    END IF;
    RETURN found;
END $$;

REVOKE EXECUTE ON FUNCTION read_contact(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_contact(text) TO fahsai_contacts;
