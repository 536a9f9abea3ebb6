"""/health: are we alive; /status: how fresh the data are."""

from typing import Any

from fastapi import APIRouter

from geo_api.database.sql import PING
from geo_api.features.freshness import status
from geo_api.http.dependencies import Served

router = APIRouter(tags=["Health"])


@router.get("/health")
def health(service: Served) -> dict[str, str]:
    """Whether the process and its database answer; 503 while the database does not."""
    service.reads.fetch(PING)
    return {"status": "ok", "database": "ok"}


@router.get("/status")
def data_status(service: Served) -> dict[str, Any]:
    """Each source's last run and quarantined rows, and each layer's newest data."""
    return status(service.reads, service.now())
