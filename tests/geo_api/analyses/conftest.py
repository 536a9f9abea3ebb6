"""One small world for the tests of all that is computed from others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.geo_api.analyses.derived_world import DerivedWorld, derived_template, derived_world


@pytest.fixture(scope="session")
def derived(database_url: str, run_home: Path, template: str) -> Iterator[tuple[str, Path]]:
    """The database to copy, and the home of its files."""
    with derived_template(database_url, run_home, template) as made:
        yield made


@pytest.fixture(scope="module")
def computed(
    database_url: str, derived: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DerivedWorld]:
    """The world, for tests that only read."""
    with derived_world(database_url, derived, tmp_path_factory.mktemp("home")) as world:
        yield world


@pytest.fixture
def recomputed(
    database_url: str, derived: tuple[str, Path], tmp_path: Path
) -> Iterator[DerivedWorld]:
    """The world, for one test to change."""
    with derived_world(database_url, derived, tmp_path) as world:
        yield world
