"""A basemap of roads and waters from OpenStreetMap, made and kept by ourselves, opt-in."""
