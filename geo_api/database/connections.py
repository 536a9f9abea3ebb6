"""Connections: the owner's, one at a time, and a pool of reader's that waits when it is empty."""

import contextlib
import queue
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.sql import Composable

from geo_api.database.prepared_statements import Session

READER = "fahsai_reader"
_WAIT_S = 10
_STATEMENT_TIMEOUT_MS = 30_000

# How values are written as text: times in UTC, durations as in ISO 8601.
_TEXT_OPTIONS = "-c timezone=UTC -c intervalstyle=iso_8601"
_NO_URL = "FAHSAI_DATABASE_URL cannot be read: write it as postgresql://user@host/name"

Statement = str | Composable
Values = Mapping[str, Any]


class DatabaseUnavailable(RuntimeError):
    """The database cannot be reached, or every connection stayed busy; worth asking again."""


def owner_connection(url: str) -> Session:
    """A connection that may change everything; times in UTC. Raises DatabaseUnavailable."""
    return _connect(url, _TEXT_OPTIONS)


class Reads(Protocol):
    """Whatever answers read-only statements: the pool, or a test's own transaction."""

    @property
    def url(self) -> str:
        """The database, for who needs a connection of its own."""
        ...

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        """All rows of one read-only statement."""
        ...

    def listen(self) -> Connection | None:
        """A connection of its own, to be closed by who asked, that hears when data change; None
        where nobody else sees what is read, as within a test's transaction."""
        ...


class Pool:
    """At most `size` connections with the reader's rights: they see the schema `published` alone.

    `fetch` waits for a free connection, replaces one that has died, and raises DatabaseUnavailable
    when the server is gone, so that the next call finds it again by itself.
    """

    def __init__(self, url: str, size: int) -> None:
        self.url = url
        # A place holds a connection, or None where none was made yet or the last one died.
        self._places: queue.LifoQueue[Session | None] = queue.LifoQueue()
        for _ in range(size):
            self._places.put(None)

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        """All rows of one read-only statement."""
        with self._place() as (held, keep):
            if held is not None:
                try:
                    return held.rows(statement, values)
                except (psycopg2.OperationalError, psycopg2.InterfaceError):
                    # A time-out leaves the connection alive; a lost server does not.
                    if not held.closed:
                        raise
            fresh = keep(_reader_connection(self.url))
            try:
                return fresh.rows(statement, values)
            except (psycopg2.OperationalError, psycopg2.InterfaceError) as problem:
                if not fresh.closed:
                    raise
                raise DatabaseUnavailable("the database went away") from problem

    def listen(self) -> Connection:
        """See Reads. Raises DatabaseUnavailable."""
        opened = _reader_connection(self.url)
        _run(opened, "LISTEN data_version")
        return opened

    def close(self) -> None:
        """Closes the connections that are free now."""
        with contextlib.suppress(queue.Empty):
            while True:
                held = self._places.get_nowait()
                if held is not None:
                    held.close()

    @contextmanager
    def _place(self) -> Iterator[tuple[Session | None, Callable[[Session], Session]]]:
        try:
            held = self._places.get(timeout=_WAIT_S)
        except queue.Empty:
            raise DatabaseUnavailable(f"no connection came free within {_WAIT_S} s") from None
        left = [held]

        def keep(connection: Session) -> Session:
            left[0] = connection
            return connection

        try:
            yield held, keep
        finally:
            last = left[0]
            self._places.put(None if last is None or last.closed else last)


def reader_options(statement_timeout_ms: int) -> str:
    """Options of a session that reads what is published and no more."""
    # `-c role` is the session's default role, so that RESET ROLE stays with the reader. Parallel
    # plans cost more than they give when many small requests share two cores.
    return (
        f"-c role={READER} {_TEXT_OPTIONS} -c default_transaction_read_only=on -c jit=off"
        f" -c max_parallel_workers_per_gather=0 -c statement_timeout={statement_timeout_ms}"
    )


def _reader_connection(url: str) -> Session:
    connection = _connect(url, reader_options(_STATEMENT_TIMEOUT_MS))
    connection.autocommit = True
    return connection


def _connect(url: str, options: str) -> Session:
    try:
        return psycopg2.connect(
            url,
            options=options,
            connect_timeout=5,
            application_name="fahsai",
            connection_factory=Session,
        )
    except psycopg2.OperationalError as problem:
        raise DatabaseUnavailable(str(problem).strip()) from problem
    except (psycopg2.ProgrammingError, UnicodeError):
        # Its words would repeat the URL, password and all; `from` would keep them in a log.
        raise DatabaseUnavailable(_NO_URL) from None


def _run(connection: Connection, statement: Statement) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except psycopg2.OperationalError as problem:
        raise DatabaseUnavailable("the database went away") from problem
