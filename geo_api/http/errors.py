"""The one table from exception to HTTP status; every error is a problem document (RFC 9457), and to
a browser a page that says the same."""

import json
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from psycopg2.errors import (
    DiskFull,
    NumericValueOutOfRange,
    OutOfMemory,
    QueryCanceled,
    StatementTooComplex,
    TooManyConnections,
)
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match
from starlette.types import Scope

from geo_api.complaints.open311 import KeyRefused, RequestNotFound
from geo_api.complaints.photos import PhotoNotFound
from geo_api.database.connections import DatabaseUnavailable
from geo_api.database.migrations import NotMigrated
from geo_api.database.statement_scope import Abandoned
from geo_api.exports.formats import GEOJSON, HTML, JSON, Format
from geo_api.http.costly_requests import COSTLY_S
from geo_api.http.documents.pages import Pages, address_of
from geo_api.http.exposition import NotAWatcher
from geo_api.http.negotiation import LANGUAGES, negotiate_format, negotiate_language
from geo_api.http.open311.errors import error_response, is_open311
from geo_api.http.range_requests import RangeNotSatisfiable
from geo_api.http.rate_limit import TooManyRequests
from geo_api.http.request_ids import REQUEST_ID_HEADER, request_id_of
from geo_api.http.request_limits import BodyTooLarge
from geo_api.http.streaming import StorageFull
from geo_api.rasters.registry import RasterNotFound
from geo_api.tiles.tile_matrix_set import TileNotFound
from layers.alerts.desk import AlertNotFound, BadAlert
from layers.casework.cases import CaseChanged, CaseNotFound, Incomplete, NotATransition
from layers.casework.contacts import ContactNotFound
from layers.casework.inspections import InspectionNotFound, TargetNotFound
from layers.casework.intake import BadReport, ReportNotFound
from layers.casework.mills import MillNotFound
from layers.casework.staff import BadAccount, KeyNotFound, NotAllowed, NotSignedIn
from layers.casework.work_list import DistrictNotFound
from layers.citation import CitationNotFound
from layers.jobs import JobNotFound
from layers.model import FeatureNotFound, LayerNotFound
from layers.query import BadQuery
from layers.reference.lists import ListNotFound
from layers.reports.measures import NotReported
from layers.reports.runs import RunNotFound

RETRY_AFTER_S = 5
PROBLEM = Format("problem", "application/problem+json", "Problem document")
# Of equally wanted ones the first: who names JSON is a program.
_OFFERED = (PROBLEM, JSON, GEOJSON, HTML)

_SHORT_OF: tuple[type[Exception], ...] = (DiskFull, OutOfMemory, TooManyConnections)

