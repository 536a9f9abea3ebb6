"""The field page, which opens without signal: its shell, its service worker and its manifest.

The page carries no data: its scripts ask /api/near, and keep the answers on the device. The service
worker keeps the page, that of a report, and the files that they load, under a version that changes
with any of them.
"""

import json
import re
from datetime import date
from hashlib import blake2b
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from layers.browser import LAND, PLACES
from layers.catalog import catalog
from layers.model import Layer
from map_site import numbers, report
from map_site.assets import asset, read
from map_site.mount import mounted, prefix
from map_site.rendering import LANGUAGES, address, content_security_policy, page_response, render
from map_site.site import Site, language_of
from map_site.words import words

PATH = "/field"
RADII_KM = (5, 10, 25, 50)
LOOKBACKS_H = (24, 72, 168, 720)
_ICON_SIZES = (192, 512)
# What the style sheet loads; what the page itself loads is read from it.
_FONTS = tuple(
    f"vendor/sarabun/sarabun-{script}-{weight}-normal.woff2"
    for script in ("thai", "latin")
    for weight in (400, 600)
)
# What the map of a report is drawn of where there is no signal.
_MAP_DATA = (LAND, PLACES)
_LOADED = re.compile(r'(?:href|src)="([^"]*/static/[^"]+)"')
_ASK_EACH_TIME = {"Cache-Control": "no-cache"}


def field_router(site: Site) -> APIRouter:
    """/field, and /sw.js and /field.webmanifest, which make it an app that opens without signal."""
    router = APIRouter()

    @router.get(PATH, response_class=HTMLResponse)
    def field(request: Request) -> Response:
        return page_response(_page(site, language_of(request)))

    @router.get("/sw.js")
    def service_worker() -> Response:
        pages = [page(site, of) for page in (_page, report.empty_form) for of in LANGUAGES]
        headers = {"Content-Security-Policy": content_security_policy(), **_ASK_EACH_TIME}
        return Response(service_worker_script(pages), headers=headers, media_type="text/javascript")

    @router.get("/field.webmanifest")
    def manifest() -> Response:
        text = json.dumps(web_manifest(), ensure_ascii=False)
        return Response(
            text.encode(), headers=_ASK_EACH_TIME, media_type="application/manifest+json"
        )

    return router


def _page(site: Site, language: str) -> str:
    """The same for every place: which is asked for is read by the page's script."""
    return render(
        "field.html",
        language,
        PATH,
        section="field",
        simulated=site.reports.simulated(),
        names=names(language),
        radii=RADII_KM,
        lookbacks=LOOKBACKS_H,
    )


def service_worker_script(pages: list[str]) -> bytes:
    """The script with the list of what it keeps. `pages` are the page in every language: with them
    and the files' addresses the version changes, and browsers take the new one."""
    loaded = {name for page in pages for name in _LOADED.findall(page)}
    files = [address(path, language) for path in (PATH, report.PATH) for language in LANGUAGES]
    files += sorted(loaded | {asset(name) for name in (*_FONTS, *_MAP_DATA)})
    script = read("worker.js")
    digest = blake2b(digest_size=8)
    for part in (*(page.encode() for page in pages), *(name.encode() for name in files), script):
        digest.update(part + b"\0")
    told = {"VERSION": digest.hexdigest(), "FILES": files, "PREFIX": prefix()}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in told.items())
    return head.encode() + script


def web_manifest() -> dict[str, Any]:
    """What a phone needs to put the page among its apps."""
    of_field, of_site = words()["field"], words()["site"]
    icons = [
        {
            "src": asset(f"icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in _ICON_SIZES
        for purpose in ("any", "maskable")
    ]
    return {
        "id": mounted(PATH),
        "name": of_field["app_name"]["th"],
        "short_name": of_site["brand"]["th"],
        "description": of_field["description"]["th"],
        "lang": "th",
        "start_url": mounted(PATH),
        "scope": mounted(PATH),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [{"src": asset("mark.svg"), "sizes": "any", "type": "image/svg+xml"}, *icons],
    }


def names(language: str) -> dict[str, Any]:
    """The words of codes in the answers of /api/near, from the layers that declare them."""
    layers = catalog()
    return {
        "directions": [text[language] for text in numbers.DIRECTIONS],
        "months": [numbers.short_month(date(2000, m, 1), language) for m in range(1, 13)],
        "land_uses": _values(layers["hotspots"], "heat_class", language),
        "satellites": _values(layers["hotspots"], "satellite", language),
        "aqi_classes": _values(layers["air_stations"], "aqi_class", language),
        "factory_statuses": _values(layers["factories"], "status", language),
        "precisions": _values(layers["factories"], "location_precision", language),
        "doubts": _values(layers["factories"], "doubts", language),
    }


def _values(layer: Layer, name: str, language: str) -> dict[str, str]:
    field = next(field for field in layer.fields if field.name == name)
    return {code: text[language] for code, text in field.values.items()}
