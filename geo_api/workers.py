"""The processes that answer requests: they share one socket, and end when their parent does."""

import ctypes
import signal
import socket
from functools import partial

from starlette.types import ASGIApp

from geo_api.settings import Settings

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def serve(settings: Settings, url: str, listener: socket.socket) -> None:
    """Answers what comes to `listener` from the database at `url`, until a signal ends it."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(
        partial(make_app, settings, url),
        factory=True,
        workers=settings.workers,
        log_level="error",
        lifespan="off",
        ws="none",
        access_log=False,
    )
    Multiprocess(config, sockets=[listener]).run()


def make_app(settings: Settings, url: str) -> ASGIApp:
    """The application of one worker."""
    from geo_api.app import create_app
    from geo_api.db import Pool

    # Else a killed parent would leave workers behind that hold the port. At once: a worker has
    # nothing to lose, and the port is wanted again.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    return create_app(Pool(url, settings.pool_size), settings)
