"""Wind that no instrument measured is in no layer, and comes back if it was measured after all."""

import random
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import Reads
from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from geo_api.settings import Settings
from layers.methods.stuck_wind import Hour, stuck_hours
from layers.sources.air4thai import SOURCE

HEADER = ",DATETIMEDATA,PM25,WS,WD\n"
STATIONS = "station_id,lat,lon\n33t,18.3,99.5\n"


def read(
    connection: Connection, tmp_path: Path, *winds: tuple[float, float], day: int = 1
) -> Tally:
    """A file of the hours from the beginning of a day of April 2026 on."""
    lines = (
        f"{n},2026-04-{day + n // 24:02d} {n % 24:02d}:00:00,20,{speed},{direction}\n"
        for n, (speed, direction) in enumerate(winds)
    )
    path = tmp_path / f"air4thai_33t_{day}.csv"
    path.write_text(HEADER + "".join(lines))
    places = tmp_path / "stations.csv"
    places.write_text(STATIONS)
    return ingest(connection, SOURCE, file_payloads([places, path]), path.name)


def shown(connection: Connection) -> int:
    return int(fetched(connection, "SELECT count(*) FROM published.wind")[0][0])


def fetched(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_a_stuck_station_has_readings_and_no_wind_and_the_run_says_so(
    fresh: Connection, tmp_path: Path
) -> None:
    chance = random.Random(33)

    tally = read(fresh, tmp_path, *((0, chance.randint(2, 17)) for _ in range(30)))

    assert shown(fresh) == 0
    assert fetched(fresh, "SELECT count(pm25_1h) FROM air_measurement") == [(30,)]
    assert [reason for reason in tally.reasons if reason.startswith("wind does not move")]
    assert fetched(fresh, "SELECT detail FROM quarantine WHERE reason LIKE 'wind%'") == [
        ("33t: 30 hours from 2026-03-31 17:00 to 2026-04-01 22:00 UTC",)
    ]


def test_what_is_near_says_that_no_wind_is_known(
    fresh: Connection, fresh_reads: Reads, settings: Settings, tmp_path: Path
) -> None:
    read(fresh, tmp_path, *[(0, 5)] * 30)

    with TestClient(create_app(fresh_reads, settings)) as client:
        near = client.get("/api/near?lon=99.5&lat=18.3&at=2026-04-01T12:00:00Z").json()

    assert near["wind"] is None


def test_reading_it_again_changes_nothing(fresh: Connection, tmp_path: Path) -> None:
    winds = [(0, 5)] * 30
    read(fresh, tmp_path, *winds)

    again = read(fresh, tmp_path, *winds)

    assert (again.inserted, again.updated) == (0, 0)
    assert shown(fresh) == 0


def test_days_that_come_apart_are_judged_together(fresh: Connection, tmp_path: Path) -> None:
    still = [(0, 25 * n % 360) for n in range(24)]
    read(fresh, tmp_path, *still)
    assert shown(fresh) == 24

    read(fresh, tmp_path, *still, day=2)

    assert shown(fresh) == 0


def test_a_day_between_that_blew_gives_the_others_back(fresh: Connection, tmp_path: Path) -> None:
    still = [(0, 25 * n % 360) for n in range(24)]
    for day in (1, 2):
        read(fresh, tmp_path, *still, day=day)

    read(fresh, tmp_path, *((1, 25 * n % 360) for n in range(24)), day=2)

    assert shown(fresh) == 48


@pytest.mark.parametrize("seed", range(6))
def test_the_database_judges_as_the_method_does(
    fresh: Connection, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    winds: list[tuple[float, float]] = []
    while len(winds) < 600:
        steady = chance.randint(0, 359)
        sweep, still = chance.choice([0, 4, 8, 19, 40, 360]), chance.random() < 0.6
        winds += [
            (0 if still else chance.randint(0, 3), (steady + chance.randint(0, sweep)) % 360)
            for _ in range(chance.choice([5, 20, 24, 30, 48, 60]))
        ]
    read(fresh, tmp_path, *winds[:600])

    kept = fetched(fresh, "SELECT observed_at, wind_speed_m_s, wind_from_deg FROM stuck_wind")
    plain = fetched(
        fresh,
        "SELECT observed_at, wind_speed_m_s, wind_from_deg FROM air_measurement"
        " WHERE wind_speed_m_s IS NOT NULL",
    )
    hours = sorted((Hour(*row) for row in kept + plain), key=lambda hour: hour.at)
    found: set[datetime] = {row[0] for row in kept}
    assert found == stuck_hours(hours)
    assert len(hours) == 600
