"""Our service within this process, for what is asked before anything is timed."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from httpx import Response

from bench.served import forget
from geo_api.app import create_app
from geo_api.database.connections import Pool
from geo_api.settings import Settings

with warnings.catch_warnings(action="ignore"):
    # Its test client takes httpx all the same, and httpx2 is no dependency of ours.
    from fastapi.testclient import TestClient

Ask = Callable[[str], Response]


@contextmanager
def asking(pool: Pool, home: Path) -> Iterator[Ask]:
    """Asks for a path and gives the answer, made anew; raises httpx.HTTPStatusError for an error.
    The pool is closed in the end."""
    app = create_app(pool, Settings(home=home))
    forget(app)
    try:
        # As the servers that are measured have it, so that cursors hold for both.
        with TestClient(app, base_url="http://127.0.0.1") as client:
            yield lambda path: client.get(path).raise_for_status()
    finally:
        pool.close()
