"""The program's print: another for other code, and the same for the same."""

from functools import partial
from pathlib import Path

import pytest

from geo_api.database.connections import PrivateWrites, Reads, Writes
from geo_api.http import dependencies
from geo_api.http.caching.code_fingerprint import code_fingerprint, fingerprint
from geo_api.http.dependencies import Service
from geo_api.settings import Settings
from layers.plugins import VARIABLE
from map_site.data_pages import DataPages


def test_any_change_of_code_or_of_a_name_is_seen(tmp_path: Path) -> None:
    code = tmp_path / "a.py"
    seen = [fingerprint([tmp_path])]
    for change in (
        lambda: code.write_text("x = 1"),
        lambda: code.write_text("x = 2"),
        lambda: code.rename(tmp_path / "b.py"),
        lambda: (tmp_path / "c.sql").write_text("SELECT 1"),
    ):
        change()
        seen.append(fingerprint([tmp_path]))
    (tmp_path / "b.pyc").write_bytes(b"made from b.py")

    assert len(set(seen)) == 5
    assert fingerprint([tmp_path]) == seen[-1]


def test_the_code_of_a_plugin_counts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    before = code_fingerprint.__wrapped__()

    (tmp_path / "awards.py").write_text("LAYER = None")

    assert code_fingerprint.__wrapped__() != before


def test_answers_of_another_program_other_pages_or_another_secret_are_not_ours(
    reads: Reads,
    writes: Writes,
    private: PrivateWrites,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    class OtherPages(DataPages):
        version = "others"

    def etag_seed(secret: str, pages: DataPages | None = None) -> str:
        asked = Settings(home=tmp_path, secret=secret)
        pages = pages or DataPages()
        clock = partial(pytest.fail, "no clock")
        return Service(reads, writes, private, asked, {}, clock, pages).etag_seed

    first = [etag_seed("one"), etag_seed("one"), etag_seed("two")]
    other_pages = etag_seed("one", OtherPages())
    monkeypatch.setattr(dependencies, "code_fingerprint", lambda: b"another")

    assert first[0] == first[1]
    assert len({*first, other_pages, etag_seed("one")}) == 4
