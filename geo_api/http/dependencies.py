"""What routes are handed: what reads and writes the database, the layers, settings and clock."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request

from geo_api.database.connections import Reads, Writes
from geo_api.database.data_versions import Watch
from geo_api.exports.file_store import Shelf
from geo_api.features.cursors import secret_of
from geo_api.http.caching.code_fingerprint import program
from geo_api.http.caching.recent_requests import Recent
from geo_api.http.caching.single_flight import Flights
from geo_api.http.caching.store import Cache
from geo_api.http.streaming import Downloads
from geo_api.settings import Settings
from layers.model import Layer, LayerNotFound


@dataclass(frozen=True)
class Service:
    """`now` gives the present in UTC."""

    reads: Reads
    writes: Writes
    settings: Settings
    layers: Mapping[str, Layer]
    now: Callable[[], datetime]
    flights: Flights = field(init=False, default_factory=Flights)
    recent: Recent = field(init=False, default_factory=Recent)

    @cached_property
    def watch(self) -> Watch:
        """Which version of the data there is."""
        return Watch(self.reads)

    @cached_property
    def cache(self) -> Cache:
        """Answers made before, of the workers of this home."""
        return Cache(self.settings.home / "cache")

    @cached_property
    def downloads(self) -> Downloads:
        """The downloads that this worker serves now."""
        return Downloads(self.settings.home / "downloads")

    @cached_property
    def shelf(self) -> Shelf:
        """Whole downloads made before, of the workers of this home."""
        return Shelf(self.settings.home / "kept-downloads")

    @cached_property
    def secret(self) -> bytes:
        """What cursors are signed with."""
        return secret_of(self.settings)

    @cached_property
    def edition(self) -> str:
        """Of the answers: another program, or a secret of other cursors, would give others."""
        return hmac.digest(self.secret, program(), "sha256").hex()[:18]

    @property
    def collections(self) -> dict[str, Layer]:
        """The layers that have features."""
        return {name: layer for name, layer in self.layers.items() if not layer.raster}

    def collection(self, name: str) -> Layer:
        """Raises LayerNotFound, naming those there are."""
        layer = self.layers.get(name)
        if layer is None or layer.raster:
            raise LayerNotFound(f"no collection {name!r}; there are: {', '.join(self.collections)}")
        return layer


# A coroutine, since FastAPI would take a thread for a plain function.
async def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Served = Annotated[Service, Depends(_service)]


async def _writes(service: Served) -> Writes:
    return service.writes


# For routes that write. They are plain functions: a coroutine would wait for the database itself.
Writing = Annotated[Writes, Depends(_writes)]
