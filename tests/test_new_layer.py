"""A new layer edits no file of ours: one built outside the tree is seen wherever layers are."""

import io
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from xml.etree import ElementTree

import pyarrow.ipc
import pyarrow.parquet
import pyogrio
import pytest
import requests

from geo_api.exports.formats import DOWNLOAD_FORMATS
from layers.client import Client
from tests.awards import FILES
from tests.databases import EMPTY, new_database
from tests.geo_api.database.servers import PATIENCE_S
from tests.vector_tiles import decoded

ROOT = Path(__file__).resolve().parents[1]
IDS = ["award-1", "award-2", "award-3"]

# Looks for the layer at the address of a service, and says what is seen.
Check = Callable[[str], str]


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the layer's files."""
    folder = tmp_path_factory.mktemp("awards")
    write(folder, FILES)
    return folder


@pytest.fixture(scope="module")
def environment(
    plugin: Path, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """That of commands with the plugin, over a database of their own in which the layer is read."""
    with new_database(database_url, EMPTY) as url:
        theirs = {name: v for name, v in os.environ.items() if not name.startswith("FAHSAI_")}
        ours = {
            "PYTHONPATH": str(ROOT),
            "FAHSAI_HOME": str(tmp_path_factory.mktemp("home")),
            "FAHSAI_DATABASE_URL": url,
            "FAHSAI_WORKERS": "1",
            "FAHSAI_PLUGINS": str(plugin),
        }
        yield theirs | ours


def write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text.lstrip("\n"), encoding="utf-8")


