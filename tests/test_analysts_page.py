"""The page for analysts is true: its code runs, from the first block to the last."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.settings import Settings
from tests.makers import factory, insert, province
from tests.rasters import raster_day

PAGE = Path(__file__).resolve().parents[1] / "docs" / "analysts.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture
def world(fresh: Connection, settings: Settings) -> None:
    """A factory, a fire of February one kilometre away, and a day of the surface."""
    at = datetime(2026, 2, 10, 6, tzinfo=UTC)
    province(fresh)
    factory(fresh, product="น้ำตาล")
    with fresh.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', %(at)s, %(at)s)", {"at": at})
    insert(
        fresh, "hotspot", id="202602100600a", acquired_at=at, time_precision="minute", lon=100.25,
        lat=13.56, frp_mw=12.5, land_use="forest", sources=["firms"],
    )  # fmt: skip
    raster_day(fresh, settings.home, date(2026, 2, 10))
    fresh.commit()


@pytest.mark.usefixtures("world")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore:hotspots is known from:UserWarning")  # of one fire
def test_every_block_runs(server_url: str) -> None:
    known: dict[str, Any] = {}

    for block in BLOCKS:
        exec(block.replace("http://127.0.0.1:8000", server_url), known)

    assert len(BLOCKS) > 8
    assert len(known["fires"]) == len(known["near"]) == len(known["by_month"]) == 1
    assert len(known["surface"]) == 2  # places, of the one day that there is
    assert 1000 < known["near"]["distance_m"][0] < 1200
