"""What is counted in a place: hotspots, complaints, factories with fires upwind, certificates."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from geo_api.database.connections import Reads
from geo_api.reports import place_sql as sql
from geo_api.reports.complaints import compared, curve
from geo_api.reports.data_freshness import counted, last_day_of, state_of
from geo_api.reports.factory_sql import FIRST_FIRE
from geo_api.reports.released_complaints import by_start, rows_around
from geo_api.reports.reported_place import ReportedPlace
from geo_api.reports.spans import (
    daily,
    days_between,
    first_month,
    last_season_days,
    season_days,
)
from layers.methods.upwind import direction
from layers.model import Text
from layers.reports.brief import COMPLAINTS, CURVE_DAYS, GREEN, HOTSPOTS, UPWIND
from layers.reports.measures import (
    LEAST_FACTORIES_FOR_RATE,
    Base,
    Comparison,
    Freshness,
    Measure,
    Place,
    Series,
    State,
    day_of,
    period_of,
    year_before,
)
from layers.reports.place import UpwindFactory
from layers.times import thai_day, thai_midnight

_WEEK = 7
_COMPLAINT_MONTHS = 24


@dataclass(frozen=True)
class Fires:
    """The week's hotspots, and daily ones of two seasons."""

    measure: Measure
    season: Series | None = None
    last_season: Series | None = None


@dataclass(frozen=True)
class Complaints:
    """The last period's, and those by month, of the `area` that holds the place."""

    measure: Measure
    by_month: Series | None = None
    area: Text | None = None
    period: str = "month"


@dataclass(frozen=True)
class Upwind:
    """How many factories had fires upwind, and which; whether all of the province were judged."""

    measure: Measure
    factories: tuple[UpwindFactory, ...] = ()
    all_judged: bool = False

    def of_part(self, count: int) -> int | None:
        """Of a part of the place; of none found nobody knows whether those not judged are its
        own."""
        return count if count or self.all_judged else None


@dataclass(frozen=True)
class Green:
    """How many factories have a certificate, and of which level."""

    measure: Measure
    levels: dict[int, int]


def fires_of(
    reads: Reads,
    place: ReportedPlace,
    day: date,
    fresh: Sequence[Freshness],
    most: tuple[Place, int] | None,
) -> Fires:
    """Hotspots of the seven days to `day`, beside the seven before and the same a year ago; `most`
    is the part of the place with most of them. Where not all of the seven are known, those found
    are told and compared with nothing."""
    state, known_from = week_state(reads, day, fresh), _first_day(reads)
    if known_from is None:
        return Fires(Measure(HOTSPOTS, State.NEVER_LOADED, None))
    known_to = last_day_of(fresh, "hotspots") or known_from
    season, last_season = season_days(day), last_season_days(day)
    first = min(last_season[0], year_before(day) - timedelta(days=CURVE_DAYS))
    values = {
        **place.values,
        "first_day": first,
        "day": day,
        "since": period_of(first)[0],
        "at": period_of(day)[1],
    }
    by_day: Counter[date] = Counter()
    land_use: Counter[str] = Counter()
    for of_day, kind, count in reads.fetch(sql.daily_fires(place.kind), values):
        by_day[of_day] += count
        if of_day > day - timedelta(days=_WEEK):
            land_use[kind or "unknown"] += count

    def week(last: date) -> int | None:
        days = days_between(last - timedelta(days=_WEEK - 1), last)
        is_known = known_from <= days[0] and days[-1] <= known_to
        return sum(by_day[one] for one in days) if is_known else None

    value = counted(state, land_use.total())
    last_year = year_before(day)
    curve = timedelta(days=CURVE_DAYS - 1)
    measure = Measure(
        HOTSPOTS,
        state,
        value,
        comparisons=(
            Comparison(Base.WEEK_BEFORE, value, week(day - timedelta(days=_WEEK))),
            Comparison(Base.WEEK_LAST_SEASON, value, week(last_year)),
        )
        if state is State.KNOWN
        else (),
        series=daily(by_day, day - curve, day, known_from, known_to),
        last_season=daily(by_day, last_year - curve, last_year, known_from, known_to),
        parts=dict(land_use),
        highest=most[0] if most else None,
        highest_value=most[1] if most else None,
    )
    return Fires(
        measure,
        daily(by_day, *season, known_from, known_to),
        daily(by_day, *last_season, known_from, known_to),
    )


def week_state(reads: Reads, day: date, fresh: Sequence[Freshness]) -> State:
    """What a number of hotspots of the seven days to `day` is."""
    first = _first_day(reads)
    if first is None:
        return State.NEVER_LOADED
    if day - timedelta(days=_WEEK - 1) < first:
        return State.NOT_SEEN
    return state_of(fresh, "hotspots", day)


