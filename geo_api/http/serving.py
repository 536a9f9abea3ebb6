"""The workers of a service, which each make the application; who starts them does not import it."""

import os
import socket
from collections.abc import Callable, Sequence
from typing import Any

import uvicorn
from psycopg2 import Error
from starlette.types import ASGIApp

from geo_api.database.logins import Logins
from geo_api.database.replicas import replica_urls
from geo_api.http.log_lines import log_config
from geo_api.http.metrics import share_metrics
from geo_api.http.server_protocol import LimitedProtocol
from geo_api.http.workers import Workers
from geo_api.settings import BadSetting, Settings
from layers.tile_layers import BadTileLayers, tile_layers

# What workers hold beside our own stores: glibc's heaps, of which each thread could have one that
# never shrinks, and where large bodies leave holes; and GDAL's blocks of rasters in megabytes, 5 %
# of all memory unless it is told.
_MEMORY = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(2**20),
    "GDAL_CACHEMAX": "64",
}
# A worker that is only slow, on a machine with much else to do, is not to be started anew.
_WORKER_SILENT_S = 120
_NO_REPLICAS = "FAHSAI_REPLICA_URL cannot be read: write it as postgresql://one,two/name"


def serve(
    make: Callable[[], ASGIApp],
    settings: Settings,
    logins: Logins,
    listener: socket.socket,
    ending: Callable[[], None],
) -> None:
    """Answers what comes to `listener`, by what each worker process makes, until a signal ends it,
    of which `ending` hears. Raises BadSetting.

    The worker processes share the one socket, and end when their parent does.
    """
    for variable, value in _MEMORY.items():
        os.environ.setdefault(variable, value)
    try:
        tile_layers(settings.tile_url, settings.tile_attribution)
    except BadTileLayers as problem:
        raise BadSetting(f"FAHSAI_TILE_URL: {problem}") from None
    if settings.replica_url is not None:
        urls_of_replicas(logins.reader, settings.replica_url)
    share_metrics(settings.home / "metrics")
    log = log_config(settings.log)
    config = server_config(make, factory=True, workers=settings.workers, log_config=log)
    Workers(config, listener, ending).run()


def server_config(app: ASGIApp | Callable[[], ASGIApp], **more: Any) -> uvicorn.Config:
    """How uvicorn serves us."""
    return uvicorn.Config(
        app,
        http=LimitedProtocol,
        log_level="error",
        lifespan="off",
        ws="none",
        access_log=False,
        proxy_headers=False,  # ForwardedRequests does
        timeout_worker_healthcheck=_WORKER_SILENT_S,
        **more,
    )


def urls_of_replicas(reader_url: str, named: str) -> Sequence[str]:
    """With the reader's log-in, of the setting's text. Raises BadSetting."""
    try:
        return replica_urls(reader_url, named)
    except Error:
        raise BadSetting(_NO_REPLICAS) from None  # its words would repeat a password
