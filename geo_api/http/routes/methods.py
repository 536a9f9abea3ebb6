"""/api/methods: the checks of the methods as they come out on this server."""

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import NoneTaken
from geo_api.http.routers import DescribedRouter

router = DescribedRouter(prefix="/api", tags=["Reports"], dependencies=OPEN_DATA)


@router.get(
    "/methods",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}}},
)
async def methods(request: Request, service: ServiceDep, _: NoneTaken) -> Response:
    """What each method must give, by published numbers or by its formula, what it gives here, and
    whether that agrees: computed once for each version of the program and of its libraries, so that
    the first who asks waits some seconds. Where `failure` is not null, none could be computed."""
    found = await run_in_threadpool(service.reports.method_checks)
    state = f"{found.program} {found.computed_at} {found.failure}"
    return await cached_response(
        request, service, (), "application/json", lambda: encoded(found), state=state
    )
