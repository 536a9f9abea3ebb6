"""How often one caller may ask for what is written down."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from threading import Lock

from fastapi import Request

_MOST_CALLERS = 10_000


class TooManyRequests(RuntimeError):
    """One caller has asked too often; the message says when to ask again."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"this was asked too often; ask again in {wait_s} s")
        self.headers = {"Retry-After": str(wait_s)}


class RateLimit:
    """At most `most` calls `per` window of each caller, counted in this worker's memory alone: who
    called is never written down."""

    def __init__(self, most: int, per: timedelta, now: Callable[[], datetime]) -> None:
        self._most = most
        self._per = per
        self._now = now
        self._lock = Lock()
        self._windows: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def take(self, caller: str) -> None:
        """Raises TooManyRequests."""
        now = self._now()
        with self._lock:
            began, taken = self._windows.get(caller, (now, 0))
            if now - began >= self._per:
                began, taken = now, 0
            if taken >= self._most:
                raise TooManyRequests(int((began + self._per - now).total_seconds()) + 1)
            self._windows[caller] = (began, taken + 1)
            self._windows.move_to_end(caller)
            while len(self._windows) > _MOST_CALLERS:
                self._windows.popitem(last=False)


def caller_of(request: Request) -> str:
    """The address that asks; of IPv6 the network of 64 bits, of which one subscriber has all."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return address.exploded[:19]
    return host


class RouteLimits:
    """A dependency of routes: `limits` by method and path, as the route declares it. It counts
    before a body is read."""

    def __init__(self, limits: Mapping[tuple[str, str], RateLimit]) -> None:
        self._limits = limits

    async def __call__(self, request: Request) -> None:
        """Raises TooManyRequests."""
        route = request.scope.get("route")
        limit = self._limits.get((request.method, getattr(route, "path", "")))
        if limit is not None:
            limit.take(caller_of(request))
