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


def hotspots(
    reads: Reads, feed: Feed, day: date, areas: Areas
) -> tuple[Measure, Mapping[str, ProvinceHotspots]]:
    """Those in provinces are the number; `beside` it are those at sea or abroad, those of the
    night, and those known to a window of days only, of which the day is one. Where the feed is
    late, all is of the last day that was delivered, and compared with nothing."""
    state = feed.state(day)
    if state in (State.NEVER_LOADED, State.NOT_SEEN):
        return Measure(HOTSPOTS, state, None), {}
    told = feed.day_told(day)
    parts, night, elsewhere = _of_day(reads, told, areas)
    days = days_compared(told, CURVE_DAYS)
    known = {one: 0.0 for one in days if feed.has(one)} | {
        one: float(count)
        for one, within, count_everywhere in reads.fetch(sql.HOTSPOTS_BY_DAY, {"days": days})
        if (count := within if areas else count_everywhere) is not None
    }
    rows = _rows(reads, feed, told, areas, parts, compared=state == State.KNOWN)
    [(windowed,)] = reads.fetch(sql.WINDOWED_HOTSPOTS, {"day": told})
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
        beside={"night": night, "elsewhere": elsewhere, "windowed": windowed},
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


def _rows(
    reads: Reads,
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
    counts: dict[str, Counter[date]] = defaultdict(Counter)
    days = [*dict.fromkeys((*shown, *weeks, *then))]
    for code, one, count in reads.fetch(sql.HOTSPOTS_OF_PROVINCES, {"days": days}):
        counts[code][one] += count

    delivered = {one for one in days if feed.has(one)}

    def total(code: str, days: list[date]) -> int | None:
        return sum(counts[code][one] for one in days) if delivered.issuperset(days) else None

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
