"""/api/rasters: the days of a layer, their pictures and their files."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.db import Reads
from geo_api.rasters import Grid, write
from geo_api.settings import Settings
from tests.makers import insert

GRID = Grid(west=100, north=15, step=0.5, columns=4, rows=4)


@pytest.fixture
def client(reads: Reads, home: Path) -> Iterator[TestClient]:
    """A browser of the service over the test's own rows and a home of its own."""
    with TestClient(create_app(reads, Settings(home))) as opened:
        yield opened


def test_the_days_of_a_layer_come_newest_first(
    client: TestClient, connection: Connection, home: Path
) -> None:
    keep(connection, home, date(2026, 1, 5))
    keep(connection, home, date(2026, 1, 6), simulated=True)

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
    keep(connection, home, date(2026, 1, 5))

    picture = client.get("/api/rasters/pm25_surface/2026-01-05.png")
    file = client.get("/api/rasters/pm25_surface/2026-01-05.tif")

    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert file.headers["content-type"].startswith("image/tiff; application=geotiff")
    assert file.content == (home / "rasters/pm25_surface/2026-01-05.tif").read_bytes()


def test_a_part_of_the_file_can_be_asked_for(
    client: TestClient, connection: Connection, home: Path
) -> None:
    keep(connection, home, date(2026, 1, 5))

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
    keep(connection, home, date(2026, 1, 5))
    (home / "rasters/pm25_surface/2026-01-05.tif").unlink()

    answer = client.get("/api/rasters/pm25_surface/2026-01-05.tif")

    assert (answer.status_code, "is gone" in answer.json()["detail"]) == (404, True)


def keep(connection: Connection, home: Path, day: date, *, simulated: bool = False) -> None:
    """A day of the layer, without the analysis that would make it."""
    path = f"rasters/pm25_surface/{day}.tif"
    write(home / path, GRID, np.full((4, 4), 30.0), {})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO run (source, input, status) VALUES ('test', '', 'succeeded') RETURNING id"
        )
        (run_id,) = cursor.fetchone() or (0,)
    insert(
        connection,
        "raster",
        layer="pm25_surface",
        day=day,
        path=path,
        bounds=list(GRID.bounds),
        method_th="ทำเอง",
        method_en="by hand",
        stations=5,
        rmse=4.2,
        simulated=simulated,
        run_id=run_id,
    )
