"""A module per family of addresses; each has a `router` and is found from this folder."""

import importlib
import pkgutil
from collections.abc import Iterator

from fastapi import APIRouter


def routers() -> Iterator[APIRouter]:
    """Every family's router, in the order of the modules' names."""
    for module in pkgutil.iter_modules(__path__):
        router: APIRouter = importlib.import_module(f"{__name__}.{module.name}").router
        yield router