def _first_day(reads: Reads) -> date | None:
    """The first of which hotspots are known."""
    return next((day_of(at) for (at,) in reads.fetch(FIRST_FIRE)), None)


def complaints_of(reads: Reads, place: ReportedPlace, at: datetime) -> Complaints:
    """Homes that complained in the last period that was released before `at`, of the area that
    holds the place: a province may be counted with its region, and a district with its province."""
    since = first_month(thai_day(at), 2 * _COMPLAINT_MONTHS)
    periods = by_start(rows_around(reads, place.lon, place.lat, at, since=since))
    if not periods:
        return Complaints(Measure(COMPLAINTS, State.NEVER_LOADED, None))
    start = max(periods)
    [row, *_] = periods[start]
    measure = Measure(
        COMPLAINTS,
        State.TOO_FEW if row.homes is None else State.KNOWN,
        row.homes,
        comparisons=compared(periods, start)[:1],
        as_of=thai_midnight(start),
    )
    return Complaints(measure, curve(periods, start, _COMPLAINT_MONTHS), row.name, row.period)


def upwind_of(reads: Reads, place: ReportedPlace, day: date) -> Upwind:
    """Factories with fires upwind on `day`, `of` those that could be judged: known of whole
    provinces, and of a smaller place where all of its province were."""
    values = {**place.values, "day": day, "first_day": day - timedelta(days=_WEEK)}
    reckoned = {of_day for (of_day,) in reads.fetch(sql.DAYS_RECKONED, values)}
    if day not in reckoned:
        return Upwind(Measure(UPWIND, State.NO_STATION if reckoned else State.NEVER_LOADED, None))
    counts = dict(reads.fetch(sql.upwind_days(place.kind), values))
    judged = {
        of_day: (factories, judged)
        for of_day, factories, judged in reads.fetch(sql.COVERAGE, values)
    }
    factories = tuple(
        UpwindFactory(id, name, kind, level, land_use, fires, distance_m, direction(bearing))
        for id, name, kind, level, land_use, fires, distance_m, bearing in reads.fetch(
            sql.upwind_factories(place.kind), values
        )
    )
    before = [counts.get(one, 0) for one in reckoned if one != day]
    value = counts.get(day, 0)
    of_all, of_judged = judged.get(day, (0, 0))
    all_judged = of_judged == of_all
    # Of a smaller place nobody knows whether those who could not be judged are its own.
    is_known = value or all_judged or (of_judged and place.kind == "province")
    measure = Measure(
        UPWIND,
        State.KNOWN if is_known else State.CALM,
        value if is_known else None,
        comparisons=(
            Comparison(Base.DAYS_BEFORE, value, sum(before) / len(before) if before else None),
        ),
        of=int(of_judged) if place.kind == "province" else None,
        parts={"not_judged": int(of_all - of_judged)} if place.kind == "province" else {},
        highest_value=max((one.distance_m for one in factories), default=None),
    )
    return Upwind(measure, factories, all_judged)


def green_of(reads: Reads, place: ReportedPlace, day: date, fresh: Sequence[Freshness]) -> Green:
    """Operating factories with a certificate that is valid on `day`, beside those that had one a
    year before, and as a share beside the country's; TOO_FEW where a share would say little."""
    state = state_of(fresh, "green_certificates")
    values = {**place.values, "day": day, "year_before": year_before(day)}
    rows = reads.fetch(sql.levels(place.kind), values)
    levels = dict.fromkeys(range(6), 0)
    for level, _, count in rows:
        levels[level] += count
    factories = sum(levels.values())
    if state is State.NEVER_LOADED:
        return Green(Measure(GREEN, state, None, of=factories, more_is_better=True), {})
    certified = factories - levels[0]
    before = sum(count for _, level, count in rows if level)
    [(of_country, certified_there)] = reads.fetch(sql.COUNTRY_CERTIFIED, values)
    compared = [Comparison(Base.YEAR_BEFORE, certified, before)]
    enough = factories >= LEAST_FACTORIES_FOR_RATE
    if enough and of_country:
        compared.append(
            Comparison(
                Base.COUNTRY, 100 * certified / factories, 100 * certified_there / of_country
            )
        )
    measure = Measure(
        GREEN,
        state if enough else State.TOO_FEW,
        certified,
        comparisons=tuple(compared),
        of=factories,
        more_is_better=True,
    )
    return Green(measure, levels)


def part_with_most(parts: Mapping[Place, int | None]) -> tuple[Place, int] | None:
    """The one with most hotspots; None where none has any."""
    place, count = max(parts.items(), key=lambda one: one[1] or 0, default=(None, None))
    return (place, count) if place and count else None
