"""Layers that are grids: registered, kept as cloud-optimised GeoTIFFs, read and rendered."""
