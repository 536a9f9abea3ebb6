"""Work that several ask for at once and that is done once."""

import asyncio
from collections.abc import Callable, Coroutine


class SingleFlight:
    """What is being made now, so that it is made once for all who ask."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[bytes]] = {}

    async def run(self, key: str, make: Callable[[], Coroutine[None, None, bytes]]) -> bytes:
        """What `make` gives, or who asked for the same `key` before is about to get."""
        task = self._tasks.get(key)
        if task is None:
            task = asyncio.create_task(make())
            self._tasks[key] = task
            task.add_done_callback(lambda done: self._forget(key, done))
        # Shielded: one who goes away takes the answer from nobody else.
        return await asyncio.shield(task)

    def _forget(self, key: str, task: asyncio.Task[bytes]) -> None:
        del self._tasks[key]
        if not task.cancelled():
            task.exception()  # asked for, since everybody who waited may have gone away
