"""Reads vector tiles (MVT 2.1), for tests to look into."""

from dataclasses import dataclass
from typing import Any

import mapbox_vector_tile
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class TileFeature:
    """`geometry` is in units of the tile, from its north-west corner to the south-east."""

    geometry: BaseGeometry
    properties: dict[str, Any]


def decoded(tile: bytes) -> dict[str, list[TileFeature]]:
    """The features of a tile by the names of its layers."""
    layers = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})
    return {
        name: [TileFeature(shape(one["geometry"]), one["properties"]) for one in layer["features"]]
        for name, layer in layers.items()
    }
