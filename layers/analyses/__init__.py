"""One module per analysis; each declares ANALYSIS and is found from this folder or
a plugin's.

What an analysis computes is in the module of its name in `geo_api/analyses/`.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from graphlib import TopologicalSorter

from layers.model import Analysis, Source
from layers.plugins import extend, modules
from layers.sources import source_named

extend(__path__, __name__)


class AnalysisNotFound(LookupError):
    """No analysis has the name that was asked for."""


@cache
def analyses() -> Mapping[str, Analysis]:
    """Every analysis by name, each after those whose tables it reads."""
    found: list[Analysis] = [module.ANALYSIS for module in modules(__path__, __name__)]
    return _in_order({analysis.name: analysis for analysis in found})


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
