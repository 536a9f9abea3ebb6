"""The cache: bounded in memory and on disk, and shared by the workers of a home."""

import os
from pathlib import Path

from geo_api.http.caching.store import BodyStore


def test_what_is_held_is_found_and_nothing_else(tmp_path: Path) -> None:
    store = BodyStore(tmp_path)
    store.put("a", b"1")

    assert store.get("a") == b"1"
    assert store.get("b") is None


def test_the_least_lately_used_goes_when_memory_is_full(tmp_path: Path) -> None:
    store = BodyStore(tmp_path, memory_bytes=33)
    for key in ("a", "b", "c"):
        store.put(key, b"x" * 10)
    store.get("a")
    store.put("d", b"x" * 10)

    assert [key for key in "abcd" if store.get(key)] == ["a", "c", "d"]


def test_a_body_held_again_counts_once(tmp_path: Path) -> None:
    store = BodyStore(tmp_path, memory_bytes=33)
    for _ in range(9):
        store.put("a", b"x" * 10)
    store.put("b", b"x" * 20)

    assert store.get("a")
    assert store.get("b")


def test_long_keys_take_memory_too(tmp_path: Path) -> None:
    store = BodyStore(tmp_path, memory_bytes=1_000)
    for letter in "abc":
        store.put(letter * 400, b"x")

    assert [letter for letter in "abc" if store.get(letter * 400)] == ["b", "c"]


def test_what_one_worker_shares_another_finds(tmp_path: Path) -> None:
    BodyStore(tmp_path).publish("a", b"dear")

    assert BodyStore(tmp_path).get("a") == b"dear"


def test_the_files_written_first_go_when_the_disk_share_is_full(tmp_path: Path) -> None:
    store = BodyStore(tmp_path, disk_bytes=25)
    for age, key in enumerate(("c", "b", "a")):
        store.publish(key, b"x" * 10)
        [newest] = [f for f in tmp_path.glob("*/*") if f.stat().st_mtime > 1_000_000]
        os.utime(newest, (900 - age, 900 - age))

    store.prune()

    assert [key for key in "abc" if BodyStore(tmp_path).get(key)] == ["b", "c"]


def test_a_folder_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    store = BodyStore(tmp_path / "cache")

    store.publish("a", b"dear")
    store.prune()

    assert store.get("a") is None
