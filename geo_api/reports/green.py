"""The brief's fifth number: factories with a Green Industry certificate; and their carbon.

Which factories operated at a time past is not known: the certificates of a past day are those of
the factories that operate today.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from geo_api.database.connections import Reads
from geo_api.reports import brief_sql as sql
from geo_api.reports.periods import monthly, months_to, next_month
from layers.reports.brief import CARBON, CURVE_MONTHS, GREEN
from layers.reports.measures import Base, Comparison, Measure, State, year_before
from layers.times import thai_midnight

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ProvinceGreen:
    """Factories that operate and those of them with a certificate, by the province's code."""

    factories: dict[str, int] = field(default_factory=dict)
    certified: dict[str, int] = field(default_factory=dict)


def green(reads: Reads, day: date, *, loaded: bool) -> tuple[Measure, ProvinceGreen]:
    """The number is in percent of the factories that operate; compared and in the series are the
    factories with a certificate, of which there are `beside` it so many. Months are told by their
    last day, that of the day by the day."""
    operating = dict(reads.fetch(sql.OPERATING))
    if not loaded or not operating:
        return Measure(GREEN, State.NEVER_LOADED, None, more_is_better=True), ProvinceGreen()
    of = sum(operating.values())
    certified = _certified_by_day(reads, day)
    months = months_to(day, CURVE_MONTHS)
    known = {month: float(certified(min(next_month(month) - _DAY, day))) for month in months}
    value = certified(day)
    measure = Measure(
        GREEN,
        State.KNOWN,
        100 * value / of,
        (
            Comparison(Base.MONTH_BEFORE, value, certified(_month_before(day))),
            Comparison(Base.YEAR_BEFORE, value, certified(year_before(day))),
        ),
        of=of,
        series=monthly(months[-1], CURVE_MONTHS, known),
        beside={"certified": value},
        more_is_better=True,
    )
    by_province = {code: count for code, count in operating.items() if code is not None}
    have = dict(reads.fetch(sql.CERTIFIED_OF_PROVINCES, {"day": day}))
    return measure, ProvinceGreen(by_province, {code: have.get(code, 0) for code in by_province})


def _certified_by_day(reads: Reads, day: date) -> Callable[[date], int]:
    """How many had one on a day, up to `day`."""
    changes = reads.fetch(sql.CERTIFIED_CHANGES, {"day": day})
    days = [one for one, _ in changes]
    totals = list(accumulate((change for _, change in changes), initial=0))
    return lambda one: totals[bisect_right(days, one)]


def _month_before(day: date) -> date:
    """The same day of the month before, or its last."""
    before = months_to(day, 2)[0]
    return min(before.replace(day=1) + timedelta(days=day.day - 1), next_month(before) - _DAY)


def carbon(reads: Reads, day: date) -> tuple[Measure, Mapping[str, float]]:
    """The country's tonnes of CO2e in the newest year that was over, compared with the year before
    where the factors of both count the same; and those of the provinces that are published."""
    rows = reads.fetch(sql.CARBON, {"year": day.year})
    if not rows:
        return Measure(CARBON, State.NEVER_LOADED, None), {}
    newest = max(year for year, *_ in rows)
    country = {year: (tco2e, same) for year, code, tco2e, same, _ in rows if code is None}
    value, is_comparable = country.get(newest, (None, None))
    base = country.get(newest - 1, (None, None))[0] if is_comparable else None
    measure = Measure(
        CARBON,
        State.TOO_FEW if value is None else State.KNOWN,
        value,
        (Comparison(Base.YEAR_BEFORE, None if base is None else value, base),),
        as_of=thai_midnight(date(newest + 1, 1, 1)),
        beside={"vintage": rows[0][-1]},
    )
    of_provinces = {
        code: tco2e
        for year, code, tco2e, *_ in rows
        if code and year == newest and tco2e is not None
    }
    return measure, of_provinces
