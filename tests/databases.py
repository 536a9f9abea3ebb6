"""The PostGIS of a test run, shared by its workers, and the databases that are copied in it."""

import fcntl
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TextIO

from psycopg2.extensions import cursor as Cursor
from psycopg2.extensions import make_dsn

from geo_api.database.connections import owner_connection
from geo_api.database.embedded.cluster import database
from geo_api.settings import Settings
from tests.homes import turn

EMPTY = "template0"


@contextmanager
def server(run_home: Path, external_url: str | None) -> Iterator[str]:
    """The owner's URL of the run's server, which its first worker starts and its last one stops."""
    with database(Settings(home=run_home, database_url=external_url), say=print) as url:
        if external_url is None:
            _skip_disk_waits(url)
        yield url


@contextmanager
def template_database(
    server_url: str,
    run_home: Path,
    name: str,
    fill: Callable[[str], object],
    base: str = EMPTY,
) -> Iterator[str]:
    """The name of a database to copy: itself a copy of `base`, which `fill`, given its URL, fills
    once in a run.

    The worker that comes first makes it while the others wait; the one that leaves last drops it.
    Nobody may be connected to it, or PostgreSQL copies it to no one.
    """
    database_name = f"{run_home.name}_{name}".lower().replace("-", "_")
    with (run_home / f"{name}.users").open("a") as users:
        with turn(run_home, name):
            if _try_lock(users):
                _make(server_url, database_name, fill, base)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield database_name
        finally:
            with turn(run_home, name):
                if _try_lock(users):
                    with _maintenance(server_url) as cursor:
                        _drop(cursor, database_name)


@contextmanager
def new_database(server_url: str, template: str) -> Iterator[str]:
    """The owner's URL of a copy of `template`, dropped on leaving, whoever is still connected."""
    name = f"test_{uuid.uuid4().hex}"
    with _maintenance(server_url) as cursor:
        # PostgreSQL's other way writes each page to its log as well: twice the time of ours.
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield make_dsn(server_url, dbname=name)
        finally:
            _drop(cursor, name)


def _make(server_url: str, name: str, fill: Callable[[str], object], base: str) -> None:
    with _maintenance(server_url) as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {base}")
        try:
            fill(make_dsn(server_url, dbname=name))
        except BaseException:
            _drop(cursor, name)
            raise


def _drop(cursor: Cursor, name: str) -> None:
    cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _skip_disk_waits(server_url: str) -> None:
    # The data are thrown away after the run. What a statement sees is the same with and without.
    with _maintenance(server_url) as cursor:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"ALTER SYSTEM SET {setting} = off")
        # The log of all that is copied, too, may lie in memory.
        cursor.execute("ALTER SYSTEM SET max_wal_size = '512MB'")
        cursor.execute("SELECT pg_reload_conf()")


@contextmanager
def _maintenance(server_url: str) -> Iterator[Cursor]:
    """Of the server's database `postgres`, where each statement is a transaction of its own."""
    with closing(owner_connection(make_dsn(server_url, dbname="postgres"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


def _try_lock(file: TextIO) -> bool:
    """Whether nobody else holds the lock of the file."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
