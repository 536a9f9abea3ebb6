"""The brief's first number: hotspots of a day by province and land use, from kept counts."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from geo_api.database.connections import Reads
from geo_api.reports import brief_sql as sql
from geo_api.reports.feeds import Feed, as_of
from geo_api.reports.periods import WEEK, daily, days_compared, days_to, with_week_and_season
from geo_api.reports.places import Areas, highest
from layers.reports.brief import CURVE_DAYS, HOTSPOTS, ROW_DAYS, UNKNOWN
from layers.reports.measures import Measure, State, year_before


@dataclass(frozen=True)
class ProvinceHotspots:
    """As the fields of layers.reports.brief.Province have them."""

    hotspots: int | None = None
    week: int | None = None
    week_before: int | None = None
    last_season: int | None = None
    days: tuple[int | None, ...] = (None,) * ROW_DAYS
    land_use: dict[str, int] = field(default_factory=dict)


NOT_KNOWN = ProvinceHotspots()
# By the province's code, None for everywhere else, and by day.
_Counts = Mapping[str | None, Counter[date]]


def hotspots(
    reads: Reads, feed: Feed, day: date, areas: Areas
) -> tuple[Measure, Mapping[str, ProvinceHotspots]]:
    """Those in provinces are the number; `beside` it are those at sea or abroad, those of the
    night, those known to a window of days only, of which the day is one, and static industrial
    heat, which is in no other number. Where the feed is late, all is of the last day that was
    delivered, and compared with nothing."""
    state = feed.state(day)
    if state in (State.NEVER_LOADED, State.NOT_SEEN):
        return Measure(HOTSPOTS, state, None), {}
    told = feed.day_told(day)
    parts, night, elsewhere = _of_day(reads, told, areas)
    by_day = _by_day(reads, told)
    known = {one: 0.0 for one in days_compared(told, CURVE_DAYS) if feed.has(one)} | {
        one: float(total) for one, total in _totals(by_day, areas).items()
    }
    rows = _rows(by_day, feed, told, areas, parts, compared=state == State.KNOWN)
    [(windowed, industrial)] = reads.fetch(sql.HOTSPOTS_BESIDE, {"day": told})
    place, most = highest({code: row.hotspots for code, row in rows.items()}, areas)
    measure = Measure(
        HOTSPOTS,
        state,
        known.get(told),
        with_week_and_season(told, known) if state == State.KNOWN else (),
        as_of=as_of(feed, told),
        series=daily(told, CURVE_DAYS, known),
        last_season=daily(year_before(told), CURVE_DAYS, known),
        parts=dict(sum(parts.values(), Counter())),
        beside={
            "night": night,
            "elsewhere": elsewhere,
            "windowed": windowed,
            "industrial": industrial,
        },
        highest=place,
        highest_value=most,
    )
    return measure, rows


def _of_day(
    reads: Reads, day: date, areas: Areas
) -> tuple[dict[str | None, Counter[str]], int, int]:
    """Counts by province and land use, how many are of the night, and how many in no province.
    Where no province is known, all are of one that has no code."""
    parts: dict[str | None, Counter[str]] = defaultdict(Counter)
    night = elsewhere = 0
    for code, land_use, count, of_night in reads.fetch(sql.HOTSPOTS_OF_DAY, {"day": day}):
        if areas and code not in areas:
            elsewhere += count
            continue
        parts[code][land_use or UNKNOWN] += count
        night += of_night
    return parts, night, elsewhere


def _by_day(reads: Reads, day: date) -> _Counts:
    """Of every day that is compared or told of a province."""
    days = {*days_compared(day, CURVE_DAYS), *_days_told(day)}
    counts: dict[str | None, Counter[date]] = defaultdict(Counter)
    for code, one, count in reads.fetch(sql.HOTSPOTS_BY_DAY, {"days": [*days]}):
        counts[code][one] += count
    return counts


def _days_told(day: date) -> list[date]:
    """Those of which a province's row tells."""
    shown, weeks = days_to(day, ROW_DAYS), days_to(day, 2 * WEEK)
    return [*dict.fromkeys((*shown, *weeks, *days_to(year_before(day), WEEK)))]


def _totals(by_day: _Counts, areas: Areas) -> Counter[date]:
    """Of all provinces, or of everywhere where no province is known."""
    compared: Counter[date] = Counter()
    for code, counts in by_day.items():
        if code is not None or not areas:
            compared.update(counts)
    return compared


def _rows(
    by_day: _Counts,
    feed: Feed,
    day: date,
    areas: Areas,
    parts: Mapping[str | None, Counter[str]],
    *,
    compared: bool,
) -> dict[str, ProvinceHotspots]:
    weeks = days_to(day, 2 * WEEK)
    shown = days_to(day, ROW_DAYS)
    then = days_to(year_before(day), WEEK)
    none: Counter[date] = Counter()
    delivered = {one for one in _days_told(day) if feed.has(one)}

    def total(code: str, days: list[date]) -> int | None:
        counts = by_day.get(code, none)
        return sum(counts[one] for one in days) if delivered.issuperset(days) else None

    return {
        code: ProvinceHotspots(
            total(code, [day]),
            total(code, weeks[WEEK:]),
            total(code, weeks[:WEEK]) if compared else None,
            total(code, then) if compared else None,
            tuple(total(code, [one]) for one in shown),
            dict(parts.get(code, {})),
        )
        for code in areas
    }
