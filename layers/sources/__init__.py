"""One module per provider; each declares SOURCE and is found from this folder or a plugin's. A
register (layers/registers) is a source too."""

from collections.abc import Mapping
from functools import cache

from layers.model import Source, register_source
from layers.plugins import extend, modules
from layers.registers import registers

extend(__path__, __name__)


class SourceNotFound(LookupError):
    """No source has the name that was asked for."""


@cache
def sources() -> Mapping[str, Source]:
    """Every source by name, in the order of their names."""
    found: list[Source] = [module.SOURCE for module in modules(__path__, __name__)]
    found += map(register_source, registers().values())
    return {source.name: source for source in sorted(found, key=lambda source: source.name)}


def source_named(name: str) -> Source:
    """Raises SourceNotFound, naming those there are."""
    if name not in sources():
        raise SourceNotFound(f"no source {name!r}; there are: {', '.join(sources())}")
    return sources()[name]
