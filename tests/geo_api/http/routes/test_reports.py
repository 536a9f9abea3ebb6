"""/api/brief and /api/daily-counts: the numbers as JSON, and rows that add up to them."""

import json
from typing import Any

import brotli
import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from tests.geo_api.ingest.test_hotspot_merge import load, windowed
from tests.geo_api.reports.rows import fetched, hotspot, reading, station
from tests.makers import box, province

SEASON = {"from": "2025-12-01", "to": "2026-04-30"}


def answer(client: TestClient, path: str, **params: str) -> Any:
    found = client.get(path, params=params)
    assert found.status_code == 200, found.text
    return found.json()


def read(told: dict[str, Any], rows: str) -> list[tuple[Any, ...]]:
    """Rows with their codes instead of places in the lists."""
    return [
        (*first, told["provinces"][code], told["classes"][kind], count)
        for *first, code, kind, count in told[rows]
    ]


def test_the_brief_is_given_of_any_day(client: TestClient, connection: Connection) -> None:
    province(connection)
    hotspot(connection, "2026-03-01T18:30:00+00:00", times=3)

    told = answer(client, "/api/brief", day="2026-03-02")

    assert (told["start"], told["end"]) == ("2026-03-01T01:00:00Z", "2026-03-02T01:00:00Z")
    assert told["measures"]["hotspots"]["value"] == 3
    assert told["measures"]["hotspots"]["highest"]["name"]["en"] == "Samut Sakhon"
    assert told["measures"]["air"]["state"] == "never_loaded"
    assert [one["hotspots"] for one in told["provinces"]] == [3]


@pytest.mark.parametrize(
    ("day", "status", "word"),
    [
        ("2026-02-30", 400, "must be a day as in 2026-01-31"),
        ("yesterday", 400, "must be a day as in 2026-01-31"),
        ("2999-01-01", 404, "is not over"),
    ],
)
def test_a_day_that_is_none_or_not_over_is_refused(
    client: TestClient, day: str, status: int, word: str
) -> None:
    found = client.get("/api/brief", params={"day": day})

    assert (found.status_code, word in found.json()["detail"]) == (status, True)


def test_hotspots_come_by_day_province_and_land_use(
    client: TestClient, connection: Connection
) -> None:
    province(connection)
    hotspot(connection, "2025-11-30T01:00:00+00:00", times=2)
    hotspot(connection, "2026-01-04T18:00:00+00:00", land_use=None, satellite="A")
    hotspot(connection, "2026-01-04T18:00:00+00:00", land_use=None, satellite="N")
    hotspot(connection, "2026-04-30T00:59:00+00:00", lon=100.0, lat=10.0, land_use="forest")
    hotspot(connection, "2026-04-30T01:00:00+00:00", times=9)  # the day after
    load(connection, windowed())

    told = answer(client, "/api/daily-counts/hotspots", **SEASON)

    assert read(told, "counts") == [
        (0, "74", "sugarcane", 2),
        (35, "74", None, 2),
        (150, None, "forest", 1),
    ]
    assert read(told, "windowed") == [(33, 35, None, None, 1)]
    assert (told["from"], told["to"], told["first_day"]) == (*SEASON.values(), "2025-12-01")


def test_static_industrial_heat_is_counted_where_it_is_asked_for_as_a_class_of_its_own(
    client: TestClient, connection: Connection
) -> None:
    province(connection)
    hotspot(connection, "2026-01-04T18:00:00+00:00", times=2)
    hotspot(
        connection,
        "2026-01-04T18:00:00+00:00",
        heat_source="industrial_static",
        land_use="other",
        times=3,
    )
    hotspot(connection, "2026-01-04T18:00:00+00:00", heat_source="uncertain")

    left_out = answer(client, "/api/daily-counts/hotspots", **SEASON)
    told = answer(client, "/api/daily-counts/hotspots", **SEASON, industrial_heat="included")

    assert read(left_out, "counts") == [(35, "74", "sugarcane", 3)]
    assert left_out["industrial_heat"] == "excluded"
    assert read(told, "counts") == [
        (35, "74", "industrial_static", 3),
        (35, "74", "sugarcane", 3),
    ]
    assert told["industrial_heat"] == "included"


