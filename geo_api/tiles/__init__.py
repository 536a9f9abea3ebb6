"""Layers cut into vector tiles of WebMercatorQuad, and the counts of points kept for them."""
