"""/metrics: what Prometheus reads of the service."""

from fastapi import Request, Response

from geo_api.http.dependencies import ServiceDep
from geo_api.http.exposition import MEDIA_TYPE, require_watcher
from geo_api.http.parameters import NoneTaken
from geo_api.http.routers import DescribedRouter

# Not open data: who counts requests knows when a hamlet complains.
router = DescribedRouter(tags=["Metrics"])


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}},
)
async def metrics(request: Request, service: ServiceDep, _: NoneTaken) -> Response:
    """Requests, connections, caches and the age of the data, as Prometheus reads them; told to the
    addresses of FAHSAI_METRICS_FROM alone, 403 to others."""
    require_watcher(request.client.host if request.client else "", service.settings.metrics_from)
    headers = {"Cache-Control": "no-store"}
    return Response(await service.exposition.text(), headers=headers, media_type=MEDIA_TYPE)