def test_one_province_alone_may_be_asked_for(client: TestClient, connection: Connection) -> None:
    province(connection)
    province(connection, "40", wkt=box(102, 16, 103, 17))
    hotspot(connection, "2026-01-04T18:00:00+00:00", times=2)
    hotspot(connection, "2026-01-04T18:00:00+00:00", lon=102.5, lat=16.5)

    told = answer(client, "/api/daily-counts/hotspots", **SEASON, province="40")

    assert read(told, "counts") == [(35, "40", "sugarcane", 1)]


def test_air_gives_a_mean_for_every_morning_or_says_that_there_is_none(
    client: TestClient, connection: Connection
) -> None:
    province(connection)
    station(connection)
    station(connection, "30t", lon=102.5, lat=16.5)
    reading(connection, "2026-01-02T01:00:00+00:00", pm25_24h=41.5)
    days = {"from": "2026-01-01", "to": "2026-01-03"}

    told = answer(client, "/api/daily-counts/air_stations", **days)

    assert told["pm25_24h"] == {"29t": [None, 41.5, None], "30t": [None, None, None]}
    assert [(one["id"], one["province"]) for one in told["stations"]] == [
        ("29t", "74"),
        ("30t", None),
    ]


@pytest.mark.parametrize("layer", ["hotspots", "air_stations"])
def test_nothing_is_empty_lists(client: TestClient, layer: str) -> None:
    told = answer(client, f"/api/daily-counts/{layer}", **SEASON)

    assert not any(told[name] for name in ("counts", "by_month", "stations") if name in told)
    assert told["simulated"] is False


@pytest.mark.parametrize(
    ("params", "parameter"),
    [
        ({"from": "2026-01-01"}, "to"),
        ({"from": "2026-02-01", "to": "2026-01-01"}, "to"),
        ({"from": "2024-01-01", "to": "2026-01-01"}, "to"),
        ({"from": "1.1.2026", "to": "2026-01-01"}, "from"),
        (SEASON | {"province": "Tak"}, "province"),
        (SEASON | {"province": "99"}, "province"),
        (SEASON | {"industrial_heat": "yes"}, "industrial_heat"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    client: TestClient, params: dict[str, str], parameter: str
) -> None:
    found = client.get("/api/daily-counts/hotspots", params=params)

    assert (found.status_code, found.json()["parameter"]) == (400, parameter)


def test_a_season_of_many_fires_is_small(client: TestClient, connection: Connection) -> None:
    province(connection)
    fetched(
        connection,
        """
        SELECT ensure_months('hotspot', '2025-12-01', '2026-04-30');
        INSERT INTO hotspot (id, acquired_at, time_precision, geom, land_use, sources)
        SELECT n::text, '2025-12-01Z'::timestamptz + random() * interval '149 days', 'minute',
            ST_Point(100 + random(), 13.4 + random(), 4326),
            (ARRAY['sugarcane', 'paddy', 'forest', 'maize'])[1 + n %% 4], '{firms}'
        FROM generate_series(1, 12000) AS n
        """,
    )

    found = client.get("/api/daily-counts/hotspots", params=SEASON)

    assert sum(row[-1] for row in found.json()["counts"]) == 12000
    assert len(brotli.compress(json.dumps(found.json()).encode(), quality=4)) < 60_000


def test_an_answer_is_kept_until_the_counts_change(
    client: TestClient, connection: Connection
) -> None:
    hotspot(connection, "2026-01-04T18:00:00+00:00")
    first = client.get("/api/daily-counts/hotspots", params=SEASON)
    same = client.get(
        "/api/daily-counts/hotspots",
        params=SEASON,
        headers={"If-None-Match": first.headers["etag"]},
    )
    hotspot(connection, "2026-01-04T18:00:00+00:00")
    fetched(connection, "UPDATE data_version SET version = 0")  # as of another transaction

    again = client.get("/api/daily-counts/hotspots", params=SEASON)

    assert same.status_code == 304
    assert again.headers["etag"] != first.headers["etag"]
    assert [row[-1] for row in again.json()["counts"]] == [2]
