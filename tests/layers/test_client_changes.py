"""What changed between two times, as a frame of the analysts' client."""

import pytest
from psycopg2.extensions import connection as Connection

from layers.client import Client, Refused
from tests.history import changed, now, story
from tests.makers import factory


@pytest.fixture
def client(server_url: str) -> Client:
    return Client(server_url)


def test_each_change_is_a_row_that_says_how_it_was(client: Client, fresh: Connection) -> None:
    before = now(fresh)
    came, _, renamed, gone = story(fresh)

    added = client.changes("factories", since=before, until=came)
    altered = client.changes("factories", since=came, until=renamed)
    removed = client.changes("factories", since=renamed, until=gone)

    assert list(zip(added["id"], added["change"], strict=True)) == [("a", "added"), ("b", "added")]
    assert added.crs == 4326 and list(added.geometry.x) == [100.3, 100.4]
    [(change, fields, former, name)] = altered[["change", "fields", "before", "name"]].to_numpy()
    assert (change, fields, former, name) == ("changed", ("name",), {"name": "first"}, "third")
    assert list(removed[["change", "name"]].iloc[0]) == ["removed", "third"]
    assert altered.attrs["counts"] == {"added": 0, "removed": 0, "changed": 1}
    assert altered.attrs["since"]["dataVersion"] < altered.attrs["until"]["dataVersion"]


def test_a_version_is_compared_with_now_and_a_selection_with_itself(
    client: Client, fresh: Connection
) -> None:
    story(fresh)
    version = client.layer("factories", as_of=now(fresh)).attrs["dataVersion"]
    changed(fresh, "UPDATE factory SET geom = ST_Translate(geom, 1, 0)")

    found = client.changes("factories", since=version)
    box = client.changes("factories", since=version, bbox=(100, 13, 101, 14))

    assert list(found["fields"]) == [("geometry",)]
    assert found["before"][0]["geometry"]["coordinates"] == [100.4, 13.6]
    assert list(box["change"]) == ["removed"]


def test_nothing_changed_is_an_empty_frame(client: Client, fresh: Connection) -> None:
    story(fresh)
    version = client.layer("factories", as_of=now(fresh)).attrs["dataVersion"]

    found = client.changes("factories", since=version)

    assert len(found) == 0 and {"id", "change", "fields", "before"} <= set(found.columns)
    assert found.attrs["counts"] == {"added": 0, "removed": 0, "changed": 0}


def test_more_than_a_page_of_changes_comes_whole(client: Client, fresh: Connection) -> None:
    before = now(fresh)
    with fresh.cursor() as cursor:
        cursor.execute(
            "INSERT INTO factory (id, name, status, location_precision, source, geom)"
            " SELECT 'f' || n, 'โรงงาน', 'operating', 'government', 'diw',"
            " ST_SetSRID(ST_MakePoint(100 + n / 100000.0, 13.5), 4326)"
            " FROM generate_series(10000, 22000) AS n"
        )
    fresh.commit()

    found = client.changes("factories", since=before)

    assert list(found["id"]) == [f"f{n}" for n in range(10_000, 22_001)]
    assert found.attrs["numberReturned"] == 12_001


def test_two_ways_to_say_when_are_refused(client: Client, fresh: Connection) -> None:
    factory(fresh, "a", lon=100.3, lat=13.5)
    fresh.commit()

    with pytest.raises(ValueError, match="since and until, not as_of"):
        client.changes("factories", since=1, as_of=1)
    with pytest.raises(Refused, match="goes back to"):
        client.changes("factories", since="2020-01-01T00:00:00Z")
