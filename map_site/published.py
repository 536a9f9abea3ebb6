"""The site as files: where a page or an answer lies when no service is behind it.

An address has a file of its own with its query, since a server of files knows none. As
map_site/static/at.js names them.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlencode

DATA_PAGE, ELSEWHERE = "/data", "/elsewhere"
_ASSETS = "/static/"
# What these begin with is answered with JSON.
_DATA = ("/api/", "/ogc/")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9.-]+")
_LANGUAGE = "lang"


@dataclass(frozen=True)
class Published:
    """What there is of the site: `pages` by their addresses, of which the query chooses what is on
    them; `scripted` ones, whose script reads what else is in their query; and `tilesets`, of
    which the geometry tells the last zoom. All that is not there is at the address of the
    `service`, if there is one."""

    pages: frozenset[str] = frozenset()
    scripted: frozenset[str] = frozenset()
    tilesets: frozenset[str] = frozenset()
    service: str | None = None
    last_zooms: Mapping[str, int] = field(default_factory=dict, hash=False)

    def address(self, address: str) -> str:
        """Where a reader finds what the site has at the address."""
        if address.startswith(_ASSETS):
            return address
        if address in self.tilesets:
            return f"/{file_of(address)}"
        whole, mark, fragment = address.partition("#")
        path, _, query = whole.partition("?")
        asked = parse_qsl(query)
        said = [pair for pair in asked if pair[0] != _LANGUAGE]
        english = "?lang=en" if (_LANGUAGE, "en") in asked else ""
        bare = f"{path}?{urlencode(said)}" if said else path
        if path in self.scripted:
            rest = f"?{urlencode(said, safe=',:/')}" if said else ""
            return f"/{file_of(path + english)}{rest}{mark}{fragment}"
        if bare in self.pages:
            also = f"&{english[1:]}" if english and said else english
            return f"/{file_of(bare + also)}{mark}{fragment}"
        return self._elsewhere(address, path, english)

    def has(self, path: str) -> bool:
        """Whether an entry of a menu leads anywhere."""
        return bool(self.service) or path in self.pages or path in self.scripted

    def _elsewhere(self, address: str, path: str, english: str) -> str:
        if self.service:
            return self.service + address
        is_data = path.startswith((*_DATA, "/catalog"))
        return f"/{file_of((DATA_PAGE if is_data else ELSEWHERE) + english)}"


def file_of(address: str) -> str:
    """The path of an address's file from the published folder."""
    path, _, query = address.partition("?")
    if path.startswith(_DATA):
        return f"{path[1:]}{_suffix(query)}.json"
    asked = query.split("&")
    said = "&".join(part for part in asked if not part.startswith(f"{_LANGUAGE}="))
    folder = "en/" if f"{_LANGUAGE}=en" in asked else ""
    return f"{folder}{path[1:] or 'index'}{_suffix(said)}.html"


def _suffix(query: str) -> str:
    return f"_{_NOT_PLAIN.sub('_', unquote(query))}" if query else ""


_published: ContextVar[Published | None] = ContextVar("published", default=None)


def published() -> Published | None:
    """What is being published, None where a service answers."""
    return _published.get()


@contextmanager
def publishing(what: Published) -> Iterator[None]:
    """Pages that are rendered meanwhile are files."""
    token = _published.set(what)
    try:
        yield
    finally:
        _published.reset(token)
