"""/api/staff: complaints at their exact places, and whom to answer about one."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from geo_api.accounts.contacts import read_contact
from geo_api.complaints.case_map import MOST_CASES, WORLD, CaseMapQuery, case_map
from geo_api.http.dependencies import ServiceDep
from geo_api.http.parameters import BBOX, Language, Parameters, parameter, query_parameters
from geo_api.http.staff import PRIVATE, StaffDep
from layers.query import BadQuery, Query, limit_of
from layers.query.moments import date_of
from layers.times import thai_midnight

_DATE = {"type": "string", "format": "date"}
_GEOJSON = "application/geo+json"


class CaseMapParameters(Parameters):
    """Where and when; without them all that whoever asks may see."""

    bbox: str | None = BBOX
    since: str | None = parameter("The first day, in Thai time.", _DATE)
    until: str | None = parameter("The last day.", _DATE)
    limit: str | None = parameter(
        "At most so many, the newest.",
        {"type": "integer", "minimum": 1, "maximum": MOST_CASES, "default": MOST_CASES},
    )


def staff_cases_router() -> APIRouter:
    """It belongs to the pages for staff, not to the API of open data."""
    router = APIRouter(include_in_schema=False)

    @router.get("/api/staff/complaints.geojson")
    def places(
        service: ServiceDep,
        staff: StaffDep,
        parameters: Annotated[CaseMapParameters, query_parameters(CaseMapParameters)],
        language: Language,
    ) -> Response:
        asked = _asked(parameters.given(), language)
        return Response(case_map(service.private.staff, staff, asked), 200, PRIVATE, _GEOJSON)

    @router.post("/api/staff/complaints/{complaint}/contact")
    def contact(service: ServiceDep, staff: StaffDep, complaint: str) -> JSONResponse:
        """A POST, for it leaves a trace: no browser asks for it again by itself."""
        contacts, sealer = service.private.contacts, service.sealer
        read = read_contact(contacts, sealer, staff.credential, complaint)
        return JSONResponse(asdict(read), headers=PRIVATE)

    return router


def _asked(given: dict[str, str], language: str) -> CaseMapQuery:
    box = Query.from_params({"bbox": given["bbox"]}).bbox if "bbox" in given else None
    until = _midnight(given, "until")
    if until and until.date() == date.max:
        raise BadQuery("until", f"until must be a day before {date.max}, got {given['until']!r}")
    return CaseMapQuery(
        language,
        limit_of(given["limit"], MOST_CASES) if "limit" in given else MOST_CASES,
        box or WORLD,
        _midnight(given, "since"),
        until + timedelta(days=1) if until else None,
    )


def _midnight(given: dict[str, str], name: str) -> datetime | None:
    if name not in given:
        return None
    return thai_midnight(date_of(name, given[name]))
