"""Certificates that expire within 90 days of today in Thailand, unless another follows."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.database.data_versions import fetch_data_versions
from layers.times import THAI_TIME
from tests.makers import factory, insert


def today() -> date:
    return datetime.now(THAI_TIME).date()


def certified(connection: Connection, id: str, in_days: int | None, **values: Any) -> None:
    """A certificate of a factory of its own, that expires in so many days."""
    if not values.pop("again", False):
        factory(connection, id)
    insert(
        connection, "green_certificate",
        **{
            "factory_ref": id, "factory_id": id, "level": 3, "source": "green_industry",
            "issued_on": today() - timedelta(days=900),
            "expires_on": None if in_days is None else today() + timedelta(days=in_days),
            **values,
        },
    )  # fmt: skip


def shown(client: TestClient) -> dict[str, int]:
    """Days left by factory."""
    answer = client.get("/ogc/collections/certificates_expiring/items?f=json").json()
    return {
        one["properties"]["factory_id"]: one["properties"]["days_left"]
        for one in answer["features"]
    }


def test_only_those_of_today_and_the_next_90_days_are_shown(
    client: TestClient, connection: Connection
) -> None:
    for days in (-1, 0, 90, 91):
        certified(connection, f"in {days}", days)
    certified(connection, "not given", None)

    assert shown(client) == {"in 0": 0, "in 90": 90}


@pytest.mark.parametrize(
    ("level", "in_days", "still"), [(3, 900, False), (4, 900, False), (2, 900, True), (3, 5, True)]
)
def test_one_that_another_follows_is_not_shown(
    client: TestClient, connection: Connection, level: int, in_days: int, still: bool
) -> None:
    certified(connection, "f", 30)
    certified(
        connection, "f", in_days, again=True, level=level, issued_on=today() - timedelta(days=3)
    )

    assert (30 in shown(client).values()) is still


def test_one_that_a_later_one_without_an_end_follows_is_not_shown(
    client: TestClient, connection: Connection
) -> None:
    certified(connection, "f", 30)
    certified(connection, "f", None, again=True, issued_on=today() - timedelta(days=3))

    assert shown(client) == {}


def test_what_is_remembered_of_it_ends_with_the_day(connection: Connection, reads: Reads) -> None:
    found = fetch_data_versions(reads).versions

    assert found["certificates_expiring"].endswith(f".{today():%Y%m%d}")
    assert not found["green_certificates"].endswith(f"{today():%Y%m%d}")
