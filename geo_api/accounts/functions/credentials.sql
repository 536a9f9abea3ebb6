-- Who asks, and what they may see: staff name a credential, the token of a session or an API key, in
-- the setting `fahsai.credential` of their transaction. Nothing else tells the database who they are,
-- so that a statement that was tampered with shows no more than that credential opens.

-- The account of the credential; no row where it is none, ended, or that of a disabled account.
CREATE FUNCTION signed_in() RETURNS TABLE (
    account_id bigint, name text, role text, province_code text, scopes text[]
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH named AS MATERIALIZED (
        SELECT sha256(convert_to(current_setting('fahsai.credential', true), 'UTF8')) AS hash
        WHERE current_setting('fahsai.credential', true) <> ''
    ), held AS (
        SELECT s.account_id, ARRAY['intake', 'read', 'work'] AS scopes
        FROM account_session AS s JOIN named ON s.token_hash = named.hash
        WHERE s.expires_at > now()
        UNION ALL
        SELECT k.account_id, k.scopes
        FROM api_key AS k JOIN named ON k.key_hash = named.hash
        WHERE k.expires_at > now() AND k.revoked_at IS NULL
    )
    SELECT a.id, a.name, a.role, a.province_code, held.scopes
    FROM held JOIN account AS a ON a.id = held.account_id
    WHERE a.disabled_at IS NULL
$$;

CREATE FUNCTION signed_in_account() RETURNS bigint LANGUAGE sql STABLE
AS $$ SELECT account_id FROM signed_in() $$;

-- The province whose cases the credential opens: that of an officer, '*' for all, null for none.
-- Analysts read what is published, and no case.
CREATE FUNCTION signed_in_province(scope text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN NOT scope = ANY (scopes) THEN NULL
        WHEN role IN ('national', 'admin') THEN '*'
        ELSE province_code
    END
    FROM signed_in()
$$;

-- PostgreSQL lets everybody call a function that is new.
REVOKE EXECUTE ON FUNCTION signed_in(), signed_in_account(), signed_in_province(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION signed_in(), signed_in_account(), signed_in_province(text)
    TO fahsai_staff, fahsai_contacts;
