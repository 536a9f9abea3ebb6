"""Which version of its data each layer shows, known without asking as long as the database tells.

Whoever changes rows changes the version in the same transaction and notifies us when it commits.
Between that and the notice, a moment, a worker may still answer as before.
"""

import asyncio
import math
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from psycopg2 import Error
from psycopg2.extensions import connection as Connection
from starlette.concurrency import run_in_threadpool

from geo_api.database import sql
from geo_api.database.connections import DatabaseUnavailable, Reads
from geo_api.database.listening import Listener
from geo_api.database.versions_sql import VERSIONS

# A lost notice, which no error reports, is made good after so long.
_BELIEVED_S = 30
_LISTEN_AGAIN_S = 5


@dataclass(frozen=True)
class DataVersions:
    """What is known at one moment, by the names of published views; `simulated` says whether the
    database holds the demo's rows, and `simulated_views` are those that show any."""

    schema: str
    simulated: bool
    simulated_views: frozenset[str]
    versions: Mapping[str, str]
    changed_at: Mapping[str, datetime]
    _tags: dict[tuple[str, ...], str] = field(init=False, default_factory=dict, compare=False)

    def tag(self, views: Sequence[str]) -> str:
        """Short text that changes whenever what `views` show does."""
        read = tuple(views)
        tag = self._tags.get(read)
        if tag is None:
            shown = [self.schema, str(self.simulated), *(self.versions[name] for name in read)]
            tag = blake2b("\n".join(shown).encode(), digest_size=9).hexdigest()
            self._tags[read] = tag
        return tag


def fetch_data_versions(reads: Reads) -> DataVersions:
    """Asks the database."""
    [(schema, simulated, views, versions, changed_at, _)] = reads.fetch(VERSIONS)
    times = {name: datetime.fromisoformat(t) for name, t in changed_at.items() if t}
    return DataVersions(schema, simulated, frozenset(views), versions, times)


def refresh_materialized_view(connection: Connection, name: str) -> None:
    """Computes a materialized view anew, with what `connection` (the owner's) has not committed
    yet, and changes the version of what shows it, when that commits. It must have a unique index:
    readers then see the former rows until the commit, and need not wait.

    Whoever refreshes one by other means must call bump_data_version('name') in the same
    transaction: without it caches and ETags hold on to the former rows until the next change.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.IS_POPULATED, {"table": name})
        (populated,) = cursor.fetchone() or (False,)
        cursor.execute(sql.refresh(name, concurrently=populated))
        cursor.execute(sql.BUMP_DATA_VERSION, {"table": name})


class DataVersionWatch:
    """The versions for the coroutines of one event loop; threads may ask for `current` too."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._current: DataVersions | None = None
        self._last: DataVersions | None = None
        self._read_at = 0.0
        self._notices = 0
        self._connection: Listener | None = None
        # One of our own for the connection's socket: libpq closes its own as soon as the server is
        # gone, and whoever opens something next, as a client's connection, has the same number.
        self._descriptor = -1
        self._tried_at = -float(_LISTEN_AGAIN_S)

    @property
    def listening(self) -> bool:
        """Whether what is kept by version can be given without asking the database first."""
        return self._connection is not None

    @property
    def last_known(self) -> DataVersions | None:
        """However old it is; None where nothing was read yet."""
        return self._last

    def current(self) -> DataVersions | None:
        """None where the database must be asked."""
        fresh = self.listening and time.monotonic() - self._read_at < _BELIEVED_S
        return self._current if fresh else None

    async def latest(self) -> DataVersions:
        """As known, or as the database says. Raises DatabaseUnavailable."""
        current = self.current()
        if current:
            return current
        if self._connection is None:
            await self._listen()
        listening, notices, began = self.listening, self._notices, time.monotonic()
        found = await run_in_threadpool(fetch_data_versions, self._reads)
        self._last = found
        # A change noticed meanwhile may not be in it, nor one before anybody listened.
        if listening and notices == self._notices:
            self._current, self._read_at = found, began
        return found

    def close(self) -> None:
        """Stops listening."""
        if self._connection is not None:
            connection, self._connection, self._current = self._connection, None, None
            asyncio.get_running_loop().remove_reader(self._descriptor)
            os.close(self._descriptor)
            connection.close()

    async def _listen(self) -> None:
        if time.monotonic() - self._tried_at < _LISTEN_AGAIN_S:
            return
        self._tried_at = math.inf  # one at a time, however long it takes
        try:
            connection = await run_in_threadpool(self._reads.listen)
        except DatabaseUnavailable:
            return
        finally:
            self._tried_at = time.monotonic()
        if connection is not None:
            self._connection, self._descriptor = connection, os.dup(connection.fileno())
            asyncio.get_running_loop().add_reader(self._descriptor, self._hear)

    def _hear(self) -> None:
        assert self._connection is not None
        self._notices += 1
        self._current = None
        with suppress(Error):
            self._connection.poll()
            self._connection.notifies.clear()
            if not self._connection.closed:
                return
        self.close()
