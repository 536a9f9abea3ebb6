"""OGC API – Features: what is asked for by place and by time."""

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from tests.geo_api.http.routes.test_ogc import ITEMS, air_station, ids, measurement
from tests.makers import box, factory, hotspot, province


def test_a_box_takes_what_touches_it_and_nothing_that_is_only_a_rounding_off(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "edge", lon=100.5, lat=13.5)
    factory(connection, "out", lon=100.500001, lat=13.5)  # 11 cm further east

    assert ids(client.get(f"{ITEMS}?bbox=100,13,100.5,14")) == ["edge"]


def test_an_area_whose_outline_misses_the_box_is_left_out(
    client: TestClient, connection: Connection
) -> None:
    province(connection, "10", wkt="POLYGON((100 13, 102 13, 100 15, 100 13))")
    province(connection, "20", wkt=box(101.7, 14.7, 102.5, 15.5))

    found = client.get("/ogc/collections/provinces/items?bbox=101.6,14.6,102,15")

    assert ids(found) == ["20"]


def test_a_box_may_cross_the_antimeridian(client: TestClient, connection: Connection) -> None:
    factory(connection, "east", lon=179.5, lat=0)
    factory(connection, "here", lon=100, lat=0)
    factory(connection, "west", lon=-179.5, lat=0)

    assert ids(client.get(f"{ITEMS}?bbox=179,-1,-179,1")) == ["east", "west"]


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("2026-01-15T12:00:00Z", ["noon"]),
        ("2026-01-15T19:00:00%2B07:00", ["noon"]),
        ("2026-01-15T12:00:00Z/2026-01-16T12:00:00Z", ["next", "noon"]),
        ("2026-01-15T12:00:01Z/..", ["next"]),
        ("../2026-01-15T12:00:00Z", ["noon"]),
        ("2027-01-01T00:00:00Z/", []),
    ],
)
def test_an_interval_has_both_its_ends(
    client: TestClient, connection: Connection, when: str, found: list[str]
) -> None:
    hotspot(connection, "noon", "2026-01-15T12:00:00Z")
    hotspot(connection, "next", "2026-01-16T12:00:00Z")

    answer = client.get(f"/ogc/collections/hotspots/items?datetime={when}")

    assert ids(answer) == found


def test_features_without_a_time_match_any(client: TestClient, connection: Connection) -> None:
    factory(connection, "a")

    assert ids(client.get(f"{ITEMS}?datetime=1999-01-01T00:00:00Z")) == ["a"]


def test_a_station_that_never_reported_matches_any_time(
    client: TestClient, connection: Connection
) -> None:
    air_station(connection, "silent")
    measurement(connection, air_station(connection, "told"), "2026-01-01T00:00:00Z")

    found = client.get("/ogc/collections/air_stations/items?datetime=1999-01-01T00:00:00Z/..")
    before = client.get("/ogc/collections/air_stations/items?datetime=../1999-01-01T00:00:00Z")

    assert ids(found) == ["silent", "told"]
    assert ids(before) == ["silent"]


def test_times_in_properties_name_their_zone(client: TestClient, connection: Connection) -> None:
    hotspot(connection, "noon", "2026-01-15T19:00:00+07:00")

    [feature] = client.get("/ogc/collections/hotspots/items").json()["features"]

    assert feature["properties"]["observed_at"] == "2026-01-15T12:00:00+00:00"
