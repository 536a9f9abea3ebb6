"""Programs that people use, against the running server."""
