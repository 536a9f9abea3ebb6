"""What every test may ask for: a PostGIS of its own, a home for one, and the real provider files."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from geo_api.cluster import database
from geo_api.settings import Settings

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    """Settings of the whole run; FAHSAI_TEST_DATABASE_URL names a server to use instead."""
    with _temporary_home() as home:
        yield Settings(home=home, database_url=os.environ.get("FAHSAI_TEST_DATABASE_URL"))


@pytest.fixture(scope="session")
def database_url(settings: Settings) -> Iterator[str]:
    """The owner's URL of a running, unmigrated database."""
    with database(settings, say=print) as url:
        yield url


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty FAHSAI_HOME of one test's own."""
    with _temporary_home() as path:
        yield path


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real provider files beside the repository; the test is skipped without it."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the real provider files are not on this machine: no folder {SHARED_DATA}")
    return SHARED_DATA


@contextmanager
def _temporary_home() -> Iterator[Path]:
    # Not tmp_path: pytest closes that to other users, and root's PostgreSQL runs as another one.
    path = Path(tempfile.mkdtemp(prefix="fahsai-test-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path)
