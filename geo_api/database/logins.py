"""As whom the service logs in: the reader and the writer, roles of their own, and never the owner.

Neither may become anybody else, so that nothing that is sent in a statement of theirs leads to the
tables. On a server that asks for passwords they have one that follows from the service's secret;
the owner sets it. Settings name other log-ins, as of a pooler of connections.
"""

import hmac
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from psycopg2.extensions import make_dsn, parse_dsn

from geo_api.database import logins_sql as sql
from geo_api.database.connections import (
    READER,
    WRITER,
    DatabaseUnavailable,
    owner_connection,
    session,
)

_VARIABLES = {READER: "FAHSAI_READER_URL", WRITER: "FAHSAI_WRITER_URL"}


class UnsafeLogin(RuntimeError):
    """The service cannot log in, or as one who may do too much; the message says what helps."""


@dataclass(frozen=True)
class Logins:
    """The reader's database and the writer's, as libpq names them."""

    reader: str
    writer: str


def login_url(url: str, role: str, password: str | None = None) -> str:
    """The database of `url`, for another role."""
    parts = {name: value for name, value in parse_dsn(url).items() if name != "password"}
    named: str = make_dsn(**parts | {"user": role} | ({"password": password} if password else {}))
    return named


def service_logins(
    owner_url: str,
    secret: Callable[[], bytes],
    reader_url: str | None = None,
    writer_url: str | None = None,
) -> Logins:
    """The log-ins given, or those to the database of `owner_url`, each tried. `secret` is asked for
    where a password is. Raises UnsafeLogin, and DatabaseUnavailable where nobody gets in."""
    return Logins(
        reader_url or _login(owner_url, READER, secret),
        writer_url or _login(owner_url, WRITER, secret),
    )


def require_safe(logins: Logins) -> None:
    """Raises UnsafeLogin for one who may become the owner of what is there, or owns anything."""
    for role, url in ((READER, logins.reader), (WRITER, logins.writer)):
        with closing(session(url)) as opened:
            [(user, too_much)] = opened.rows(sql.MAY_DO_TOO_MUCH, None)
        if too_much:
            raise UnsafeLogin(
                f"{_VARIABLES[role]} logs in as {user}, who may become the owner of the data: name"
                f" {role}, or a role that is a member of it alone"
            )


def _login(owner_url: str, role: str, secret: Callable[[], bytes]) -> str:
    refused = None
    for url in _attempts(owner_url, role, secret):
        try:
            session(url).close()
            return url
        except DatabaseUnavailable as problem:
            refused = problem
    raise UnsafeLogin(
        f"{role} cannot log in ({refused}): let pg_hba.conf let it in as it does the owner, or name"
        f" a log-in in {_VARIABLES[role]}"
    )


def _attempts(owner_url: str, role: str, secret: Callable[[], bytes]) -> Iterator[str]:
    """Without a password, with that of before, and with that once the owner has set it."""
    yield login_url(owner_url, role)
    password = hmac.digest(secret(), role.encode(), "sha256").hex()
    yield login_url(owner_url, role, password)
    with closing(owner_connection(owner_url)) as owner, owner, owner.cursor() as cursor:
        cursor.execute(sql.set_password(role, password))
    yield login_url(owner_url, role, password)
