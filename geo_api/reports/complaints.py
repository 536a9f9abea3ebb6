"""The brief's third number: complaints of the last whole month.

Where few complaints share a place, the day of one is not published: whole months alone are counted
and compared, each with its complaints of a known day. On the 2nd of March the number is February's.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from geo_api.database.connections import Reads
from geo_api.reports import brief_sql as sql
from geo_api.reports.feeds import Feed
from geo_api.reports.periods import monthly, months_to, next_month
from geo_api.reports.places import Areas, highest
from geo_api.reports.spans import midnight
from layers.reports.brief import COMPLAINTS, CURVE_MONTHS
from layers.reports.measures import Base, Comparison, Measure, State
from layers.times import THAI_TIME


@dataclass(frozen=True)
class ProvinceComplaints:
    """Of the month, and those of them that are not closed now; by the code of the province."""

    complaints: dict[str, int] = field(default_factory=dict)
    open: dict[str, int] = field(default_factory=dict)


def complaints(
    reads: Reads, feed: Feed, month: date, areas: Areas, *, newest: bool
) -> tuple[Measure, ProvinceComplaints]:
    """Of the provinces, as the page of complaints counts; `beside` are those that lie in none, and
    how many are open: known of the `newest` day alone, for the history of a complaint is not kept.
    Where the feed ended before the month did, they are those that came."""
    if not feed.loaded or feed.newest is None:
        return Measure(COMPLAINTS, State.NEVER_LOADED, None), ProvinceComplaints()
    [(first,)] = reads.fetch(sql.FIRST_COMPLAINT)
    first_month = _month_of(first)
    if month < first_month:
        return Measure(COMPLAINTS, State.NOT_SEEN, None), ProvinceComplaints()
    end = midnight(next_month(month))
    late = feed.behind(end)
    months = [one for one in months_to(month, CURVE_MONTHS) if one >= first_month]
    known: dict[date, float] = dict.fromkeys(months, 0.0)
    rows = []
    for one, code, count, still_open in reads.fetch(sql.COMPLAINTS_BY_MONTH, {"months": months}):
        if code in areas:
            known[one] += count
        if one == month:
            rows.append((code, count, still_open))
    counted = {code: count for code, count, _ in rows if code in areas}
    opened = {code: count for code, _, count in rows if code in areas}
    place, most = highest(counted, areas)
    measure = Measure(
        COMPLAINTS,
        State.LATE if late else State.KNOWN,
        known[month],
        () if late else _compared(month, known),
        as_of=min(feed.newest, end),
        series=monthly(month, CURVE_MONTHS, known),
        beside={"elsewhere": sum(count for code, count, _ in rows if code not in areas)}
        | ({"open": sum(opened.values())} if newest else {}),
        highest=place,
        highest_value=most,
    )
    none = dict.fromkeys(areas, 0)
    return measure, ProvinceComplaints(none | counted, none | opened if newest else {})


def _compared(month: date, known: dict[date, float]) -> tuple[Comparison, ...]:
    *_, month_before, _ = months_to(month, 2 + 1)
    year_ago = months_to(month, CURVE_MONTHS)[0]
    return (
        Comparison(Base.MONTH_BEFORE, known[month], known.get(month_before)),
        Comparison(Base.YEAR_BEFORE, known[month], known.get(year_ago)),
    )


def _month_of(at: datetime) -> date:
    return at.astimezone(THAI_TIME).date().replace(day=1)
