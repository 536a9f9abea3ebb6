"""Open-Meteo: units, forecasts, one point or several; and a table others made from it."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.ingest.loading import file_payloads, ingest
from layers.model import Ask, Delivery, UnexpectedPayload, UnusableSetting
from layers.sources.openmeteo import SOURCE
from tests.layers.sources.reading import RECEIVED, SAMPLES, parsed, values_of, written

FOLDER = SAMPLES / "openmeteo"
POINTS = "Chiang Mai:98.98,18.79;Chiang Rai:99.83,19.91"


def answer() -> list[dict[str, Any]]:
    """Two points as the service documents them, four hours each."""
    points: list[dict[str, Any]] = json.loads((FOLDER / "live.json").read_text())
    return points


def test_points_keep_the_name_and_place_they_were_asked_by() -> None:
    rows, rejected = parsed(SOURCE, FOLDER / "live.json", points=POINTS)

    stations = values_of(rows, "air_station")
    assert [(s["id"], s["name_th"], s["kind"], s["lon"], s["lat"]) for s in stations] == [
        ("openmeteo-chiang-mai", "เชียงใหม่", "model", 98.98, 18.79),
        ("openmeteo-chiang-rai", "เชียงราย", "model", 99.83, 19.91),
    ]
    assert rejected == []


def test_wind_becomes_metres_per_second_and_an_empty_hour_is_none() -> None:
    rows, _ = parsed(SOURCE, FOLDER / "live.json", points=POINTS)

    hours = values_of(rows, "air_measurement")
    winds = [h["wind_speed_m_s"] for h in hours]
    assert winds == [2, 1, 0, 5, 3, 1.5, 0.5]
    first = hours[0] | {"wind_from_deg": 45, "temperature_c": 31.2, "humidity_pct": 58}
    assert first == hours[0]


def test_hours_after_the_answer_came_are_forecasts() -> None:
    rows, _ = parsed(SOURCE, FOLDER / "live.json", points=POINTS)

    forecasts = {h["observed_at"].hour: h["forecast"] for h in values_of(rows, "air_measurement")}
    assert forecasts == {9: False, 10: False, 11: True, 12: True}  # received at 10:30


def test_a_single_point_comes_without_a_list(tmp_path: Path) -> None:
    rows, _ = parsed(SOURCE, written(tmp_path / "one.json", answer()[0]))

    assert [s["id"] for s in values_of(rows, "air_station")] == ["openmeteo-18.75,99"]


@pytest.mark.parametrize(("unit", "metres_per_second"), [("m/s", 7.2), ("mp/h", 3.22), ("kn", 3.7)])
def test_other_units_of_speed_are_read(tmp_path: Path, unit: str, metres_per_second: float) -> None:
    point = answer()[0]
    point["hourly_units"]["wind_speed_10m"] = unit

    rows, _ = parsed(SOURCE, written(tmp_path / "one.json", point))

    assert values_of(rows, "air_measurement")[0]["wind_speed_m_s"] == metres_per_second


@pytest.mark.parametrize(("column", "unit"), [("wind_speed_10m", "bft"), ("temperature_2m", "°F")])
def test_an_unknown_unit_is_refused(tmp_path: Path, column: str, unit: str) -> None:
    point = answer()[0]
    point["hourly_units"][column] = unit

    with pytest.raises(UnexpectedPayload, match=unit):
        parsed(SOURCE, written(tmp_path / "one.json", point))


def test_hours_in_another_zone_are_refused(tmp_path: Path) -> None:
    point = answer()[0] | {"utc_offset_seconds": 25200}

    with pytest.raises(UnexpectedPayload, match="timezone=GMT"):
        parsed(SOURCE, written(tmp_path / "one.json", point))


def test_every_point_that_is_set_is_asked_for_at_once() -> None:
    assert SOURCE.requests is not None
    settings = {"FAHSAI_OPENMETEO_URL": "https://example.org", "FAHSAI_OPENMETEO_POINTS": POINTS}

    (request,) = SOURCE.requests(Ask(RECEIVED, settings))

    assert (request.params["longitude"], request.params["latitude"]) == (
        "98.98,99.83",
        "18.79,19.91",
    )
    assert request.params["timezone"] == "GMT"


def test_a_point_written_wrongly_is_named() -> None:
    assert SOURCE.requests is not None
    settings = {"FAHSAI_OPENMETEO_URL": "https://example.org", "FAHSAI_OPENMETEO_POINTS": "Nan:100"}

    with pytest.raises(UnusableSetting, match="'Nan:100'"):
        list(SOURCE.requests(Ask(RECEIVED, settings)))


def test_the_table_by_province_is_local_time_and_partly_forecast() -> None:
    rows, rejected = parsed(SOURCE, FOLDER / "dashboard_hourly.csv")

    hours = [
        (h["station_id"], h["observed_at"], h["wind_speed_m_s"], h["forecast"])
        for h in values_of(rows, "air_measurement")
    ]
    assert hours == [
        ("openmeteo-chiang-mai", datetime(2026, 4, 17, 4, tzinfo=UTC), 0.72, False),
        ("openmeteo-phrae", datetime(2026, 4, 27, 16, tzinfo=UTC), 1.22, False),
        ("openmeteo-phrae", datetime(2026, 4, 27, 18, tzinfo=UTC), 0.25, True),
    ]
    assert rejected == []


def test_the_real_table_is_read_whole(shared_data: Path) -> None:
    (path,) = (shared_data / "weather_north").glob("dashboard_hourly_*.csv.gz")

    rows, rejected = parsed(SOURCE, path)

    assert (len(values_of(rows, "air_measurement")), rejected) == (2888, [])


def pull(connection: Connection, received_at: datetime, speed: float, tmp_path: Path) -> None:
    """One point's 11 o'clock as an answer received at the time tells it."""
    point = answer()[0]
    point["hourly"] = {name: values[2:3] for name, values in point["hourly"].items()}
    point["hourly"]["wind_speed_10m"] = [speed]
    delivery = Delivery("pull", received_at, {"points": "Nan:100.77,18.78"})
    ingest(connection, SOURCE, [(written(tmp_path / "one.json", point), delivery)], "pull")


def winds(connection: Connection) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT station_id, speed_m_s, from_deg, calm, forecast FROM published.wind")
        return cursor.fetchall()


def test_a_forecast_gives_way_to_the_analysis_and_never_comes_back(
    fresh: Connection, tmp_path: Path
) -> None:
    before, after = RECEIVED, RECEIVED + timedelta(hours=1)
    pull(fresh, before, 18, tmp_path)
    assert winds(fresh) == [("openmeteo-nan", 5, 360, False, True)]

    pull(fresh, after, 0, tmp_path)
    pull(fresh, before, 18, tmp_path)

    assert winds(fresh) == [("openmeteo-nan", 0, 360, True, False)]


def test_hours_after_a_file_was_written_are_forecasts_however_late_it_is_read(
    fresh: Connection, tmp_path: Path
) -> None:
    point = answer()[0]
    path = written(tmp_path / "old.json", point)
    first = datetime.fromisoformat(point["hourly"]["time"][0]).replace(tzinfo=UTC)
    os.utime(path, (first.timestamp(), first.timestamp()))

    ingest(fresh, SOURCE, file_payloads([path]), "old.json")

    with fresh.cursor() as cursor:
        cursor.execute("SELECT forecast FROM air_measurement ORDER BY observed_at")
        forecasts = [forecast for (forecast,) in cursor.fetchall()]
    assert forecasts == [False] + [True] * (len(forecasts) - 1) and len(forecasts) > 1


@pytest.mark.parametrize("time", ["0001-01-02 00:00:00", "1825-01-01 00:00:00"])
def test_an_hour_of_another_age_is_quarantined(time: str, tmp_path: Path) -> None:
    header = (
        "Province,Datetime,PM25,"
        "wind_speed_10m,wind_direction_10m,temperature_2m,relative_humidity_2m"
    )

    rows, rejected = parsed(
        SOURCE, written(tmp_path / "table.csv", f"{header}\nNan,{time},5,3,3,3,3\n")
    )

    assert values_of(rows, "air_measurement") == []
    assert [found.reason for found in rejected] == ["time is not that of an observation"]


def test_an_answer_without_times_is_refused(tmp_path: Path) -> None:
    (point, *_) = answer()
    del point["hourly"]["time"]

    with pytest.raises(UnexpectedPayload, match="differ in length"):
        parsed(SOURCE, written(tmp_path / "answer.json", [point]))
