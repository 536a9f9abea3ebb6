"""Geometries in well-known binary, many at a time."""

import numpy
import numpy.typing
import pyarrow

Coordinates = numpy.typing.NDArray[numpy.float64]

# Byte order (little-endian), type (point), x and y: ISO 19125-1, 8.2.
_POINT = numpy.array([1, 1, 0, 0, 0], dtype=numpy.uint8)
_BYTES = 21


def coordinates(shapes: pyarrow.BinaryArray) -> Coordinates | None:
    """x and y of each, or None where not all are points, or there are none. To make points of these
    takes three quarters of the time that reading each by itself takes."""
    if not len(shapes) or shapes.null_count:
        return None
    _, offsets, data = shapes.buffers()
    ends = numpy.frombuffer(offsets, "<i4")[shapes.offset :][: len(shapes) + 1]
    if (numpy.diff(ends) != _BYTES).any():
        return None
    wkb = numpy.frombuffer(data, "u1")[ends[0] : ends[-1]].reshape(-1, _BYTES)
    if (wkb[:, : len(_POINT)] != _POINT).any():
        return None
    return wkb[:, len(_POINT) :].copy().view("<f8")
