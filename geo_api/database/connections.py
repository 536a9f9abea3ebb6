"""Connections by log-in: the owner's, one at a time, and pools of the reader's and the writer's."""

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import make_dsn
from psycopg2.sql import Composable

from geo_api.database.listening import Listener, looking
from geo_api.database.migrations_sql import REBUILT_FINGERPRINT
from geo_api.database.prepared_statements import ReplicaSession, Session
from geo_api.database.sql import LISTEN, PING
from geo_api.database.statement_scope import current_scope
from geo_api.database.versions_sql import FINGERPRINT

READER = "fahsai_reader"
WRITER = "fahsai_writer"
STAFF = "fahsai_staff"
ACCOUNTS = "fahsai_accounts"
CONTACTS = "fahsai_contacts"
JOBS = "fahsai_jobs"
# Each owns nothing, may become nobody else, and has the rights that migrations and functions grant.
ROLES = (READER, WRITER, STAFF, ACCOUNTS, CONTACTS, JOBS)
_WAIT_S = 10
# Connection exceptions, and operator intervention but for a statement that was cancelled
# (PostgreSQL's appendix A).
_GOING = ("08", "57P")

# The owner's, as logins.sql has them of the others: options go through no pooler of connections.
_OWNER_OPTIONS = "-c timezone=UTC -c intervalstyle=iso_8601"
_NO_URL = "FAHSAI_DATABASE_URL cannot be read: write it as postgresql://user@host/name"

_CONNECT_S = 5
_REPLICA_CONNECT_S = 2  # there is another to go to

Statement = str | Composable
Values = Mapping[str, Any]


class DatabaseUnavailable(RuntimeError):
    """The database cannot be reached, or every connection stayed busy; worth asking again."""


class NoConnectionFree(DatabaseUnavailable):
    """The server may well answer; every connection of the pool stayed busy."""


def owner_connection(url: str) -> Session:
    """A connection that may change everything; times in UTC. Raises DatabaseUnavailable."""
    return _connect(url, options=_OWNER_OPTIONS)


def beside(connection: Connection) -> Session:
    """Another of the same log-in to the same database. Raises DatabaseUnavailable."""
    of = connection.info
    told = of.dsn_parameters | ({"password": of.password} if of.password else {})
    return _connect(make_dsn(**{name: value for name, value in told.items() if value}))


def session(url: str) -> Session:
    """A connection as whoever `url` names, as that role is set. Raises DatabaseUnavailable."""
    return _connect(url)


class Reads(Protocol):
    """Whatever answers read-only statements: the pool, or a test's own transaction."""

    @property
    def url(self) -> str:
        """The database as the reader logs in to it, for who needs a connection of its own."""
        ...

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        """All rows of one read-only statement."""
        ...

    def ping(self) -> str | None:
        """Whether the database answers now, by a connection that nothing else uses, and the
        fingerprint of its schema; None where that was never made. Raises DatabaseUnavailable."""
        ...

    def listen(self) -> Listener | None:
        """One of its own, to be closed by who asked, that hears when data change; None where nobody
        else sees what is read, as within a test's transaction."""
        ...


@dataclass(frozen=True)
class Transaction:
    """Statements with the writer's rights that take effect together, or not at all."""

    session: Session

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        """All rows of a SELECT, or of what a statement is RETURNING."""
        return self.session.rows(statement, values)

    def execute(self, statement: Statement, values: Values | None = None) -> int:
        """Runs a statement that gives no rows; how many it changed."""
        with self.session.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount


class Writes(Protocol):
    """Whatever takes what routes write: the pool, or a test's own transaction."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Committed at the end of the block, undone where the block raises."""
        ...


@dataclass(frozen=True)
class PrivateWrites:
    """Who reads and writes what is not for the public, each as a role of its own: `staff` see the
    cases that their credential opens, `accounts` knows who may sign in, `contacts` whom to answer.
    """

    staff: Writes
    accounts: Writes
    contacts: Writes


