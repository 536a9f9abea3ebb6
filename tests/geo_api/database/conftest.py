"""A room of a test's own, whose functions are made with all others; a primary and its replica."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from geo_api.database import repeatable_migrations
from geo_api.database.embedded.server import Server
from tests.replication import primary, replica_of


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty folder `functions` of a room more, which comes last."""
    rooms = (*repeatable_migrations._ROOMS, tmp_path)
    monkeypatch.setattr(repeatable_migrations, "_ROOMS", rooms)
    folder = tmp_path / "functions"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def server(run_home: Path) -> Iterator[Server]:
    """A primary of the worker's own, with the schema and nothing in it."""
    with primary(run_home) as started:
        yield started


@pytest.fixture(scope="session")
def replica(server: Server) -> Iterator[Server]:
    """That streams from it."""
    with replica_of(server) as started:
        yield started
