"""What an address of Open311 says of what it cannot answer: an array, never a problem document."""

from collections.abc import Sequence
from http import HTTPStatus

from fastapi import Request, Response

from geo_api.http.open311.documents import JSON, MEDIA_TYPES, XML, errors, written

ROOT = "/open311/"


def is_open311(request: Request) -> bool:
    """Whether the address is one of Open311, be there anything or not."""
    root: str = request.scope.get("root_path", "")
    return request.url.path.removeprefix(root).startswith(ROOT)


def error_response(request: Request, status: HTTPStatus, descriptions: Sequence[str]) -> Response:
    """In JSON where that was asked for; every client reads XML. Who is not let in is told 403,
    whatever was wrong with the key."""
    if status == HTTPStatus.UNAUTHORIZED:
        status = HTTPStatus.FORBIDDEN
    format = JSON if request.url.path.endswith(f".{JSON}") else XML
    body = written("errors", errors(status.value, descriptions), format)
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(body, status, headers, MEDIA_TYPES[format])
