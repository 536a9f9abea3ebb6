"""Under which path of its server the site is published, as a proxy has said: none, or /fahsai.

Within this room addresses are written as the site itself has them, from its own root. What leaves
it, in HTML, in a script's options or as a redirect, goes through `mounted` once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from starlette.types import ASGIApp, Receive, Scope, Send

from map_site.published import Published, published

P = ParamSpec("P")
T = TypeVar("T")
_prefix: ContextVar[str] = ContextVar("prefix", default="")


class Mounted:
    """Keeps in mind, for all that is done for a request, the path in front of the site."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with mounted_at(scope.get("root_path", "")):
            await self._app(scope, receive, send)


@contextmanager
def mounted_at(prefix: str) -> Iterator[None]:
    """The site has this path in front of it meanwhile."""
    token = _prefix.set(prefix)
    try:
        yield
    finally:
        _prefix.reset(token)


def cached_by_prefix(make: Callable[P, T]) -> Callable[P, T]:
    """As functools.cache, of what holds addresses."""

    @lru_cache(maxsize=256)
    def made(_of: tuple[str, Published | None], *args: P.args, **named: P.kwargs) -> T:
        return make(*args, **named)

    @wraps(make)
    def cached(*args: P.args, **named: P.kwargs) -> T:
        return made((prefix(), published()), *args, **named)  # type: ignore[arg-type]

    return cached


def prefix() -> str:
    """The path in front, without a slash at its end."""
    return _prefix.get()


def mounted(address: str) -> str:
    """An address of ours, from the root of the site, as a browser is to ask for it, also where the
    site is files; one of another server as it is."""
    files = published()
    if files and address.startswith("/"):
        address = files.address(address)
    return _prefix.get() + address if address.startswith("/") else address


def within(address: str) -> str:
    """An address as it was asked for, from the root of the site."""
    inner = address.removeprefix(_prefix.get())
    return inner if inner.startswith("/") else f"/{inner}"
