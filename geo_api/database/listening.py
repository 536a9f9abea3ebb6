"""What hears that data change: a connection that LISTENs, or a bell where nobody can.

A replica hears no notices, and a pooler gives the connection that would to somebody else.
"""

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any, Protocol

from psycopg2 import Error

_LOOKS_EVERY_S = 1.0


class Listener(Protocol):
    """What hears that data change: a connection, or another that looks and tells."""

    @property
    def closed(self) -> bool | int:
        """Whether it hears nothing any more."""
        ...

    @property
    def notifies(self) -> list[Any]:
        """What was heard."""
        ...

    def fileno(self) -> int:
        """Of what can be read from as soon as there is something to hear."""
        ...

    def poll(self) -> object:
        """Takes in what there is to hear. May raise psycopg2.Error."""
        ...

    def close(self) -> None:
        """Hears no more."""
        ...


class Bell:
    """Rung from any thread by who has looked and seen that data changed."""

    def __init__(self) -> None:
        self._heard, self._rung = socket.socketpair()
        self._heard.setblocking(False)
        self._rung.setblocking(False)
        self.notifies: list[Any] = []
        self.closed = False

    def ring(self) -> None:
        """Once is as good as often."""
        with suppress(OSError):
            self._rung.send(b".")

    def fall_silent(self) -> None:
        """Nobody looks any more: what was known is not to be believed."""
        self.closed = True
        self.ring()

    def fileno(self) -> int:
        """See Listener."""
        return self._heard.fileno()

    def poll(self) -> object:
        """See Listener."""
        with suppress(OSError):
            return self._heard.recv(4096)
        return None

    def close(self) -> None:
        """See Listener."""
        self.closed = True
        self._heard.close()
        self._rung.close()

    def __del__(self) -> None:
        # Of an application that has ended nobody closes what it listened to.
        self.close()


def looking(fingerprint: Callable[[], object]) -> Bell:
    """One that a thread rings within a second of another fingerprint, until it is closed or the
    database cannot be asked."""
    bell = Bell()

    def look() -> None:
        known: object = None
        while not bell.closed:
            try:
                found = fingerprint()
            except (Error, RuntimeError):  # as DatabaseUnavailable
                bell.fall_silent()
                return
            if found != known:
                known = found
                bell.ring()
            time.sleep(_LOOKS_EVERY_S)

    Thread(target=look, daemon=True).start()
    return bell
