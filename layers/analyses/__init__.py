"""One module per analysis; each declares ANALYSIS and is found from this folder.

What an analysis computes is in the module of its name in `geo_api/analyses/`.
"""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache
from graphlib import TopologicalSorter

from layers.model import Analysis, Source
from layers.sources import source_named


class AnalysisNotFound(LookupError):
    """No analysis has the name that was asked for."""


@cache
def analyses() -> Mapping[str, Analysis]:
    """Every analysis by name, each after those whose tables it reads."""
    modules = (
        importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)
    )
    return _in_order({module.ANALYSIS.name: module.ANALYSIS for module in modules})


def analysis_named(name: str) -> Analysis:
    """Raises AnalysisNotFound, naming those there are."""
    if name not in analyses():
        raise AnalysisNotFound(f"no analysis {name!r}; there are: {', '.join(analyses())}")
    return analyses()[name]


def providers(names: Sequence[str]) -> list[Source]:
    """The sources among `names`, and those behind the analyses among them, each once."""
    found: dict[str, Source] = {}
    for name in names:
        if name in analyses():
            found |= {one.name: one for one in providers(analyses()[name].sources)}
        else:
            found[name] = source_named(name)
    return list(found.values())


def _in_order(found: Mapping[str, Analysis]) -> Mapping[str, Analysis]:
    """Raises CycleError where analyses read each other's tables in a circle."""
    read = {name: found[name].sources for name in sorted(found)}
    return {name: found[name] for name in TopologicalSorter(read).static_order() if name in found}
