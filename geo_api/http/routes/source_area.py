"""/api/source-area, for staff: where a cluster of complaints comes from, as an area."""

from datetime import datetime, time, timedelta
from typing import Annotated

from fastapi import Response

from geo_api.complaints.source_area import (
    DEFAULT_DAYS,
    MOST_DAYS,
    POLLUTANTS,
    SourceAreaQuery,
)
from geo_api.exports.formats import GEOJSON
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.parameters import BBOX, Language, Parameters, parameter, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.http.staff import PRIVATE, StaffDep
from layers.casework.categories import CATEGORIES
from layers.query import BadQuery, Query
from layers.query.moments import date_of
from layers.times import THAI_TIME

router = DescribedRouter(tags=["Complaints"])
_DATE = {"type": "string", "format": "date"}


class SourceAreaParameters(Parameters):
    """Which complaints: in `bbox`, or around one of them."""

    FORMATS = (GEOJSON,)

    bbox: str | None = BBOX
    complaint: str | None = parameter(
        "Id of a complaint, around which others like it are looked for.", {"type": "string"}
    )
    category: str | None = parameter(
        "What they are about; without it that of `complaint`.",
        {"type": "string", "enum": list(CATEGORIES)},
    )
    since: str | None = parameter(
        f"The first day, in Thai time; {DEFAULT_DAYS} days before `until` unless given.", _DATE
    )
    until: str | None = parameter(
        "The last day; today unless given, or 30 days after `complaint` without `since`, too.",
        _DATE,
    )
    monitor: str | None = parameter(
        "A pollutant whose high hours at stations near count as reports too.",
        {"type": "string", "enum": list(POLLUTANTS)},
    )


@router.get(
    "/api/source-area",
    response_class=Response,
    responses={200: {"content": {GEOJSON.media_type: {}}}},
)
def source_area(
    staff: StaffDep,
    service: ServiceDep,
    parameters: Annotated[SourceAreaParameters, query_parameters(SourceAreaParameters)],
    language: Language,
) -> Response:
    """Contours of the likelihood of where complaints come from, the band in which resamplings of
    days and places put it, its ridge, and the grid; or the reason why nothing can be told. It is
    screening, and names no site."""
    asked = _asked(parameters.given(), service.now(), language)
    found = service.source_areas.source_area(staff, asked)
    return Response(encoded(found), headers=PRIVATE, media_type=GEOJSON.media_type)


def _asked(given: dict[str, str], now: datetime, language: str) -> SourceAreaQuery:
    today = now.astimezone(THAI_TIME).date()
    last = date_of("until", given["until"]) if "until" in given else today
    last = min(last, today)
    days = timedelta(days=DEFAULT_DAYS - 1)
    first = date_of("since", given["since"]) if "since" in given else last - days
    if not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
        raise BadQuery("since", f"from since to until it must be 1 to {MOST_DAYS} days")
    return SourceAreaQuery(
        since=datetime.combine(first, time(), THAI_TIME),
        until=datetime.combine(last, time(), THAI_TIME) + timedelta(days=1),
        is_period_given=not given.keys().isdisjoint({"since", "until"}),
        box=Query.from_params({"bbox": given["bbox"]}).bbox if "bbox" in given else None,
        complaint=given.get("complaint"),
        category=_one_of("category", given, tuple(CATEGORIES)),
        pollutant=_one_of("monitor", given, POLLUTANTS),
        language=language,
    )


def _one_of(name: str, given: dict[str, str], known: tuple[str, ...]) -> str | None:
    value = given.get(name)
    if value is not None and value not in known:
        raise BadQuery(name, f"{name} must be one of {', '.join(known)}, got {value!r}")
    return value
