"""Statements about sessions and one-time links."""

# Of a disabled account there is no password that fits.
BY_EMAIL = """
    SELECT id, CASE WHEN disabled_at IS NULL THEN password_hash END
    FROM account
    WHERE email = %(email)s
"""

OPEN_SESSION = """
    INSERT INTO account_session (token_hash, account_id, created_at, seen_at, expires_at)
    VALUES (
        %(token_hash)s, %(account)s, %(now)s, %(now)s,
        %(now)s + least(%(idle)s::interval, %(longest)s::interval)
    )
"""

# Once in a while is enough: no row is written for each thing that is asked.
KEEP_OPEN = """
    UPDATE account_session
    SET seen_at = %(now)s,
        expires_at = least(%(now)s + %(idle)s::interval, created_at + %(longest)s::interval)
    WHERE token_hash = %(token_hash)s AND seen_at < %(now)s - interval '1 minute'
        AND expires_at > %(now)s
"""

END_SESSION = "DELETE FROM account_session WHERE token_hash = %(token_hash)s RETURNING account_id"

END_OTHER_SESSIONS = """
    DELETE FROM account_session WHERE account_id = %(account)s AND token_hash <> %(token_hash)s
"""

FORGET_ENDED_SESSIONS = "DELETE FROM account_session WHERE expires_at <= %(now)s"

ADD_LINK = """
    INSERT INTO sign_in_link (token_hash, account_id, created_at, expires_at)
    VALUES (%(token_hash)s, %(account)s, %(now)s, %(expires_at)s)
"""

LINK_OWNER = """
    SELECT a.name
    FROM sign_in_link AS l JOIN account AS a ON a.id = l.account_id
    WHERE l.token_hash = %(token_hash)s AND l.used_at IS NULL AND l.expires_at > %(now)s
        AND a.disabled_at IS NULL
"""

USE_LINK = """
    UPDATE sign_in_link AS l SET used_at = %(now)s
    FROM account AS a
    WHERE l.token_hash = %(token_hash)s AND l.used_at IS NULL AND l.expires_at > %(now)s
        AND a.id = l.account_id AND a.disabled_at IS NULL
    RETURNING l.account_id
"""

HAS_PASSWORD = "SELECT password_hash IS NOT NULL FROM account WHERE id = %(account)s"

SET_PASSWORD = "UPDATE account SET password_hash = %(hash)s WHERE id = %(account)s"

AUDIT = "SELECT audit(%(account)s, %(action)s, %(subject)s, %(detail)s::jsonb)"

BY_SUBJECT = """
    SELECT id FROM account
    WHERE (oidc_issuer, oidc_subject) = (%(issuer)s, %(subject)s) AND disabled_at IS NULL
"""

# The first time, by the address; from then on whoever has the address later is somebody else.
BIND_SUBJECT = """
    UPDATE account SET oidc_issuer = %(issuer)s, oidc_subject = %(subject)s
    WHERE email = %(email)s AND oidc_subject IS NULL AND disabled_at IS NULL
        AND NOT EXISTS (
            SELECT FROM account AS a
            WHERE (a.oidc_issuer, a.oidc_subject) = (%(issuer)s, %(subject)s)
        )
    RETURNING id
"""
