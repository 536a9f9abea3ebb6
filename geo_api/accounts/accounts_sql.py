"""Statements about accounts."""

ADD = """
    INSERT INTO account (email, name, role, province_code)
    VALUES (%(email)s, %(name)s, %(role)s, %(province)s)
    ON CONFLICT (email) DO NOTHING
    RETURNING id
"""

BY_EMAIL = "SELECT id, disabled_at FROM account WHERE email = %(email)s"

SET_DISABLED = """
    UPDATE account SET disabled_at = CASE WHEN %(disabled)s THEN now() END WHERE id = %(account)s
"""

END_SESSIONS = "DELETE FROM account_session WHERE account_id = %(account)s"

# Whoever has a link not yet used would sign in as somebody who was let in again.
END_LINKS = """
    UPDATE sign_in_link SET used_at = now() WHERE account_id = %(account)s AND used_at IS NULL
"""

ALL = """
    SELECT
        a.email, a.name, a.role, a.province_code, a.disabled_at,
        a.password_hash IS NOT NULL OR a.oidc_subject IS NOT NULL AS signs_in,
        (SELECT max(s.seen_at) FROM account_session AS s WHERE s.account_id = a.id) AS seen_at,
        (
            SELECT count(*) FROM api_key AS k
            WHERE k.account_id = a.id AND k.revoked_at IS NULL AND k.expires_at > now()
        ) AS keys
    FROM account AS a
    ORDER BY a.email
"""
