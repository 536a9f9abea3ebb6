"""Sizes of files as people say them."""

_UNITS = (("GB", 10**9), ("MB", 10**6), ("kB", 10**3))


def size_told(count: int) -> str:
    """So many bytes in the largest unit of which there is one, as 3.2 MB."""
    return next(
        (f"{count / one:,.1f} {unit}" for unit, one in _UNITS if count >= one), f"{count} bytes"
    )
