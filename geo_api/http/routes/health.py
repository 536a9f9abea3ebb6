"""Whether we live and are ready, how fresh the data are, and what could not be read."""

from typing import Any

from fastapi import Request, Response

from geo_api.database.replicas import PRIMARY
from geo_api.features.freshness import status
from geo_api.features.quarantine import waiting
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.documents.responses import RESPONSES, DocumentQuery, document_response
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Language, NoneTaken
from geo_api.http.routers import DescribedRouter

router = DescribedRouter(tags=["Health"], dependencies=OPEN_DATA)


@router.get("/health")
async def health(service: ServiceDep, _: NoneTaken) -> dict[str, str]:
    """Whether the process and its database answer; 503 while the database does not."""
    await service.health_check()
    return {"status": "ok", "database": "ok"}


@router.get("/health/live")
async def live(_: NoneTaken) -> dict[str, str]:
    """Whether the process answers, whatever its database does: one that does not is to be started
    anew."""
    return {"status": "ok"}


@router.get("/health/ready")
async def ready(service: ServiceDep, _: NoneTaken) -> dict[str, Any]:
    """Whether requests may be sent here: the database answers, and its schema is that of this
    version. 503 with the reason otherwise; starting anew does not help. Where there are replicas,
    how they stand with the worker that answers."""
    await service.health_check.require_ready()
    return {"status": "ok", "database": "ok", "schema": "ok"} | _replicas(service)


def _replicas(service: Service) -> dict[str, Any]:
    """By their numbers, for whoever asks: where they are is nobody else's business."""
    if service.replicas is None:
        return {}
    standings = service.replicas.standings()
    return {
        "primary": "ok" if service.replicas.primary_answers else "lost",
        "reads_from": next((one.name for one in standings if one.serves), PRIMARY),
        "replicas": {one.name: {"state": one.state, "lag_s": one.lag_s} for one in standings},
    }


@router.get("/status", response_class=Response, responses=RESPONSES)
def data_status(
    request: Request, parameters: DocumentQuery, service: ServiceDep, language: Language
) -> Response:
    """Each source's last run and quarantined rows, and each layer's newest data."""
    answer = status(service.reads, service.now())
    return document_response(request, service, parameters, language, "status", answer)


@router.get("/quarantine", response_class=Response, responses=RESPONSES)
def quarantine(
    request: Request, parameters: DocumentQuery, service: ServiceDep, language: Language
) -> Response:
    """Where the rows are that could not be stored, by source and reason, and how to mend them."""
    answer, simulated = waiting(service.reads), service.reports.simulated()
    return document_response(
        request, service, parameters, language, "quarantine", answer, simulated=simulated
    )
