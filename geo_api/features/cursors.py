"""Cursors: where a page ended, signed, so that nobody but us decides where one begins."""

import base64
import binascii
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from geo_api.settings import Settings
from layers.query import BadQuery

# Of the home.
SECRET_FILE = "secret"
_DIGEST_BYTES = 12
_SECRET_BYTES = 32


def cursor_secret(settings: Settings) -> bytes:
    """The key that signs: the setting's, or one made once for the home and shared by workers."""
    if settings.secret:
        return settings.secret.encode()
    path = settings.home / SECRET_FILE
    if not path.exists():
        settings.home.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            _write_once(path, secrets.token_bytes(_SECRET_BYTES))
    return path.read_bytes()


def sign_cursor(secret: bytes, scope: str, last: Sequence[Any]) -> str:
    """A cursor after the feature whose values are `last`; good for questions of one `scope`."""
    text = json.dumps(last, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_digest(secret, scope, text) + text).decode().rstrip("=")


def read_cursor(secret: bytes, scope: str, given: str) -> list[Any]:
    """The values. Raises BadQuery for what we did not sign for this scope."""
    try:
        padded = given.encode("ascii") + b"=" * (-len(given) % 4)
        signed = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeError):
        signed = b""
    digest, text = signed[:_DIGEST_BYTES], signed[_DIGEST_BYTES:]
    if not hmac.compare_digest(digest, _digest(secret, scope, text)):
        raise BadQuery(
            "cursor",
            "cursor must come from the next link of a page of the same question,"
            f" got {given[:100]!r}",
        )
    last: list[Any] = json.loads(text)
    return last


def _digest(secret: bytes, scope: str, text: bytes) -> bytes:
    return hmac.digest(secret, scope.encode() + b"\0" + text, "sha256")[:_DIGEST_BYTES]


def _write_once(path: Path, content: bytes) -> None:
    """Raises FileExistsError; whoever sees the file sees all of it."""
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent)  # for its owner's eyes alone
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.link(unfinished, path)
    finally:
        os.unlink(unfinished)
