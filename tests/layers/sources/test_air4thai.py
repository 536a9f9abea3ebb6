"""Air4Thai: its strings, its ways to say nothing, its hours and its stations without a vane."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.ingest.loading import file_payloads, ingest
from layers.model import Ask, UnexpectedPayload
from layers.sources.air4thai import SOURCE
from tests.layers.sources.reading import RECEIVED, SAMPLES, parsed, values_of, written

FOLDER = SAMPLES / "air4thai"


def station(**changes: Any) -> dict[str, Any]:
    """One station of the current answer, as captured."""
    found: dict[str, Any] = json.loads((FOLDER / "live.json").read_text())["stations"][0]
    return found | changes


def with_reading(**changes: Any) -> dict[str, Any]:
    return station(AQILast=station()["AQILast"] | changes)


def current(tmp_path: Path, *stations: dict[str, Any]) -> list[dict[str, Any]]:
    rows, _ = parsed(SOURCE, written(tmp_path / "now.json", {"stations": stations}))
    return values_of(rows, "air_measurement")


def hours_csv(tmp_path: Path, *lines: str) -> Path:
    header = ",DATETIMEDATA,PM25,PM10,O3,CO,NO2,SO2,WS,TEMP,RH,WD"
    return written(tmp_path / "air4thai_44t_2024.csv", "\n".join([header, *lines]) + "\n")


def test_a_current_reading_keeps_the_hours_each_value_averages_over(tmp_path: Path) -> None:
    (reading,) = current(tmp_path, station())

    assert reading == {
        "station_id": "119t",
        "observed_at": datetime(2026, 8, 23, 10, tzinfo=UTC),  # 17:00 in Thailand
        "pm25_24h": 18.9,
        "pm10_24h": None,
        "o3_8h": 34,
        "co_8h": 1.3,
        "no2_1h": 0,
        "so2_1h": 2,
        "aqi_reported": 35,
        "aqi_param": "PM25",
        "forecast": False,
        "source": "air4thai",
    }


@pytest.mark.parametrize("missing", ["-1", "-999", "", "-", "N/A", None])
def test_every_way_of_saying_nothing_is_null(tmp_path: Path, missing: str | None) -> None:
    nothing = {"color_id": "0", "aqi": "-999", "value": missing}

    (reading,) = current(tmp_path, with_reading(PM25=nothing, O3=None))

    assert (reading["pm25_24h"], reading["o3_8h"]) == (None, None)


def test_an_absent_pollutant_is_null(tmp_path: Path) -> None:
    reading = station()["AQILast"]
    del reading["PM25"], reading["AQI"]

    (row,) = current(tmp_path, station(AQILast=reading))

    assert (row["pm25_24h"], row["aqi_reported"], row["no2_1h"]) == (None, None, 0)


def test_a_reading_without_a_time_leaves_its_station_and_a_bad_value_the_others(
    tmp_path: Path,
) -> None:
    odd = {"color_id": "1", "aqi": "10", "value": "12,3"}
    stations = [with_reading(date="", time=""), with_reading(PM25=odd, time="24:00")]

    rows, rejected = parsed(SOURCE, written(tmp_path / "now.json", {"stations": stations}))

    assert len(values_of(rows, "air_station")) == 2
    (reading,) = values_of(rows, "air_measurement")
    assert (reading["pm25_24h"], reading["so2_1h"]) == (None, 2)
    assert reading["observed_at"] == datetime(2026, 8, 23, 17, tzinfo=UTC)  # midnight in Thailand
    assert [(r.reason, r.stored) for r in rejected] == [
        ("AQILast is not a time", False),
        ("PM25 is not a number: left empty", True),
    ]


def test_names_lose_their_trailing_spaces() -> None:
    rows, _ = parsed(SOURCE, FOLDER / "live.json")

    names = {row["id"]: row["name_th"] for row in values_of(rows, "air_station")}
    assert names["03t"] == "ริมถนนทางหลวงหมายเลข 3902"


def test_the_older_schema_of_the_same_address_is_refused(tmp_path: Path) -> None:
    old = {key: value for key, value in station().items() if key != "AQILast"}
    old["LastUpdate"] = {"date": "2019-02-17", "AQI": {"Level": "1", "aqi": "26"}}

    with pytest.raises(UnexpectedPayload, match="AQILast"):
        current(tmp_path, old)


def test_what_is_new_within_a_reading_is_told_once_and_the_rest_is_stored(tmp_path: Path) -> None:
    newer = station()["AQILast"] | {"PM01": {"value": "5"}}
    stations = [station(stationID=name, AQILast=newer) for name in ("1t", "2t")]

    rows, rejected = parsed(SOURCE, written(tmp_path / "new.json", {"stations": stations}))

    assert len(values_of(rows, "air_measurement")) == 2
    assert [(found.reason, found.detail, found.stored) for found in rejected] == [
        ("values that are not known: not read", "AQILast.PM01", True)
    ]


def test_a_station_off_the_map_is_kept_without_a_place(tmp_path: Path) -> None:
    rows, rejected = parsed(
        SOURCE, written(tmp_path / "now.json", {"stations": [station(lat="0", long="0")]})
    )

    (row,) = values_of(rows, "air_station")
    assert (row["id"], row["lon"], row["lat"]) == ("119t", None, None)
    assert [(r.reason, r.stored) for r in rejected] == [
        ("station has no coordinates in Thailand", True)
    ]
    assert len(values_of(rows, "air_measurement")) == 1


def test_history_is_hourly_and_its_station_is_in_the_files_name() -> None:
    rows, rejected = parsed(SOURCE, FOLDER / "air4thai_29t_2023-12-01.csv")

    first = values_of(rows, "air_measurement")[0]
    assert first | {"station_id": "29t", "pm25_1h": 40.8, "pm10_1h": 76, "no2_1h": None} == first
    assert first["observed_at"] == datetime(2023, 11, 30, 17, tzinfo=UTC)
    assert (first["wind_speed_m_s"], first["wind_from_deg"]) == (1, 344)
    assert (len(rows), rejected) == (31, [])


def test_history_by_the_service_says_the_same_as_the_file() -> None:
    from_file, _ = parsed(SOURCE, FOLDER / "air4thai_29t_2023-12-01.csv")
    from_service, _ = parsed(SOURCE, FOLDER / "history.json")

    assert from_service == from_file[:4]


def test_a_calm_hour_among_others_is_calm(tmp_path: Path) -> None:
    path = hours_csv(
        tmp_path,
        "0,2023-12-01 00:00:00,14,,,,,,0,28,60,0",
        "1,2023-12-01 01:00:00,14,,,,,,1,28,60,90",
    )

    rows, _ = parsed(SOURCE, path)

    winds = [hour["wind_speed_m_s"] for hour in values_of(rows, "air_measurement")]
    assert winds == [0, 1]


def test_a_logger_without_sensors_writes_zeros_that_are_not_weather(tmp_path: Path) -> None:
    path = hours_csv(
        tmp_path,
        "0,2023-12-01 00:00:00,14,,,,,,0,0,0,0",
        "1,2023-12-01 01:00:00,14,,,,,,1,28,0,90",
    )

    rows, _ = parsed(SOURCE, path)

    weather = ("wind_speed_m_s", "wind_from_deg", "temperature_c", "humidity_pct")
    silent, dry = values_of(rows, "air_measurement")
    assert [silent[name] for name in weather] == [None] * 4
    assert [dry[name] for name in weather] == [1, 90, 28, None]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("0,2123-12-01 00:00:00,14,,,,,,1,28,60,90", "time is not that of an observation"),
        ("0,2027-03-01 00:00:00,14,,,,,,1,28,60,90", "time is in the future"),
        ("0,01/12/66 00:00,14,,,,,,1,28,60,90", "DATETIMEDATA is not a time"),
        ("0,2023-12-01 00:00:00,14", "cells do not fit the header"),
    ],
)
def test_a_bad_hour_is_rejected_alone(tmp_path: Path, line: str, reason: str) -> None:
    path = hours_csv(tmp_path, line, "1,2023-12-01 01:00:00,14,,,,,,1,28,60,90")

    rows, rejected = parsed(SOURCE, path)

    assert [r.reason for r in rejected] == [reason]
    assert len(values_of(rows, "air_measurement")) == 1


@pytest.mark.parametrize(
    "written",
    [
        *("2023-12-01 00:00:00", "2566-12-01 00:00", "01/12/2023 00:00", "๐๑/๑๒/๒๕๖๖ ๐๐:๐๐"),
        *("2023-11-30 24:00", "2023-12-01T00:00:00+07:00"),
    ],
)
def test_an_hour_is_the_same_however_it_is_written(tmp_path: Path, written: str) -> None:
    rows, rejected = parsed(SOURCE, hours_csv(tmp_path, f"0,{written},14,,,,,,1,28,60,90"))

    (hour,) = values_of(rows, "air_measurement")
    assert hour["observed_at"] == datetime(2023, 11, 30, 17, tzinfo=UTC)
    assert rejected == []


@pytest.mark.parametrize(
    ("line", "left_empty"),
    [
        ("0,2023-12-01 00:00:00,985,,,,,,1,28,60,90", "pm25_1h is implausible"),
        ("0,2023-12-01 00:00:00,-7,,,,,,1,28,60,90", "pm25_1h is implausible"),
        ("0,2023-12-01 00:00:00,14,,,,,,80,28,60,90", "wind_speed_m_s is implausible"),
        ("0,2023-12-01 00:00:00,14,,,,,,1,71,60,90", "temperature_c is implausible"),
        ('0,2023-12-01 00:00:00,"12,3",,,,,,1,28,60,90', "PM25 is not a number"),
    ],
)
def test_a_value_no_instrument_can_give_is_left_empty_alone(
    tmp_path: Path, line: str, left_empty: str
) -> None:
    rows, rejected = parsed(SOURCE, hours_csv(tmp_path, line))

    (hour,) = values_of(rows, "air_measurement")
    known = [hour[name] for name in ("pm25_1h", "wind_speed_m_s", "temperature_c", "humidity_pct")]
    assert known.count(None) == 1
    assert [(r.reason, r.stored) for r in rejected] == [(f"{left_empty}: left empty", True)]


def test_a_file_that_names_no_station_is_refused(tmp_path: Path) -> None:
    path = hours_csv(tmp_path, "0,2023-12-01 00:00:00,14,,,,,,1,28,60,90")

    with pytest.raises(UnexpectedPayload, match="must name its station, as in air4thai_28t"):
        parsed(SOURCE, path.rename(tmp_path / "hours.csv"))


def test_history_is_asked_only_for_the_stations_that_are_set() -> None:
    settings = {s.variable: s.default for s in SOURCE.settings if s.default is not None}
    assert SOURCE.requests is not None

    plain = list(SOURCE.requests(Ask(RECEIVED, settings)))
    history = list(
        SOURCE.requests(Ask(RECEIVED, settings | {"FAHSAI_AIR4THAI_HISTORY_STATIONS": "29t, 34t"}))
    )

    assert [request.params for request in plain] == [{}]
    assert [request.params["stationID"] for request in history[1:]] == ["29t", "34t"]
    assert (history[1].params["sdate"], history[1].params["edate"]) == ("2026-11-20", "2026-11-21")


def test_a_station_list_gives_places_to_stations_already_read(fresh: Connection) -> None:
    ingest(fresh, SOURCE, file_payloads([FOLDER / "air4thai_29t_2023-12-01.csv"]), "hours")
    assert shown(fresh) == []

    ingest(fresh, SOURCE, file_payloads([FOLDER / "stations.csv"]), "stations")

    # The mean of the last 24 of its 30 hours is 23.825.
    at = datetime(2023, 12, 1, 22, tzinfo=UTC)
    assert [row for row in shown(fresh) if row[1]] == [("29t", at, 23.8, 24, 47, "good")]


def shown(connection: Connection) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, observed_at, pm25_ug_m3, pm25_averaging_h, aqi, aqi_class"
            " FROM published.air_stations ORDER BY id"
        )
        return cursor.fetchall()


def test_loading_again_or_in_another_order_changes_nothing(fresh: Connection) -> None:
    files = sorted(FOLDER.iterdir())
    ingest(fresh, SOURCE, file_payloads(files), "in order")

    again = ingest(fresh, SOURCE, file_payloads(files[::-1]), "in the other order")

    assert (again.inserted, again.updated) == (0, 0)


def test_every_real_file_is_read_whole(shared_data: Path) -> None:
    files = sorted((shared_data / "air_quality_air4thai").glob("air4thai_*.csv.gz"))

    for path in files:
        rows, rejected = parsed(SOURCE, path)

        assert len(values_of(rows, "air_measurement")) == 1968
        assert rejected == []
    assert len(files) == 10


@pytest.mark.parametrize(
    "odd",
    [
        {"stationID": "1t", "AQILast": None},
        {"stationID": "1t", "AQILast": "oops"},
        {"stationID": "1t", "data": None},
        {"stationID": "1t", "data": [1]},
    ],
)
def test_a_station_of_another_shape_is_rejected_alone(odd: dict[str, Any], tmp_path: Path) -> None:
    sound = {"stationID": "2t", **({"data": []} if "data" in odd else station())}

    rows, rejected = parsed(SOURCE, written(tmp_path / "odd.json", {"stations": [odd, sound]}))

    assert {row["id"] for row in values_of(rows, "air_station")} - {"1t"}
    assert [" is not a" in found.reason for found in rejected] == [True]


def test_an_hour_before_all_time_is_quarantined(tmp_path: Path) -> None:
    path = written(tmp_path / "air4thai_44t_x.csv", "DATETIMEDATA,PM25\n0001-01-01 00:00:00,5\n")

    _, rejected = parsed(SOURCE, path)

    assert [found.reason for found in rejected] == ["DATETIMEDATA is not a time"]
