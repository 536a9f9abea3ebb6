"""A file that has an ETag: whole, in ranges of bytes, or not at all for who holds it already."""

from collections.abc import Mapping
from pathlib import Path

from fastapi import Request, Response

from geo_api.http.negotiation import if_none_match
from geo_api.http.range_requests import PartialFile


def file_response(
    request: Request,
    path: Path,
    headers: Mapping[str, str],
    media_type: str,
    filename: str | None = None,
) -> Response:
    """`headers` have the ETag; `filename` is what a browser saves it as."""
    if if_none_match(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=dict(headers))
    return PartialFile(path, 200, dict(headers), media_type, filename=filename)
