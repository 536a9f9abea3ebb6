"""Archives of tiles: deterministic, in order, and with layers that are named anew."""

from pathlib import Path

import pytest
from pmtiles.reader import MemorySource, Reader

from geo_api.publish.archives import pyramid, renamed, write_archive
from geo_api.tiles.tile_matrix_set import Tile
from layers.catalog import catalog
from tests.vector_tiles import decoded

# A layer "a" of version 2 with no features, and its extent.
MVT = bytes((0x1A, 8, 0x78, 2, 0x0A, 1, 0x61, 0x28, 0x80, 0x20))


def test_only_where_something_is_is_looked_closer() -> None:
    asked = []

    def ask(tile: Tile) -> bytes | None:
        asked.append(tile)
        return b"x" if (tile.x, tile.y) == (0, 0) else None

    found = [tile for tile, _ in pyramid(catalog()["provinces"], ask, threads=2)]

    assert found == [Tile(z, 0, 0) for z in range(10)]
    assert len(asked) == 1 + 4 * 9


def test_an_archive_can_be_read_and_is_the_same_each_time(tmp_path: Path) -> None:
    tiles = [(Tile(0, 0, 0), MVT), (Tile(1, 1, 0), MVT), (Tile(2, 3, 1), MVT)]

    for name in ("one", "two"):
        write_archive(tmp_path / name, iter(tiles), {"name": "เผา"})

    body = (tmp_path / "one").read_bytes()
    read = Reader(MemorySource(body))
    assert (tmp_path / "two").read_bytes() == body
    assert read.get(2, 3, 1) is not None and read.get(2, 0, 0) is None
    assert read.metadata() == {"name": "เผา"}
    header = read.header()
    assert (header["min_lon_e7"], header["max_lon_e7"]) == (90 * 10**7, 180 * 10**7)
    assert header["clustered"] and header["max_zoom"] == 2


def test_without_tiles_there_is_no_archive(tmp_path: Path) -> None:
    write_archive(tmp_path / "none", iter([]), {})

    assert not (tmp_path / "none").exists()


def test_a_layer_has_the_name_that_it_is_given_last() -> None:
    named = renamed(MVT, "2026-03-02" * 20)

    assert list(decoded(named + MVT)) == ["2026-03-02" * 20, "a"]
    with pytest.raises(ValueError, match="one layer"):
        renamed(MVT + MVT, "b")
