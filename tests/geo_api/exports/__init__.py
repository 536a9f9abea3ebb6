"""Downloads, read back by the libraries that people read them with."""
