"""A module per family of addresses; each has a `router` and is found from this folder, or from a
plugin's."""

from collections.abc import Iterator

from fastapi import APIRouter

from layers.plugins import extend, modules

extend(__path__, __name__)


def routers() -> Iterator[APIRouter]:
    """Every family's router, in the order of the modules' names."""
    for module in modules(__path__, __name__):
        router: APIRouter = module.router
        yield router
