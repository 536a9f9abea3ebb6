"""Remembers which file shows which day while no raster changes, so that tiles ask no database."""

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from geo_api.database.connections import Reads
from geo_api.http.dependencies import Service
from geo_api.rasters.days import Days
from geo_api.rasters.registry import VIEWS, Raster, raster, raster_layer
from layers.model import Layer

_MOST = 1024

Shown = tuple[Layer, Raster]


@dataclass
class _Memory:
    """What was found at one version of the data."""

    version: str
    found: dict[tuple[str, Days], Shown] = field(default_factory=dict)


# Of each database by itself; gone with its connections.
_MEMORIES: WeakKeyDictionary[Reads, _Memory] = WeakKeyDictionary()


def shown(service: Service, name: str, days: Days) -> Shown:
    """The layer, and the newest of its rasters of the days. Raises LayerNotFound and
    RasterNotFound."""
    known = service.watch.known()
    if known is None:
        return _ask(service, name, days)
    # Read before the database is asked: what is found may be newer than its version, never older.
    version = known.tag(VIEWS)
    memory = _MEMORIES.get(service.reads)
    if memory is None or memory.version != version or len(memory.found) >= _MOST:
        memory = _MEMORIES[service.reads] = _Memory(version)
    if (name, days) not in memory.found:
        memory.found[name, days] = _ask(service, name, days)
    return memory.found[name, days]


def _ask(service: Service, name: str, days: Days) -> Shown:
    layer = raster_layer(service.reads, service.layers, name)
    return layer, raster(service.reads, layer, days)