def fahsai(environment: Mapping[str, str], *words: str) -> str:
    """What the command says on standard output."""
    done = command(environment, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def command(environment: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "geo_api.cli", *words],
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[str]:
    """The address of `fahsai serve`."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = [sys.executable, "-P", "-m", "geo_api.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(serve, env=dict(environment), stderr=subprocess.PIPE, text=True)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + PATIENCE_S
        while not answers(url):
            assert process.poll() is None and time.monotonic() < deadline, process.communicate()[1]
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.communicate(timeout=60)


def answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/health", timeout=60).ok
    except (requests.ConnectionError, requests.Timeout):
        return False


def changed_files() -> str:
    """Of the repository, as git tells; nothing where there is none."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return ""
    status = ["git", "-C", str(ROOT), "status", "--porcelain"]
    return subprocess.run(status, capture_output=True, text=True, check=True).stdout


def get(url: str, path: str, **params: str) -> Any:
    answer = requests.get(f"{url}{path}", params=params, timeout=60)
    assert answer.status_code == 200, f"{path}: {answer.text}"
    return answer


# --- where a layer is seen --------------------------------------------------------------------


def in_collections(url: str) -> str:
    [found] = [
        one
        for one in get(url, "/ogc/collections", lang="en").json()["collections"]
        if one["id"] == "awards"
    ]
    assert found["simulated"] is False
    return str(found["title"])


def in_items(url: str) -> str:
    answer = get(url, "/ogc/collections/awards/items").json()
    features = answer["features"]
    assert answer["simulated"] is False
    assert [one["id"] for one in features] == IDS
    assert features[0]["properties"] == {
        "name_th": "โรงงานน้ำตาล",
        "grade": "gold",
        "prize_baht": 1500000.5,
        "subjects": ["water", "air"],
        "given_on": "2026-01-31",
        "source": "awards",
    }
    return f"{len(features)} features"


def in_a_filter(url: str) -> str:
    asked = "prize_baht < 1 OR a_contains(subjects, ('water'))"
    found = get(url, "/ogc/collections/awards/items", filter=asked, sortby="-prize_baht").json()
    assert [one["id"] for one in found["features"]] == ["award-1", "award-3"]
    return asked


def in_queryables(url: str) -> str:
    found = get(url, "/ogc/collections/awards/queryables").json()["properties"]
    assert found["subjects"]["items"] == {"type": "string"}
    sortables = get(url, "/ogc/collections/awards/sortables").json()["properties"]
    return f"{len(found)} queryables, {len(sortables)} sortables"


def in_openapi(url: str) -> str:
    assert "/collections/awards/items" in get(url, "/ogc/api").json()["paths"]
    return "/collections/awards/items"


def on_a_page_of_data(url: str) -> str:
    page = get(url, "/ogc/collections/awards/items", f="html", lang="en").text
    assert "Clean factory awards" in page and "water, air" in page
    return "items?f=html"


def near_a_place(url: str) -> str:
    answer = get(url, "/api/near", lon="100.25", lat="13.55").json()
    assert [one["id"] for one in answer["features"]] == IDS
    return f"{answer['layers']['awards']['found']} found unasked"


def in_tiles(url: str) -> str:
    described = get(url, "/tiles/awards/tilejson.json").json()
    assert described["vector_layers"][0]["id"] == "awards"
    tile = decoded(get(url, "/tiles/awards/5/24/14.mvt").content)["awards"]
    assert sorted(one.properties["id"] for one in tile) == IDS
    return f"{len(tile)} features in 5/24/14"


def in_every_download(url: str) -> str:
    for format in DOWNLOAD_FORMATS:
        answer = get(url, "/ogc/collections/awards/items", f=format.name)
        assert ROWS[format.name](answer.content) == 3, format.name
        assert answer.headers["simulated-data"] == "?0"
    return ", ".join(format.name for format in DOWNLOAD_FORMATS)


def with_the_client(url: str) -> str:
    frame = Client(url).awards()
    assert list(frame["prize_baht"].fillna(-1)) == [1500000.5, -1, 0.1]
    return f"a frame of {len(frame)} rows"


def in_the_catalogue(url: str) -> str:
    document = get(url, "/catalog").json()
    [found] = [one for one in document["dcat:dataset"] if one["dct:identifier"] == "awards"]
    assert "https://awards.example.org" in json.dumps(found["dct:provenance"])
    return f"{len(found['dcat:distribution'])} distributions"


def in_status(url: str) -> str:
    found = get(url, "/status").json()
    layer, source = found["layers"]["awards"], found["sources"]["awards"]
    assert (layer["loaded"], layer["stale"]) == (True, False)
    assert source["last_status"] == "succeeded"
    return f"fresh, read {layer['last_run']}"


def on_the_map_of_its_theme(url: str) -> str:
    on = [
        path
        for path in ("/", "/maps/burning", "/maps/air", "/maps/complaints", "/maps/green")
        if 'data-layer="awards"' in get(url, path, lang="en").text
    ]
    assert on == ["/maps/green"]
    return on[0]


def at_an_address_of_its_own(url: str) -> str:
    assert get(url, "/api/award-count").json() == {"count": 3}
    return "/api/award-count"


CHECKS: Mapping[str, Check] = {
    "collections": in_collections,
    "items": in_items,
    "filter and sortby": in_a_filter,
    "queryables": in_queryables,
    "OpenAPI": in_openapi,
    "pages of open data": on_a_page_of_data,
    "near": near_a_place,
    "vector tiles": in_tiles,
    "downloads": in_every_download,
    "Python client": with_the_client,
    "catalogue (DCAT)": in_the_catalogue,
    "status": in_status,
    "map page": on_the_map_of_its_theme,
    "route of its own": at_an_address_of_its_own,
}
# Where a layer that the demo does not fill might be called simulated, or as old as the demo.
AFTER_THE_DEMO = ("collections", "items", "downloads", "catalogue (DCAT)", "status")


def by_gdal(suffix: str) -> Callable[[bytes], int]:
    def rows(content: bytes) -> int:
        with NamedTemporaryFile(suffix=suffix) as file:
            file.write(content)
            file.flush()
            return int(pyogrio.read_info(file.name, force_feature_count=True)["features"])

    return rows


ROWS: Mapping[str, Callable[[bytes], int]] = {
    "geojsonseq": lambda content: len(content.decode().split("\x1e")) - 1,
    "csv": lambda content: len(content.decode().splitlines()) - 1,
    "kml": lambda content: len(
        list(ElementTree.fromstring(content).iter("{http://www.opengis.net/kml/2.2}Placemark"))
    ),
    "arrow": lambda content: int(pyarrow.ipc.open_stream(content).read_all().num_rows),
    "parquet": lambda content: int(pyarrow.parquet.read_table(io.BytesIO(content)).num_rows),
    "fgb": by_gdal(".fgb"),
    "gpkg": by_gdal(".gpkg"),
}


def test_a_new_layer_is_seen_everywhere_and_edits_no_file(
    plugin: Path, environment: Mapping[str, str]
) -> None:
    before = changed_files()
    applied = fahsai(environment, "migrate").removeprefix("applied: ").strip().split(", ")
    seen = {
        "fahsai migrate": f"{len(applied)} revisions, {max(applied)} among them",
        "fahsai ingest": fahsai(environment, "ingest", "awards", f"{plugin}/sample.csv").strip(),
        "fahsai analyse": fahsai(environment, "analyse", "award_count").strip(),
    }
    with served(environment) as url:
        seen |= {where: check(url) for where, check in CHECKS.items()}
        fahsai(environment, "demo", "--scale", "0.02")
        seen |= {f"{where}, after the demo": CHECKS[where](url) for where in AFTER_THE_DEMO}
        assert get(url, "/ogc/collections/factories").json()["simulated"] is True
    seen["git status"] = changed_files().removeprefix(before) or "nothing changed"

    lines = (f"{where:<34} {what[:60]}" for where, what in seen.items())
    sys.stdout.write("\n".join(["", *lines, ""]))
    assert "2027_01_15_award" in applied
    assert "3 read, 3 new" in seen["fahsai ingest"]
    assert seen["fahsai analyse"] == "3 awards"
    assert seen["status, after the demo"] == seen["status"]
    assert changed_files() == before


def test_a_view_that_no_format_can_hold_is_refused_with_the_remedy(
    environment: Mapping[str, str], tmp_path: Path
) -> None:
    path = "layers/catalog/awards.sql"
    view = FILES[path].replace("given_on,", "given_on::timestamp AS given_on,")
    write(tmp_path, FILES | {path: view})

    refused = command({**environment, "FAHSAI_PLUGINS": str(tmp_path)}, "migrate")

    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        "Error: layer awards, column given_on: timestamp cannot be published; times are in UTC:"
        " say which zone it is of, as in given_on AT TIME ZONE 'Asia/Bangkok'"
    )
