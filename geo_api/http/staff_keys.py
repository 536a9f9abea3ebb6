"""/staff/keys: the API keys of whoever is signed in, and to an admin those of all."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from geo_api.accounts.api_keys import keys, make_key, revoke_key
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.documents.staff_pages import StaffPages
from geo_api.http.sign_in import Text, by_session_alone
from geo_api.http.staff import PRIVATE, StaffDep
from layers.casework.staff import ADMIN, BadAccount, KeyNotFound, Staff

_PAGE = "/staff/keys"


def staff_keys_router(pages: StaffPages) -> APIRouter:
    """It belongs to the pages, not to the API of open data."""
    router = APIRouter(include_in_schema=False)

    def page(
        request: Request, service: Service, staff: Staff, made: str | None = None, told: str = ""
    ) -> Response:
        listed = keys(service.private.accounts, _whose(staff))
        answer = pages.keys(request, staff, listed, made=made, told=told)
        answer.headers.update(PRIVATE)
        return answer

    @router.get(_PAGE)
    def show(request: Request, service: ServiceDep, staff: StaffDep) -> Response:
        by_session_alone(staff.csrf_token)
        return page(request, service, staff)

    @router.post(_PAGE)
    def make(
        request: Request,
        service: ServiceDep,
        staff: StaffDep,
        name: Text = "",
        scope: Annotated[list[str] | None, Form()] = None,
        days: Text = "",
    ) -> Response:
        """The key is in this one answer: no address leads to it."""
        by_session_alone(staff.csrf_token)
        lasts = timedelta(days=int(days) if days.isascii() and days.isdecimal() else 0)
        accounts, by = service.private.accounts, staff.account_id
        try:
            made = make_key(accounts, by, name, set(scope or ()), lasts, service.now(), by)
        except (BadAccount, OverflowError):
            answer = page(request, service, staff, told="key")
            answer.status_code = 400
            return answer
        return page(request, service, staff, made=made)

    @router.post(f"{_PAGE}/{{key}}/revoke")
    def revoke(request: Request, service: ServiceDep, staff: StaffDep, key: str) -> Response:
        """The same answer for a key of another and for none."""
        by_session_alone(staff.csrf_token)
        if not (key.isascii() and key.isdecimal()):
            raise KeyNotFound(f"there is no key {key[:80]!r} that could be revoked")
        accounts, by = service.private.accounts, staff.account_id
        revoke_key(accounts, int(key[:19]), _whose(staff), service.now(), by)
        query = "?lang=en" if request.query_params.get("lang") == "en" else ""
        root = request.scope.get("root_path", "")
        return RedirectResponse(f"{root}{_PAGE}{query}", 303, PRIVATE)

    return router


def _whose(staff: Staff) -> int | None:
    return None if staff.role == ADMIN else staff.account_id
