"""/api/checklists, /api/inspections and /api/work-list, for staff: what field teams do."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import TypeAdapter, ValidationError

from geo_api.exports.formats import JSON
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.parameters import NoParameters, Parameters, parameter, query_parameters
from geo_api.http.request_limits import BodyTooLarge
from geo_api.http.routers import DescribedRouter
from geo_api.http.staff import PRIVATE, StaffDep
from layers.casework.inspections import (
    REFUSED,
    Checklists,
    Edit,
    Receipt,
    Receipts,
    Visits,
)
from layers.casework.work_list import DistrictsWork, WorkListQuery
from layers.model import Text
from layers.query import BadQuery, date_of, number_of
from layers.times import thai_day

router = DescribedRouter(tags=["Inspections"])
MOST_EDITS = 20
_MOST_BYTES = 2**20
# Beyond it programs disagree about a number in JSON (RFC 8259, section 6).
_MOST_NUMBER = 2**53 - 1
_EDIT = TypeAdapter(Edit)
_ANSWER: dict[str, Any] = {
    "response_class": Response,
    "responses": {200: {"content": {JSON.media_type: {}}}},
}
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
_EDITS = {
    "type": "object",
    "required": ["edits"],
    "properties": {
        "edits": {
            "type": "array",
            "maxItems": MOST_EDITS,
            "description": "As a phone sends them; one that cannot be read is refused by itself.",
            "items": {},
        }
    },
}
NoneDep = Annotated[NoParameters, query_parameters(NoParameters)]


class VisitParameters(Parameters):
    """Of what."""

    complaint: str | None = parameter("Only those of a complaint, by its id.", {"type": "string"})
    factory: str | None = parameter("Only those of a factory, by its id.", {"type": "string"})


class WorkListParameters(Parameters):
    """Where, when, whose, and from where on."""

    district: str = parameter("Code of a district.", {"type": "string"}, example="7401")
    day: str | None = parameter(
        "The day (Thai time); today unless given.", {"type": "string", "format": "date"}
    )
    team: str | None = parameter(
        "Number of an account: its cases, and nobody's.",
        {"type": "integer", "minimum": 1, "maximum": _MOST_NUMBER},
    )
    lon: str | None = parameter("Longitude of where the way begins, WGS84.", {"type": "number"})
    lat: str | None = parameter("Latitude of where the way begins, WGS84.", {"type": "number"})


async def _edits(request: Request) -> list[Any]:
    """Of the request's body. Raises BadQuery and BodyTooLarge."""
    body = await request.body()
    if len(body) > _MOST_BYTES:
        raise BodyTooLarge(_MOST_BYTES)
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    edits = document.get("edits") if isinstance(document, dict) else None
    if not isinstance(edits, list) or len(edits) > MOST_EDITS:
        raise BadQuery("edits", f'send JSON, as {{"edits": […]}}, of at most {MOST_EDITS} edits')
    return edits


@router.get("/api/checklists", **_ANSWER)
def checklists(staff: StaffDep, service: ServiceDep, _: NoneDep) -> Response:
    """Every version that is not withdrawn, the newest of each first."""
    return _answer(Checklists(tuple(service.inspections.checklists(staff))))


@router.post(
    "/api/inspections/sync",
    response_class=Response,
    responses={
        200: {"content": {JSON.media_type: {}}},
        401: {"description": "Nobody is signed in", "content": _PROBLEM},
        403: {"description": "Whoever is signed in may not", "content": _PROBLEM},
    },
    openapi_extra={
        "requestBody": {"required": True, "content": {JSON.media_type: {"schema": _EDITS}}}
    },
)
def sync(
    staff: StaffDep, service: ServiceDep, sent: Annotated[list[Any], Depends(_edits)]
) -> Response:
    """Stores edits of visits, each by itself: what was sent before is told so, and what contradicts
    another edit is kept beside it."""
    read = [_read(one) for one in sent]
    edits = [one for one in read if isinstance(one, Edit)]
    stored = iter(service.inspections.sync(staff, edits))
    receipts = tuple(one if isinstance(one, Receipt) else next(stored) for one in read)
    return _answer(Receipts(receipts))


@router.get("/api/inspections", **_ANSWER)
def visits(
    staff: StaffDep,
    service: ServiceDep,
    parameters: Annotated[VisitParameters, query_parameters(VisitParameters)],
) -> Response:
    """The newest visits, at most 200, of a case, of a factory or of all that whoever asks may see;
    each with every edit."""
    found = service.inspections.inspections_of(
        staff, complaint=parameters.complaint, factory=parameters.factory
    )
    return _answer(Visits(tuple(found)))


# Any other word at its place, as `sync`, is no visit's.
@router.get("/api/inspections/{inspection:uuid}", **_ANSWER)
def one_visit(inspection: UUID, staff: StaffDep, service: ServiceDep, _: NoneDep) -> Response:
    """A visit with every edit of it, which of them counts, and which contradict each other."""
    return _answer(service.inspections.inspection(staff, inspection))


@router.get("/api/work-list", **_ANSWER)
def work_list(
    staff: StaffDep,
    service: ServiceDep,
    parameters: Annotated[WorkListParameters, query_parameters(WorkListParameters)],
) -> Response:
    """The open complaints of a district as stops, each time to the nearest next."""
    today = thai_day(service.now())
    return _answer(service.work_lists.work_list(staff, _query(parameters.given(), today)))


@router.get("/api/work-list/districts", **_ANSWER)
def districts(staff: StaffDep, service: ServiceDep, _: NoneDep) -> Response:
    """Districts with open complaints, most first."""
    return _answer(DistrictsWork(tuple(service.work_lists.districts(staff))))


def _query(asked: Mapping[str, str], today: date) -> WorkListQuery:
    """Raises BadQuery."""
    day = date_of("day", asked["day"]) if "day" in asked else today
    team = int(number_of("team", asked["team"], 1, _MOST_NUMBER)) if "team" in asked else None
    if ("lon" in asked) != ("lat" in asked):
        raise BadQuery("lon", "give both lon and lat, or neither")
    start = None
    if "lon" in asked:
        lon = number_of("lon", asked["lon"], -180, 180)
        start = lon, number_of("lat", asked["lat"], -90, 90)
    return WorkListQuery(asked["district"], day, team, start)


def _read(sent: Any) -> Edit | Receipt:
    """The edit, or why it is none."""
    try:
        edit: Edit = _EDIT.validate_python(sent)
    except ValidationError as problem:
        first = problem.errors()[0]
        name = ".".join(map(str, first["loc"])) or "edit"
        told = sent if isinstance(sent, dict) else {}
        why = Text(f"{name} ใช้ไม่ได้: {first['msg']}", f"{name}: {first['msg']}")
        inspection, revision = (_shown(told.get(id)) for id in ("inspection", "revision"))
        return Receipt(inspection, revision, REFUSED, why)
    return edit


def _shown(value: Any) -> str:
    return str(value)[:64].encode("utf-8", "replace").decode()


def _answer(document: object) -> Response:
    return Response(encoded(document), media_type=JSON.media_type, headers=PRIVATE)
