"""/api/citations: makes citations of answers and pages, and tells whether their rows still hold."""

from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.responses import JSONResponse

from geo_api.exports.formats import JSON, Format
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.links import bilingual
from geo_api.http.negotiation import negotiate_format
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Language, NoneTaken, Parameters, query_parameters
from geo_api.http.rate_limit import caller_of
from geo_api.http.routers import DescribedRouter
from geo_api.http.short_links import AskedDep
from layers.citation import Check, Citation, bibtex, plain, short_line

router = DescribedRouter(prefix="/api/citations", tags=["Citations"], dependencies=OPEN_DATA)

BIBTEX = Format("bibtex", "application/x-bibtex; charset=utf-8", "BibTeX entry")
TEXT = Format("text", "text/plain; charset=utf-8", "Plain text for a list of references")
_LANGUAGES = ("th", "en")
_BODY = {
    "required": True,
    "content": {
        JSON.media_type: {
            "schema": {
                "type": "object",
                "required": ["path"],
                "properties": {
                    "path": {
                        "type": "string",
                        "description": "The address to cite from the root of the site, with `as_of`"
                        " or else as it is now.",
                    }
                },
            },
            "example": {"path": "/ogc/collections/factories/items?province_code=74"},
        }
    },
}


class CitationParameters(Parameters):
    """In which form."""

    FORMATS = (JSON, BIBTEX, TEXT)


async def _limited(request: Request, service: ServiceDep) -> None:
    """Raises TooManyRequests."""
    service.citations_limit.take(caller_of(request))


@router.post(
    "",
    response_class=JSONResponse,
    dependencies=[Depends(_limited)],
    openapi_extra={"requestBody": _BODY},
)
def cite(request: Request, service: ServiceDep, parameters: NoneTaken, asked: AskedDep) -> Response:
    """The citation of the answer or page at `path`: the same for the same question of the same
    version of the data. All rows of an answer are cited, however many a page of it has."""
    citation = service.citations.cite(asked)
    return JSONResponse(_told(request, citation), headers={"Cache-Control": "no-store"})


@router.get(
    "/{citation}",
    response_class=Response,
    dependencies=[Depends(_limited)],
    responses={200: {"content": {one.bare_type: {} for one in CitationParameters.FORMATS}}},
)
def cited(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[CitationParameters, query_parameters(CitationParameters)],
    citation: str,
    language: Language,
) -> Response:
    """What was cited, and whether its rows, read again, still have their checksums: `holds`;
    `erased` where some were taken out since, as the law asked; `gone` with the reason where they
    cannot be had any more; `altered` where they are others; `unproved` where there is none."""
    found = service.citations.find(citation)
    accept = request.headers.get("accept", "")
    format = negotiate_format(parameters.f, accept, CitationParameters.FORMATS)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept, Accept-Language"}
    address = _address(request, found)
    if format == BIBTEX:
        return Response(bibtex(found, address), headers=headers, media_type=format.media_type)
    if format == TEXT:
        text = plain(found, language, address)
        return Response(f"{text}\n", headers=headers, media_type=format.media_type)
    told = _told(request, found) | _verified(service, found)
    return JSONResponse(told, headers=headers)


def _told(request: Request, citation: Citation) -> dict[str, Any]:
    base = str(request.base_url).rstrip("/")
    address = _address(request, citation)
    return {
        "code": citation.code,
        "address": address,
        "path": citation.path,
        "asOf": citation.as_of,
        "dataVersion": citation.version,
        "time": _z(citation.time.isoformat()),
        "citedAt": _z(citation.cited_at.isoformat()),
        "simulated": citation.simulated,
        "software": citation.software,
        "sources": [
            {
                "layer": one.layer,
                "title": bilingual(one.title),
                "licence": one.licence,
                "attribution": one.attribution,
            }
            for one in citation.sources
        ],
        "parts": [
            {
                "href": f"{base}{citation.address_of(part)}",
                "rows": part.rows,
                "sha256": part.checksum,
            }
            for part in citation.parts
        ],
        "line": {one: short_line(citation, one, address) for one in _LANGUAGES},
        "text": {one: plain(citation, one, address) for one in _LANGUAGES},
        "bibtex": bibtex(citation, address),
    }


def _verified(service: Service, citation: Citation) -> dict[str, Any]:
    found = service.citations.verify(citation)
    return {
        "state": str(found.state),
        "isOwn": found.is_own,
        "checks": [_check(one) for one in found.checks],
    }


def _check(one: Check) -> dict[str, Any]:
    return {
        "state": str(one.state),
        "rows": one.rows,
        "sha256": one.checksum,
        "why": one.why,
        "erasures": [
            {
                "rows": erasure.rows,
                "reason": erasure.reason,
                "erasedAt": _z(erasure.erased_at.isoformat()),
            }
            for erasure in one.erasures
        ],
    }


def _address(request: Request, citation: Citation) -> str:
    return f"{request.base_url}cite/{citation.code}"


def _z(text: str) -> str:
    return text.replace("+00:00", "Z")
