"""Documents about the data, as JSON for programs and as pages for people."""

import json
from collections.abc import Callable
from typing import Any

from fastapi import Request, Response

from geo_api.exports.formats import HTML, JSON
from geo_api.http.documents import html
from geo_api.http.links import Json
from geo_api.http.negotiation import f_parameter, negotiate
from geo_api.http.parameters import LANG, takes

FORMATS = (JSON, HTML)
# For a route's `openapi_extra` and `responses`.
TAKES = takes(f_parameter(FORMATS), LANG)
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {format.bare_type: {} for format in FORMATS}}
}


def document(
    request: Request, asked: dict[str, str], language: str, kind: html.Kind, answer: Json
) -> Response:
    """The `answer` in the format and the language that the request asks for."""
    wanted = negotiate(asked.get("f"), request.headers.get("accept", ""), FORMATS)
    headers = {"Content-Language": language, "Vary": "Accept, Accept-Language"}
    if wanted == HTML:
        page = html.render(kind, answer, language)
        return Response(page, headers=headers | html.HEADERS, media_type=html.MEDIA_TYPE)
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return Response(text, headers=headers, media_type=JSON.media_type)


def page_of(kind: html.Kind, answer: bytes, language: str, collection: Callable[[], Json]) -> bytes:
    """The page of features that are GeoJSON already."""
    return html.render(kind, json.loads(answer), language, collection()).encode()
