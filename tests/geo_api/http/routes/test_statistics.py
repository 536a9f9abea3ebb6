"""Counts, sums and means by area, time and property: computed in the database, and told plainly."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from tests.makers import box, factory, insert, province


@pytest.fixture(autouse=True)
def areas(connection: Connection) -> None:
    """Two provinces side by side, and a district in the first."""
    province(connection, "74", wkt=box(100.0, 13.4, 100.5, 13.8))
    province(connection, "10", name_en="Bangkok", wkt=box(100.5, 13.4, 101.0, 13.8))
    insert(
        connection, "district", code="7401", province_code="74", name_th="เมือง", name_en="Mueang",
        source="boundaries", wkt=box(100.0, 13.4, 100.3, 13.8),
    )  # fmt: skip


def fire(connection: Connection, id: str, at: str, lon: float, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', %(at)s, %(at)s)", {"at": at})
    told = {"time_precision": "minute", "sources": ["firms"], **values}
    insert(connection, "hotspot", id=id, acquired_at=at, lon=lon, lat=13.6, **told)


def groups(client: TestClient, layer: str, **asked: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/statistics/{layer}", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["groups"]
    return found


def test_factories_are_counted_by_district_and_their_horsepower_summed(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "a", lon=100.1, horsepower=100.0)
    factory(connection, "b", lon=100.2, horsepower=50.0)
    factory(connection, "c", lon=100.4, horsepower=7.0)

    found = groups(client, "factories", by="district", values="sum:horsepower,mean:horsepower")

    assert found == [
        {"district": "7401", "count": 2, "sum_horsepower": 150.0, "mean_horsepower": 75.0},
        {"district": None, "count": 1, "sum_horsepower": 7.0, "mean_horsepower": 7.0},
    ]


def test_months_are_those_of_thailand_and_filters_hold(
    client: TestClient, connection: Connection
) -> None:
    fire(connection, "1", "2026-01-31T16:59:00Z", 100.2, land_use="forest", frp_mw=10.0)
    fire(connection, "2", "2026-01-31T17:01:00Z", 100.2, land_use="forest", frp_mw=30.0)
    fire(connection, "3", "2026-02-02T06:00:00Z", 100.8, land_use="forest", frp_mw=None)
    fire(connection, "4", "2026-02-02T06:00:00Z", 100.2, land_use="paddy")

    found = groups(
        client, "hotspots", by="month,province", values="mean:frp_mw", filter="land_use='forest'"
    )

    assert found == [
        {"month": "2026-01", "province": "74", "count": 1, "mean_frp_mw": 10.0},
        {"month": "2026-02", "province": "10", "count": 1, "mean_frp_mw": None},
        {"month": "2026-02", "province": "74", "count": 1, "mean_frp_mw": 30.0},
    ]


def test_what_is_known_to_a_window_of_days_is_of_no_day(
    client: TestClient, connection: Connection
) -> None:
    fire(connection, "1", "2026-02-02T06:00:00Z", 100.2)
    fire(
        connection, "2", "2026-02-02T23:59:00Z", 100.2,
        time_precision="window", acquired_from="2026-02-01T00:00:00Z",
    )  # fmt: skip

    found = groups(client, "hotspots", by="day")

    assert found == [{"day": "2026-02-02", "count": 1}, {"day": None, "count": 1}]


def test_without_a_key_all_are_one_group_and_the_origin_is_told(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "a", horsepower=3.0)

    answer = client.get("/api/statistics/factories?values=max:horsepower").json()

    assert answer["groups"] == [{"count": 1, "max_horsepower": 3.0}]
    assert answer["units"] == {"max_horsepower": "hp"}
    assert answer["simulated"] is False and "DIW" in answer["attribution"]


def test_the_answer_says_from_when_to_when_a_layer_was_observed(
    client: TestClient, connection: Connection
) -> None:
    def told(layer: str) -> tuple[str | None, str | None]:
        answer = client.get(f"/api/statistics/{layer}?datetime=2019-01-01/2019-12-31").json()
        return answer["first"], answer["newest"]

    empty = told("hotspots")
    fire(connection, "1", "2026-01-31T16:59:00Z", 100.2)
    fire(connection, "2", "2026-02-02T06:00:00Z", 100.8)

    assert empty == told("factories") == (None, None)
    assert told("hotspots") == ("2026-01-31T16:59:00Z", "2026-02-02T06:00:00Z")


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("by=month", "by"),  # factories have no time
        ("by=no_such", "by"),
        ("by=province,province", "by"),
        ("by=province,district,status,kind", "by"),
        ("values=mean:name", "values"),
        ("values=sleep:horsepower", "values"),
        ("values=mean", "values"),
        ("limit=3", "limit"),
    ],
)
def test_what_cannot_be_reckoned_is_refused_with_what_can(
    client: TestClient, asked: str, parameter: str
) -> None:
    answer = client.get(f"/api/statistics/factories?{asked}")

    assert (answer.status_code, answer.json()["parameter"]) == (400, parameter)
