"""Fires on cane land by zone of a sugar mill, beside what the mills declared to have crushed burnt.

A fire is what `fire_events` joined of the detections on cane land in the 24 hours that end at
08:00; what is in no event, as of detections without a minute, is a fire by each square of a
hundredth of a degree, about a kilometre: of several detections of one fire, by several satellites,
it is one. Its shares follow from its middle. What a mill declares is of days of the calendar, from
midnight: at both ends of a period some hours are of another day.
"""

from geo_api.analyses import AnalysisRun
from geo_api.analyses.mill_burning_sql import FORGET_ALL
from geo_api.analyses.mills.fires import keep_fires
from geo_api.analyses.mills.periods import keep_periods
from geo_api.analyses.mills.register import keep_mills, read_mills
from geo_api.database.runs import RunFailed
from layers.sources.mill_intake import DECAY_KM, REACH_KM
from layers.sources.mill_intake import SOURCE as MILL_INTAKE

NAME = "mill_burning"
_MOST_KM = 500.0


class NoMills(RunFailed):
    """No mill is known, of a place or by what it declared."""


class UnusableReach(RunFailed):
    """The reach or the decay of zones is no distance."""


def compute(run: AnalysisRun) -> str:
    """Keeps the days of which the fires or the mills changed, and all periods as they then are;
    without mills, nothing. Raises NoMills and UnusableReach."""
    reach_m, decay_m = (_metres(run, name) for name in (REACH_KM, DECAY_KM))
    with run.connection.cursor() as cursor:
        mills = read_mills(cursor, reach_m, decay_m)
        if not mills.all:
            cursor.execute(FORGET_ALL)
            if cursor.rowcount:
                run.tally.updated = cursor.rowcount
                return f"{NAME}: no mills any more; {cursor.rowcount:,} are forgotten"
            raise NoMills(f"{NAME} needs sugar mills: read the register, or what they declared")
        keep_mills(cursor, mills, run.run_id)
        days, fires = keep_fires(cursor, mills, run.run_id, anew=run.anew)
        changed, rows = keep_periods(cursor, mills, run.run_id)
    run.tally.read = run.tally.sound = rows
    run.tally.inserted, run.tally.unchanged = changed, rows - changed
    return (
        f"{NAME}: {len(mills.all)} mills, {len(mills.placed)} with a place; days reckoned:"
        f" {days:,}, with {fires:,} fires; {changed:,} of {rows:,} periods are new or changed"
    )


def _metres(run: AnalysisRun, variable: str) -> float:
    default = next(one.default for one in MILL_INTAKE.settings if one.variable == variable)
    text = run.settings.get(variable, default or "")
    try:
        kilometres = float(text)
    except ValueError:
        kilometres = 0
    if not 0 < kilometres <= _MOST_KM:
        raise UnusableReach(f"{variable} must be km from 0 to {_MOST_KM:g}, got {text!r}")
    return kilometres * 1000
