"""How a server is asked that may hang: nothing here waits longer than it was told to."""

import select
import time
from dataclasses import dataclass
from typing import Any

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_READ
from psycopg2.extensions import connection as Connection

from geo_api.database.logins_sql import MAY_DO_TOO_MUCH
from geo_api.database.versions_sql import PROBE

LOST = "lost"
HUNG = "hung"
UNSAFE = "unsafe"
_APPLICATION = "fahsai replicas"


class Trouble(RuntimeError):
    """The server cannot be read from: `state` says in a word why."""

    def __init__(self, state: str, why: str) -> None:
        super().__init__(why)
        self.state = state


@dataclass(frozen=True)
class Seen:
    """What a server said: `is_replica` of the `cluster`, at `position` in its log; `fingerprint`
    changes with any data."""

    is_replica: bool
    cluster: int
    position: int
    fingerprint: str


class Probe:
    """A connection that is kept, and made anew where it is lost."""

    def __init__(self, url: str, patience_s: float) -> None:
        self._url = url
        self._patience_s = patience_s
        self._connection: Connection | None = None

    def ask(self) -> Seen:
        """Raises Trouble within the patience."""
        deadline = time.monotonic() + self._patience_s
        try:
            if self._connection is None:
                self._connection = psycopg2.connect(
                    self._url, async_=True, application_name=_APPLICATION
                )
                _wait(self._connection, deadline)
                self._require_safe(self._connection, deadline)
            return Seen(*_row(self._connection, PROBE, deadline))
        except psycopg2.Error as problem:
            self.close()
            raise Trouble(LOST, str(problem).strip().partition("\n")[0]) from None
        except Trouble:
            self.close()
            raise

    def close(self) -> None:
        """May be asked again all the same."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @staticmethod
    def _require_safe(connection: Connection, deadline: float) -> None:
        user, too_much = _row(connection, MAY_DO_TOO_MUCH, deadline)
        if too_much:
            raise Trouble(UNSAFE, f"{user} may become the owner of the data: name fahsai_reader")


def _row(connection: Connection, statement: str, deadline: float) -> tuple[Any, ...]:
    cursor = connection.cursor()
    cursor.execute(statement)
    _wait(connection, deadline)
    row: tuple[Any, ...] = cursor.fetchone() or ()
    return row


def _wait(connection: Connection, deadline: float) -> None:
    while (state := connection.poll()) != POLL_OK:
        left = deadline - time.monotonic()
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN if state == POLL_READ else select.POLLOUT)
        if left <= 0 or not poll.poll(left * 1000):
            raise Trouble(HUNG, "it does not answer in time")