STATUS: Mapping[type[Exception], HTTPStatus] = {
    BadQuery: HTTPStatus.BAD_REQUEST,
    BadReport: HTTPStatus.BAD_REQUEST,
    BadAlert: HTTPStatus.UNPROCESSABLE_ENTITY,
    AlertNotFound: HTTPStatus.NOT_FOUND,
    NumericValueOutOfRange: HTTPStatus.BAD_REQUEST,
    LayerNotFound: HTTPStatus.NOT_FOUND,
    FeatureNotFound: HTTPStatus.NOT_FOUND,
    KeyRefused: HTTPStatus.FORBIDDEN,
    RequestNotFound: HTTPStatus.NOT_FOUND,
    ListNotFound: HTTPStatus.NOT_FOUND,
    RasterNotFound: HTTPStatus.NOT_FOUND,
    RunNotFound: HTTPStatus.NOT_FOUND,
    ReportNotFound: HTTPStatus.NOT_FOUND,
    CitationNotFound: HTTPStatus.NOT_FOUND,
    PhotoNotFound: HTTPStatus.NOT_FOUND,
    NotReported: HTTPStatus.NOT_FOUND,
    TileNotFound: HTTPStatus.NOT_FOUND,
    BadAccount: HTTPStatus.BAD_REQUEST,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotAWatcher: HTTPStatus.FORBIDDEN,
    KeyNotFound: HTTPStatus.NOT_FOUND,
    ContactNotFound: HTTPStatus.NOT_FOUND,
    CaseNotFound: HTTPStatus.NOT_FOUND,
    CaseChanged: HTTPStatus.CONFLICT,
    Incomplete: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotATransition: HTTPStatus.UNPROCESSABLE_ENTITY,
    InspectionNotFound: HTTPStatus.NOT_FOUND,
    TargetNotFound: HTTPStatus.NOT_FOUND,
    DistrictNotFound: HTTPStatus.NOT_FOUND,
    MillNotFound: HTTPStatus.NOT_FOUND,
    JobNotFound: HTTPStatus.NOT_FOUND,
    TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    RangeNotSatisfiable: HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
    DatabaseUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    NotMigrated: HTTPStatus.SERVICE_UNAVAILABLE,
    QueryCanceled: HTTPStatus.SERVICE_UNAVAILABLE,
    Abandoned: HTTPStatus.SERVICE_UNAVAILABLE,
    StorageFull: HTTPStatus.SERVICE_UNAVAILABLE,
    StatementTooComplex: HTTPStatus.BAD_REQUEST,
    **dict.fromkeys(_SHORT_OF, HTTPStatus.SERVICE_UNAVAILABLE),
}
# What the caller is told where the exception itself would tell of the database.
_DETAIL: Mapping[type[Exception], str] = {
    StatementTooComplex: "the filter is too complex; ask for less at once",
    NumericValueOutOfRange: "a number in the filter became too large; multiply less",
    DatabaseUnavailable: f"the data cannot be read now; ask again in {RETRY_AFTER_S} s",
    QueryCanceled: (
        f"this took longer than it may, {COSTLY_S} s with a filter, a sort or an exact count; ask"
        f" for less, or again in {RETRY_AFTER_S} s"
    ),
    **dict.fromkeys(_SHORT_OF, f"the database is short of room; ask again in {RETRY_AFTER_S} s"),
}


def add_exception_handlers(app: FastAPI, problems: "Problems") -> None:
    """Sets up what `app` answers when a route raises."""
    for kind in STATUS:
        app.add_exception_handler(kind, problems.foreseen)
    app.add_exception_handler(NotSignedIn, problems.unsigned)
    app.add_exception_handler(RequestValidationError, problems.invalid)
    app.add_exception_handler(HTTPException, problems.unrouted)
    app.add_exception_handler(ClientDisconnect, _nobody)
    app.add_exception_handler(Exception, problems.unforeseen)


