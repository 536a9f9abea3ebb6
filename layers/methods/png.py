"""Writes pictures of a few colours as PNG (ISO/IEC 15948), with a palette and transparency."""

import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BITS, _PALETTE = 8, 3


def palette_png(pixels: NDArray[np.uint8], colors: Sequence[str]) -> bytes:
    """A picture whose pixel 0 is transparent and whose pixel n has the nth of `colors`, each
    written as in CSS (#rrggbb); the first row is the top."""
    rows, columns = pixels.shape
    # Every row begins with its filter; 0 is none.
    lines = np.zeros((rows, columns + 1), dtype=np.uint8)
    lines[:, 1:] = pixels
    palette = bytes(3) + b"".join(bytes.fromhex(color.removeprefix("#")) for color in colors)
    header = struct.pack(">IIBBBBB", columns, rows, _EIGHT_BITS, _PALETTE, 0, 0, 0)
    return _SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", palette),
            _chunk(b"tRNS", bytes(1)),
            _chunk(b"IDAT", zlib.compress(lines.tobytes())),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
