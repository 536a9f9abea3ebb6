"""/api/brief and /api/daily-counts: what the pages say in numbers, for whoever wants to say it."""

from typing import Annotated

from fastapi import Request, Response

from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Parameters, parameter, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.reports.brief import VIEWS as BRIEF_VIEWS
from geo_api.reports.daily_counts import (
    EXCLUDED,
    INCLUDED,
    MOST_DAYS,
    VIEWS,
    DailyCounts,
    daily_counts,
)
from layers.query import date_of
from layers.query.provinces import PROVINCE_CODES
from layers.reports.measures import newest_day

router = DescribedRouter(prefix="/api", tags=["Reports"], dependencies=OPEN_DATA)

_JSON = "application/json"


class BriefParameters(Parameters):
    """Of which day."""

    day: str | None = parameter(
        "The day that has the morning at whose 08:00 in Thailand the 24 hours end; the newest"
        " unless given.",
        {"type": "string", "format": "date"},
    )


class DailyCountsParameters(Parameters):
    """From when to when, and where."""

    first: str = parameter(
        "The first day.", {"type": "string", "format": "date"}, "from", example="2025-12-01"
    )
    last: str = parameter(
        f"The last day, at most {MOST_DAYS - 1} days later.",
        {"type": "string", "format": "date"},
        "to",
        example="2026-04-30",
    )
    province: str | None = parameter(
        "The code of a province, as in 50; all places unless given.",
        {"type": "string", "enum": list(PROVINCE_CODES)},
    )


class DailyHotspotsParameters(DailyCountsParameters):
    """From when to when, where, and whether of all heat or of fires."""

    industrial_heat: str | None = parameter(
        "Whether static industrial heat is counted, as a class of its own (`included`), or left out"
        " (`excluded`, unless given). What is presumed to burn or uncertain is always counted.",
        {"type": "string", "enum": [INCLUDED, EXCLUDED], "default": EXCLUDED},
    )


DailyCountsTaken = Annotated[DailyCountsParameters, query_parameters(DailyCountsParameters)]


@router.get("/brief", response_class=Response, responses={200: {"content": {_JSON: {}}}})
async def morning_brief(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[BriefParameters, query_parameters(BriefParameters)],
) -> Response:
    """The country's five numbers of a day (and tonnes of CO2e), each with what it is compared with
    and its curve, and a row for every province. A number that is null says why in `state`."""
    day = None if parameters.day is None else date_of("day", parameters.day)
    now = service.now()
    versions = await service.data_versions.latest()

    def make() -> bytes:
        return encoded(service.reports.brief(day))

    views = [name for name in BRIEF_VIEWS if name in versions.versions]
    # The hour decides what is late, of the newest day; of any day it decides which the newest is.
    newest = newest_day(now)
    state = f"{now:%Y-%m-%dT%H}" if day in (None, newest) else str(newest)
    return await cached_response(request, service, views, _JSON, make, state=state)


@router.get(
    "/daily-counts/hotspots", response_class=Response, responses={200: {"content": {_JSON: {}}}}
)
async def hotspots_by_day(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[DailyHotspotsParameters, query_parameters(DailyHotspotsParameters)],
) -> Response:
    """Hotspots by day (the 24 hours that end at 08:00 in Thailand), province and land use, without
    static industrial heat unless it is asked for; `industrial_heat` tells which. A row of
    `counts` is the day after `from`, the place of the province and of the class in their lists, and
    how many; province and class null are none. `windowed` rows begin with a first and a last day:
    those detections are of one of these days, nobody knows which, and are in no other row. Before
    `first_day`, and behind `newest`, there are no counts, which is not to say that nothing
    burned."""
    return await _daily_counts(request, service, "hotspots", parameters)


@router.get(
    "/daily-counts/air_stations",
    response_class=Response,
    responses={200: {"content": {_JSON: {}}}},
)
async def air_by_day(
    request: Request, service: ServiceDep, parameters: DailyCountsTaken
) -> Response:
    """Of each station the 24-hour mean of PM2.5 (µg/m³) at 08:00 in Thailand of every day from
    `from` to `to`; null where it did not report enough."""
    return await _daily_counts(request, service, "air_stations", parameters)


async def _daily_counts(
    request: Request, service: Service, layer: str, parameters: DailyCountsParameters
) -> Response:
    asked = DailyCounts.from_params(parameters.given())
    versions = await service.data_versions.latest()

    def make() -> bytes:
        return daily_counts(service.reads, layer, asked, simulated=versions.simulated)

    return await cached_response(request, service, VIEWS[layer], _JSON, make)
