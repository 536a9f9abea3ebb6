"""The brief's fourth number: factories with a fire upwind, as the analysis `upwind_fires` says."""

from datetime import date

from geo_api.database.connections import Reads
from geo_api.reports import brief_sql as sql
from geo_api.reports.periods import daily, days_compared, with_week_and_season
from geo_api.reports.places import Areas, highest
from layers.reports.brief import CURVE_DAYS, UPWIND
from layers.reports.measures import Measure, State, period_of, year_before


def upwind(reads: Reads, day: date, areas: Areas) -> tuple[Measure, dict[str, int]]:
    """The number is `of` the factories that could be judged; `beside` are those that operate, and
    those that had a fire near and no wind known. A day that was not reckoned is not seen; that of a
    province none of whose factories could be judged is not known."""
    [(published,)] = reads.fetch(sql.UPWIND_IS_PUBLISHED)
    if not published:
        return Measure(UPWIND, State.NEVER_LOADED, None), {}
    values = {"days": days_compared(day, CURVE_DAYS)}
    known = {one: float(count) for one, count in reads.fetch(sql.UPWIND_BY_DAY, values)}
    if day not in known:
        return Measure(UPWIND, State.NOT_SEEN if known else State.NEVER_LOADED, None), {}
    rows = reads.fetch(sql.UPWIND_OF_PROVINCES, {"day": day})
    found = {code: count for code, _, judged, count in rows if code in areas and judged}
    place, most = highest(found, areas)
    operating, could_be_judged = (sum(row[column] for row in rows) for column in (1, 2))
    measure = Measure(
        UPWIND,
        State.KNOWN,
        known[day],
        with_week_and_season(day, known),
        of=could_be_judged,
        as_of=period_of(day)[1],
        series=daily(day, CURVE_DAYS, known),
        last_season=daily(year_before(day), CURVE_DAYS, known),
        beside={"operating": operating, "not_judged": operating - could_be_judged},
        highest=place,
        highest_value=most,
    )
    return measure, found
