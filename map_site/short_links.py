"""Short links: where each leads, or the page that says that it leads nowhere."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from map_site.mount import mounted
from map_site.site import Site

# People follow them; search engines are to know the pages themselves.
_HEADERS = {"X-Robots-Tag": "noindex", "Cache-Control": "public, max-age=3600"}


def short_links_router(site: Site) -> APIRouter:
    """The addresses at /s/CODE."""
    router = APIRouter()

    @router.get("/s/{code}", response_class=RedirectResponse)
    def follow(request: Request, code: str) -> Response:
        path = site.short_link(code)
        if path is None:
            answer = site.not_found(request)
            answer.headers["X-Robots-Tag"] = "noindex"
            return answer
        return RedirectResponse(mounted(path), 302, _HEADERS)

    return router