@dataclass(frozen=True)
class PoolUsage:
    """Of a pool's `size` connections those `in_use`, how often somebody had to wait for one, and
    for how many seconds all of them together."""

    size: int
    in_use: int
    waits: int
    waited_s: float


class Pool:
    """At most `size` connections of the reader, whom `url` names: it sees the schema `published`
    alone, and may become nobody else.

    `fetch` waits for a free connection, replaces one that has died, and raises DatabaseUnavailable
    when the server is gone, so that the next call finds it again by itself.

    SQLAlchemy's QueuePool does so too, but takes 30 µs more: 4 % of an answer of one feature.
    """

    def __init__(self, url: str, size: int, *, of_replica: bool = False) -> None:
        self.url = url
        connect = partial(_reader_connection, url, of_replica=of_replica)
        self._connections = _Connections(connect, size)
        self._reserved = _Connections(connect, 1)

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        """All rows of one read-only statement."""
        return _fetch(self._connections, statement, values)

    def ping(self) -> str | None:
        """See Reads."""
        fingerprint: str | None = _fetch(self._reserved, REBUILT_FINGERPRINT, None)[0][0]
        return fingerprint

    def listen(self) -> Listener:
        """See Reads. Raises DatabaseUnavailable."""
        opened = _reader_connection(self.url)
        if opened.is_pooled:  # who LISTENs through a pooler is told nothing
            opened.close()
            return looking(lambda: _fetch(self._reserved, FINGERPRINT, None))
        with _available(opened), opened.cursor() as cursor:
            cursor.execute(LISTEN)
        return opened

    def usage(self) -> PoolUsage:
        """But for the connection that `ping` has to itself."""
        return self._connections.usage()

    def bar(self) -> None:
        """Breaks off what is asked now, and lets nobody ask until `admit`: a server that hangs
        would keep all of them waiting."""
        self._connections.bar()
        self._reserved.bar()

    def admit(self) -> None:
        """Lets ask again."""
        self._connections.barred = self._reserved.barred = False

    def close(self) -> None:
        """Closes the connections that are free now."""
        self._connections.close()
        self._reserved.close()


class WritePool:
    """At most `size` connections of whom `url` names, who changes what was granted to that role.
    None is made before the first transaction.
    """

    def __init__(self, url: str, size: int) -> None:
        self._connections = _Connections(lambda: session(url), size)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """See Writes. Raises DatabaseUnavailable; when the server goes away during the commit,
        nobody knows whether it took effect."""
        with (
            self._connections.lease() as lease,
            _available(_living(lease)) as session,
            session,  # commits or rolls back, and leaves the connection open
        ):
            yield Transaction(session)

    def usage(self) -> PoolUsage:
        """How it is used now."""
        return self._connections.usage()

    def close(self) -> None:
        """Closes the connections that are free now."""
        self._connections.close()


@dataclass(eq=False)
class _Lease:
    """A place in the pool, with its connection: None where none was made yet or the last died."""

    connection: Session | None
    connect: Callable[[], Session]

    def renew(self) -> Session:
        """A new connection in the place of the former. Raises DatabaseUnavailable."""
        self.connection = self.connect()
        return self.connection


