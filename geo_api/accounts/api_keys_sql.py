"""Statements about API keys."""

ADD = """
    INSERT INTO api_key (key_hash, prefix, account_id, name, scopes, created_at, expires_at)
    SELECT
        %(key_hash)s, %(prefix)s, %(account)s, %(name)s, %(scopes)s, %(now)s,
        %(now)s + %(lasts)s::interval
    WHERE %(most)s > (
        SELECT count(*) FROM api_key AS k
        WHERE k.account_id = %(account)s AND k.revoked_at IS NULL AND k.expires_at > %(now)s
    )
    RETURNING id
"""

# Of one account, or of all.
LISTED = """
    SELECT
        k.id, k.prefix, k.name, a.email, k.scopes, k.created_at, k.expires_at, k.revoked_at
    FROM api_key AS k JOIN account AS a ON a.id = k.account_id
    WHERE k.account_id = %(account)s OR %(account)s IS NULL
    ORDER BY k.revoked_at IS NOT NULL, k.created_at DESC, k.id DESC
"""

REVOKE = """
    UPDATE api_key SET revoked_at = %(now)s
    WHERE id = %(id)s AND revoked_at IS NULL
        AND (account_id = %(account)s OR %(account)s IS NULL)
    RETURNING id
"""
