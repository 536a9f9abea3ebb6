"""The cache: bounded in memory and on disk, and shared by the workers of a home."""

import os
from pathlib import Path

from geo_api.http.caching.store import Cache


def test_what_is_held_is_found_and_nothing_else(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.hold("a", b"1")

    assert cache.get("a") == b"1"
    assert cache.get("b") is None


def test_the_least_lately_used_goes_when_memory_is_full(tmp_path: Path) -> None:
    cache = Cache(tmp_path, memory=33)
    for key in ("a", "b", "c"):
        cache.hold(key, b"x" * 10)
    cache.get("a")
    cache.hold("d", b"x" * 10)

    assert [key for key in "abcd" if cache.get(key)] == ["a", "c", "d"]


def test_a_body_held_again_counts_once(tmp_path: Path) -> None:
    cache = Cache(tmp_path, memory=33)
    for _ in range(9):
        cache.hold("a", b"x" * 10)
    cache.hold("b", b"x" * 20)

    assert cache.get("a")
    assert cache.get("b")


def test_long_keys_take_memory_too(tmp_path: Path) -> None:
    cache = Cache(tmp_path, memory=1_000)
    for letter in "abc":
        cache.hold(letter * 400, b"x")

    assert [letter for letter in "abc" if cache.get(letter * 400)] == ["b", "c"]


def test_what_one_worker_shares_another_finds(tmp_path: Path) -> None:
    Cache(tmp_path).share("a", b"dear")

    assert Cache(tmp_path).get("a") == b"dear"


def test_the_files_written_first_go_when_the_disk_share_is_full(tmp_path: Path) -> None:
    cache = Cache(tmp_path, disk=25)
    for age, key in enumerate(("c", "b", "a")):
        cache.share(key, b"x" * 10)
        [newest] = [f for f in tmp_path.glob("*/*") if f.stat().st_mtime > 1_000_000]
        os.utime(newest, (900 - age, 900 - age))

    cache.prune()

    assert [key for key in "abc" if Cache(tmp_path).get(key)] == ["b", "c"]


def test_a_folder_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = Cache(tmp_path / "cache")

    cache.share("a", b"dear")
    cache.prune()

    assert cache.get("a") is None
