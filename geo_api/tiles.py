"""Vector tiles of a layer, as PostGIS makes them."""

from geo_api.db import Reads
from geo_api.quad import Tile
from geo_api.sql import tiling
from layers.model import Layer
from layers.query import Query

MVT = "application/vnd.mapbox-vector-tile"


def vector_tile(reads: Reads, layer: Layer, asked: Tile, query: Query) -> bytes:
    """What meets the query in the tile; empty where nothing does."""
    [(mvt,)] = reads.fetch(tiling.tile(layer, asked, query))
    return bytes(mvt)
