"""The web addresses of the pages and of the files they load."""

from collections.abc import Callable
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from map_site.document import build
from map_site.maps import Background
from map_site.pages import PAGES, Page


def old_pages(background: Background) -> APIRouter:
    """A route per page, which answers in Thai unless asked with `?lang=en`."""
    router = APIRouter(include_in_schema=False)
    for page in PAGES[1:]:
        router.add_api_route(page.path, _route(page, background), methods=["GET"])
    return router


def _route(page: Page, background: Background) -> Callable[[str], Response]:
    built_once = cache(lambda language: build(page, language, background))

    def show(lang: Annotated[str, Query()] = "th") -> Response:
        built = built_once("en" if lang == "en" else "th")
        headers = {
            "Content-Security-Policy": built.policy,
            "Cache-Control": "no-cache",
            "Referrer-Policy": "same-origin",
        }
        return HTMLResponse(built.html, headers=headers)

    return show
