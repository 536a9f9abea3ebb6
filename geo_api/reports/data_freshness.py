"""How old the data behind a report are, layer by layer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from geo_api.database.connections import Reads
from geo_api.features.freshness import world
from layers.model import Layer
from layers.reports.measures import Freshness, State

# What is allowed to be older comes by the month or the year.
_DAILY_WITHIN = timedelta(days=10)


def freshness_of(
    reads: Reads, layers: Mapping[str, Layer], names: Sequence[str], at: datetime
) -> tuple[tuple[Freshness, ...], bool]:
    """A line for each layer of `names` that there is, as it was at `at`, and whether the database
    holds simulated rows."""
    asked = [layers[name] for name in names if name in layers]
    known = world(reads, asked, at)
    lines = tuple(
        Freshness(
            layer=layer.name,
            title=layer.title,
            newest=known.freshness[layer.name].newest or known.freshness[layer.name].last_run,
            loaded=known.freshness[layer.name].loaded,
            stale=known.freshness[layer.name].stale,
            due="daily" if layer.stale_after < _DAILY_WITHIN else "periodic",
        )
        for layer in asked
    )
    return lines, known.simulated


def state_of(lines: Sequence[Freshness], layer: str) -> State:
    """KNOWN, LATE or NEVER_LOADED."""
    found = next((line for line in lines if line.layer == layer), None)
    if found is None or not found.loaded:
        return State.NEVER_LOADED
    return State.LATE if found.stale else State.KNOWN
