"""Reads from streaming replicas while they are fresh, and from the primary while none is.

All reads of a worker go to one server at a time. Which version the data have is read there too, and
another server takes over only when it has replayed what such a version was read at: rows are never
older than the version by which caches know them. Whoever writes reads from the primary anyway.

How far a replica lags is told by positions in the primary's log, taken each second: by them an idle
primary has fresh replicas, no clocks are compared, and nothing is written.
"""

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Lock, Thread
from typing import Any, TypeVar

from psycopg2.errors import DeadlockDetected, ReadOnlySqlTransaction, SerializationFailure
from psycopg2.extensions import make_dsn, parse_dsn

from geo_api.database.connections import (
    DatabaseUnavailable,
    NoConnectionFree,
    Pool,
    PoolUsage,
    Statement,
    Values,
)
from geo_api.database.listening import Bell
from geo_api.database.prepared_statements import OfVersions
from geo_api.database.replica_probe import LOST, Probe, Seen, Trouble

PRIMARY = "primary"
READY = "ready"
BEHIND = "behind"
NO_REPLICA = "no replica"
UNKNOWN = "not asked yet"
_EVERY_S = 1.0
_PATIENCE_S = 2.0
_GOOD_ANSWERS = 2  # of one that comes back
_REMEMBERED = 3_600  # positions of the primary
# A standby ends what would hold up its replay, and can do nothing that a primary alone can.
_OF_STANDBYS = (SerializationFailure, DeadlockDetected, ReadOnlySqlTransaction)
_logger = logging.getLogger(__name__)
T = TypeVar("T")


def replica_urls(reader_url: str, named: str) -> tuple[str, ...]:
    """One for each host that `named` lists as libpq does (commas between), in what it leaves open
    as the reader. Raises psycopg2.Error."""
    reader, given = parse_dsn(reader_url), parse_dsn(named)
    several = {name: given.pop(name).split(",") for name in _OF_HOSTS if given.get(name)}
    given.pop("target_session_attrs", None)  # ours to judge, each second
    common = {name: value for name, value in reader.items() if name not in _OF_HOSTS} | given
    urls = []
    for number in range(max(map(len, several.values()), default=1)):
        of_host = {name: all[number] if len(all) > 1 else all[0] for name, all in several.items()}
        urls.append(make_dsn(**_IMPATIENT | common | of_host))
    return tuple(urls)


def place_of(url: str) -> str:
    """Host and port, for the log and who runs it."""
    parts = parse_dsn(url)
    return f"{parts.get('host') or parts.get('hostaddr')}:{parts.get('port') or 5432}"


_OF_HOSTS = ("host", "hostaddr", "port")
# A machine that has lost its power says nothing: TCP alone would wait for many minutes.
_IMPATIENT = {
    "tcp_user_timeout": "3000",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
}


@dataclass(frozen=True)
class Standing:
    """Of a replica, named by its number in the setting: its state in a word, by how many seconds
    it is behind where that is known, whether this worker reads from it, and how often it was left
    and come to."""

    name: str
    state: str
    lag_s: float | None
    serves: bool
    left: int
    joined: int


@dataclass(eq=False)
class _Replica:
    name: str
    place: str
    url: str
    rank: int
    pool: Pool
    state: str = UNKNOWN
    lag_s: float | None = None
    position: int = 0
    good: int = 0
    left: int = 0
    joined: int = 0


@dataclass
class _Positions:
    """Where the primary's log was when."""

    taken: deque[tuple[float, int]] = field(default_factory=partial(deque, maxlen=_REMEMBERED))

    def lag_s(self, position: int, now: float) -> float | None:
        """Since when at least the primary has what is after `position`; None where it never
        answered."""
        if not self.taken:
            return None
        first_missed = now
        for at, reached in reversed(self.taken):
            if reached <= position:
                break
            first_missed = at
        return now - first_missed


