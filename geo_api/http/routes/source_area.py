"""/api/source-area, for staff: where a cluster of complaints comes from, as an area."""

from typing import Annotated

from fastapi import Response

from geo_api.complaints.source_area import POLLUTANTS, SourceAreaQuery
from geo_api.exports.formats import GEOJSON
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.parameters import BBOX, Language, Parameters, parameter, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.http.staff import PRIVATE, StaffDep
from layers.casework.categories import CATEGORIES
from layers.casework.source_area import DEFAULT_DAYS
from layers.query import BadQuery, Query
from layers.query.moments import date_of

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
        "The last day; unless given, that of the newest complaint of this kind there, or without"
        " `since`, too, 30 days after `complaint`.",
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
    asked = _asked(parameters.given(), language)
    found = service.source_areas.source_area(staff, asked)
    return Response(encoded(found), headers=PRIVATE, media_type=GEOJSON.media_type)


def _asked(given: dict[str, str], language: str) -> SourceAreaQuery:
    return SourceAreaQuery(
        first=date_of("since", given["since"]) if "since" in given else None,
        last=date_of("until", given["until"]) if "until" in given else None,
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
