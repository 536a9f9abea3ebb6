"""What may be cached: one decision for every answer that follows from its address and the data.

Such an answer has an ETag, is compressed as the caller takes it, and is made once per version of
the data it shows. The routes that call `cached_response` are those of open data, the same for all.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b

from fastapi import Request, Response

from geo_api.http.caching.replay import ReplayableAnswer, replay_identity
from geo_api.http.caching.store import MakeBody
from geo_api.http.compression import CODINGS, WORTH_COMPRESSING
from geo_api.http.dependencies import Service
from geo_api.http.metrics import route_of
from geo_api.http.negotiation import if_none_match, negotiate_coding

# Browsers and proxies may keep an answer but ask each time whether it still holds.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
_COMPRESSED = ("image/png",)


async def cached_response(
    request: Request,
    service: Service,
    views: Sequence[str],
    media_type: str,
    make_body: MakeBody,
    headers: Mapping[str, str] | None = None,
    state: str = "",
) -> Response:
    """The answer to a GET that depends on its URL, on what the published `views` show, and on a
    `state` that is read anew each time.

    `make_body` runs in a thread, once for all who ask meanwhile, unless the body is in the store.
    """
    versions = service.data_versions.current() or await service.data_versions.latest()
    tag = versions.tag(tuple(views))
    accepted = request.headers.get("accept-encoding", "")
    coding = "" if media_type in _COMPRESSED else negotiate_coding(accepted, tuple(CODINGS))
    sent = {"Cache-Control": CACHE_CONTROL, "Vary": "Accept, Accept-Encoding"} | dict(headers or {})
    language = sent.get("Content-Language", "")
    key = f"{service.etag_seed} {tag} {media_type} {language} {state} {request.url}"
    etag = f'"{blake2b(key.encode(), digest_size=9).hexdigest()}{coding and "-" + coding}"'
    sent["ETag"] = etag

    keep = service.data_versions.listening
    store = service.body_store

    def remember(response: Response, body_key: str) -> Response:
        # What depends on a `state` as well must be asked for anew.
        identity = None if state else replay_identity(request.scope)
        if identity and keep:
            told = [pair for pair in response.raw_headers if pair[0] != b"content-length"]
            answer = ReplayableAnswer(etag, body_key, told, route_of(request.scope))
            service.replay_memo.put(identity, tuple(views), tag, answer)
        return response

    condition = request.headers.get("if-none-match", "")
    if condition.strip() == "*":
        # It matches whatever there is; this raises where nothing is.
        await store.get_or_make(key, make_body, keep=keep)
    if if_none_match(condition, etag):
        return remember(Response(status_code=304, headers=sent), "")
    body = await store.get_or_make(key, make_body, keep=keep)
    if coding and len(body) >= WORTH_COMPRESSING:
        plain, compress = body, CODINGS[coding]
        key = f"{key} {coding}"
        body = await store.get_or_make(key, lambda: compress(plain), keep=keep)
        sent["Content-Encoding"] = coding
    return remember(Response(body, headers=sent, media_type=media_type), key)
