"""Every file that pages load, at an address that changes with its content, and compressed.

A browser keeps `/static/VERSION/name` for a year and never asks again; the version is that of all
files together, so that a style sheet finds its fonts beside it. Scripts that belong together are
sent as one: BUNDLES says which.
"""

import base64
import hashlib
import mimetypes
import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path

import brotli
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from layers.browser import SCRIPTS, STYLES
from map_site.mount import cached_by_prefix, mounted

STATIC = Path(__file__).parent / "static"

_FRAME = ("tokens.css", "frame.css", "search.css", "parts.css", "share.css")
_PLAIN = (*_FRAME, "charts.css", "brief.css", "place.css", "plain.css")
# Pages carry their style themselves, so that they are painted with the first answer.
CARRIED_STYLES: Mapping[str, tuple[str, ...]] = {
    "brief-page.css": (*_FRAME, "charts.css", "brief.css"),
    "theme-page.css": (*_FRAME, "brief.css", "theme.css", "timebar.css"),
    "field-page.css": (*_FRAME, "plain.css", "field.css"),
    "report-page.css": (*_FRAME, "plain.css", "report.css"),
    "inspect-page.css": (*_FRAME, "plain.css", "inspect.css"),
    "data-page.css": (*_PLAIN, "data.css"),
    "staff-page.css": (*_PLAIN, "staff.css"),
    "page.css": _PLAIN,
}
BUNDLES: Mapping[str, tuple[str, ...]] = {
    **CARRIED_STYLES,
    "field.js": (
        "inspect/keep.js",
        "field_list.js",
        "field_say.js",
        "field_keep.js",
        "field_draw.js",
        "field_view.js",
        "field_record.js",
        "field_page.js",
    ),
    # With what names the files that it keeps, the service worker.
    "worker.js": ("report_keep.js", "report_parcel.js", "push_show.js", "field_sw.js"),
    "report.js": (
        "report_say.js",
        "report_keep.js",
        "report_parcel.js",
        "report_photos.js",
        "report_place.js",
        "report_send.js",
        "report_page.js",
    ),
    "inspect.js": tuple(
        f"inspect/{name}.js"
        for name in ("keep", "store", "sync", "photos", "place", "cause", "device", "form")
    ),
    "work-list.js": ("inspect/keep.js", "inspect/work_list.js"),
    "theme.js": (
        "raster.js",
        "timebar.js",
        *(
            f"theme/{name}.js"
            for name in (
                *(
                    "days",
                    "numbers",
                    "source",
                    "models",
                    "drawing",
                    "popup",
                    "address",
                    "one_time",
                    "map",
                    "ranking",
                ),
                *("bars", "time", "download", "picture", "parts", "page"),
            )
        ),
    ),
    "maps.css": STYLES,
    "site.js": ("at.js", "site.js"),
    "maps.js": ("at.js", *SCRIPTS),
}

_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_TEXT = (".css", ".js", ".json", ".geojson", ".svg", ".html", ".webmanifest")
_QUALITY = 9  # a third of a second for all; 11 takes ten times as long for four per cent less


@cache
def version() -> str:
    """Of all files as they are now."""
    digest = blake2b(digest_size=8)
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(STATIC)).encode() + b"\0" + path.read_bytes())
    digest.update(repr(BUNDLES).encode())
    return digest.hexdigest()


def asset(name: str) -> str:
    """The address of a file or a bundle."""
    return mounted(f"/static/{version()}/{name}")


@cached_by_prefix
def carried_style(name: str) -> str:
    """One of CARRIED_STYLES, to stand within a page; its fonts are at their addresses."""
    return re.sub(r"url\((vendor/[^)]+)\)", lambda m: f"url({asset(m[1])})", read(name).decode())


@cached_by_prefix
def carried_style_sources() -> str:
    """The sources by which a Content-Security-Policy allows the carried styles."""
    digests = (hashlib.sha256(carried_style(name).encode()).digest() for name in CARRIED_STYLES)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def published_assets() -> Iterator[tuple[str, bytes]]:
    """All of them, each with its path in a folder of files."""
    files = (path for path in STATIC.rglob("*") if path.is_file())
    for name in sorted({*BUNDLES, *(path.relative_to(STATIC).as_posix() for path in files)}):
        yield f"static/{version()}/{name}", read(name)


class Assets:
    """The ASGI application at /static: with a version in the address, and without one."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        name = request.url.path.removeprefix(scope["root_path"]).lstrip("/")
        first, _, rest = name.partition("/")
        forever = first == version()
        response = _response(
            request, rest if forever else name, _FOREVER if forever else _ASK_AGAIN
        )
        await response(scope, receive, send)


def is_held(request: Request, tag: str) -> bool:
    """Whether the reader has what has this ETag already; compared weakly (RFC 9110, 13.1.2)."""
    told = request.headers.get("if-none-match", "")
    return tag in (one.strip().removeprefix("W/") for one in told.split(","))


def _response(request: Request, name: str, caching: str) -> Response:
    whole, compressed = _bodies(name)
    tag = f'"{version()}"'
    headers = {"Cache-Control": caching, "ETag": tag, "X-Content-Type-Options": "nosniff"}
    if compressed:
        headers["Vary"] = "Accept-Encoding"
    if is_held(request, tag):
        return Response(status_code=304, headers=headers)
    body = whole
    if compressed and "br" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "br"
        body = compressed
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(body, headers=headers, media_type=kind)


@cache
def _bodies(name: str) -> tuple[bytes, bytes | None]:
    """A file's bytes, and of text those compressed. Raises HTTPException 404."""
    whole = read(name)
    if not name.endswith(_TEXT):
        return whole, None
    return whole, brotli.compress(whole, quality=_QUALITY)


def read(name: str) -> bytes:
    """The bytes of a file or a bundle. Raises HTTPException 404 for any other name."""
    if name not in BUNDLES:
        return _file(name)
    return b"\n".join(_moved(_file(part), part) for part in BUNDLES[name])


def _moved(text: bytes, name: str) -> bytes:
    """A style sheet's own images, which a bundle names from its own folder."""
    folder = name.rpartition("/")[0]
    if not folder or not name.endswith(".css"):
        return text
    return re.sub(rb"url\((images/[\w.-]+)\)", rb"url(%b/\1)" % folder.encode(), text)


def _file(name: str) -> bytes:
    if "\0" in name:
        raise HTTPException(404)
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC) or not path.is_file():
        raise HTTPException(404)
    return path.read_bytes()
