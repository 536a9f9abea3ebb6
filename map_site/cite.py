"""Citations as pages: one that makes them, which needs no script, and one of each."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from layers.citation import (
    MOST_ROWS,
    CitationNotFound,
    Citations,
    State,
    bibtex,
    plain,
)
from layers.licences import licence_text
from layers.model import FeatureNotFound, LayerNotFound
from layers.query import BadQuery
from layers.reports.measures import NotReported
from map_site.rendering import address, page_response
from map_site.site import Site, language_of

PATH = "/cite"
_MOST_FORM_BYTES = 16 * 2**10
# As notes are drawn.
_NOTES = {
    State.HOLDS: ("check", ""),
    State.UNPROVED: ("warning", "warn"),
    State.ERASED: ("warning", "warn"),
    State.GONE: ("warning", "fail"),
    State.ALTERED: ("warning", "fail"),
}


def cite_router(site: Site, citations: Citations) -> APIRouter:
    """/cite and /cite/CODE."""
    router = APIRouter(include_in_schema=False)

    @router.get(PATH, response_class=HTMLResponse)
    def ask(request: Request, path: str = "") -> Response:
        return _form(site, request, path)

    @router.post(PATH, response_class=HTMLResponse)
    def make(request: Request, path: Annotated[str, Depends(_sent)]) -> Response:
        try:
            made = citations.cite(path)
        except (BadQuery, FeatureNotFound, LayerNotFound, NotReported) as problem:
            return _form(site, request, path, str(problem))
        leads_to = address(f"{PATH}/{made.code}", language_of(request))
        return RedirectResponse(leads_to, HTTPStatus.SEE_OTHER)

    @router.get(PATH + "/{code}", response_class=HTMLResponse)
    def show(request: Request, code: str) -> Response:
        try:
            citation = citations.find(code)
        except CitationNotFound:
            return site.not_found(request)
        found = citations.verify(citation)
        full = f"{str(request.base_url).rstrip('/')}{PATH}/{citation.code}"
        html = site.render(
            "cite.html",
            request,
            citation=citation,
            found=found,
            notes=_NOTES,
            full=full,
            most=MOST_ROWS,
            texts={
                "text_th": ("th", plain(citation, "th", full)),
                "text_en": ("en", plain(citation, "en", full)),
                "bibtex": ("en", bibtex(citation, full)),
            },
            licence=licence_text,
            simulated=citation.simulated,
        )
        return page_response(html)

    return router


async def _sent(request: Request) -> str:
    """The address of the form; nothing where it has none that is text."""
    asked = request.form(max_files=0, max_fields=2, max_part_size=_MOST_FORM_BYTES)
    async with asked as form:
        path = form.get("path")
    if not isinstance(path, str) or not path.isprintable():
        return ""
    # As it is copied from the browser.
    return path.strip().removeprefix(str(request.base_url).rstrip("/"))


def _form(site: Site, request: Request, path: str, why: str | None = None) -> Response:
    html = site.render("cite_make.html", request, asked=path[:4000], why=why)
    return page_response(html, HTTPStatus.BAD_REQUEST if why else HTTPStatus.OK)
