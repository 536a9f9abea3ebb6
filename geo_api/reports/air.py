"""The brief's second number: stations whose 24-hour mean of PM2.5 is above the standard."""

from datetime import date

from geo_api.database.connections import Reads
from geo_api.reports import brief_sql as sql
from geo_api.reports.feeds import Feed, as_of
from geo_api.reports.periods import daily, days_compared, with_week_and_season
from geo_api.reports.places import Areas
from layers.model import Text
from layers.reports.brief import AIR, CURVE_DAYS, PM25_STANDARD, Station
from layers.reports.measures import Measure, Place, State, year_before


def stations(reads: Reads, feed: Feed, day: date) -> tuple[Station, ...]:
    """Every station, the highest mean first; without one where it did not report. Where the feed
    is late, of the last day that was delivered."""
    rows = reads.fetch(sql.STATIONS, {"day": feed.day_told(day)})
    return tuple(
        Station(id, Text(name_th or name_en or id, name_en or name_th or id), *rest)
        for id, name_th, name_en, *rest in rows
    )


def air(reads: Reads, feed: Feed, day: date, found: tuple[Station, ...], areas: Areas) -> Measure:
    """Of the stations that report. The highest is told by its province, or by its own name."""
    if not found:
        loaded = State.NO_STATION if feed.loaded else State.NEVER_LOADED
        return Measure(AIR, loaded, None)
    told = feed.day_told(day)
    reporting = [one for one in found if one.pm25 is not None]
    if not reporting:
        return Measure(AIR, State.NOT_SEEN if feed.loaded else State.NEVER_LOADED, None, of=0)
    late = feed.state(day) == State.LATE
    values = {"days": days_compared(told, CURVE_DAYS), "standard": PM25_STANDARD}
    known = {one: float(above) for one, above in reads.fetch(sql.ABOVE_BY_DAY, values)}
    highest = reporting[0]
    area = areas.get(highest.province_code or "")
    return Measure(
        AIR,
        State.LATE if late else State.KNOWN,
        known.get(told),
        () if late else with_week_and_season(told, known),
        of=len(reporting),
        as_of=as_of(feed, told),
        series=daily(told, CURVE_DAYS, known),
        last_season=daily(year_before(told), CURVE_DAYS, known),
        highest=area.place if area else Place(highest.id, highest.name),
        highest_value=highest.pm25,
    )


def highest_by_province(found: tuple[Station, ...]) -> dict[str, float]:
    """The highest mean of each province's stations."""
    highest: dict[str, float] = {}
    for one in found:
        if one.province_code is not None and one.pm25 is not None:
            highest.setdefault(one.province_code, one.pm25)
    return highest
