"""Air stations, hourly air quality and wind as they are published."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from tests.makers import insert

NOON = datetime(2024, 2, 20, 5, tzinfo=UTC)  # in Thailand


def station(connection: Connection, id: str = "29t", **values: Any) -> str:
    """A station in Map Ta Phut; its id."""
    place = {"lon": 101.166, "lat": 12.709}
    insert(connection, "air_station", id=id, source="air4thai", **(place | values))
    return id


def reading(
    connection: Connection, observed_at: datetime = NOON, station_id: str = "29t", **values: Any
) -> None:
    """One hour of a station, in a month that has a partition."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ensure_months('air_measurement', %(at)s, %(at)s)", {"at": observed_at}
        )
    insert(
        connection,
        "air_measurement",
        station_id=station_id,
        observed_at=observed_at,
        source="air4thai",
        **values,
    )


def published(connection: Connection, layer: str, *fields: str) -> list[tuple[Any, ...]]:
    """The fields of every feature of a layer, by id."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(fields)} FROM published.{layer} ORDER BY id")
        return cursor.fetchall()


def pm25(connection: Connection) -> list[tuple[Any, ...]]:
    return published(
        connection, "air_stations", "pm25_ug_m3", "pm25_averaging_h", "aqi", "aqi_class"
    )


def test_the_latest_reading_is_shown_with_its_class(connection: Connection) -> None:
    station(connection)
    reading(connection, NOON - timedelta(days=60), pm25_24h=80)
    reading(connection, NOON, pm25_24h=34.1)

    assert pm25(connection) == [(34.1, 24, 87, "moderate")]


def test_above_200_there_is_a_class_and_no_index(connection: Connection) -> None:
    station(connection)
    reading(connection, pm25_24h=120)

    assert pm25(connection) == [(120, 24, None, "unhealthy")]


@pytest.mark.parametrize(
    ("hours", "shown"),
    [(18, (40, 24, 107, "unhealthy_start")), (17, (40, 1, None, None))],
)
def test_a_mean_of_hours_needs_three_quarters_of_them(
    connection: Connection, hours: int, shown: tuple[Any, ...]
) -> None:
    station(connection)
    for hour in range(hours):
        reading(connection, NOON - timedelta(hours=hour), pm25_1h=40)
    reading(connection, NOON - timedelta(hours=24), pm25_1h=1000)

    assert pm25(connection) == [shown]


def test_the_table_is_that_of_the_readings_thai_day(connection: Connection) -> None:
    last_evening = datetime(2023, 5, 31, 16, 59, tzinfo=UTC)  # 23:59 on 31 May
    station(connection, "a")
    station(connection, "b")
    reading(connection, last_evening, "a", pm25_24h=37)
    reading(connection, last_evening + timedelta(minutes=1), "b", pm25_24h=37)

    assert [aqi for _, _, aqi, _ in pm25(connection)] == [50, 98]


def test_an_hour_of_weather_does_not_hide_the_last_pm25(connection: Connection) -> None:
    station(connection)
    reading(connection, NOON - timedelta(hours=1), pm25_24h=15)
    reading(connection, NOON, temperature_c=31)

    assert pm25(connection) == [(15, 24, 25, "very_good")]


def test_a_station_that_never_reported_is_shown_without_values(connection: Connection) -> None:
    station(connection)

    assert published(connection, "air_stations", "observed_at", "aqi_class") == [(None, None)]


def test_models_and_forecasts_are_no_readings_of_stations(connection: Connection) -> None:
    station(connection)
    reading(connection, pm25_24h=15, forecast=True)
    station(connection, "openmeteo-nan", kind="model")
    reading(connection, station_id="openmeteo-nan", pm25_1h=30)

    assert published(connection, "air_stations", "id", "pm25_ug_m3") == [("29t", None)]
    assert published(connection, "air_quality", "kind", "forecast", "pm25_1h") == [
        (None, True, None),
        ("model", False, 30),
    ]


def test_a_stations_mean_is_worked_out_once(connection: Connection) -> None:
    station(connection)

    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT pm25_ug_m3, aqi, aqi_class FROM published.air_stations")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert plan.count("Aggregate") == 1


def test_a_station_without_a_place_is_not_shown(connection: Connection) -> None:
    insert(connection, "air_station", id="o21", source="air4thai")
    reading(connection, station_id="o21", pm25_24h=15, wind_speed_m_s=2)

    for layer in ("air_stations", "air_quality", "wind"):
        assert published(connection, layer, "id") == []


def test_wind_below_a_metre_per_second_is_calm(connection: Connection) -> None:
    station(connection)
    reading(connection, NOON, wind_speed_m_s=0.9, wind_from_deg=90)
    reading(connection, NOON + timedelta(hours=1), wind_speed_m_s=1, wind_from_deg=100)
    reading(connection, NOON + timedelta(hours=2), pm25_1h=12)

    assert published(connection, "wind", "from_deg", "calm") == [(90, True), (100, False)]


@pytest.mark.parametrize(
    ("layer", "condition", "index"),
    [
        ("air_quality", "id = '29t.1708405200'", "air_measurement_2024_02_id_idx"),
        ("wind", "observed_at >= '2024-02-20 04:00+00'", "air_measurement_2024_02_observed_at"),
        (
            "air_stations",
            "ST_DWithin(geom::geography, ST_Point(101, 13)::geography, 9000)",
            "_geography",
        ),
        ("wind", "geom && ST_MakeEnvelope(101, 12, 102, 13, 4326)", "air_station_geom"),
    ],
)
def test_the_questions_of_the_api_reach_an_index(
    connection: Connection, layer: str, condition: str, index: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ensure_months('air_measurement', '2024-02-01', '2024-02-02');"
            " INSERT INTO air_station (id, geom, source)"
            " SELECT 's' || n, ST_SetSRID(ST_MakePoint(98 + n * 0.01, 14), 4326), 'air4thai'"
            " FROM generate_series(1, 500) AS n;"
            " INSERT INTO air_measurement (station_id, observed_at, wind_speed_m_s, source)"
            " SELECT 's' || n, timestamptz '2024-02-01' + h * interval '1 hour', 1, 'air4thai'"
            " FROM generate_series(1, 20) AS n, generate_series(0, 600) AS h;"
            " ANALYZE air_station; ANALYZE air_measurement"
        )
        cursor.execute(f"EXPLAIN SELECT id FROM published.{layer} WHERE {condition}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert index in plan
