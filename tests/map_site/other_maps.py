"""Pages of other people, at an address of their own, that draw our layers by a map library."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

from tests.map_site.conftest import ARGUMENTS, CHROMIUM

MODULES = Path(__file__).resolve().parents[2] / "node_modules"
# Nobody answers there: what the page loads of its own comes from `files`.
ORIGIN = "http://maps.example"
# WebGL without a graphics card.
_DRAWING = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
# Else Chromium asks the reader first.
_OPEN = "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests"
_TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".css": "text/css"}


@contextmanager
def drawing(browser: Browser) -> Iterator[Browser]:
    """A browser that has WebGL, and lets pages elsewhere ask a service on this machine."""
    arguments = [*(one for one in ARGUMENTS if one != "--disable-gpu"), *_DRAWING, _OPEN]
    opened = browser.browser_type.launch(executable_path=CHROMIUM, args=arguments)
    yield opened
    opened.close()


@contextmanager
def page_elsewhere(browser: Browser, html: str, files: Path) -> Iterator[Page]:
    """A window for ORIGIN, where `html` is at /map.html and the library's `files` beside it."""

    def answer(route: Route) -> None:
        name = route.request.url.partition("?")[0].rpartition("/")[2]
        if name == "map.html":
            route.fulfill(body=html, content_type="text/html")
        else:
            file = files / name
            route.fulfill(body=file.read_bytes(), content_type=_TYPES[file.suffix])

    opened = browser.new_page(viewport={"width": 600, "height": 600})
    opened.route(f"{ORIGIN}/**", answer)
    yield opened
    opened.close()
