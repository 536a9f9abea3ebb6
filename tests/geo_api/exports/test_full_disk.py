"""A disk that is full: a download is whole, or refused as a problem that may pass."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.exports.formats import DOWNLOAD_FORMATS, Format
from geo_api.settings import Settings
from tests.makers import factory

FACTORIES = "/ogc/collections/factories/items"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of a megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root makes a file system, and not in every container")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def client(fresh: Connection, fresh_url: str, small_disk: Path) -> Iterator[TestClient]:
    """Of a service whose home is the small disk, with some factories."""
    for number in range(50):
        factory(fresh, f"{number}", name="โรงงาน " * 20)
    fresh.commit()
    with (
        closing(Pool(login_url(fresh_url, READER), 2)) as pool,
        TestClient(create_app(pool, Settings(home=small_disk))) as opened,
    ):
        opened.get(FACTORIES)
        yield opened


def fill(disk: Path) -> None:
    """To the last byte."""
    with (disk / "filling").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"0" * 4096)
        except OSError:
            return


@pytest.mark.parametrize("format", DOWNLOAD_FORMATS, ids=lambda format: format.name)
@pytest.mark.parametrize("query", ["", "&limit=49"])
def test_a_download_is_whole_or_refused_as_a_problem(
    format: Format, query: str, client: TestClient, small_disk: Path
) -> None:
    path = f"{FACTORIES}?f={format.name}{query}"
    whole = client.get(path)
    fill(small_disk)

    told = client.get(f"{path}&bbox=-180,-90,180,90")
    again = client.get(path)

    assert whole.status_code == 200
    for answer in (told, again):
        assert answer.status_code in (200, 503), answer.text
        if answer.status_code == 503:
            assert answer.headers["content-type"] == "application/problem+json"
            assert "no room" in answer.json()["detail"]
        else:
            assert len(answer.content) > 0.9 * len(whole.content)
    assert client.get(f"{FACTORIES}?limit=1").status_code == 200
