"""Serves applications at ports of 127.0.0.1, as people's browsers and clients meet them."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import uvicorn
from starlette.types import ASGIApp

from geo_api.app import create_app, utc_now
from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.http.serving import server_config
from geo_api.settings import Settings


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The address of the running service, without a slash at its end."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(server_config(app, log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            server.force_exit = True
            thread.join()


@contextmanager
def service(
    owner_url: str, settings: Settings, now: Callable[[], datetime] = utc_now
) -> Iterator[str]:
    """The address of the service over what is committed to a database."""
    pool = Pool(login_url(owner_url, READER), 4)
    with serving(create_app(pool, settings, now=now)) as address:
        yield address
    pool.close()
