"""Codes for addresses of our own pages: the same address always has the same code."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from geo_api.database.connections import Transaction, Writes
from geo_api.sharing.codes import codes, is_code
from geo_api.sharing.sql import KEEP, PATH
from layers.query import BadQuery

MOST_CHARACTERS = 2000
# Printable ASCII. Browsers read a backslash as a slash, and pass over tabs and line breaks.
_SAFE = "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~"
_PRINTABLE = re.compile(r"[!-\[\]-~]+")
# Where somebody stands is nobody else's business to a metre: three decimals are a hundred metres.
_ROUNDED = {"/field": ("lat", "lon")}
_DECIMALS = 3


def own_path(text: str) -> str:
    """The address within our own site, as it is kept. Raises BadQuery for one that leads, or that a
    browser could read as leading, anywhere else."""
    if len(text) > MOST_CHARACTERS:
        raise _refused(f"must have at most {MOST_CHARACTERS} characters, got {len(text)}")
    # As a sign or written out: PostgreSQL takes no NUL, and no address of ours has a line break.
    if any(ord(letter) < ord(" ") for letter in unquote(text)):
        raise _refused("must have no control characters")
    path = quote(text.strip(), safe=_SAFE)
    parts = urlsplit(path) if _PRINTABLE.fullmatch(path) and "\\" not in text else None
    if parts is None or parts.scheme or parts.netloc or not path.startswith("/"):
        raise _refused(f"must begin with one slash, as in /?day=2026-03-02, got {text[:80]!r}")
    if "//" in path.partition("?")[0] or any(part in (".", "..") for part in parts.path.split("/")):
        raise _refused(f"must be the address of a page, got {text[:80]!r}")
    if len(path) > MOST_CHARACTERS:
        raise _refused(f"must have at most {MOST_CHARACTERS} characters, got {len(path)}")
    return _blurred(path)


def short_link(writes: Writes, path: str) -> str:
    """The code of a path of `own_path`, kept if it was not."""
    with writes.transaction() as transaction:
        for code in codes(path):
            transaction.execute(KEEP, {"code": code, "path": path})
            if _path(transaction, code) == path:
                return code
    raise AssertionError(f"two addresses have one hash: {path!r}")


def path_of(writes: Writes, code: str) -> str | None:
    """Where a code leads; None for one that was never given."""
    if not is_code(code):
        return None
    with writes.transaction() as transaction:
        return _path(transaction, code)


def _path(transaction: Transaction, code: str) -> str | None:
    rows = transaction.fetch(PATH, {"code": code})
    return str(rows[0][0]) if rows else None


def _blurred(path: str) -> str:
    """Without more than is needed of where somebody is."""
    parts = urlsplit(path)
    rounded = _ROUNDED.get(parts.path.rstrip("/"), ())
    if not rounded:
        return path
    pairs = [
        (name, _round(value) if name in rounded else value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
    ]
    return parts._replace(query=urlencode(pairs, safe=",:/"), fragment="").geturl()


def _round(text: str) -> str:
    try:
        return f"{round(float(text), _DECIMALS):g}" if abs(float(text)) <= 180 else ""
    except ValueError:
        return ""


def _refused(why: str) -> BadQuery:
    return BadQuery("path", f"path {why}")
