"""The brief's third number: homes that complained in the last month that was released.

A month is released when it is over, and never changed: no day has complaints of its own. Where few
complain, the year's plan counts by quarter or year and by larger areas, and so does the number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from geo_api.database.connections import Reads
from geo_api.reports.periods import monthly, months_to
from geo_api.reports.places import Areas, highest
from geo_api.reports.released_complaints import (
    ReleasedRow,
    by_start,
    country_rows,
    shown_sum,
)
from layers.reports.brief import COMPLAINTS, CURVE_MONTHS
from layers.reports.measures import (
    Base,
    Comparison,
    Measure,
    Series,
    State,
    year_before,
)
from layers.times import thai_day, thai_midnight


@dataclass(frozen=True)
class CountryComplaints:
    """The number; the `period` that it is of, from `start`; by the code of the province the homes
    that are shown, none where the plan counts by larger areas."""

    measure: Measure
    start: date
    period: str = "month"
    provinces: dict[str, int] = field(default_factory=dict)


def complaints(reads: Reads, end: datetime, areas: Areas) -> CountryComplaints:
    """Of the last period that was over at `end` (aware) and is released: the sum of the areas that
    are shown, with how many are not `beside`; compared with the period before and a year ago."""
    month_before, this_month = months_to(thai_day(end), 2)
    since = months_to(this_month, 3 * CURVE_MONTHS)[0]
    periods = by_start(country_rows(reads, end, since=since))
    if not periods:
        return CountryComplaints(Measure(COMPLAINTS, State.NEVER_LOADED, None), month_before)
    start = max(periods)
    rows = periods[start]
    value = shown_sum(rows)
    counted = {r.code: r.homes for r in rows if r.area == "province" and r.homes is not None}
    place, most = highest(counted, areas)
    measure = Measure(
        COMPLAINTS,
        State.KNOWN if value is not None else State.TOO_FEW,
        value,
        compared(periods, start),
        as_of=min(end, thai_midnight(rows[0].last_day)),
        series=curve(periods, start),
        beside={"too_few": sum(row.homes is None for row in rows)},
        highest=place,
        highest_value=most,
    )
    return CountryComplaints(measure, start, rows[0].period, counted)


def compared(periods: Mapping[date, Sequence[ReleasedRow]], start: date) -> tuple[Comparison, ...]:
    """With the period before and the same a year ago; nothing with one of another length or of
    other areas."""
    value = shown_sum(periods[start])
    kind = _kind(periods[start])
    before = max((one for one in periods if one < start), default=None)

    def base(one: date | None) -> int | None:
        rows = periods.get(one, ()) if one else ()
        return shown_sum(rows) if rows and _kind(rows) == kind else None

    return (
        Comparison(Base.MONTH_BEFORE, value, base(before)),
        Comparison(Base.YEAR_BEFORE, value, base(year_before(start))),
    )


def curve(
    periods: Mapping[date, Sequence[ReleasedRow]], start: date, count: int = CURVE_MONTHS
) -> Series | None:
    """The `count` months that end with `start`; None where it is no month."""
    if periods[start][0].period != "month":
        return None
    known = {
        one: float(value)
        for one, rows in periods.items()
        if rows[0].period == "month" and (value := shown_sum(rows)) is not None
    }
    return monthly(start, count, known)


def _kind(rows: Sequence[ReleasedRow]) -> tuple[str, str]:
    return rows[0].period, rows[0].area
