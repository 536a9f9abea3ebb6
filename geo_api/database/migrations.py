"""Brings the database up to date: pending revisions, functions and published views, as one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from psycopg2.extensions import cursor as Cursor

from geo_api.database import migrations_sql as sql
from geo_api.database import repeatable_migrations
from geo_api.database.connections import ROLES, owner_connection
from geo_api.database.repeatable_migrations import ROOT, revision_folders
from geo_api.database.takeover import is_former, take_over

# Imported where they are used: half a second, and most commands say only how they are used.
if TYPE_CHECKING:
    import sqlalchemy
    from alembic.config import Config
    from alembic.script import ScriptDirectory

Say = Callable[[str], None]


_OTHER_VERSION = (
    "the database is not that of this version: run `fahsai migrate`, or `fahsai up`, which does it"
    " too"
)


class NotMigrated(RuntimeError):
    """The database is not that of this version; the message says what to do."""


@dataclass(frozen=True)
class Migration:
    """What `migrate` did: the revisions applied, and whether a former database was taken over."""

    revisions: tuple[str, ...] = ()
    taken_over: bool = False

    def __str__(self) -> str:
        told = ["taken over from the revisions of 2026-11-21"] if self.taken_over else []
        if self.revisions:
            told.append(f"applied: {', '.join(self.revisions)}")
        return "; ".join(told) or "nothing to apply"


def migrate(url: str, say: Say = lambda _: None) -> Migration:
    """Applies what is pending; all of it commits or none. Safe to call at once from several
    processes, and beside readers: one works, and who finds nothing to do touches nothing. It waits
    for Runs to end, so that none meets other functions than those it began with. Raises
    NotMigrated, NotTakenOver, FunctionInUse and UnpublishableView.
    """
    from alembic import command

    with _transaction(url) as connection:
        if _up_to_date(connection):
            return Migration()
        # SQLAlchemy's would read a percent sign as a parameter.
        cursor = cast(Cursor, connection.connection.cursor())
        _lock(cursor, say)
        former = is_former(_heads(connection))
        if former:
            take_over(cursor, _heads(connection))
        pending = _pending(connection)
        if pending:
            for role in ROLES:
                cursor.execute(sql.make_role(role))
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "heads")
        if pending or not _up_to_date(connection):
            repeatable_migrations.apply(cursor)
        return Migration(tuple(pending), former)


def require_migrated(url: str) -> None:
    """Raises NotMigrated unless `migrate` would find nothing to do."""
    with _transaction(url) as connection:
        if not _up_to_date(connection):
            raise NotMigrated(_OTHER_VERSION)


def require_schema(found: str | None) -> None:
    """The same for who knows of the database only what REBUILT_FINGERPRINT answers."""
    if found != _fingerprint_at_start():
        raise NotMigrated(_OTHER_VERSION)


@cache
def _fingerprint_at_start() -> str:
    """Of the code that runs, whatever is laid in its place meanwhile."""
    return repeatable_migrations.fingerprint()


def unknown_revisions(revisions: Iterable[str]) -> list[str]:
    """Those that this version, with its plugins, does not have."""
    return sorted(set(revisions).difference(_revisions(_scripts())))


def make_roles(url: str) -> None:
    """Makes what a database that comes from elsewhere grants rights to: the roles that the service
    logs in as, which belong to the server and not to the database."""
    with closing(owner_connection(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(sql.ROLES_OF, {"names": list(ROLES)})
        there = {name for (name,) in cursor.fetchall()}
        for role in ROLES:
            if role not in there:
                cursor.execute(sql.make_role(role))
        cursor.execute(repeatable_migrations.log_ins())


@contextmanager
def _transaction(url: str) -> Iterator[sqlalchemy.Connection]:
    """As Alembic wants it. What the database refuses is raised as the driver's own error."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(
        "postgresql+psycopg2://",
        creator=lambda: owner_connection(url),
        poolclass=sqlalchemy.pool.NullPool,
    )
    try:
        with engine.begin() as connection:
            yield connection
    except sqlalchemy.exc.DBAPIError as problem:
        raise (problem.orig or problem) from problem


def _lock(cursor: Cursor, say: Say) -> None:
    cursor.execute(sql.TRY_LOCK)
    if cursor.fetchone() == (False,):
        say("Waiting for Runs to end, or for another migration …")
        cursor.execute(sql.LOCK)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _escaped(str(ROOT / "migrations")))
    config.set_main_option("version_locations", _escaped(os.pathsep.join(revision_folders())))
    config.set_main_option("path_separator", "os")
    return config


def _escaped(path: str) -> str:
    """For ConfigParser, which gives percent signs a meaning."""
    return path.replace("%", "%%")


def _up_to_date(connection: sqlalchemy.Connection) -> bool:
    if is_former(_heads(connection)) or _pending(connection):
        return False
    return (
        connection.exec_driver_sql(sql.REBUILT_FINGERPRINT).scalar()
        == repeatable_migrations.fingerprint()
    )


def _heads(connection: sqlalchemy.Connection) -> tuple[str, ...]:
    """The revisions that the database stands at."""
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_heads()


def _pending(connection: sqlalchemy.Connection) -> list[str]:
    """Revisions not applied yet, in an order in which they can be. Raises NotMigrated."""
    scripts, heads = _scripts(), _heads(connection)
    every = _revisions(scripts)
    if unknown := sorted(set(heads).difference(every)):
        raise NotMigrated(
            f"the database is of another version, which has {', '.join(unknown)}: use the"
            " newer of the two, or name in FAHSAI_PLUGINS the folder that brings it"
        )
    applied = {script.revision for script in scripts.iterate_revisions(heads, "base")}
    return [revision for revision in reversed(every) if revision not in applied]


def _scripts() -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config())


def _revisions(scripts: ScriptDirectory) -> list[str]:
    """Every one there is, the newest first."""
    return [script.revision for script in scripts.walk_revisions()]