class _Connections:
    """At most `size` connections that `connect` makes when they are first needed."""

    def __init__(self, connect: Callable[[], Session], size: int) -> None:
        self._open = connect
        self.barred = False
        self._leases: set[_Lease] = set()
        self._free: queue.LifoQueue[Session | None] = queue.LifoQueue()
        self._size = size
        self._counting = threading.Lock()
        self._waits, self._waited_s = 0, 0.0
        for _ in range(size):
            self._free.put(None)

    @contextmanager
    def lease(self) -> Iterator[_Lease]:
        """Waits for a place that is free. Raises DatabaseUnavailable where none comes free."""
        lease = _Lease(self._take(), self._connect)
        with self._counting:
            self._leases.add(lease)
        try:
            yield lease
        finally:
            with self._counting:
                self._leases.discard(lease)
            last = lease.connection
            self._free.put(None if last is None or last.closed else last)

    def usage(self) -> PoolUsage:
        """At this moment."""
        with self._counting:
            in_use = self._size - self._free.qsize()
            return PoolUsage(self._size, in_use, self._waits, self._waited_s)

    def bar(self) -> None:
        """See Pool."""
        self.barred = True
        with self._counting:
            for lease in self._leases:
                if lease.connection is not None:
                    lease.connection.hang_up()
        self.close()

    def _connect(self) -> Session:
        if self.barred:
            raise DatabaseUnavailable("the server was left, since it does not answer")
        return self._open()

    def _take(self) -> Session | None:
        with contextlib.suppress(queue.Empty):
            return self._free.get_nowait()
        began = time.monotonic()
        try:
            return self._free.get(timeout=_WAIT_S)
        except queue.Empty:
            raise NoConnectionFree(f"no connection came free within {_WAIT_S} s") from None
        finally:
            with self._counting:
                self._waits += 1
                self._waited_s += time.monotonic() - began

    def close(self) -> None:
        """Closes the connections that are free now."""
        closed = 0
        with contextlib.suppress(queue.Empty):
            while True:
                free = self._free.get_nowait()
                closed += 1
                if free is not None:
                    free.close()
        for _ in range(closed):
            self._free.put(None)


def _fetch(
    connections: _Connections, statement: Statement, values: Values | None
) -> list[tuple[Any, ...]]:
    with connections.lease() as lease:
        if lease.connection is not None:
            try:
                return _rows(lease.connection, statement, values)
            except psycopg2.Error as problem:
                if not _is_lost(lease.connection, problem):
                    raise
        with _available(lease.renew()) as fresh:
            return _rows(fresh, statement, values)


def _rows(session: Session, statement: Statement, values: Values | None) -> list[tuple[Any, ...]]:
    scope = current_scope()
    if scope is None:
        return session.rows(statement, values)
    with scope.running(session):
        return session.rows(statement, values, scope.timeout_ms)


def _reader_connection(url: str, *, of_replica: bool = False) -> Session:
    connection = _connect(url, of_replica=of_replica)
    connection.autocommit = True
    return connection


def _living(lease: _Lease) -> Session:
    """The lease's connection, or another where the server has closed it: a transaction cannot be
    begun again once some of its statements have run."""
    if lease.connection is not None:
        try:
            lease.connection.rows(PING, None)
            lease.connection.rollback()
            return lease.connection
        except psycopg2.Error:
            lease.connection.close()
    return lease.renew()


@contextmanager
def _available(session: Session) -> Iterator[Session]:
    """Tells a server that went away from a statement that took too long."""
    try:
        yield session
    except psycopg2.Error as problem:
        if not _is_lost(session, problem):
            raise
        raise DatabaseUnavailable("the database went away") from problem


def _is_lost(session: Session, problem: psycopg2.Error) -> bool:
    """Whether the server, or its process for us, went away; the connection is then closed. It may
    still say so before, and what was on its way then may be an error of any class."""
    said = problem.pgcode or ""
    # What the server did not say is libpq's, of which psycopg2 makes no class of its own.
    if said.startswith(_GOING) or (not said and type(problem) is psycopg2.DatabaseError):
        session.close()
    return bool(session.closed)


def _connect(url: str, options: str | None = None, *, of_replica: bool = False) -> Session:
    try:
        return psycopg2.connect(
            url,
            connect_timeout=_REPLICA_CONNECT_S if of_replica else _CONNECT_S,
            application_name="fahsai",
            connection_factory=ReplicaSession if of_replica else Session,
            options=options,
        )
    except psycopg2.OperationalError as problem:
        raise DatabaseUnavailable(str(problem).strip()) from problem
    except (psycopg2.ProgrammingError, UnicodeError):
        # Its words would repeat the URL, password and all; `from` would keep them in a log.
        raise DatabaseUnavailable(_NO_URL) from None
