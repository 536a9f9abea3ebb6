"""/api/session and photos of visits: what pages of the field ask beside the described API."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.staff import PRIVATE, StaffDep
from layers.casework.inspections import NewPhoto
from layers.query import BadQuery


async def _file(request: Request) -> bytes:
    return await request.body()


def inspections_router() -> APIRouter:
    """It belongs to the pages for staff."""
    router = APIRouter(include_in_schema=False)

    @router.get("/api/session")
    def session(staff: StaffDep) -> Response:
        """Who is signed in, for pages that were opened without signal."""
        told = {
            "account_id": staff.account_id,
            "name": staff.name,
            "role": staff.role,
            "csrf_token": staff.csrf_token,
        }
        return _answer(told)

    @router.get("/api/inspections/photos/{photo}")
    def photo(staff: StaffDep, service: ServiceDep, photo: str) -> Response:
        """The JPEG of a photo."""
        jpeg = service.inspections.photo(staff, photo)
        return Response(jpeg, media_type="image/jpeg", headers=PRIVATE)

    @router.post("/api/inspections/{id}/photos")
    def add_photo(
        staff: StaffDep,
        service: ServiceDep,
        id: UUID,
        file: Annotated[bytes, Depends(_file)],
        client_id: UUID,
        device_at: datetime,
        item: Annotated[str | None, Query(max_length=40)] = None,
    ) -> Response:
        """Takes a photo, as the body of the request."""
        if not (device_at.tzinfo and 2000 < device_at.year <= 2100):
            told = "device_at must be of this century and have a zone, as in 2026-03-02T03:00:00Z"
            raise BadQuery("device_at", told)
        photo = NewPhoto(client_id, item, device_at.astimezone(UTC), file)
        return _answer(service.inspections.add_photo(staff, id, photo))

    return router


def _answer(document: object) -> Response:
    return Response(encoded(document), media_type="application/json", headers=PRIVATE)
