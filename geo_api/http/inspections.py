"""/api/checklists, /api/inspections and /api/work-list: what field teams send and ask."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import TypeAdapter, ValidationError

from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.staff import PRIVATE, StaffDep
from layers.casework.inspections import REFUSED, Edit, Inspections, NewPhoto, Receipt
from layers.casework.work_list import WorkListQuery, WorkLists
from layers.model import Text
from layers.query import BadQuery, date_of, number_of
from layers.times import THAI_TIME

MOST_EDITS = 20
_EDIT = TypeAdapter(Edit)


async def _edits(request: Request) -> list[Any]:
    """Of the request's body. Raises BadQuery."""
    try:
        document = json.loads(await request.body())
    except ValueError:
        document = None
    edits = document.get("edits") if isinstance(document, dict) else None
    if not isinstance(edits, list) or len(edits) > MOST_EDITS:
        raise BadQuery("edits", f'send JSON, as {{"edits": […]}}, of at most {MOST_EDITS} edits')
    return edits


async def _file(request: Request) -> bytes:
    return await request.body()


def inspections_router(inspections: Inspections, work_lists: WorkLists) -> APIRouter:
    """It belongs to the pages for staff, not to the API of open data."""
    router = APIRouter(include_in_schema=False)

    @router.get("/api/session")
    def session(staff: StaffDep) -> Response:
        """Who is signed in, for pages that were opened without signal."""
        return _answer(
            {
                "account_id": staff.account_id,
                "name": staff.name,
                "role": staff.role,
                "csrf_token": staff.csrf_token,
            }
        )

    @router.get("/api/checklists")
    def checklists(staff: StaffDep) -> Response:
        """Every version that is not withdrawn, the newest of each first."""
        return _answer({"checklists": tuple(inspections.checklists(staff))})

    @router.post("/api/inspections/sync")
    def sync(staff: StaffDep, sent: Annotated[list[Any], Depends(_edits)]) -> Response:
        """What became of each edit, in the order in which they were sent."""
        read = [_read(one) for one in sent]
        stored = iter(inspections.sync(staff, [one for one in read if isinstance(one, Edit)]))
        receipts = tuple(one if isinstance(one, Receipt) else next(stored) for one in read)
        return _answer({"receipts": receipts})

    @router.get("/api/inspections")
    def of_subject(
        staff: StaffDep, complaint: str | None = None, factory: str | None = None
    ) -> Response:
        """Those of a case or a factory, newest visit first."""
        if (complaint is None) == (factory is None):
            raise BadQuery("complaint", "give either complaint or factory")
        found = inspections.inspections_of(staff, complaint=complaint, factory=factory)
        return _answer({"inspections": tuple(found)})

    @router.get("/api/inspections/photos/{photo}")
    def photo(staff: StaffDep, photo: str) -> Response:
        """The JPEG of a photo."""
        return Response(inspections.photo(staff, photo), media_type="image/jpeg", headers=PRIVATE)

    @router.get("/api/inspections/{id}")
    def inspection(staff: StaffDep, id: UUID) -> Response:
        """With every edit of it."""
        return _answer(inspections.inspection(staff, id))

    @router.post("/api/inspections/{id}/photos")
    def add_photo(
        staff: StaffDep,
        id: UUID,
        file: Annotated[bytes, Depends(_file)],
        client_id: UUID,
        device_at: datetime,
        item: Annotated[str | None, Query(max_length=40)] = None,
    ) -> Response:
        """Takes a photo, as the body of the request."""
        return _answer(inspections.add_photo(staff, id, NewPhoto(client_id, item, device_at, file)))

    @router.get("/api/work-list")
    def work_list(request: Request, staff: StaffDep, service: ServiceDep) -> Response:
        """The stops of a day in a district; without one, the districts that have any."""
        asked = dict(request.query_params)
        if "district" not in asked:
            return _answer({"districts": tuple(work_lists.districts(staff))})
        today = service.now().astimezone(THAI_TIME).date()
        return _answer(work_lists.work_list(staff, work_list_query(asked, today)))

    return router


def work_list_query(asked: Mapping[str, str], today: date) -> WorkListQuery:
    """Raises BadQuery."""
    day = date_of("day", asked["day"]) if asked.get("day") else today
    team = int(number_of("team", asked["team"], 1, 2**62)) if asked.get("team") else None
    if ("lon" in asked) != ("lat" in asked):
        raise BadQuery("lon", "give both lon and lat, or neither")
    start = (
        (number_of("lon", asked["lon"], -180, 180), number_of("lat", asked["lat"], -90, 90))
        if "lon" in asked
        else None
    )
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
    return Response(encoded(document), media_type="application/json", headers=PRIVATE)
