"""Downloads of whole layers are kept until the layer changes, and only when they were whole."""

from collections.abc import Callable
from pathlib import Path

import pyarrow.ipc
import pytest
import requests

from geo_api.database.connections import owner_connection
from geo_api.exports.file_store import FileStore, SlotWriter
from geo_api.exports.formats import DOWNLOAD_FORMATS, Format
from geo_api.settings import Settings
from tests.geo_api.database.servers import wait_until
from tests.geo_api.exports.conftest import World
from tests.geo_api.exports.test_downloads import begun, sessions
from tests.makers import factory

Ask = Callable[..., requests.Response]


@pytest.fixture
def asked_twice(world: World) -> Ask:
    """Asks for all factories as CSV, of which a download is kept."""
    url = f"{world.url}/ogc/collections/factories/items?f=csv"
    assert requests.get(url, timeout=60).ok

    def ask(method: str = "GET", **headers: str) -> requests.Response:
        return requests.request(method, url, headers=headers, timeout=60)

    return ask


def test_who_asks_next_gets_the_same_bytes_with_their_length_and_tag(world: World) -> None:
    first = world.get("provinces", f="arrow")
    again = world.get("provinces", f="arrow")

    assert again.content == first.content
    assert int(again.headers["Content-Length"]) == len(first.content)
    assert again.headers["ETag"] != ""
    for name in ("Content-Disposition", "Content-Type", "Content-Crs", "Link", "Simulated-Data"):
        assert again.headers[name] == first.headers[name]


def test_parts_can_be_asked_for(asked_twice: Ask) -> None:
    whole = asked_twice().content

    part = asked_twice(Range="bytes=3-9")
    assert (part.status_code, part.content) == (206, whole[3:10])

    beyond = asked_twice(Range=f"bytes={len(whole)}-")
    assert (beyond.status_code, beyond.json()["status"]) == (416, 416)


def test_what_the_caller_has_is_not_sent_again(asked_twice: Ask) -> None:
    tag = asked_twice().headers["ETag"]

    same = asked_twice(**{"If-None-Match": tag})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)


def test_head_tells_the_length_of_what_is_kept(asked_twice: Ask) -> None:
    told = asked_twice("HEAD")

    assert told.content == b""
    assert int(told.headers["Content-Length"]) == len(asked_twice().content)


@pytest.mark.parametrize("format", DOWNLOAD_FORMATS, ids=lambda format: format.name)
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_the_first_who_asks_for_a_size_or_a_part_gets_it(
    world: World, method: str, format: Format
) -> None:
    # Of all of a layer and of some of it: nobody has asked for either.
    limit = "" if method == "HEAD" else "&limit=2"
    url = f"{world.url}/ogc/collections/hotspots/items?f={format.name}{limit}"

    told = requests.request(method, url, headers={"Range": "bytes=0-9"}, timeout=60)
    whole = requests.get(url, timeout=60)

    size = len(whole.content)
    assert told.headers["Accept-Ranges"] == "bytes"
    assert told.headers["ETag"] == whole.headers["ETag"]
    assert told.status_code == 206
    assert told.headers["Content-Range"] == f"bytes 0-9/{size}"
    assert told.content == (whole.content[:10] if method == "GET" else b"")


def test_what_parts_are_wanted_of_is_made_though_nobody_waits(
    crowd: World, settings: Settings
) -> None:
    url = f"{crowd.url}/ogc/collections/hotspots/items?f=gpkg&limit=20000"
    before = {*kept_files(settings)}

    with pytest.raises(requests.Timeout):
        requests.get(url, headers={"Range": "bytes=0-99"}, timeout=0.1)

    wait_until(lambda: bool({*kept_files(settings)} - before))
    assert int(requests.head(url, timeout=60).headers["Content-Length"]) > 100_000


def test_when_the_layer_changes_the_download_does_and_the_old_one_goes(
    world: World, settings: Settings
) -> None:
    def ids() -> list[str]:
        return [row.split(",")[0] for row in world.get("factories", f="csv").text.split("\n")]

    before = ids()
    files = kept_files(settings)
    assert ids() == before
    with owner_connection(world.database) as connection:
        factory(connection, "zz-new")
    connection.close()

    wait_until(lambda: "zz-new" in ids())
    assert ids() != before
    assert set(files) - set(kept_files(settings))


def test_each_address_has_its_own_which_names_it(world: World) -> None:
    url = f"{world.url}/ogc/collections/provinces/items?f=arrow"

    for host in ("one.example", "two.example", "one.example"):
        body = requests.get(url, headers={"Host": host}, timeout=60).content
        told = pyarrow.ipc.open_stream(body).schema.metadata[b"fahsai"].decode()
        assert f"http://{host}/" in told


@pytest.mark.parametrize("params", [{"limit": 1}, {"datetime": "2026-01-01T00:00:00Z/.."}])
def test_what_is_not_all_of_a_layer_is_made_each_time(
    world: World, params: dict[str, object]
) -> None:
    for _ in range(2):
        answer = world.get("hotspots", f="csv", **params)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


def test_what_was_broken_off_is_not_kept(crowd: World, settings: Settings) -> None:
    files = kept_files(settings)
    with begun(crowd, "arrow", limit=""):
        pass
    wait_until(lambda: sessions(crowd) == 0)

    assert kept_files(settings) == files


def test_a_copy_is_at_its_place_when_it_is_whole(tmp_path: Path) -> None:
    place = FileStore(tmp_path / "shelf").slot("url", "1")
    copy = SlotWriter(place, tmp_path / "draft")
    copy.write(b"all ")
    copy.write(b"of it")
    assert place.find() is None

    copy.commit()

    found = place.find()
    assert found
    assert (found.path.read_bytes(), found.size) == (b"all of it", 9)


def test_a_full_disk_costs_the_copy_alone(tmp_path: Path) -> None:
    place = FileStore(tmp_path / "shelf").slot("url", "1")
    draft = tmp_path / "draft"
    draft.symlink_to("/dev/full")
    copy = SlotWriter(place, draft)

    for _ in range(3):
        copy.write(b"x" * 2**20)
    copy.commit()

    assert place.find() is None
    assert list(tmp_path.iterdir()) == []


def test_what_would_take_most_of_the_room_is_not_kept(tmp_path: Path) -> None:
    shelf = FileStore(tmp_path / "shelf", disk_bytes=100)

    put(shelf, "small", 50)
    put(shelf, "large", 51)

    assert [name for name in ("small", "large") if shelf.slot(name, "1").find()] == ["small"]


def test_the_oldest_go_when_the_room_is_taken(tmp_path: Path) -> None:
    shelf = FileStore(tmp_path / "shelf", disk_bytes=100)

    for name in ("a", "b", "c"):
        put(shelf, name, 40)

    assert [name for name in "abc" if shelf.slot(name, "1").find()] == ["b", "c"]


def test_a_new_version_takes_the_place_of_the_old(tmp_path: Path) -> None:
    shelf = FileStore(tmp_path / "shelf")

    for version in ("1", "2"):
        put(shelf, "url", 10, version)

    assert [version for version in "12" if shelf.slot("url", version).find()] == ["2"]


def put(shelf: FileStore, url: str, size: int, version: str = "1") -> None:
    place = shelf.slot(url, version)
    copy = SlotWriter(place, place.path.parents[1] / "draft")
    copy.write(b"x" * size)
    copy.commit()
    copy.close()


def kept_files(settings: Settings) -> list[Path]:
    return sorted(settings.home.glob("kept-downloads/*"))