def _nobody(_request: Request, _problem: Exception) -> Response:
    """Who asked has hung up while still sending: no fault of ours, and nobody reads this."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


class Problems:
    """Answers for what cannot be given: to browsers a page, to programs a problem document."""

    def __init__(self, pages: Pages, simulated: Callable[[bool], bool]) -> None:
        """`simulated` says whether the data are: given True, it may ask the database."""
        self._pages = pages
        self._simulated = simulated

    def overload(self, scope: Scope) -> Response:
        """What those are told whom we cannot serve as well now."""
        detail = f"too many ask at once; ask again in {RETRY_AFTER_S} s"
        return self.refusal(scope, HTTPStatus.SERVICE_UNAVAILABLE, detail)

    def costly_overload(self, scope: Scope) -> Response:
        """The same, while others are served."""
        detail = (
            "too many ask at once with a filter, a sort or an exact count; ask again in"
            f" {RETRY_AFTER_S} s, or for less"
        )
        return self.refusal(scope, HTTPStatus.SERVICE_UNAVAILABLE, detail)

    def refusal(self, scope: Scope, status: HTTPStatus, detail: str) -> Response:
        """What is said before anybody looks at what was asked."""
        return self._response(Request(scope), status, detail, asks=False)

    def foreseen(self, request: Request, problem: Exception) -> Response:
        """What STATUS names."""
        kind = next(kind for kind in STATUS if isinstance(problem, kind))
        detail = _DETAIL.get(kind, str(problem))
        parameter = getattr(problem, "parameter", None)
        answer = self._response(
            request, STATUS[kind], detail, parameter, missing=getattr(problem, "missing", ())
        )
        answer.headers.update(getattr(problem, "headers", {}))
        return answer

    def unsigned(self, request: Request, problem: Exception) -> Response:
        """Somebody to whom a page is not shown yet signs in, and then sees it."""
        accepted = request.headers.get("accept", "")
        wants_page = negotiate_format(None, accept=accepted, offered=_OFFERED) == HTML
        if request.method != "GET" or not wants_page:
            answer = self.foreseen(request, problem)
            answer.headers["WWW-Authenticate"] = "Bearer"
            return answer
        root = request.scope.get("root_path", "")
        asked = {"next": address_of(request).removeprefix(root)}
        if request.query_params.get("lang") == "en":
            asked["lang"] = "en"
        where = f"{root}/staff/sign-in?{urlencode(asked)}"
        return RedirectResponse(where, HTTPStatus.SEE_OTHER, {"Cache-Control": "private, no-store"})

    def invalid(self, request: Request, problem: Exception) -> Response:
        """A value that FastAPI itself refused: it would answer 422."""
        assert isinstance(problem, RequestValidationError)
        first = problem.errors()[0]
        name = str(first["loc"][-1])
        detail = f"{name}: {first['msg']}, got {first['input']!r}"
        return self._response(request, HTTPStatus.BAD_REQUEST, detail, name)

    def unrouted(self, request: Request, problem: Exception) -> Response:
        """An address or a method that there is not."""
        assert isinstance(problem, HTTPException)
        status = HTTPStatus(problem.status_code)
        detail, headers = str(problem.detail), dict(problem.headers or {})
        if status == HTTPStatus.NOT_FOUND:
            detail = f"there is nothing at {request.url.path}; /openapi.json lists what there is"
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = _methods(request)
            detail = f"{request.method} is not answered here, but {' and '.join(allowed)}"
            headers["Allow"] = ", ".join(allowed)
        answer = self._response(request, status, detail)
        answer.headers.update(headers)
        return answer

    def unforeseen(self, request: Request, _raised: Exception) -> Response:
        """Our mistake: Starlette raises it again after this answer, and the server logs it with its
        traceback."""
        detail = "this is our mistake and has been noted; asking again will hardly help"
        answer = self._response(request, HTTPStatus.INTERNAL_SERVER_ERROR, detail)
        # Starlette sends this one around all that sets headers otherwise.
        answer.headers[REQUEST_ID_HEADER] = request_id_of(request.scope)
        return answer

    def _response(
        self,
        request: Request,
        status: HTTPStatus,
        detail: str,
        parameter: str | None = None,
        *,
        missing: Sequence[str] = (),
        asks: bool = True,
    ) -> Response:
        if is_open311(request):
            return error_response(request, status, [detail])
        problem = _problem(request.url.path, status, detail, parameter)
        if request_id := request_id_of(request.scope):
            problem["request_id"] = request_id
        if missing:
            problem["missing"] = list(missing)
        headers = {
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Vary": "Accept, Accept-Language",
        }
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers["Retry-After"] = str(RETRY_AFTER_S)
        accepted = request.headers.get("accept", "")
        if negotiate_format(None, accept=accepted, offered=_OFFERED) != HTML:
            body = json.dumps(problem, ensure_ascii=False).encode("utf-8", "replace")
            return Response(body, status, headers, PROBLEM.media_type)
        language = _language(request)
        marked = self._simulated(asks and status != HTTPStatus.SERVICE_UNAVAILABLE)
        page = self._pages.problem(problem, language, address_of(request), simulated=marked)
        headers |= {**self._pages.headers, "Content-Language": language}
        return Response(page.encode("utf-8", "replace"), status, headers, HTML.media_type)


def _methods(request: Request) -> list[str]:
    """All that are answered at an address: Starlette names those of the first route there alone.
    What can be got has a HEAD (RFC 9110, section 9.1)."""
    found = [
        method
        for method in ("DELETE", "GET", "PATCH", "POST", "PUT")
        if any(
            route.matches({**request.scope, "method": method})[0] == Match.FULL
            for route in request.app.router.routes
        )
    ]
    return sorted([*found, "HEAD"] if "GET" in found else found)


def _language(request: Request) -> str:
    """As other answers choose it; a `lang` that is none of ours may be what is wrong."""
    lang = request.query_params.get("lang")
    known = lang if lang in LANGUAGES else None
    return negotiate_language(known, request.headers.get("accept-language", ""))


def _problem(path: str, status: HTTPStatus, detail: str, parameter: str | None) -> dict[str, Any]:
    members: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "instance": path,
    }
    if parameter is not None:
        members["parameter"] = parameter
    return members
