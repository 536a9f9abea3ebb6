"""Statements about the roles that the service logs in as."""

from psycopg2.sql import SQL, Composed, Identifier, Literal

# Whoever may become the owner of a view may read what it reads; who owns a thing may change it.
MAY_DO_TOO_MUCH = """
    SELECT session_user::text, EXISTS (
        SELECT FROM pg_roles AS r
        WHERE r.rolname = session_user AND (r.rolsuper OR r.rolcreaterole OR r.rolbypassrls)
    ) OR EXISTS (
        SELECT FROM pg_class AS c
        WHERE c.relnamespace NOT IN ('pg_catalog'::regnamespace)
            AND pg_has_role(session_user, c.relowner, 'MEMBER')
    )
"""


def set_password(role: str, password: str) -> Composed:
    """For a role that may log in with it from then on."""
    return SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(Identifier(role), Literal(password))
