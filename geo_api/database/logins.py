"""As whom the service logs in: roles of its own, each for one purpose, and never the owner.

None may become anybody else, so that nothing that is sent in a statement of theirs leads to the
tables of others. On a server that asks for passwords they have one that follows from the service's
secret; the owner sets it. Settings name other log-ins, as of a pooler of connections.
"""

import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import astuple, dataclass

from psycopg2.extensions import make_dsn, parse_dsn

from geo_api.database import logins_sql as sql
from geo_api.database.connections import (
    ACCOUNTS,
    CONTACTS,
    JOBS,
    READER,
    ROLES,
    STAFF,
    WRITER,
    DatabaseUnavailable,
    owner_connection,
    session,
)

_VARIABLES = {
    READER: "FAHSAI_READER_URL",
    WRITER: "FAHSAI_WRITER_URL",
    STAFF: "FAHSAI_STAFF_URL",
    ACCOUNTS: "FAHSAI_ACCOUNTS_URL",
    CONTACTS: "FAHSAI_CONTACTS_URL",
    JOBS: "FAHSAI_JOBS_URL",
}


class UnsafeLogin(RuntimeError):
    """The service cannot log in, or as one who may do too much; the message says what helps."""


@dataclass(frozen=True)
class Logins:
    """The database as each role logs in to it, as libpq names it."""

    reader: str
    writer: str
    staff: str
    accounts: str
    contacts: str
    jobs: str

    def by_role(self) -> dict[str, str]:
        """The same by the name of the role."""
        return dict(zip(ROLES, astuple(self), strict=True))


def login_url(url: str, role: str, password: str | None = None) -> str:
    """The database of `url`, for another role."""
    parts = {name: value for name, value in parse_dsn(url).items() if name != "password"}
    named: str = make_dsn(**parts | {"user": role} | ({"password": password} if password else {}))
    return named


def service_logins(
    owner_url: str, secret: Callable[[], bytes], named: Mapping[str, str] | None = None
) -> Logins:
    """The log-ins `named` by their variables, or those to the database of `owner_url`, each tried.
    `secret` is asked for where a password is. Raises UnsafeLogin, and DatabaseUnavailable where
    nobody gets in."""
    named = named or {}
    return Logins(
        *(named.get(_VARIABLES[role]) or _login(owner_url, role, secret) for role in ROLES)
    )


def require_safe(logins: Logins) -> None:
    """Raises UnsafeLogin for one who may become the owner of what is there, or owns anything."""
    for role, url in logins.by_role().items():
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
