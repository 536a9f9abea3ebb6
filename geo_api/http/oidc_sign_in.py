"""/staff/sign-in/oidc: to the provider by whose word staff may sign in, and back."""

import logging
from datetime import datetime, timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from geo_api.accounts.oidc import OidcAttempt, OidcProvider, OidcRefused
from geo_api.accounts.sign_in import Identity, sign_in_by_identity
from geo_api.features.cursors import read_cursor, sign_cursor
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.rate_limit import RateLimit, caller_of
from geo_api.http.sign_in import own_next, signed_in
from geo_api.http.staff import PRIVATE, session_times
from layers.casework.staff import SignInRefused
from layers.query import BadQuery

_COOKIE = "fahsai_oidc"
_PATH = "/staff/sign-in/oidc"
_LASTS = timedelta(minutes=10)
_log = logging.getLogger(__name__)


def oidc_router(provider: OidcProvider, by_caller: RateLimit) -> APIRouter:
    """It belongs to the pages, not to the API of open data."""
    router = APIRouter(include_in_schema=False)

    @router.get(_PATH)
    def leave(request: Request, service: ServiceDep, next: str = "") -> Response:
        by_caller.take(caller_of(request))
        try:
            address, attempt = provider.begin(_return_to(request))
        except OidcRefused as problem:
            _log.warning("sign-in by OIDC: %s", problem)
            return _refused(request)
        kept = [attempt.state, attempt.nonce, attempt.verifier, own_next(next)]
        answer = RedirectResponse(address, 303, PRIVATE)
        answer.set_cookie(
            _COOKIE,
            sign_cursor(service.cursor_secret, _COOKIE, [*kept, service.now().isoformat()]),
            max_age=int(_LASTS.total_seconds()),
            path=request.scope.get("root_path", "") + _PATH,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return answer

    @router.get(f"{_PATH}/return")
    def come_back(request: Request, service: ServiceDep) -> Response:
        by_caller.take(caller_of(request))
        identity, onward = None, ""
        try:
            attempt, onward = _attempt(request, service)
            identity = provider.finish(_return_to(request), request.url.query, attempt)
        except OidcRefused as problem:
            _log.warning("sign-in by OIDC: %s", problem)
        return _forgetting(request, _signed_in(request, service, identity, onward))

    return router


def _signed_in(
    request: Request, service: Service, identity: Identity | None, onward: str
) -> Response:
    accounts, times = service.private.accounts, session_times(service)
    try:
        opened = sign_in_by_identity(accounts, identity, service.now(), times)
    except SignInRefused:
        return _refused(request)
    return signed_in(request, service, opened, onward)


def _attempt(request: Request, service: Service) -> tuple[OidcAttempt, str]:
    """What this browser left with, and where it goes on to. Raises OidcRefused."""
    given = request.cookies.get(_COOKIE, "")
    try:
        state, nonce, verifier, onward, at = read_cursor(service.cursor_secret, _COOKIE, given)
    except BadQuery:
        raise OidcRefused("this browser did not leave for the provider") from None
    if service.now() - datetime.fromisoformat(at) > _LASTS:
        raise OidcRefused("this browser left for the provider too long ago")
    return OidcAttempt(state, nonce, verifier), onward


def _return_to(request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}{_PATH}/return"


def _refused(request: Request) -> Response:
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}/staff/sign-in?problem=oidc", 303, PRIVATE)


def _forgetting(request: Request, answer: Response) -> Response:
    answer.delete_cookie(_COOKIE, path=request.scope.get("root_path", "") + _PATH)
    return answer
