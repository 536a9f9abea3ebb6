"""Open data: the routers whose answers pages of any site may read, headers and all (CORS)."""

from collections.abc import Iterable

from fastapi import APIRouter, Depends, Request
from fastapi.routing import APIRoute
from starlette.types import Scope


def mark_open_data(scope: Scope) -> None:
    """The answer to this request, be it an error, is open data."""
    scope.setdefault("state", {})["open_data"] = True


def is_open_data(scope: Scope) -> bool:
    """Whether the answer was marked."""
    return "open_data" in scope["state"]


def open_routes(routers: Iterable[APIRouter]) -> list[APIRoute]:
    """Those of the routers whose answers are open data."""
    return [
        route
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute) and all(one in route.dependencies for one in OPEN_DATA)
    ]


# A coroutine, since FastAPI would take a thread for a plain function.
async def _mark(request: Request) -> None:
    mark_open_data(request.scope)


# For a router's `dependencies`.
OPEN_DATA = [Depends(_mark)]
