"""The brief's fifth number: factories with a Green Industry certificate; and their carbon.

Which factories operated at a time past is not known: the certificates of a past day are those of
the factories that operate today.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from geo_api.database.connections import Reads
from geo_api.reports import brief_sql as sql
from geo_api.reports.periods import midnight, monthly, months_to, next_month
from layers.reports.brief import CARBON, CURVE_MONTHS, GREEN
from layers.reports.measures import Base, Comparison, Measure, State, year_before

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
    months = months_to(day, CURVE_MONTHS)
    told = {month: min(next_month(month) - _DAY, day) for month in months}
    asked = {*told.values(), day, _month_before(day), year_before(day)}
    total: Counter[date] = Counter()
    certified: dict[str, int] = {}
    for one, code, count in reads.fetch(sql.CERTIFIED, {"days": sorted(asked)}):
        total[one] += count
        if one == day and code is not None:
            certified[code] = count
    known = {month: float(total[last]) for month, last in told.items()}
    measure = Measure(
        GREEN,
        State.KNOWN,
        100 * total[day] / of,
        (
            Comparison(Base.MONTH_BEFORE, total[day], total[_month_before(day)]),
            Comparison(Base.YEAR_BEFORE, total[day], total[year_before(day)]),
        ),
        of=of,
        series=monthly(months[-1], CURVE_MONTHS, known),
        beside={"certified": total[day]},
        more_is_better=True,
    )
    by_province = {code: count for code, count in operating.items() if code is not None}
    return measure, ProvinceGreen(by_province, dict.fromkeys(by_province, 0) | certified)


def _month_before(day: date) -> date:
    """The same day of the month before, or its last."""
    before = months_to(day, 2)[0]
    return min(before.replace(day=1) + timedelta(days=day.day - 1), next_month(before) - _DAY)


def carbon(reads: Reads, day: date) -> tuple[Measure, Mapping[str, float]]:
    """Tonnes of CO2e in the newest year that was over, and the year before it; by province."""
    rows = reads.fetch(sql.CARBON, {"year": day.year})
    if not rows:
        return Measure(CARBON, State.NEVER_LOADED, None), {}
    newest = max(year for year, *_ in rows)
    total: dict[int, float] = {}
    for year, _, tco2e in rows:
        total[year] = total.get(year, 0) + (tco2e or 0)
    measure = Measure(
        CARBON,
        State.KNOWN,
        total[newest],
        (Comparison(Base.YEAR_BEFORE, total[newest], total.get(newest - 1)),),
        as_of=midnight(date(newest + 1, 1, 1)),
    )
    return measure, {code: tco2e for year, code, tco2e in rows if year == newest}
