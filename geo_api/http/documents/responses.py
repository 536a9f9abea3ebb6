"""Documents about the data, as JSON for programs and as pages for people."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Request, Response

from geo_api.exports.formats import HTML, JSON
from geo_api.http.dependencies import Service
from geo_api.http.documents.pages import DocumentKind, address_of
from geo_api.http.links import Json
from geo_api.http.negotiation import negotiate_format
from geo_api.http.parameters import Parameters, query_parameters

FORMATS = (JSON, HTML)
# For a route's `responses`.
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {format.bare_type: {} for format in FORMATS}}
}


class DocumentParameters(Parameters):
    """In which format and language a document is wanted."""

    FORMATS = FORMATS


DocumentQuery = Annotated[DocumentParameters, query_parameters(DocumentParameters)]


def document_response(
    request: Request,
    service: Service,
    parameters: DocumentParameters,
    language: str,
    kind: DocumentKind,
    body: Json,
    *,
    simulated: bool = False,
) -> Response:
    """The document in the format and the language that the request asks for; its page is marked
    where the data are `simulated`, or where the document says so itself."""
    format = negotiate_format(parameters.f, request.headers.get("accept", ""), FORMATS)
    if format == HTML:
        address = address_of(request)
        page = service.pages.document(kind, body, language, address, simulated=simulated)
        return Response(page, headers=page_headers(service, language), media_type=HTML.media_type)
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    headers = {"Content-Language": language, "Vary": "Accept, Accept-Language"}
    return Response(text, headers=headers, media_type=JSON.media_type)


def page_headers(service: Service, language: str) -> Mapping[str, str]:
    """Those of a page that was chosen by format and language."""
    chosen = {"Content-Language": language, "Vary": "Accept, Accept-Language"}
    return {**service.pages.headers, **chosen}
