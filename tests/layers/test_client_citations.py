"""Frames are cited where they were read, and open to the same frame later."""

from collections.abc import Iterator
from urllib.parse import unquote

import pandas as pd
import pyarrow.parquet
import pytest
import requests
from psycopg2.extensions import connection as Connection

from layers.client import Client, NotAsCited
from tests.makers import factory, province
from tests.proxying import proxied


@pytest.fixture
def client(server_url: str) -> Iterator[Client]:
    yield Client(server_url, attempts=1)


@pytest.fixture(autouse=True)
def factories(fresh: Connection) -> None:
    """Two factories."""
    province(fresh)
    factory(fresh, "a", name="first", lon=100.1, lat=13.6, horsepower=0.1)
    factory(fresh, "b", name="stays", lon=100.2, lat=13.6, horsepower=0.2)
    fresh.commit()


def changed(connection: Connection, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.commit()


def test_a_frame_tells_its_version_and_is_cited_as_it_was_read_after_the_data_changed(
    client: Client, fresh: Connection
) -> None:
    read = client.factories(province_code="74")
    local = dict(read.attrs["cite"])
    changed(fresh, "UPDATE factory SET name = 'second' WHERE id = 'a'")

    citation = client.cite(read)
    changed(fresh, "DELETE FROM factory")
    again = client.cited(citation["address"])

    assert local["dataVersion"] == citation["dataVersion"]
    assert local["sha256"] is None and len(citation["sha256"]) == 64
    assert read.attrs["cite"]["code"] == citation["code"]
    assert client.cite(read) == citation
    pd.testing.assert_frame_equal(pd.DataFrame(again), pd.DataFrame(read))
    assert list(again["name"]) == ["first", "stays"]
    assert again.attrs["cite"]["state"] == "holds"


def test_the_address_made_without_asking_makes_the_same_citation(client: Client) -> None:
    read = client.factories()

    path = unquote(read.attrs["cite"]["address"].partition("path=")[2])
    made = requests.post(f"{client.base_url}/cite", {"path": path}, timeout=30)

    assert made.url == client.cite(read)["address"]


def test_behind_a_path_of_another_server_the_rows_are_asked_for_there(
    client: Client, server_url: str
) -> None:
    with proxied(server_url, "/fahsai") as site:
        behind = Client(site.url, attempts=1)
        read = behind.factories()
        citation = behind.cite(read)
        found = behind.cited(citation["address"])

    assert list(found["name"]) == ["first", "stays"]
    assert found.attrs["url"] == f"{site.url}/ogc/collections/factories/items"
    assert site.outside == []
    assert list(client.cited(citation["code"])["name"]) == ["first", "stays"]


@pytest.mark.parametrize("part", [1, -1])
def test_a_part_that_there_is_not_is_refused_with_those_there_are(
    client: Client, part: int
) -> None:
    citation = client.cite(client.factories())

    with pytest.raises(ValueError, match=f"part must be from 0 to 0, got {part}"):
        client.cited(citation["code"], part=part)
    asked = {"part": str(part)}
    answer = requests.get(f"{client.base_url}/api/citations/{citation['code']}", asked, timeout=30)
    assert (answer.status_code, answer.json()["parameter"]) == (400, "part")


def test_rows_that_were_altered_or_erased_are_refused_with_the_reason(
    client: Client, fresh: Connection
) -> None:
    citation = client.cite(client.factories())
    changed(fresh, "DELETE FROM factory WHERE id = 'a'")
    changed(fresh, """SELECT erase_history('factory', '{"id": "a"}', 'PDPA, section 33')""")

    with pytest.raises(NotAsCited, match=r"erased: some rows were erased: 1 rows on .*PDPA"):
        client.cited(citation["code"])
    left = client.cited(citation["code"], verify=False)
    changed(fresh, "UPDATE factory SET changed_in = NULL, name = 'forged'")
    changed(fresh, "DELETE FROM history.factory")

    assert list(left["name"]) == ["stays"]
    with pytest.raises(NotAsCited, match="altered"):
        client.cited(citation["code"])


def test_numbers_and_what_is_near_are_cited_too(client: Client, fresh: Connection) -> None:
    now = client.factories().attrs["dataVersion"]
    numbers = client.statistics("factories", by="province", values="mean:horsepower", as_of=now)
    around = client.near(lon=100.1, lat=13.6, radius_m=50_000, layers=["factories"])
    codes = [client.cite(one)["code"] for one in (numbers, around)]
    changed(fresh, "DELETE FROM factory WHERE id = 'a'")

    again, near = (client.cited(code) for code in codes)

    pd.testing.assert_frame_equal(again, pd.DataFrame(numbers))
    assert list(near["id"]) == list(around["id"]) == ["a", "b"]


def test_files_lead_to_where_they_are_cited(client: Client) -> None:
    url = f"{client.base_url}/ogc/collections/factories/items"
    links = {
        form: requests.get(url, {"f": form, "province_code": "74"}, timeout=30)
        for form in ("csv", "geojsonseq", "parquet", "kml")
    }
    file = pyarrow.parquet.read_metadata(pyarrow.BufferReader(links["parquet"].content))
    as_of = requests.get(url, {"as_of": "1000000"}, timeout=30)

    for answer in links.values():
        assert '>; rel="cite-as"' in answer.headers["Link"]
        assert (
            "/cite?path=/ogc/collections/factories/items%3Fprovince_code%3D74%26as_of%3D"
            in (answer.headers["Link"])
        )
    told = pyarrow.parquet.read_schema(pyarrow.BufferReader(links["parquet"].content)).metadata
    assert b'"dataVersion"' in told[b"fahsai"] and b"/cite?path=" in told[b"fahsai"]
    assert file.num_rows == 2
    assert as_of.status_code == 400
