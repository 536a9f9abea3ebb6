"""Where complaints come from."""
