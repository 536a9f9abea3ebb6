"""What one piece of work asks of the database: how long a statement of it may take, and whether
anybody still waits for it.

It is found by way of the context, which threads inherit: between a request and its statements lie
functions that know of neither.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context
from threading import Lock

from geo_api.database.prepared_statements import Session

_current: ContextVar["StatementScope | None"] = ContextVar("statement_scope", default=None)


class Abandoned(RuntimeError):
    """Nobody waits any more for what a statement would tell."""


class StatementScope:
    """May be used from several threads; without a time limit of its own the role's holds."""

    def __init__(self, timeout_ms: int | None = None) -> None:
        self.timeout_ms = timeout_ms
        self._lock = Lock()
        self._running: set[Session] = set()
        self._abandoned = False

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Statements of the block, and of what it starts, are of this scope."""
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)

    def context(self) -> Context:
        """A copy of the present one, for a task of this scope."""
        copied = copy_context()
        copied.run(_current.set, self)
        return copied

    @contextmanager
    def running(self, session: Session) -> Iterator[None]:
        """Around a statement; its connection is closed where it was cancelled, so that the word of
        it never reaches the next statement. Raises Abandoned."""
        with self._lock:
            if self._abandoned:
                raise Abandoned
            self._running.add(session)
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(session)
                if self._abandoned:
                    session.close()

    def abandon(self) -> None:
        """Cancels what runs, for which it asks the server, and lets nothing more begin."""
        with self._lock:
            self._abandoned = True
            for session in self._running:
                session.abandon()


def context_of_all() -> Context:
    """A copy of the present one without the scope of whoever asks, for a task that answers others
    too: one who goes away takes the answer from nobody else."""
    copied = copy_context()
    copied.run(_current.set, None)
    return copied


def current_scope() -> StatementScope | None:
    """That of whoever asks, if there is one."""
    return _current.get()
