"""Vector tiles in PMTiles archives: which tiles of a layer there are, and how they are written.

Each is what the service answers, by the same functions, so that counts are exact at every zoom.
"""

import gzip
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from geo_api.tiles.tile_matrix_set import Tile
from layers.model import Layer
from layers.query import Box

# A tile of the last zoom is shown enlarged when one looks closer. A 4096th of it is 10 m of points,
# whose pixels have 375 m; outlines are simplified to 75 m there. Each zoom more would take up to
# four times the tiles.
LAST_ZOOM: Mapping[str, int] = {"point": 10, "area": 9}

# The tags of a layer within a tile, and of a name within a layer.
_LAYER, _NAME = b"\x1a", b"\x0a"

T = TypeVar("T")
Tiles = Iterator[tuple[Tile, bytes]]


def pyramid(
    layer: Layer, ask: Callable[[Tile], T | None], threads: int
) -> Iterator[tuple[Tile, T]]:
    """The tiles for which `ask` has an answer, in the order of archives: only where something is
    is looked for more, one zoom closer."""
    asked = [Tile(0, 0, 0)]
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(LAST_ZOOM[layer.geometry] + 1):
            answers = zip(asked, pool.map(ask, asked), strict=True)
            found = [(tile, answer) for tile, answer in answers if answer is not None]
            yield from found
            asked = sorted((part for tile, _ in found for part in _parts(tile)), key=_place)


def write_archive(path: Path, tiles: Tiles, metadata: Mapping[str, Any]) -> None:
    """Writes MVT, in the order of `pyramid`; of none there is no file. The same tiles give the same
    bytes."""
    first = next(tiles, None)
    if first is None:
        return
    bounds, zoom = first[0].box, first[0].z
    with path.open("wb") as file:
        writer = Writer(file)
        for tile, mvt in chain([first], tiles):
            writer.write_tile(_place(tile), gzip.compress(mvt, mtime=0))
            bounds = _around(bounds, tile.box) if tile.z == zoom else tile.box
            zoom = tile.z
        writer.finalize(_header(bounds), dict(metadata))


def renamed(mvt: bytes, name: str) -> bytes:
    """A tile of one layer with another name of it: in Protocol Buffers of a field that comes twice
    the last one counts, and the name is a layer's first field (MVT 2.1, appendix A)."""
    length, start = _varint(mvt, 1)
    if mvt[:1] != _LAYER or start + length != len(mvt):
        raise ValueError("a tile of one layer was expected")
    body = mvt[start:] + _NAME + _as_varint(len(name.encode())) + name.encode()
    return _LAYER + _as_varint(len(body)) + body


def _varint(data: bytes, start: int) -> tuple[int, int]:
    """The number that begins there, and where the next thing does."""
    value = shift = 0
    for place in range(start, len(data)):
        value |= (data[place] & 127) << shift
        shift += 7
        if data[place] < 128:
            return value, place + 1
    raise ValueError("a tile ends within a number")


def _as_varint(value: int) -> bytes:
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    return bytes(written) + bytes([value])


def _place(tile: Tile) -> int:
    return int(zxy_to_tileid(tile.z, tile.x, tile.y))


def _parts(tile: Tile) -> Iterator[Tile]:
    for x in (2 * tile.x, 2 * tile.x + 1):
        for y in (2 * tile.y, 2 * tile.y + 1):
            yield Tile(tile.z + 1, x, y)


def _around(one: Box, other: Box) -> Box:
    west, south, east, north = zip(one, other, strict=True)
    return Box(min(west), min(south), max(east), max(north))


def _header(bounds: Box) -> dict[str, Any]:
    west, south, east, north = (round(degrees * 10**7) for degrees in bounds)
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
        "center_zoom": 5,
        "center_lon_e7": (west + east) // 2,
        "center_lat_e7": (south + north) // 2,
    }
