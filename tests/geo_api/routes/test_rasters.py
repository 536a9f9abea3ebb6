"""/api/rasters: the days of a layer, their pictures and their files."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.db import Reads
from geo_api.settings import Settings
from tests.rasters import raster_day


@pytest.fixture
def client(reads: Reads, home: Path) -> Iterator[TestClient]:
    """A browser of the service over the test's own rows and a home of its own."""
    with TestClient(create_app(reads, Settings(home))) as opened:
        yield opened


def test_the_days_of_a_layer_come_newest_first(
    client: TestClient, connection: Connection, home: Path
) -> None:
    raster_day(connection, home, date(2026, 1, 5), stations=5, rmse=4.2)
    raster_day(connection, home, date(2026, 1, 6), simulated=True)

    answer = client.get("/api/rasters/pm25_surface", params={"lang": "en"}).json()

    assert [day["day"] for day in answer["days"]] == ["2026-01-06", "2026-01-05"]
    assert answer["days"][1] | {"made_at": None} == {
        "day": "2026-01-05",
        "bounds": [100, 13, 102, 15],
        "method": "by hand",
        "stations": 5,
        "rmse": 4.2,
        "simulated": False,
        "made_at": None,
        "png": "/api/rasters/pm25_surface/2026-01-05.png",
        "geotiff": "/api/rasters/pm25_surface/2026-01-05.tif",
        "tiles": "/tiles/pm25_surface/{z}/{x}/{y}.png?day=2026-01-05",
    }
    assert (answer["title"], answer["unit"]) == ("Daily PM2.5 surface", "µg/m³")
    assert answer["simulated"] is True


def test_the_legend_names_each_class_with_its_colour_and_range(client: TestClient) -> None:
    legend = client.get("/api/rasters/pm25_surface").json()["legend"]

    assert legend[0] == {
        "class": "very_good",
        "title": "ดีมาก",
        "color": "#3bccff",
        "above": None,
        "up_to": 15.0,
    }
    assert [(entry["above"], entry["up_to"]) for entry in legend[1:]] == [
        (15.0, 25.0),
        (25.0, 37.5),
        (37.5, 75.0),
        (75.0, None),
    ]


def test_a_day_is_a_picture_and_a_file(
    client: TestClient, connection: Connection, home: Path
) -> None:
    path = raster_day(connection, home, date(2026, 1, 5))

    picture = client.get("/api/rasters/pm25_surface/2026-01-05.png")
    file = client.get("/api/rasters/pm25_surface/2026-01-05.tif")

    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert file.headers["content-type"].startswith("image/tiff; application=geotiff")
    assert file.content == path.read_bytes()


def test_a_part_of_the_file_can_be_asked_for(
    client: TestClient, connection: Connection, home: Path
) -> None:
    raster_day(connection, home, date(2026, 1, 5))

    part = client.get("/api/rasters/pm25_surface/2026-01-05.tif", headers={"Range": "bytes=0-1"})

    assert (part.status_code, part.content) == (206, b"II")


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/api/rasters/hotspots", 404, "no raster layer 'hotspots'; there are: pm25_surface"),
        ("/api/rasters/pm25_surface/2020-01-01.png", 404, "has no raster of 2020-01-01"),
        ("/api/rasters/pm25_surface/2020-01-01.tif", 404, "has no raster of 2020-01-01"),
        ("/api/rasters/pm25_surface/yesterday.png", 400, "day"),
        ("/api/rasters/pm25_surface?colour=red", 400, "colour"),
    ],
)
def test_what_there_is_not_is_answered_with_a_problem(
    client: TestClient, path: str, status: int, told: str
) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert told in answer.json()["detail"]


def test_a_file_that_was_taken_away_is_said_to_be_gone(
    client: TestClient, connection: Connection, home: Path
) -> None:
    raster_day(connection, home, date(2026, 1, 5)).unlink()

    answer = client.get("/api/rasters/pm25_surface/2026-01-05.tif")

    assert (answer.status_code, "is gone" in answer.json()["detail"]) == (404, True)
