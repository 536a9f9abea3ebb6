"""One module per provider; each declares SOURCE and is found from this folder."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from layers.model import Source


class SourceNotFound(LookupError):
    """No source has the name that was asked for."""


@cache
def sources() -> Mapping[str, Source]:
    """Every source by name, in the order of their names."""
    modules = (
        importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)
    )
    found: list[Source] = [module.SOURCE for module in modules]
    return {source.name: source for source in sorted(found, key=lambda source: source.name)}


def source_named(name: str) -> Source:
    """Raises SourceNotFound, naming those there are."""
    if name not in sources():
        raise SourceNotFound(f"no source {name!r}; there are: {', '.join(sources())}")
    return sources()[name]
