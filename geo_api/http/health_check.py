"""Whether the database answers, asked once for all who ask at the same time."""

import asyncio
from functools import cached_property

import anyio

from geo_api.database.connections import Reads
from geo_api.database.migrations import require_schema
from geo_api.database.statement_scope import context_of_all


class HealthCheck:
    """Has a thread and a connection of its own, for who looks after us must hear that we live also
    when all others are taken."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._asking: asyncio.Task[str | None] | None = None

    async def __call__(self) -> str | None:
        """The fingerprint of the schema that answers. Raises DatabaseUnavailable."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask(), context=context_of_all())
        return await asyncio.shield(self._asking)

    async def require_ready(self) -> None:
        """Raises DatabaseUnavailable, and NotMigrated where the schema is of another version."""
        found = await self()
        await anyio.to_thread.run_sync(require_schema, found, limiter=self._own)

    async def _ask(self) -> str | None:
        return await anyio.to_thread.run_sync(self._reads.ping, limiter=self._own)

    @cached_property
    def _own(self) -> anyio.CapacityLimiter:
        return anyio.CapacityLimiter(1)
