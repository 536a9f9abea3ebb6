"""As whom the service logs in: a reader and a writer that own nothing and become nobody else."""

from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database import logins_sql
from geo_api.database.connections import READER, ROLES, STAFF, Pool, owner_connection, session
from geo_api.database.embedded.cluster import database
from geo_api.database.logins import (
    UnsafeLogin,
    login_url,
    require_safe,
    service_logins,
)
from geo_api.settings import Settings
from tests.geo_api.database.asking import run

every_role = pytest.mark.parametrize("role", ROLES)


def no_secret() -> bytes:
    raise AssertionError("nobody asks for a password here")


@every_role
def test_the_service_logs_in_as_a_role_of_its_own_that_owns_nothing(
    role: str, migrated_url: str
) -> None:
    with closing(session(login_url(migrated_url, role))) as opened:
        assert opened.rows("SELECT session_user::text, current_user::text", None) == [(role, role)]
        assert opened.rows(logins_sql.MAY_DO_TOO_MUCH, None) == [(role, False)]


@every_role
@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE {owner}",
        "SET SESSION AUTHORIZATION {owner}",
        "SET ROLE NONE; SELECT FROM public.quarantine",
        "RESET ROLE; RESET SESSION AUTHORIZATION; SELECT FROM public.run",
        "SELECT FROM staging.factory",
        "ALTER ROLE {role} SUPERUSER",
        "ALTER VIEW published.factories RENAME TO mine",
        "CREATE EXTENSION dblink",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_its_connection_does_not_lead_to_the_owner_or_the_tables(
    role: str, statement: str, migrated_url: str
) -> None:
    with closing(owner_connection(migrated_url)) as opened:
        owner = opened.info.user

    with (
        closing(session(login_url(migrated_url, role))) as opened,
        pytest.raises(
            (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.ReadOnlySqlTransaction)
        ),
    ):
        opened.rows(statement.format(owner=owner, role=role), None)


def test_what_its_sessions_are_set_to_comes_with_the_role(migrated_url: str) -> None:
    names = ("default_transaction_read_only", "statement_timeout", "jit", "timezone")

    with closing(session(login_url(migrated_url, READER))) as opened:
        shown = [opened.rows(f"SHOW {name}", None)[0][0] for name in names]

    assert shown == ["on", "30s", "off", "UTC"]


def test_the_embedded_server_lets_both_in_and_asks_for_no_password(migrated_url: str) -> None:
    logins = service_logins(migrated_url, no_secret)

    require_safe(logins)
    with closing(Pool(logins.reader, 1)) as pool:
        assert pool.fetch("SELECT session_user::text") == [(READER,)]


def test_a_server_that_asks_for_passwords_is_given_one_that_follows_from_the_secret(
    migrated_home: Path,
) -> None:
    hba = migrated_home / "postgres/data/pg_hba.conf"
    with database(Settings(home=migrated_home), say=print) as url:
        hba.write_text("local all fahsai trust\nlocal all all scram-sha-256\n")
        run(url, "SELECT pg_reload_conf()")

        first = service_logins(url, lambda: b"one secret")
        require_safe(first)
        assert service_logins(url, lambda: b"one secret") == first
        other = service_logins(url, lambda: b"another")
        assert other != first
        require_safe(other)
        assert "one secret" not in first.reader


def test_log_ins_that_are_named_are_taken_as_they_are(migrated_url: str) -> None:
    named = {"FAHSAI_READER_URL": "host=pooler", "FAHSAI_WRITER_URL": "host=pooler user=w"}

    logins = service_logins(migrated_url, no_secret, named)

    assert (logins.reader, logins.writer) == ("host=pooler", "host=pooler user=w")
    assert logins.staff == login_url(migrated_url, STAFF)


def test_who_may_do_more_is_refused(migrated_url: str, connection: Connection) -> None:
    safe = service_logins(migrated_url, no_secret)

    for field, variable in ((f, f"FAHSAI_{f.upper()}_URL") for f in asdict(safe)):
        logins = replace(safe, **{field: migrated_url})
        with pytest.raises(UnsafeLogin, match=f"{variable} logs in as {connection.info.user}"):
            require_safe(logins)
