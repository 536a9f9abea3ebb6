"""What every test may ask for: a PostGIS, a home for one, and the real provider files."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import (
    ACCOUNTS,
    CONTACTS,
    READER,
    STAFF,
    WRITER,
    Pool,
    PrivateWrites,
    Reads,
    Statement,
    Transaction,
    Values,
    Writes,
    owner_connection,
)
from geo_api.database.logins import login_url
from geo_api.database.migrations import migrate
from geo_api.database.migrations_sql import REBUILT_FINGERPRINT
from geo_api.database.prepared_statements import Session
from geo_api.settings import Settings
from tests import databases, homes
from tests.databases import EMPTY, new_database, template_database
from tests.homes import new_home, temporary_home
from tests.serving import service

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
# Each worker holds up to ten of the server's 60 connections.
MOST_WORKERS = 5
# The same cases in every run, and none is timed, for workers share the processors.
hypothesis.settings.register_profile("suite", database=None, deadline=None, derandomize=True)
hypothesis.settings.load_profile("suite")
RUN_HOME = pytest.StashKey[Path]()
WORKER_RUN_HOME = "run_home"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many `-n auto` are: one more than processors, for tests wait for servers and browsers."""
    return min(len(os.sched_getaffinity(0)) + 1, MOST_WORKERS)


def pytest_configure(config: pytest.Config) -> None:
    """The main process makes the folder of the run, and its workers are told of it."""
    told = getattr(config, "workerinput", None)
    config.stash[RUN_HOME] = Path(told[WORKER_RUN_HOME]) if told else new_home()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """xdist's, for each worker that the main process starts."""
    node.workerinput[WORKER_RUN_HOME] = str(node.config.stash[RUN_HOME])


def pytest_collection_finish() -> None:
    """What was imported and collected is there until the end: Python need not look for garbage
    in it again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The main process ends after its workers."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(config.stash[RUN_HOME])


@pytest.fixture(scope="session")
def run_home(pytestconfig: pytest.Config) -> Path:
    """The folder that the workers of a run share."""
    return pytestconfig.stash[RUN_HOME]


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    """Settings of all tests of a worker; the home is the worker's own."""
    with temporary_home() as home:
        yield Settings(home=home)


@pytest.fixture(scope="session")
def database_url(run_home: Path) -> Iterator[str]:
    """The owner's URL of a running, unmigrated database; FAHSAI_TEST_DATABASE_URL names another."""
    with databases.server(run_home, os.environ.get("FAHSAI_TEST_DATABASE_URL")) as url:
        yield url


@pytest.fixture(scope="session")
def template(database_url: str, run_home: Path) -> Iterator[str]:
    """The name of a migrated database to copy; nobody connects to it."""
    with template_database(database_url, run_home, "migrated", migrate) as name:
        yield name


@pytest.fixture(scope="session")
def migrated_url(database_url: str, template: str) -> Iterator[str]:
    """The owner's URL of an empty database with every migration and view; keep it empty."""
    with new_database(database_url, template) as url:
        yield url


@pytest.fixture
def empty_url(database_url: str) -> Iterator[str]:
    """The owner's URL of a database that nothing was done to yet."""
    with new_database(database_url, EMPTY) as url:
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


@pytest.fixture(scope="module")
def module_url(database_url: str, template: str) -> Iterator[str]:
    """The owner's URL of a migrated database of a module's own: one fixture fills it, and then its
    tests only read."""
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
        self.url = login_url(connection.dsn, READER)

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(f"SAVEPOINT reads; SET LOCAL ROLE {READER}")
            try:
                return self._connection.rows(statement, values)
            finally:
                # Gives the owner's role back, and clears an error.
                cursor.execute("ROLLBACK TO SAVEPOINT reads")

    def ping(self) -> str | None:
        fingerprint: str | None = self.fetch(REBUILT_FINGERPRINT)[0][0]
        return fingerprint

    def listen(self) -> None:
        return None


@pytest.fixture
def reads(connection: Session) -> Reads:
    """Sees the schema `published` alone, with what the test has written and not committed."""
    return _TransactionReads(connection)


class _TransactionWrites:
    """Writes with a role's rights inside a test's own transaction, which is rolled back."""

    def __init__(self, connection: Session, role: str) -> None:
        self._connection = connection
        self._role = role

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._connection.cursor() as cursor:
            cursor.execute(f"SAVEPOINT writes; SET LOCAL ROLE {self._role}")
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
    return _TransactionWrites(connection, WRITER)


@pytest.fixture
def private(connection: Session) -> PrivateWrites:
    """What staff, and who signs them in and answers people, read and write, among the same."""
    roles = (STAFF, ACCOUNTS, CONTACTS)
    return PrivateWrites(*(_TransactionWrites(connection, role) for role in roles))


@pytest.fixture
def owner(connection: Session) -> Writes:
    """What the command line reads and writes, among the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text")
        [(name,)] = cursor.fetchall()
    return _TransactionWrites(connection, name)


@pytest.fixture
def client(
    reads: Reads, writes: Writes, private: PrivateWrites, settings: Settings
) -> Iterator[TestClient]:
    """A browser of the service over the test's own rows."""
    with TestClient(create_app(reads, settings, writes=writes, private=private)) as opened:
        yield opened


@pytest.fixture
def fresh_reads(fresh_url: str) -> Iterator[Reads]:
    """Sees what is committed to the database of `fresh`."""
    pool = Pool(login_url(fresh_url, READER), 1)
    yield pool
    pool.close()


@pytest.fixture
def server_url(fresh_url: str, settings: Settings) -> Iterator[str]:
    """The address of a service over the database of `fresh`."""
    with service(fresh_url, settings) as address:
        yield address


@pytest.fixture(scope="session")
def empty_address(migrated_url: str, settings: Settings) -> Iterator[str]:
    """The address of a service over the empty database; for tests that ask for no rows."""
    with service(migrated_url, settings) as address:
        yield address


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty FAHSAI_HOME of one test's own."""
    with temporary_home() as path:
        yield path


@pytest.fixture
def migrated_home(home: Path, run_home: Path) -> Path:
    """A FAHSAI_HOME of one test's own whose database is made and migrated, and does not run."""
    homes.copy_home(homes.migrated_home(run_home), home)
    return home


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real provider files beside the repository; the test is skipped without it."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the real provider files are not on this machine: no folder {SHARED_DATA}")
    return SHARED_DATA
