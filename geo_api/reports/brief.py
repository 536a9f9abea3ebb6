"""The brief of a day: the country's five numbers, its provinces and stations, and how fresh all is.

A number is what is known of the day now; how fresh the data are is told as of then.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from geo_api.database.connections import Reads
from geo_api.features import freshness
from geo_api.reports import brief_sql as sql
from geo_api.reports.air import air, highest_by_province, stations
from geo_api.reports.complaints import complaints
from geo_api.reports.data_freshness import line_of, withheld
from geo_api.reports.day_asked import require_observed
from geo_api.reports.feeds import feed
from geo_api.reports.green import ProvinceGreen, carbon, green
from geo_api.reports.hotspots import NOT_KNOWN, ProvinceHotspots, hotspots
from geo_api.reports.places import Area, areas
from geo_api.reports.season import season_comparison
from geo_api.reports.upwind import upwind
from layers.model import Layer
from layers.reports.brief import AIR, CARBON, COMPLAINTS, GREEN, HOTSPOTS, UPWIND, Brief, Province
from layers.reports.measures import Freshness, Measure, NotReported, newest_day, period_of

# Those whose age is told, in the order of the numbers.
_TOLD = ("hotspots", "air_quality", "wind", "complaint_months", "green_certificates", "carbon")
# The published views that a brief reads, for caches; not all may be there.
VIEWS = (
    *_TOLD,
    *(
        "freshness",
        "provinces",
        "factories",
        "hotspot_day_counts",
        "air_station_days",
        "air_station_places",
    ),
    *("certified_periods", "factory_upwind_days", "upwind_coverage"),
    *("hotspot_province_days", "certified_changes", "operating_factory_counts", "emissions"),
    "hotspot_satellite_days",
)


def brief(reads: Reads, layers: Mapping[str, Layer], day: date | None, now: datetime) -> Brief:
    """Of `day`, or of the newest at `now` (UTC). Raises NotReported for a day to come, and for one
    before anything was observed."""
    last_day = newest_day(now)
    [(first_hotspots, first_air)] = reads.fetch(sql.FIRST_DAYS)
    first_day = min((one for one in (first_hotspots, first_air) if one), default=None)
    if day:
        _require_reported(day, first_day, last_day)
    day = day or last_day
    start, end = (time.astimezone(UTC) for time in period_of(day))
    told = [layers[name] for name in _TOLD if name in layers]
    known = freshness.world(reads, told, now)
    then = known if day == last_day else freshness.world(reads, told, end)
    provinces = areas(reads)
    fires_feed = feed(known.freshness["hotspots"], first_hotspots)
    fires, of_fires = hotspots(reads, fires_feed, day, provinces)
    of_air = feed(known.freshness["air_quality"], first_air)
    found = stations(reads, of_air, day)
    complained = complaints(reads, end, provinces)
    downwind, of_upwind = upwind(reads, day, provinces)
    certified, of_green = green(reads, day, loaded=known.freshness["green_certificates"].loaded)
    emitted, of_carbon = carbon(reads, day)
    pm25 = highest_by_province(found)
    lines = tuple(_freshness(layer, then.freshness[layer.name], end, emitted) for layer in told)
    return Brief(
        day,
        start,
        end,
        first_day,
        last_day,
        complained.start,
        complained.period,
        {
            HOTSPOTS: fires,
            AIR: air(reads, of_air, day, found, provinces),
            COMPLAINTS: withheld(complained.measure, lines, f"complaint_{complained.period}s"),
            UPWIND: downwind,
            GREEN: withheld(certified, lines, "green_certificates"),
            CARBON: withheld(emitted, lines, "carbon"),
        },
        tuple(
            _province(
                area,
                of_fires.get(code, NOT_KNOWN),
                pm25.get(code),
                complained.provinces.get(code),
                of_upwind.get(code),
                of_green,
                of_carbon.get(code),
            )
            for code, area in provinces.items()
        ),
        found,
        lines,
        known.simulated,
        now,
        season_comparison(reads, day, fires_feed),
    )


def _require_reported(day: date, first: date | None, last: date) -> None:
    if day > last:
        raise NotReported(f"day {day} is not over; the newest with a brief is {last}")
    require_observed(day)
    if first and day < first:
        raise NotReported(f"nothing was observed on {day}; the first day with a brief is {first}")


def _province(
    area: Area,
    fires: ProvinceHotspots,
    pm25: float | None,
    complained: int | None,
    downwind: int | None,
    certificates: ProvinceGreen,
    tco2e: float | None,
) -> Province:
    code = area.place.code
    return Province(
        code=code,
        name=area.place.name,
        region=area.region,
        hotspots=fires.hotspots,
        week=fires.week,
        week_before=fires.week_before,
        last_season=fires.last_season,
        days=fires.days,
        land_use=fires.land_use,
        pm25=pm25,
        complaints=complained,
        upwind=downwind,
        factories=certificates.factories.get(code),
        certified=certificates.certified.get(code),
        tco2e=tco2e,
    )


def _freshness(
    layer: Layer, known: freshness.Freshness, end: datetime, emitted: Measure
) -> Freshness:
    """As of the day, and of carbon the end of the year that it tells of."""
    line = line_of(layer, known, end)
    if layer.name == CARBON and emitted.as_of:
        return replace(line, newest=emitted.as_of - timedelta(seconds=1))
    return line
