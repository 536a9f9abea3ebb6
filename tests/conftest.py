"""What every test may ask for: a PostGIS, a home for one, and the real provider files."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2.extensions
import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import make_dsn

from geo_api.app import create_app
from geo_api.database.connections import (
    READER,
    WRITER,
    Pool,
    Reads,
    Statement,
    Transaction,
    Values,
    Writes,
    owner_connection,
)
from geo_api.database.embedded.cluster import database
from geo_api.database.migrations import migrate
from geo_api.database.prepared_statements import Session
from geo_api.settings import Settings
from tests.serving import serving

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    """Settings of the whole run; FAHSAI_TEST_DATABASE_URL names a server to use instead."""
    with _temporary_home() as home:
        yield Settings(home=home, database_url=os.environ.get("FAHSAI_TEST_DATABASE_URL"))


@pytest.fixture(scope="session")
def database_url(settings: Settings) -> Iterator[str]:
    """The owner's URL of a running, unmigrated database."""
    with database(settings, say=print) as url:
        yield url


@pytest.fixture(scope="session")
def template(database_url: str) -> Iterator[str]:
    """The name of a migrated database to copy; nobody connects to it."""
    with new_database(database_url, "template0") as url:
        migrate(url)
        yield psycopg2.extensions.parse_dsn(url)["dbname"]


@pytest.fixture(scope="session")
def migrated_url(database_url: str, template: str) -> Iterator[str]:
    """The owner's URL of an empty database with every migration and view; keep it empty."""
    with new_database(database_url, template) as url:
        yield url


@pytest.fixture
def empty_url(database_url: str) -> Iterator[str]:
    """The owner's URL of a database that nothing was done to yet."""
    with new_database(database_url, "template0") as url:
        yield url


@pytest.fixture
def connection(migrated_url: str) -> Iterator[Session]:
    """The owner's connection to the empty database; whatever a test writes is rolled back."""
    opened = owner_connection(migrated_url)
    yield opened
    opened.rollback()
    opened.close()


@pytest.fixture
def fresh_url(database_url: str, template: str) -> Iterator[str]:
    """The owner's URL of a migrated database of one test's own, where it may commit."""
    with new_database(database_url, template) as url:
        yield url


@pytest.fixture
def fresh(fresh_url: str) -> Iterator[Connection]:
    """The owner's connection to a database of one test's own, where it may commit."""
    opened = owner_connection(fresh_url)
    yield opened
    opened.close()


class _TransactionReads:
    """Reads with the reader's rights inside a test's own transaction, and so its rows too."""

    def __init__(self, connection: Session) -> None:
        self._connection = connection
        self.url = connection.dsn

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(f"SAVEPOINT reads; SET LOCAL ROLE {READER}")
            try:
                return self._connection.rows(statement, values)
            finally:
                # Gives the owner's role back, and clears an error.
                cursor.execute("ROLLBACK TO SAVEPOINT reads")

    def listen(self) -> None:
        return None


@pytest.fixture
def reads(connection: Session) -> Reads:
    """Sees the schema `published` alone, with what the test has written and not committed."""
    return _TransactionReads(connection)


class _TransactionWrites:
    """Writes with the writer's rights inside a test's own transaction, which is rolled back."""

    def __init__(self, connection: Session) -> None:
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._connection.cursor() as cursor:
            cursor.execute(f"SAVEPOINT writes; SET LOCAL ROLE {WRITER}")
            try:
                yield Transaction(self._connection)
            except BaseException:
                # Gives the owner's role back too.
                cursor.execute("ROLLBACK TO SAVEPOINT writes")
                raise
            cursor.execute("RESET ROLE; RELEASE SAVEPOINT writes")


@pytest.fixture
def writes(connection: Session) -> Writes:
    """What routes write, among what the test has written and not committed."""
    return _TransactionWrites(connection)


@pytest.fixture
def client(reads: Reads, writes: Writes, settings: Settings) -> Iterator[TestClient]:
    """A browser of the service over the test's own rows."""
    with TestClient(create_app(reads, settings, writes=writes)) as opened:
        yield opened


@pytest.fixture
def fresh_reads(fresh_url: str) -> Iterator[Reads]:
    """Sees what is committed to the database of `fresh`."""
    pool = Pool(fresh_url, 1)
    yield pool
    pool.close()


@pytest.fixture
def server_url(fresh_url: str, settings: Settings) -> Iterator[str]:
    """The address of a service over the database of `fresh`."""
    pool = Pool(fresh_url, 4)
    with serving(create_app(pool, settings)) as address:
        yield address
    pool.close()


@contextmanager
def new_database(url: str, template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    opened = owner_connection(make_dsn(url, dbname="postgres"))
    opened.autocommit = True
    with opened.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield make_dsn(url, dbname=name)
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    opened.close()


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty FAHSAI_HOME of one test's own."""
    with _temporary_home() as path:
        yield path


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real provider files beside the repository; the test is skipped without it."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the real provider files are not on this machine: no folder {SHARED_DATA}")
    return SHARED_DATA


@contextmanager
def _temporary_home() -> Iterator[Path]:
    # Not tmp_path: pytest closes that to other users, and root's PostgreSQL runs as another one.
    path = Path(tempfile.mkdtemp(prefix="fahsai-test-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path)
