"""Answers that follow from the data alone: with an ETag, kept by the data's version, compressed."""

import gzip
import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b

import brotli
from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from geo_api.http.caching.conditional_requests import matches
from geo_api.http.caching.recent_requests import Known, asked_in
from geo_api.http.dependencies import Service

# Browsers and proxies may keep an answer but ask each time whether it still holds.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
_WORTH_COMPRESSING = 1_000
_COMPRESSED = ("image/png",)
# Writing a file costs less than a millisecond.
_WORTH_SHARING_S = 0.01
_CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=4),
    "gzip": lambda body: gzip.compress(body, compresslevel=5, mtime=0),
}

Make = Callable[[], bytes]


async def cached(
    request: Request,
    service: Service,
    views: Sequence[str],
    media_type: str,
    make: Make,
    headers: Mapping[str, str] | None = None,
    state: str = "",
) -> Response:
    """The answer to a GET that depends on its URL, on what the published `views` show, and on a
    `state` that is asked for anew each time.

    `make` runs in a thread, once for all who ask meanwhile, unless the body is kept from before.
    """
    versions = service.watch.known() or await service.watch.versions()
    read = tuple(views)
    accepted = request.headers.get("accept-encoding", "")
    coding = "" if media_type in _COMPRESSED else _coding(accepted)
    told = {"Cache-Control": CACHE_CONTROL, "Vary": "Accept, Accept-Encoding"} | dict(headers or {})
    language = told.get("Content-Language", "")
    key = f"{service.edition} {versions.tag(read)} {media_type} {language} {state} {request.url}"
    etag = f'"{blake2b(key.encode(), digest_size=9).hexdigest()}{coding and "-" + coding}"'
    told["ETag"] = etag
    held = request.headers.get("if-none-match", "")
    if held.strip() == "*":
        await _body(service, key, make)  # matches whatever there is: raises where nothing is
    if matches(held, etag):
        answer = Response(status_code=304, headers=told)
        if not state:
            _keep(request, service, Known(read, versions.tag(read), etag, "", answer.raw_headers))
        return answer
    body = await _body(service, key, make)
    if coding and len(body) >= _WORTH_COMPRESSING:
        plain, compress = body, _CODINGS[coding]
        key = f"{key} {coding}"
        body = await _body(service, key, lambda: compress(plain))
        told["Content-Encoding"] = coding
    answer = Response(body, headers=told, media_type=media_type)
    if not state:
        _keep(request, service, Known(read, versions.tag(read), etag, key, answer.raw_headers))
    return answer


def _keep(request: Request, service: Service, known: Known) -> None:
    if service.watch.listening:
        service.recent.keep(asked_in(request.scope), known)


async def _body(service: Service, key: str, make: Make) -> bytes:
    kept = service.cache.get(key) if service.watch.listening else None
    if kept is not None:
        return kept
    return await service.flights.once(key, lambda: _make(service, key, make))


async def _make(service: Service, key: str, make: Make) -> bytes:
    began = time.perf_counter()
    body = await run_in_threadpool(make)
    if service.watch.listening:
        service.cache.hold(key, body)
        if time.perf_counter() - began > _WORTH_SHARING_S:
            await run_in_threadpool(service.cache.share, key, body)
    return body


def _coding(accepted: str) -> str:
    """The best coding that the caller takes; the empty text for none."""
    if not accepted or accepted == "identity":
        return ""
    choices = {}
    for choice in accepted.lower().split(","):
        name, _, weight = choice.partition(";")
        choices[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in _CODINGS if choices.get(name)), "")
