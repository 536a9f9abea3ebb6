"""How downloads are served: told of in headers, streamed, and stopped with whoever asked."""

import http.client
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from geo_api import exports
from geo_api.app import create_app
from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.http import streaming
from geo_api.settings import Settings
from tests.geo_api.database.servers import ask, wait_until
from tests.geo_api.exports.conftest import MANY, World

_DOWNLOADS = (
    "FROM pg_stat_activity WHERE application_name = 'fahsai download'"
    " AND datname = current_database()"
)


def sessions(world: World) -> object:
    """How many downloads have a session with the database."""
    return ask(world.database, f"SELECT count(*) {_DOWNLOADS}")


@contextmanager
def begun(world: World, f: str, limit: object = MANY) -> Iterator[http.client.HTTPResponse]:
    """A download of all hotspots of which the first bytes have come. With a limit it is made for
    who asks, and never kept."""
    at = urlsplit(world.url)
    with closing(http.client.HTTPConnection(at.hostname or "", at.port, timeout=60)) as connection:
        connection.connect()
        assert connection.sock
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        path = f"/ogc/collections/hotspots/items?f={f}" + (f"&limit={limit}" if limit else "")
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read(1000)
        yield answer


def test_a_download_has_a_name_a_licence_and_says_that_it_is_simulated(world: World) -> None:
    answer = world.get("factories", f="parquet")

    name = answer.headers["Content-Disposition"].partition("filename=")[2]
    assert name.startswith('"factories_20')
    assert name.endswith('.parquet"')
    assert answer.headers["Content-Type"] == "application/vnd.apache.parquet"
    assert answer.headers["Simulated-Data"] == "?1"
    assert f'<{world.url}/ogc/collections/factories>; rel="license"' in answer.headers["Link"]


@pytest.mark.parametrize(
    ("f", "written", "crs"),
    [
        ("geojsonseq", "[13.55,100.25]", "EPSG/0/4326"),
        ("csv", "100.25,13.55", "OGC/1.3/CRS84"),
        ("kml", "100.25,13.55", "OGC/1.3/CRS84"),
    ],
)
def test_the_crs_that_is_told_has_the_axes_in_the_order_of_the_file(
    world: World, f: str, written: str, crs: str
) -> None:
    answer = world.get("factories", f=f, crs="http://www.opengis.net/def/crs/EPSG/0/4326")

    assert written in answer.text
    assert answer.headers["Content-Crs"] == f"<http://www.opengis.net/def/crs/{crs}>"


def test_accept_asks_as_f_does(world: World) -> None:
    url = f"{world.url}/ogc/collections/factories/items"

    answer = requests.get(url, headers={"Accept": "text/csv"}, timeout=60)

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    ("params", "parameter"),
    [
        ({"f": "shp"}, "f"),
        ({"f": "csv", "cursor": "x"}, "cursor"),
        ({"f": "csv", "sortby": "nothing"}, "sortby"),
        ({"f": "arrow", "bom": "true"}, "bom"),
        ({"f": "csv", "bom": "yes"}, "bom"),
        ({"f": "kml", "crs": "http://www.opengis.net/def/crs/EPSG/0/3857"}, "crs"),
        ({"f": "csv", "limit": "0"}, "limit"),
        ({"bom": "true"}, "bom"),
    ],
)
def test_a_mistake_is_answered_before_anything_is_sent(
    world: World, params: dict[str, str], parameter: str
) -> None:
    answer = world.get("factories", **params)

    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter


def test_a_limit_is_not_cut_at_that_of_a_page(crowd: World) -> None:
    assert crowd.get("hotspots", f="csv", limit=10_400).text.count("\n") == 1 + 10_400
    assert crowd.get("hotspots", f="csv").text.count("\n") == 1 + MANY


def test_an_offset_passes_over_rows_of_a_file_too(world: World) -> None:
    lines = world.get("factories", f="csv", offset=1).text.splitlines()

    assert [line[:2] for line in lines] == ["id", "b,"]


@pytest.mark.parametrize("f", ["csv", "geojsonseq", "arrow"])
def test_whoever_leaves_stops_the_query(f: str, crowd: World) -> None:
    with begun(crowd, f):
        assert sessions(crowd) == 1

    wait_until(lambda: sessions(crowd) == 0)


def test_whoever_leaves_before_the_first_byte_stops_the_query(crowd: World) -> None:
    at = urlsplit(crowd.url)

    with socket.create_connection((at.hostname, at.port)) as caller:
        caller.sendall(
            b"GET /ogc/collections/hotspots/items?f=gpkg&limit=150000 HTTP/1.1\r\nHost: x\r\n\r\n"
        )
        wait_until(lambda: sessions(crowd) == 1)

    wait_until(lambda: sessions(crowd) == 0)


@pytest.mark.parametrize("f", ["csv", "arrow"])
def test_a_database_lost_on_the_way_breaks_the_transfer(f: str, crowd: World) -> None:
    with begun(crowd, f) as answer:
        stopped = ask(crowd.database, f"SELECT count(pg_terminate_backend(pid)) {_DOWNLOADS}")
        with pytest.raises(http.client.IncompleteRead):
            answer.read()

    assert stopped == 1


def test_a_writer_that_is_killed_breaks_the_transfer(crowd: World) -> None:
    with begun(crowd, "csv") as answer:
        [writer] = _writers()
        os.kill(writer, signal.SIGKILL)
        with pytest.raises(http.client.IncompleteRead):
            answer.read()


def test_a_fourth_download_is_told_to_come_again(
    crowd: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "_WAIT_S", 0.1)

    with begun(crowd, "csv"), begun(crowd, "csv"), begun(crowd, "csv"):
        refused = crowd.get("factories", f="csv")
    wait_until(lambda: crowd.get("factories", f="csv").ok)

    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0


def test_nothing_is_left_in_the_folder(world: World, settings: Settings) -> None:
    assert world.get("factories", f="gpkg").ok

    wait_until(lambda: list((settings.home / "downloads").iterdir()) == [])


def test_what_killed_processes_left_is_removed_at_the_next_start(
    home: Path, migrated_url: str
) -> None:
    folder = home / "downloads" / "left"
    folder.mkdir(parents=True)
    (folder / "layer.gpkg").write_text("half")

    create_app(Pool(login_url(migrated_url, READER), 1), Settings(home=home))

    assert list((home / "downloads").iterdir()) == []


def _writers() -> list[int]:
    """The processes of ours that write downloads."""
    children = Path("/proc/self/task").glob("*/children")
    ours = [pid for task in children for pid in task.read_text().split()]
    return [int(p) for p in ours if exports.__name__ in Path(f"/proc/{p}/cmdline").read_text()]
