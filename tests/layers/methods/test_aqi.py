"""The Thai index against published pairs and PCD's own output."""

import json
from datetime import date
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from layers.methods.aqi import (
    LEAST_HOURS,
    NOTICE_OF_2023,
    Pollutant,
    thai_aqi,
    thai_aqi_class,
)

NOW = date(2024, 5, 7)
BEFORE = date(2019, 2, 17)


@pytest.mark.parametrize(
    ("pollutant", "value", "day", "index"),
    [
        ("pm25_24h", 0, NOW, 0),
        ("pm25_24h", 15.0, NOW, 25),
        ("pm25_24h", 15.04, NOW, 25),
        ("pm25_24h", 15.05, NOW, 26),
        ("pm25_24h", 25.0, NOW, 50),
        ("pm25_24h", 34.1, NOW, 87),
        ("pm25_24h", 37.5, NOW, 100),
        ("pm25_24h", 75.0, NOW, 200),
        ("pm10_24h", 73, NOW, 44),
        ("co_8h", 1.20, NOW, 7),
        ("no2_1h", 30, BEFORE, 13),
        ("o3_8h", 11, BEFORE, 8),
        ("co_8h", 0.54, BEFORE, 3),
        ("so2_1h", 65, NOW, 16),
        ("pm25_24h", 26, BEFORE, 26),
        ("pm25_24h", 90, BEFORE, 200),
    ],
)
def test_the_index_is_the_published_one(
    pollutant: Pollutant, value: float, day: date, index: int
) -> None:
    assert thai_aqi(pollutant, value, day) == index


def test_above_the_table_there_is_a_class_and_no_number() -> None:
    index = thai_aqi("pm25_24h", 75.1, NOW)

    assert (index, thai_aqi_class(index)) == (None, "unhealthy")


def test_the_table_changes_on_the_day_the_notice_came_into_force() -> None:
    assert thai_aqi("pm25_24h", 37, date(2023, 5, 31)) == 50
    assert thai_aqi("pm25_24h", 37, NOTICE_OF_2023) == 98


def test_classes_end_where_the_notice_ends_them() -> None:
    classes = [thai_aqi_class(index) for index in (0, 25, 26, 50, 51, 100, 101, 200)]

    assert classes == [
        *["very_good"] * 2,
        *["good"] * 2,
        *["moderate"] * 2,
        *["unhealthy_start"] * 2,
    ]


def test_a_negative_concentration_is_refused() -> None:
    with pytest.raises(ValueError, match="negative, got -1"):
        thai_aqi("pm25_24h", -1, NOW)


def test_every_sub_index_that_pcd_printed_is_found_again(shared_data: Path) -> None:
    excerpt = shared_data / "air_quality_air4thai" / "getNewAQI_JSON_excerpt.json"
    names: dict[str, Pollutant] = {
        "PM25": "pm25_24h",
        "PM10": "pm10_24h",
        "O3": "o3_8h",
        "CO": "co_8h",
        "NO2": "no2_1h",
        "SO2": "so2_1h",
    }

    pairs = [
        (thai_aqi(pollutant, float(reading["value"]), NOW), int(reading["aqi"]))
        for station in json.loads(excerpt.read_text())["stations"]
        for name, pollutant in names.items()
        if float((reading := station["AQILast"][name])["value"]) >= 0 and int(reading["aqi"]) >= 0
    ]

    assert len(pairs) == 33
    assert [ours for ours, _ in pairs] == [theirs for _, theirs in pairs]


@pytest.mark.parametrize("day", [BEFORE, date(2023, 5, 31), NOTICE_OF_2023, NOW])
def test_the_database_computes_the_same_index_and_class(connection: Connection, day: date) -> None:
    grid = [step / 20 for step in range(2001)]

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT thai_aqi_pm25(v, %(day)s), thai_aqi_pm25_class(v, %(day)s)"
            " FROM unnest(%(grid)s::float8[]) WITH ORDINALITY AS u (v, n) ORDER BY n",
            {"day": day, "grid": grid},
        )
        found = cursor.fetchall()

    ours = [thai_aqi("pm25_24h", value, day) for value in grid]
    assert found == [(index, thai_aqi_class(index)) for index in ours]


def test_the_database_needs_the_same_hours_for_a_mean(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT thai_aqi_least_hours(), thai_aqi_pm25_class(NULL, '2024-01-01')")

        assert cursor.fetchone() == (LEAST_HOURS, None)
