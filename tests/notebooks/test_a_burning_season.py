"""The notebook on a burning season, run to its end against a served simulated world."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.app import create_app
from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.settings import Settings
from tests.geo_api.demo.test_demo import demo_template, loaded, loaded_url  # noqa: F401
from tests.notebooks.test_notebooks import FOLDER, outputs
from tests.serving import serving


@pytest.fixture
def address(
    loaded: Connection,  # noqa: F811
    loaded_url: str,  # noqa: F811
    home: Path,
) -> Iterator[str]:
    """Of a service over the world in which both analyses were computed."""
    for analysis in ("season_comparison", "mill_burning"):
        analyse(loaded, analysis, Settings(home))
    pool = Pool(login_url(loaded_url, READER), 4)
    with serving(create_app(pool, Settings(home))) as url:
        yield url
    pool.close()


def test_seasons_mills_and_pm25_are_told_and_what_was_not_declared_is_not_0(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAHSAI_URL", address)

    told = outputs(FOLDER / "04-a-burning-season.ipynb")

    assert "simulated: True" in told
    assert "mill_zone_shares 2" in told and "'declared'" in told or "'partly'" in told
    assert told.count("<Figure") == 3
    assert "rank correlation" in told
