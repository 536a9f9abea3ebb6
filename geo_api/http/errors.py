"""The one table from exception to HTTP status; every error is a problem document (RFC 9457)."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from psycopg2.errors import NumericValueOutOfRange, QueryCanceled
from starlette.exceptions import HTTPException

from geo_api.database.connections import DatabaseUnavailable
from geo_api.features.items import FeatureNotFound
from geo_api.http.range_requests import RangeNotSatisfiable
from geo_api.http.rate_limit import TooManyRequests
from geo_api.rasters.registry import RasterNotFound
from geo_api.tiles.tile_matrix_set import TileNotFound
from layers.model import LayerNotFound
from layers.query import BadQuery
from layers.reports.measures import NotReported

RETRY_AFTER_S = 5

STATUS: Mapping[type[Exception], HTTPStatus] = {
    BadQuery: HTTPStatus.BAD_REQUEST,
    NumericValueOutOfRange: HTTPStatus.BAD_REQUEST,
    LayerNotFound: HTTPStatus.NOT_FOUND,
    FeatureNotFound: HTTPStatus.NOT_FOUND,
    RasterNotFound: HTTPStatus.NOT_FOUND,
    NotReported: HTTPStatus.NOT_FOUND,
    TileNotFound: HTTPStatus.NOT_FOUND,
    TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    RangeNotSatisfiable: HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
    DatabaseUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    QueryCanceled: HTTPStatus.SERVICE_UNAVAILABLE,
}
# What the caller is told where the exception itself would tell of the database.
_DETAIL: Mapping[type[Exception], str] = {
    NumericValueOutOfRange: "a number in the filter became too large; multiply less",
    DatabaseUnavailable: f"the data cannot be read now; ask again in {RETRY_AFTER_S} s",
    QueryCanceled: f"this took too long; ask for less, or again in {RETRY_AFTER_S} s",
}


def add_exception_handlers(app: FastAPI) -> None:
    """Sets up what `app` answers when a route raises."""
    for kind in STATUS:
        app.add_exception_handler(kind, _foreseen)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _unrouted)
    app.add_exception_handler(Exception, _unforeseen)


def overload_response(path: str) -> Response:
    """What those are told whom we cannot serve as well now."""
    detail = f"too many ask at once; ask again in {RETRY_AFTER_S} s"
    return problem_response(path, HTTPStatus.SERVICE_UNAVAILABLE, detail)


def _foreseen(request: Request, problem: Exception) -> Response:
    kind = next(kind for kind in STATUS if isinstance(problem, kind))
    detail = _DETAIL.get(kind, str(problem))
    answer = problem_response(
        request.url.path, STATUS[kind], detail, getattr(problem, "parameter", None)
    )
    answer.headers.update(getattr(problem, "headers", {}))
    return answer


def _invalid(request: Request, problem: Exception) -> Response:
    """A value that FastAPI itself refused: it would answer 422."""
    assert isinstance(problem, RequestValidationError)
    first = problem.errors()[0]
    name = str(first["loc"][-1])
    detail = f"{name}: {first['msg']}, got {first['input']!r}"
    return problem_response(request.url.path, HTTPStatus.BAD_REQUEST, detail, name)


def _unrouted(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    status = HTTPStatus(problem.status_code)
    detail = str(problem.detail)
    if status == HTTPStatus.NOT_FOUND:
        detail = f"there is nothing at {request.url.path}; /openapi.json lists what there is"
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.method} is not answered here; what there is can be read with GET"
    answer = problem_response(request.url.path, status, detail)
    answer.headers.update(problem.headers or {})
    return answer


def _unforeseen(request: Request, _raised: Exception) -> Response:
    # Starlette raises it again after this answer, and the server logs it with its traceback.
    detail = "this is our mistake and has been noted; asking again will hardly help"
    return problem_response(request.url.path, HTTPStatus.INTERNAL_SERVER_ERROR, detail)


def problem_response(
    path: str, status: HTTPStatus, detail: str, parameter: str | None = None
) -> Response:
    members: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "instance": path,
    }
    if parameter is not None:
        members["parameter"] = parameter
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    body = json.dumps(members, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, status, headers, "application/problem+json")
