"""Work that several ask for at once and that is done once."""

import asyncio
from collections.abc import Callable, Coroutine


class Flights:
    """What is being made now, so that it is made once for all who ask."""

    def __init__(self) -> None:
        self._flying: dict[str, asyncio.Task[bytes]] = {}

    async def once(self, key: str, make: Callable[[], Coroutine[None, None, bytes]]) -> bytes:
        """What `make` gives, or who asked for the same `key` before is about to get."""
        flight = self._flying.get(key)
        if flight is None:
            flight = asyncio.create_task(make())
            self._flying[key] = flight
            flight.add_done_callback(lambda landed: self._land(key, landed))
        # Shielded: one who goes away takes the answer from nobody else.
        return await asyncio.shield(flight)

    def _land(self, key: str, flight: asyncio.Task[bytes]) -> None:
        del self._flying[key]
        if not flight.cancelled():
            flight.exception()  # asked for, since everybody who waited may have gone away
