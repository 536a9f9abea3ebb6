"""The page about Fahsai: sources with their terms, the work of others within, privacy, contact."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from layers.analyses import analyses
from layers.catalog import catalog
from layers.licences import attribution_text, licence_text
from layers.model import Layer
from layers.sources import sources
from map_site import numbers
from map_site.assets import STATIC
from map_site.rendering import page_response
from map_site.site import Site, language_of
from map_site.words import words

_EXAMPLE = "hotspots"
# What a file must begin with to be the text of a licence, in capitals or not.
_NAMES = ("licen", "copying", "sources.txt")


@dataclass(frozen=True)
class SourceRow:
    """A provider with its terms, and the names and titles of the layers that show its data; without
    `url` whoever runs the service gives the files."""

    title: str
    url: str | None
    licence: str
    layers: tuple[tuple[str, str, bool], ...]


def about_router(site: Site) -> APIRouter:
    """The page at /about."""
    router = APIRouter()

    @router.get("/about", response_class=HTMLResponse)
    def show(request: Request) -> Response:
        base = str(request.base_url).rstrip("/")
        view = about_view(language_of(request), base, site.contact, site.now())
        return page_response(site.render("about.html", request, section="about", **view))

    return router


def about_view(language: str, base: str, contact: str | None, now: datetime) -> dict[str, Any]:
    """What the template about.html asks for; `base` is the service's address."""
    example = catalog()[_EXAMPLE]
    return {
        "source_rows": _source_rows(language),
        "contact": contact,
        "contact_href": _href(contact),
        "licence_files": licence_files(),
        "example": {
            "attribution": attribution_text(example.attribution, language),
            "title": example.title[language],
            "address": f"{base}/ogc/collections/{_EXAMPLE}",
            "day": numbers.day(now, language),
        },
    }


@cache
def licence_files() -> list[tuple[str, str]]:
    """Every text of a licence among the files of the pages: whose it is, and its file."""
    found = []
    for path in sorted(STATIC.rglob("*")):
        if path.is_file() and any(name in path.name.lower() for name in _NAMES):
            file = path.relative_to(STATIC)
            whose = file.parent.as_posix().removeprefix("vendor/").removeprefix("licences/")
            found.append((f"{whose}: {path.name}", file.as_posix()))
    return found


def _source_rows(language: str) -> list[SourceRow]:
    rows = [
        SourceRow(
            title=source.title[language],
            url=source.url,
            licence=licence_text(source.licence, language),
            layers=tuple(
                _named(layer, language)
                for layer in catalog().values()
                if source.name in _origins(layer.sources)
            ),
        )
        for source in sources().values()
    ]
    supplied = [layer for layer in catalog().values() if not _origins(layer.sources)]
    title = words()["about"]["supplied"][language]
    return rows + [
        SourceRow(title, None, licence_text(layer.licence, language), (_named(layer, language),))
        for layer in supplied
    ]


def _named(layer: Layer, language: str) -> tuple[str, str, bool]:
    return layer.name, layer.title[language], layer.raster


def _origins(names: tuple[str, ...]) -> set[str]:
    """Sources by name, those of analyses among them."""
    computed = analyses()
    return {
        origin
        for name in names
        for origin in (_origins(computed[name].sources) if name in computed else {name})
    }


def _href(contact: str | None) -> str | None:
    """A link, where the contact is an address of the web or of mail."""
    if contact is None:
        return None
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else None
