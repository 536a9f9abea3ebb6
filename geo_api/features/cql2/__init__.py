"""CQL2 filters (OGC 21-065r2): read from text or JSON, and written as SQL."""
