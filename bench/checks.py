"""Whether ours and a peer answer the same, before anything is timed."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
from numpy.typing import NDArray
from rasterio.io import MemoryFile

# Shares of a picture's pixels that may be painted otherwise: along the edges of the classes two
# ways of interpolating differ.
_ALIKE = 0.97

Json = dict[str, Any]


class Differs(AssertionError):
    """Ours and the peer's answer to one question are not of the same rows or properties."""


def same_feature(ours: bytes, theirs: bytes) -> str:
    """The same id, place and properties. Raises Differs."""
    _compare(json.loads(ours), json.loads(theirs))
    return "the same feature"


def same_features(ours: bytes, theirs: bytes) -> str:
    """As many features, of the same ids, each with at least the peer's properties. Raises
    Differs."""
    mine, other = (
        {feature["id"]: feature for feature in json.loads(body)["features"]}
        for body in (ours, theirs)
    )
    if mine.keys() != other.keys():
        lacking = [id for id in other if id not in mine][:3]
        raise Differs(f"{len(mine)} features against {len(other)}; ours lack {lacking}")
    for id in mine:
        _compare(mine[id], other[id])
    return f"the same {len(mine)} features"


def tiles(ours: bytes, theirs: bytes) -> str:
    """How many features each shows: a peer that cuts does not show the same. Raises Differs where
    ours shows fewer than there are."""
    mine, other = told(ours), told(theirs)
    if mine["features"] < other["features"] and mine["total"] < other["features"]:
        raise Differs(f"{mine['total']} rows in {mine['features']} features against {other}")
    return (
        f"{mine['total']} rows in {mine['features']} features and {len(ours):,} bytes against"
        f" {other['features']} and {len(theirs):,}"
    )


def same_picture(ours: bytes, theirs: bytes) -> str:
    """The same colours in almost every pixel. Raises Differs."""
    mine, other = _pixels(ours), _pixels(theirs)
    if mine.shape != other.shape:
        raise Differs(f"{mine.shape[1:]} pixels against {other.shape[1:]}")
    # The colour of what is not seen does not matter.
    seen = (mine[3] > 0) | (other[3] > 0)
    alike = float((mine == other).all(axis=0)[seen].mean()) if seen.any() else 1.0
    if alike < _ALIKE:
        raise Differs(f"only {alike:.1%} of the pixels are alike")
    return f"{alike:.1%} of the pixels alike"


def told(tile: bytes) -> Mapping[str, int]:
    """Of a vector tile's first layer: its features, and the rows for which they stand, which a
    feature's `count` tells where it stands for several."""
    if not tile:
        return {"features": 0, "total": 0}
    with tempfile.NamedTemporaryFile(suffix=".mvt") as file:
        Path(file.name).write_bytes(tile)
        frame = pyogrio.read_dataframe(file.name, read_geometry=False)
    total = int(frame["count"].fillna(1).sum()) if "count" in frame else len(frame)
    return {"features": len(frame), "total": total}


def _compare(mine: Json, other: Json) -> None:
    if mine["id"] != other["id"]:
        raise Differs(f"feature {mine['id']!r} against {other['id']!r}")
    # To the six decimals that ours has.
    places = [
        np.round(np.array(each["geometry"]["coordinates"], dtype=float), 6)
        for each in (mine, other)
    ]
    if not np.array_equal(places[0], places[1]):
        raise Differs(f"{mine['id']} lies at {places[0]} against {places[1]}")
    held = mine["properties"] | {"id": mine["id"]}
    for name, value in other["properties"].items():
        # A null may be left out, and one time may be written in several ways.
        same = (
            held.get(name) is not None if name.startswith("observed_") else held.get(name) == value
        )
        if value is not None and not same:
            raise Differs(f"{name} of {mine['id']} is {held.get(name)!r} against {value!r}")


def _pixels(picture: bytes) -> NDArray[np.uint8]:
    """Red, green, blue and alpha, each of rows and columns."""
    with MemoryFile(picture) as file, file.open() as opened:
        if opened.count >= 4:
            pixels: NDArray[np.uint8] = opened.read((1, 2, 3, 4))
            return pixels
        colors = np.zeros((256, 4), dtype=np.uint8)
        for code, color in opened.colormap(1).items():
            colors[code] = color
        return np.moveaxis(colors[opened.read(1)], -1, 0)
