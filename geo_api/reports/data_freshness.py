"""How old the data behind a report are, layer by layer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from geo_api.database.connections import Reads
from geo_api.features.freshness import Freshness as LayerFreshness
from geo_api.features.freshness import world
from layers.model import Layer
from layers.reports.measures import Freshness, Measure, State, newest_day
from layers.times import THAI_TIME

# What is allowed to be older comes by the month or the year.
_DAILY_WITHIN = timedelta(days=10)


def freshness_of(
    reads: Reads, layers: Mapping[str, Layer], names: Sequence[str], at: datetime
) -> tuple[tuple[Freshness, ...], bool]:
    """A line for each layer of `names` that there is, as it was at `at`, and whether the database
    holds simulated rows."""
    asked = [layers[name] for name in names if name in layers]
    known = world(reads, asked, at)
    lines = tuple(line_of(layer, known.freshness[layer.name], at) for layer in asked)
    return lines, known.simulated


def line_of(layer: Layer, known: LayerFreshness, at: datetime) -> Freshness:
    """Of a layer as it was at `at`; one that comes daily is stale, too, where the last day that was
    over then was not delivered to its end."""
    due = "daily" if layer.stale_after < _DAILY_WITHIN else "periodic"
    last_day = last_delivered(known)
    behind = due == "daily" and last_day is not None and last_day < newest_day(at)
    return Freshness(
        layer=layer.name,
        title=layer.title,
        newest=newest_of(layer, known, at),
        loaded=known.loaded,
        stale=known.stale or behind,
        due=due,
        last_day=last_day,
    )


def withheld(measure: Measure, lines: Sequence[Freshness], layer: str) -> Measure:
    """The measure; where its layer is stale, late and compared with nothing."""
    if not any(line.stale for line in lines if line.layer == layer):
        return measure
    state = State.LATE if measure.state is State.KNOWN else measure.state
    return replace(measure, state=state, comparisons=())


def newest_of(layer: Layer, known: LayerFreshness, at: datetime) -> datetime | None:
    """The newest observation; a layer without times is as new as its last reading, and no newer
    than what a report of `at` counts of it."""
    if layer.timed:
        return known.newest
    return min(known.last_run, at) if known.last_run else None


def last_delivered(known: LayerFreshness) -> date | None:
    """The last that was delivered to its end; None of a layer without times."""
    return newest_day(known.known_until) if known.known_until else None


def counted(state: State, count: int) -> int | None:
    """What was counted; nothing where nothing was ever loaded or delivered, and where the feed is
    behind and nothing was found: that does not say that there was nothing."""
    if state in (State.NEVER_LOADED, State.NOT_SEEN) or (state is State.LATE and not count):
        return None
    return count


def last_day_of(lines: Sequence[Freshness], layer: str) -> date | None:
    """The last that was delivered to its end, where there is any."""
    return next((line.last_day for line in lines if line.layer == layer), None)


def as_new_as_year(
    lines: Sequence[Freshness], layer: str, year: int | None
) -> tuple[Freshness, ...]:
    """The lines, of which that of a layer without times is as new as the year it tells of."""
    newest = datetime(year + 1, 1, 1, tzinfo=THAI_TIME) - timedelta(seconds=1) if year else None
    return tuple(replace(one, newest=newest) if one.layer == layer else one for one in lines)


def state_of(lines: Sequence[Freshness], layer: str, day: date | None = None) -> State:
    """KNOWN, LATE or NEVER_LOADED; of a timed layer what it is of the `day`, NOT_SEEN where there
    is nothing as old."""
    found = next((line for line in lines if line.layer == layer), None)
    if found is None or not found.loaded:
        return State.NEVER_LOADED
    if day is not None and found.newest is None:
        return State.NOT_SEEN
    behind = day is not None and found.last_day is not None and found.last_day < day
    return State.LATE if found.stale or behind else State.KNOWN
