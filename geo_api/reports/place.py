"""A place's report: a province, a district, an eco-industrial town or an industrial estate.

Estates go by the kind `eco_town` too. Of them, and of towns whose extent is not known, it is what
lies within five kilometres of their point.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from geo_api.database.connections import Reads
from geo_api.database.runs import DEMO
from geo_api.reports import place_sql as sql
from geo_api.reports.carbon_years import CarbonYear, carbon_years
from geo_api.reports.data_freshness import as_new_as_year, counted, freshness_of
from geo_api.reports.day_asked import day_asked
from geo_api.reports.place_air import air_of
from geo_api.reports.place_counts import (
    Upwind,
    complaints_of,
    fires_of,
    green_of,
    part_with_most,
    upwind_of,
    week_state,
)
from geo_api.reports.reported_place import ReportedPlace, reported_place
from geo_api.reports.surroundings import surroundings_of, text_of
from layers.cleaning.text import dictionary_key
from layers.model import Layer
from layers.reports.brief import AIR, COMPLAINTS, GREEN, HOTSPOTS, UPWIND
from layers.reports.measures import Place, State, period_of
from layers.reports.place import Carbon, Labelled, Part, PlaceReport, Town

LAYERS = (
    *("hotspots", "air_stations", "wind", "complaint_months", "factories"),
    *("green_certificates", "carbon"),
)
VIEWS = (
    *("hotspot_province_days", "hotspot_district_days", "district_factory_counts"),
    *("operating_factory_counts", "certified_changes", "certified_periods"),
    *LAYERS,
    *("provinces", "districts", "industrial_estates", "factory_register", "factory_certificates"),
    *("eco_towns", "eco_town_areas", "eco_town_levels"),
    *("factory_upwind_days", "upwind_coverage", "air_readings", "freshness"),
    *("hotspot_day_counts", "air_station_days", "air_station_places"),
    "fire_contribution",
    *("complaint_years", "complaint_areas"),
)
_WEEK = timedelta(days=7)


def place_report(
    reads: Reads, layers: Mapping[str, Layer], kind: str, code: str, day: date | None, now: datetime
) -> PlaceReport:
    """The place at 08:00 of `day`, by default the newest; what came later does not count, but the
    register is today's. Hotspots are those of seven days. Raises NotReported."""
    of_day = day_asked(day, now)
    place = reported_place(reads, kind, code)
    start, at = period_of(of_day)
    fresh, simulated = freshness_of(reads, layers, LAYERS, at)
    around = surroundings_of(reads, layers, at, place.lon, place.lat)
    upwind = upwind_of(reads, place, of_day)
    of_fires = week_state(reads, of_day, fresh)
    siblings, labels = _districts(reads, place, of_day, of_fires, upwind)
    parts = siblings if kind == "province" else ()
    shown = [part for part in parts if _has_any(part)]
    most = part_with_most({part.place: part.hotspots_week for part in parts})
    fires = fires_of(reads, place, of_day, fresh, most)
    air = air_of(reads, place, around, of_day)
    complaints = complaints_of(reads, place, at)
    green = green_of(reads, place, of_day, fresh)
    emitted = carbon_years(reads, place.province, of_day) if place.province else []
    fresh = as_new_as_year(fresh, "carbon", max((one.year for one in emitted), default=None))
    return PlaceReport(
        kind=kind,
        place=place.place,
        region=place.region,
        above=place.above,
        bounds=place.bounds,
        circle=place.circle,
        day=of_day,
        start=start,
        end=at,
        measures={
            HOTSPOTS: fires.measure,
            AIR: air.measure,
            COMPLAINTS: complaints.measure,
            UPWIND: upwind.measure,
            GREEN: green.measure,
        },
        rank=_rank(reads, place, of_day, fires.measure.value, siblings),
        wind=around.wind,
        upwind_factories=upwind.factories,
        season=fires.season,
        last_season=fires.last_season,
        pm25=air.season,
        pm25_last_season=air.last_season,
        station=air.station,
        complaints=complaints.by_month,
        complaints_of=complaints.area,
        complaints_period=complaints.period,
        levels=green.levels,
        carbon=_carbon(emitted) if kind == "province" else None,
        parts=tuple(sorted(shown, key=_by_hotspots)),
        parts_quiet=len(parts) - len(shown),
        labels=labels,
        outlines_invented=_invented(reads, place),
        town=_town(reads, place),
        freshness=fresh,
        simulated=simulated,
        computed_at=now,
        fires_on_the_way=air.fires_on_the_way,
    )


def _districts(
    reads: Reads, place: ReportedPlace, day: date, of_fires: State, upwind: Upwind
) -> tuple[tuple[Part, ...], tuple[Labelled, ...]]:
    """Of the province that it is, or of a district the one that it lies in."""
    if place.kind == "eco_town":
        return (), ()
    at = period_of(day)[1]
    values = {
        **place.values,
        "day": day,
        "since": at - _WEEK,
        "at": at,
    }
    parts, labels = [], []
    for code, th, en, lon, lat, fires, factories, with_fires, homes in reads.fetch(
        sql.PARTS, values
    ):
        district = Place(code, text_of(th, en, code))
        week, found = counted(of_fires, fires), upwind.of_part(with_fires)
        parts.append(Part(district, week, factories, found, homes))
        labels.append(Labelled(district, lon, lat))
    return tuple(parts), tuple(labels)


def _invented(reads: Reads, place: ReportedPlace) -> bool:
    """Whether the outlines of its districts are, or of a district its own."""
    [(found,)] = reads.fetch(sql.OUTLINES_INVENTED, {**place.values, "demo": DEMO})
    return bool(found)


def _town(reads: Reads, place: ReportedPlace) -> Town | None:
    if place.kind != "eco_town":
        return None
    for extent, target, target_year, notice, levels in reads.fetch(sql.TOWN, place.values):
        return Town(extent, dict(levels), target, target_year, notice)
    return None


def _carbon(years: Sequence[CarbonYear]) -> Carbon | None:
    if not years:
        return None
    newest = years[-1]
    return Carbon(
        {one.year: one.tco2e for one in years},
        tuple(one.year for one in years if one.comparable is False),
        newest.vintage,
        newest.published_at,
    )


def _has_any(part: Part) -> bool:
    return bool(part.hotspots_week or part.factories or part.upwind or part.complaints_year)


def _by_hotspots(part: Part) -> tuple[int, str]:
    """The most first, those alike by name."""
    return -(part.hotspots_week or 0), dictionary_key(part.place.name.th)


def _rank(
    reads: Reads, place: ReportedPlace, day: date, fires: float | None, siblings: tuple[Part, ...]
) -> int | None:
    """By hotspots of seven days: of a province in the country, of a district in its province."""
    if not fires or place.kind == "eco_town":
        return None  # those without a fire share no rank
    if place.kind == "district":
        return 1 + sum((one.hotspots_week or 0) > fires for one in siblings)
    values = {"first_day": day - _WEEK + timedelta(days=1), "day": day, "fires": fires}
    [(more,)] = reads.fetch(sql.PROVINCES_WITH_MORE, values)
    return 1 + int(more)