class ReplicatedReads:
    """See Reads: at most `size` connections to each replica of `urls`, which may be `most_lag_s`
    behind, and those of the pool of the `primary`."""

    def __init__(
        self, primary: Pool, urls: Sequence[str], size: int, most_lag_s: float = 10
    ) -> None:
        self._primary = primary
        self._most_lag_s = most_lag_s
        self._replicas = tuple(
            # Workers begin at different ones, so that each has its share.
            _Replica(
                f"replica {number + 1}",
                place_of(url),
                url,
                (number - os.getpid()) % len(urls),
                Pool(url, size, of_replica=True),
            )
            for number, url in enumerate(urls)
        )
        self._lock = Lock()
        self._active: _Replica | None = None
        self._floor = 0
        self._positions = _Positions()
        self._cluster: int | None = None
        self._primary_answers = True
        self._fingerprint: str | None = None
        self._bells: set[Bell] = set()
        self._ending = Event()
        watches = [(primary.url, self._primary_said, self._primary_silent)]
        for one in self._replicas:
            watches.append((one.url, partial(self._said, one), partial(self._silent, one)))
        self._threads = [Thread(target=self._watch, args=watch, daemon=True) for watch in watches]
        for thread in self._threads:
            thread.start()

    @property
    def url(self) -> str:
        """See Reads: of the server that is read from now."""
        active = self._active
        return self._primary.url if active is None else active.url

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        """See Reads."""
        asked = partial(Pool.fetch, statement=statement, values=values)
        return self._asked(asked, of_versions=isinstance(statement, OfVersions))

    def ping(self) -> str | None:
        """See Reads."""
        return self._asked(Pool.ping)

    def listen(self) -> Bell:
        """See Reads."""
        with self._lock:
            if self._active is None and not self._primary_answers:
                raise DatabaseUnavailable("no server answers")
            bell = Bell()
            self._bells = {one for one in self._bells if not one.closed} | {bell}
        return bell

    def usage(self) -> PoolUsage:
        """Of all servers together."""
        all = [self._primary.usage(), *(one.pool.usage() for one in self._replicas)]
        return PoolUsage(
            sum(one.size for one in all),
            sum(one.in_use for one in all),
            sum(one.waits for one in all),
            sum(one.waited_s for one in all),
        )

    def standings(self) -> tuple[Standing, ...]:
        """Of the replicas now."""
        with self._lock:
            return tuple(
                Standing(r.name, r.state, r.lag_s, r is self._active, r.left, r.joined)
                for r in self._replicas
            )

    @property
    def primary_answers(self) -> bool:
        """Whether it did when it was last asked."""
        return self._primary_answers

    def close(self) -> None:
        """Closes the connections that are free now, and watches no more."""
        self._ending.set()
        for thread in self._threads:
            thread.join()
        for pool in (self._primary, *(one.pool for one in self._replicas)):
            pool.close()

    def _asked(self, ask: Callable[[Pool], T], *, of_versions: bool = False) -> T:
        while True:
            replica = self._active
            try:
                found = ask(self._primary if replica is None else replica.pool)
            except NoConnectionFree:
                if replica is self._active:
                    raise
            except DatabaseUnavailable as problem:
                if replica is None:
                    raise
                self._leave_active(replica, str(problem))
            except _OF_STANDBYS as problem:
                if replica is None:
                    raise
                if not of_versions:
                    return ask(self._primary)  # which is never older
                self._leave_active(replica, str(problem))
            else:
                if not of_versions or self._accepts(replica, found):
                    return found

    def _leave_active(self, replica: _Replica, why: str) -> None:
        with self._lock:
            if replica is self._active:
                self._leave(replica, LOST, why)

    def _accepts(self, replica: _Replica | None, found: Any) -> bool:
        """Whether versions that were read may be believed: where another server is read from by
        now, it may be older than they. Whichever takes over later is not."""
        with self._lock:
            if replica is not self._active:
                return False
            self._floor = max(self._floor, found[0][-1])
            return True

    def _watch(
        self, url: str, said: Callable[[Seen, float], None], silent: Callable[[Trouble], None]
    ) -> None:
        with closing(Probe(url, _PATIENCE_S)) as probe:
            while True:
                began = time.monotonic()
                try:
                    seen = probe.ask()
                except Trouble as trouble:
                    with self._lock:
                        silent(trouble)
                else:
                    with self._lock:
                        said(seen, began)
                if self._ending.wait(max(0.0, began + _EVERY_S - time.monotonic())):
                    return

    def _primary_said(self, seen: Seen, asked_at: float) -> None:
        if not self._primary_answers:
            _logger.warning("the primary answers again")
        self._primary_answers = True
        self._cluster = seen.cluster
        self._positions.taken.append((asked_at, seen.position))
        if self._active is None:
            self._tell(seen.fingerprint)

    def _primary_silent(self, trouble: Trouble) -> None:
        if self._primary_answers:
            _logger.warning("the primary is %s: %s", trouble.state, trouble)
        self._primary_answers = False
        if self._active is None:
            self._fall_silent()

    def _said(self, replica: _Replica, seen: Seen, asked_at: float) -> None:
        replica.position = seen.position
        replica.lag_s = self._positions.lag_s(seen.position, asked_at)
        if not seen.is_replica or seen.cluster != (self._cluster or seen.cluster):
            replica.lag_s = None
            self._leave(replica, NO_REPLICA, "it is no replica of the primary")
        elif replica.lag_s is None:
            self._leave(replica, UNKNOWN, "the primary has not answered yet")
        elif replica.lag_s > self._most_lag_s:
            self._leave(replica, BEHIND, f"it is {replica.lag_s:.0f} s behind")
        else:
            replica.good += 1
            replica.state = READY if replica.good >= _GOOD_ANSWERS else replica.state
            if self._is_better(replica):
                self._join(replica)
            if replica is self._active:
                self._tell(seen.fingerprint)

    def _silent(self, replica: _Replica, trouble: Trouble) -> None:
        replica.lag_s = None
        self._leave(replica, trouble.state, str(trouble))

    def _is_better(self, replica: _Replica) -> bool:
        active = self._active
        is_due = replica.state == READY and replica.position >= self._floor
        return is_due and (active is None or replica.rank < active.rank)

    def _join(self, replica: _Replica) -> None:
        replica.joined += 1
        replica.pool.admit()
        self._active = replica
        self._fingerprint = None
        _logger.warning("reads go to %s (%s)", replica.name, replica.place)

    def _leave(self, replica: _Replica, state: str, why: str) -> None:
        if replica.state != state:
            why = why.strip().partition("\n")[0]
            _logger.warning("%s (%s) is %s: %s", replica.name, replica.place, state, why)
        replica.state, replica.good = state, 0
        if replica is not self._active:
            return
        replica.left += 1
        self._active, self._fingerprint = None, None
        # Others ask again elsewhere, instead of waiting for what may never come.
        replica.pool.bar()
        heirs = sorted(self._replicas, key=lambda one: one.rank)
        heir = next((one for one in heirs if self._is_better(one)), None)
        if heir is not None:
            self._join(heir)
        else:
            _logger.warning("reads go to the primary")
            if not self._primary_answers:
                self._fall_silent()
        self._ring()

    def _tell(self, fingerprint: str) -> None:
        if fingerprint != self._fingerprint:
            self._fingerprint = fingerprint
            self._ring()

    def _ring(self) -> None:
        for bell in self._bells:
            bell.ring()

    def _fall_silent(self) -> None:
        for bell in self._bells:
            bell.fall_silent()
        self._bells = set()
