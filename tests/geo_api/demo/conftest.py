"""One simulated world for the tests that ask its frames."""

from datetime import UTC, datetime

import pytest

from geo_api.demo.world import World, make

UNTIL = datetime(2026, 11, 21, 11, tzinfo=UTC)


def quiet(_: str) -> None:
    """Says nothing."""


@pytest.fixture(scope="session")
def world() -> World:
    """Three industrial towns, 36,000 complaints; for reading alone."""
    return make(seed=1, scale=0.3, until=UNTIL, say=quiet)
