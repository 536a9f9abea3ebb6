"""Bodies compressed as the caller takes them."""

import gzip
from collections.abc import Callable, Mapping

import brotli

from geo_api.http.negotiation import negotiate_coding

# Below so many bytes it saves no packet.
WORTH_COMPRESSING = 1_000
CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=4),
    "gzip": lambda body: gzip.compress(body, compresslevel=5, mtime=0),
}


def compressed(body: bytes, accept_encoding: str) -> tuple[bytes, dict[str, str]]:
    """The body as it is sent, and the headers that say how."""
    headers = {"Vary": "Accept-Encoding"}
    coding = negotiate_coding(accept_encoding, tuple(CODINGS))
    if not coding or len(body) < WORTH_COMPRESSING:
        return body, headers
    return CODINGS[coding](body), headers | {"Content-Encoding": coding}
