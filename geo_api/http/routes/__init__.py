"""A module per family of addresses; each has a `router` and is found from this folder, or from a
plugin's."""

from collections.abc import Iterator

from fastapi import APIRouter

from layers.plugins import extend, modules

extend(__path__, __name__)


# An address is looked for in one family after the other: what is asked for most comes first.
_FIRST = ("items", "tiles", "raster_tiles", "near", "health")


def routers() -> Iterator[APIRouter]:
    """Every family's router: the busiest, then the others by the modules' names."""
    found = {one.__name__.rpartition(".")[2]: one for one in modules(__path__, __name__)}
    for name in (*_FIRST, *(one for one in found if one not in _FIRST)):
        router: APIRouter = found[name].router
        yield router
