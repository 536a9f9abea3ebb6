"""/staff/sign-in, by a password or a one-time link; /staff/account; and out again."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from geo_api.accounts import sign_in as sessions
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.staff_pages import StaffPages
from geo_api.http.rate_limit import RateLimit, caller_of
from geo_api.http.staff import (
    PRIVATE,
    SESSION_COOKIE,
    StaffDep,
    forget_session,
    require_same_origin,
    session_times,
    set_session,
)
from geo_api.sharing.short_links import own_path
from layers.casework.staff import BadAccount, NotAllowed, OpenedSession, SignInRefused
from layers.query import BadQuery

LANDING = "/staff"
_ACCOUNT = "/staff/account"
Text = Annotated[str, Form(max_length=1000)]


async def _from_our_page(request: Request) -> None:
    """Nobody is signed in by another site, as an account of its own choice."""
    require_same_origin(request)


def sign_in_router(
    pages: StaffPages, by_caller: RateLimit, by_address: RateLimit, oidc: bool
) -> APIRouter:
    """It belongs to the pages, not to the API of open data. `by_address` counts by the address of
    mail that was typed, whether or not there is an account of it."""
    router = APIRouter(include_in_schema=False)
    same_origin = [Depends(_from_our_page)]

    @router.get("/staff/sign-in")
    def ask(
        request: Request, service: ServiceDep, next: str = "", link: str = "", problem: str = ""
    ) -> Response:
        onward = own_next(next)
        if not link:
            known = problem if problem == "oidc" else ""
            page = pages.sign_in(request, onward=onward, problem=known, oidc=oidc)
            return _private(page)
        owner = sessions.link_owner(service.private.accounts, link, service.now())
        if owner is None:
            page = pages.sign_in(request, onward=onward, problem="link", oidc=oidc)
            page.status_code = 410
            return _private(page)
        return _private(pages.link(request, link, owner, onward if next else ""))

    @router.post("/staff/sign-in", dependencies=same_origin)
    def by_password(
        request: Request,
        service: ServiceDep,
        email: Text = "",
        password: Text = "",
        next: Text = "",
    ) -> Response:
        by_caller.take(caller_of(request))
        by_address.take(email.strip().lower())
        onward, times = own_next(next), session_times(service)
        accounts = service.private.accounts
        try:
            opened = sessions.sign_in_by_password(accounts, email, password, service.now(), times)
        except SignInRefused:
            page = pages.sign_in(request, onward=onward, problem="refused", oidc=oidc)
            page.status_code = 401
            return _private(page)
        return signed_in(request, service, opened, onward)

    @router.post("/staff/sign-in/link", dependencies=same_origin)
    def by_link(
        request: Request, service: ServiceDep, link: Text = "", next: Text = ""
    ) -> Response:
        """On to where a password is chosen, unless there is one or the link leads elsewhere."""
        by_caller.take(caller_of(request))
        onward, times = own_next(next), session_times(service)
        accounts = service.private.accounts
        try:
            opened = sessions.sign_in_by_link(accounts, link, service.now(), times)
        except SignInRefused:
            page = pages.sign_in(request, onward=onward, problem="link", oidc=oidc)
            page.status_code = 410
            return _private(page)
        if not next and not sessions.has_password(accounts, opened.account_id):
            onward = _ACCOUNT
        return signed_in(request, service, opened, onward)

    @router.post("/staff/sign-out")
    def out(request: Request, service: ServiceDep, staff: StaffDep) -> Response:
        sessions.sign_out(service.private.accounts, staff.credential)
        answer = _onward(request, "/staff/sign-in")
        forget_session(answer, request)
        return answer

    @router.get(_ACCOUNT)
    def account(request: Request, service: ServiceDep, staff: StaffDep, told: str = "") -> Response:
        has = sessions.has_password(service.private.accounts, staff.account_id)
        known = told if told == "changed" else ""
        return _private(pages.account(request, staff, has_password=has, told=known))

    @router.post(_ACCOUNT)
    def set_password(
        request: Request,
        service: ServiceDep,
        staff: StaffDep,
        password: Text = "",
        repeated: Text = "",
    ) -> Response:
        by_session_alone(staff.csrf_token)
        told = "" if password == repeated else "not_repeated"
        accounts = service.private.accounts
        if not told:
            try:
                sessions.set_password(accounts, staff.account_id, password, staff.credential)
                return _onward(request, f"{_ACCOUNT}?told=changed")
            except BadAccount:
                told = "wrong_length"
        has = sessions.has_password(accounts, staff.account_id)
        page = pages.account(request, staff, has_password=has, told=told)
        page.status_code = 400
        return _private(page)

    return router


def own_next(asked: str) -> str:
    """The path to go on to: one of ours, or else the desk."""
    try:
        return own_path(asked) if asked else LANDING
    except BadQuery:
        return LANDING


def signed_in(
    request: Request, service: ServiceDep, opened: OpenedSession, onward: str
) -> Response:
    """On to the page, with the new session; the one that the browser had is ended."""
    before = request.cookies.get(SESSION_COOKIE)
    if before:
        sessions.sign_out(service.private.accounts, before)
    answer = _onward(request, onward)
    set_session(answer, request, opened)
    return answer


def by_session_alone(csrf_token: str) -> None:
    """Raises NotAllowed for a key: who finds one makes no other, and sets no password."""
    if not csrf_token:
        raise NotAllowed("an API key may not do this: sign in with a browser")


def _onward(request: Request, path: str) -> RedirectResponse:
    """As a GET, in the language of the page that asked."""
    if request.query_params.get("lang") == "en" and "lang=" not in path:
        path += ("&" if "?" in path else "?") + urlencode({"lang": "en"})
    root = request.scope.get("root_path", "")
    return RedirectResponse(root + path, 303, PRIVATE)


def _private(page: Response) -> Response:
    page.headers.update(PRIVATE)
    return page
