"""One module per family of URLs; each offers `router`."""
