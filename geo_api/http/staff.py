"""Whose request it is: staff's, by the cookie of a session or by an API key; and whether a request
that changes something comes from a page of ours."""

import hmac
from dataclasses import replace
from typing import Annotated, Literal, TypedDict
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from geo_api.accounts.credentials import staff_of
from geo_api.accounts.sign_in import SessionTimes, keep_open
from geo_api.http.dependencies import Service, require_readable_path
from layers.casework.staff import NotAllowed, NotSignedIn, OpenedSession, Staff

SESSION_COOKIE = "fahsai_session"
# Tells scripts that there is a session, and nothing of it: so that maps ask for what is for staff.
HINT_COOKIE = "fahsai_staff"
CSRF_HEADER, CSRF_FIELD = "X-CSRF-Token", "csrf_token"
_SAFE = ("GET", "HEAD", "OPTIONS")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_SIGN_IN_FIRST = "sign in first, or send an API key as Authorization: Bearer KEY"
# What is for one person's eyes is kept by nobody on the way.
PRIVATE = {"Cache-Control": "private, no-store", "Vary": "Cookie, Authorization"}


class CookieScope(TypedDict):
    """To whom a browser sends a cookie."""

    path: str
    secure: bool
    samesite: Literal["lax"]


class CrossSiteRequest(NotAllowed):
    """What would change something was not sent by a page of ours."""


async def staff_of_request(request: Request) -> Staff:
    """Who asks. Raises NotSignedIn; and CrossSiteRequest where a cookie alone says who asks to
    change something."""
    require_readable_path(request)
    service: Service = request.app.state.service
    key = _api_key(request)
    if key is not None:
        return await run_in_threadpool(staff_of, service.private.staff, key)
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        raise NotSignedIn(_SIGN_IN_FIRST)
    staff = await run_in_threadpool(_holder, service, token)
    signed = replace(staff, csrf_token=csrf_token(service.cursor_secret, token))
    if request.method not in _SAFE:
        await require_csrf(request, signed.csrf_token)
    return signed


StaffDep = Annotated[Staff, Depends(staff_of_request)]


async def staff_or_nobody(request: Request) -> Staff | None:
    """Who asks, of what others see too, if less of it."""
    try:
        return await staff_of_request(request)
    except NotSignedIn:
        return None


def csrf_token(secret: bytes, token: str) -> str:
    """What the forms of a session carry: it follows from the session, and tells nothing of it."""
    return hmac.digest(secret, b"csrf\0" + token.encode("utf-8", "replace"), "sha256").hex()


async def require_csrf(request: Request, expected: str) -> None:
    """Raises CrossSiteRequest for what another site had the browser send."""
    require_same_origin(request)
    given = request.headers.get(CSRF_HEADER)
    if given is None and request.headers.get("content-type", "").startswith(_FORMS):
        field = (await request.form()).get(CSRF_FIELD)
        given = field if isinstance(field, str) else None
    if not hmac.compare_digest((given or "").encode(), expected.encode()):
        raise CrossSiteRequest(
            f"the form is of another session: load its page again (a script sends {CSRF_HEADER})"
        )


def require_same_origin(request: Request) -> None:
    """By what browsers say and no page can change: Sec-Fetch-Site, else Origin, whose scheme is
    left aside, since a proxy may not tell ours. What says neither is no browser of the last years,
    and has no cookie of another's. So does Go's http.CrossOriginProtection. Raises
    CrossSiteRequest."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        ours = site in ("same-origin", "none")
    else:
        ours = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not ours:
        raise CrossSiteRequest("this was sent by a page of another site: open ours and try again")


def session_times(service: Service) -> SessionTimes:
    """How long a session is open."""
    return SessionTimes(service.settings.session_idle, service.settings.session_longest)


def set_session(response: Response, request: Request, opened: OpenedSession) -> None:
    """Gives the browser its session; scripts cannot read it, and other sites cannot send it but by
    a link that somebody follows."""
    for name, value, is_secret in ((SESSION_COOKIE, opened.token, True), (HINT_COOKIE, "1", False)):
        response.set_cookie(
            name, value, expires=opened.ends_at, httponly=is_secret, **_scope(request)
        )


def forget_session(response: Response, request: Request) -> None:
    """Takes the cookies back."""
    for name in (SESSION_COOKIE, HINT_COOKIE):
        response.delete_cookie(name, **_scope(request))


def _scope(request: Request) -> CookieScope:
    root = request.scope.get("root_path") or "/"
    return {"path": root, "secure": request.url.scheme == "https", "samesite": "lax"}


def _holder(service: Service, token: str) -> Staff:
    staff = staff_of(service.private.staff, token)
    keep_open(service.private.accounts, token, service.now(), session_times(service))
    return staff


def _api_key(request: Request) -> str | None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None
