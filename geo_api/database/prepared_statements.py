"""Connections that plan a statement once, and give texts as the bytes that they are passed on as.

Planning a statement over views and monthly partitions takes longer than running it; half a megabyte
of text decoded only to be encoded again takes a millisecond.
"""

import os
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from psycopg2 import Error
from psycopg2.extensions import BYTES, register_type
from psycopg2.extensions import connection as Connection
from psycopg2.sql import SQL, Composable, Composed, Identifier, Placeholder

from geo_api.database.sql import BACKEND, limit_statements

# Each holds its plan in the server's memory.
_AT_MOST = 64
EXPLAIN = SQL("EXPLAIN (FORMAT JSON) ")
_VALUE = re.compile(r"%\((\w+)\)s")


class _Marked(Composed):
    """A statement, with how it is to be asked."""

    def __init__(self, statement: Composed) -> None:
        super().__init__(statement.seq)


class Often(_Marked):
    """A statement asked so often that it is worth preparing; its values are all named ones."""


class Raw(_Marked):
    """A statement whose texts are wanted as bytes, in UTF-8."""


class OftenRaw(Often, Raw):
    """Both."""


class OfVersions(_Marked):
    """A statement that tells which version the data have, by which rows read after it are known."""


class Session(Connection):
    """A connection that remembers what it has prepared, by the statements' texts."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._prepared: dict[str, str] = {}
        self._pooled: bool | None = None

    @property
    def is_pooled(self) -> bool:
        """Whether a pooler is in between, which may hand each transaction to another process of the
        server: nothing of a session outlives a transaction then. It tells a process of its own."""
        if self._pooled is None:
            with self.cursor() as cursor:
                cursor.execute(BACKEND)
                self._pooled = cursor.fetchone() != (self.info.backend_pid,)
        return self._pooled

    def rows(
        self,
        statement: str | Composable,
        values: Mapping[str, Any] | None,
        timeout_ms: int | None = None,
    ) -> list[tuple[Any, ...]]:
        """All rows of one statement, which may take so long or, unless that is said, as long as the
        role's may; a time of its own needs a connection that commits by itself."""
        with self.cursor() as cursor:
            if isinstance(statement, Raw):
                register_type(BYTES, cursor)
            if isinstance(statement, Often) and not self.is_pooled:
                statement = self._execution(statement.as_string(self))
            if timeout_ms is not None:
                asked = SQL(statement) if isinstance(statement, str) else statement
                statement = limit_statements(timeout_ms) + SQL("; ") + asked
            cursor.execute(statement, values)
            return cursor.fetchall()

    def abandon(self) -> None:
        """Has the server stop what it does for us."""
        self.cancel()

    def hang_up(self) -> None:
        """Ends the connection also for a thread that waits for the server, which then raises. The
        server stops what it did within client_connection_check_interval (logins.sql)."""
        with suppress(OSError, Error), socket.socket(fileno=os.dup(self.fileno())) as shared:
            shared.shutdown(socket.SHUT_RDWR)

    def _execution(self, text: str) -> Composed:
        """The EXECUTE of a statement, which is prepared if it was not yet."""
        named = list(dict.fromkeys(_VALUE.findall(text)))
        if text not in self._prepared:
            self._prepare(text, named)
        given = SQL(" ({})").format(SQL(", ").join(map(Placeholder, named))) if named else SQL("")
        return SQL("EXECUTE {}{}").format(Identifier(self._prepared[text]), given)

    def _prepare(self, text: str, named: list[str]) -> None:
        with self.cursor() as cursor:
            if len(self._prepared) >= _AT_MOST:
                cursor.execute("DEALLOCATE ALL")
                self._prepared.clear()
            name = f"often_{len(self._prepared)}"
            numbered = _VALUE.sub(lambda found: f"${named.index(found[1]) + 1}", text)
            cursor.execute(f"PREPARE {name} AS {numbered.replace('%%', '%')}")
            self._prepared[text] = name


class ReplicaSession(Session):
    """To a server that may hang, which would keep waiting whoever asks it to cancel."""

    def abandon(self) -> None:
        """See Session."""
        self.hang_up()
