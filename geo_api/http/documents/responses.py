"""Documents about the data, as JSON for programs and as pages for people."""

import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Request, Response

from geo_api.exports.formats import HTML, JSON
from geo_api.http.documents import html
from geo_api.http.links import Json
from geo_api.http.negotiation import negotiate_format
from geo_api.http.parameters import LANG, Parameters, format_parameter, query_parameters

FORMATS = (JSON, HTML)
# For a route's `responses`.
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {format.bare_type: {} for format in FORMATS}}
}


class DocumentParameters(Parameters):
    """In which format and language a document is wanted."""

    f: str | None = format_parameter(FORMATS)
    lang: str | None = LANG


DocumentQuery = Annotated[DocumentParameters, query_parameters(DocumentParameters)]


def document_response(
    request: Request, parameters: DocumentParameters, language: str, kind: html.PageKind, body: Json
) -> Response:
    """The document in the format and the language that the request asks for."""
    format = negotiate_format(parameters.f, request.headers.get("accept", ""), FORMATS)
    headers = {"Content-Language": language, "Vary": "Accept, Accept-Language"}
    if format == HTML:
        page = html.render_page(kind, body, language)
        return Response(page, headers=headers | html.HEADERS, media_type=html.MEDIA_TYPE)
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, headers=headers, media_type=JSON.media_type)


def features_page(
    kind: html.PageKind, geojson: bytes, language: str, collection: Callable[[], Json]
) -> bytes:
    """The page of features that are GeoJSON already."""
    return html.render_page(kind, json.loads(geojson), language, collection()).encode()
