"""Items and one item of a layer, as GeoJSON text that PostgreSQL made."""

import base64
import binascii
from dataclasses import dataclass

from psycopg2.errors import InvalidTextRepresentation, NumericValueOutOfRange

from geo_api.db import Reads
from geo_api.sql import reading
from layers.model import Layer
from layers.query import BadQuery, Interval, Query

# FACTS: Thailand's box, WGS84 west, south, east, north. What a layer may hold beyond it, such as
# fires across the border, is found all the same; the box says where to look first.
THAILAND = (97.34, 5.63, 105.64, 20.46)


class FeatureNotFound(LookupError):
    """A layer has no feature with the id that was asked for."""


@dataclass(frozen=True)
class Page:
    """`features`: GeoJSON features with commas between; `cursor`: None on the last page."""

    features: str
    count: int
    cursor: str | None
    simulated: bool


@dataclass(frozen=True)
class Feature:
    """`text` is a GeoJSON feature without its closing brace, so that members can follow."""

    text: str
    simulated: bool


def items(reads: Reads, layer: Layer, query: Query) -> Page:
    """Raises BadQuery where the cursor is none of ours."""
    after = None if query.cursor is None else _key(query.cursor)
    try:
        [(found, last, text, simulated)] = reads.fetch(*reading.items(layer, query, after))
    except (InvalidTextRepresentation, NumericValueOutOfRange):
        if after is None:
            raise
        raise _bad_cursor(query.cursor) from None
    more = found > query.limit
    return Page(text, min(found, query.limit), _cursor(last) if more else None, simulated)


def item(reads: Reads, layer: Layer, id: str) -> Feature:
    """Raises FeatureNotFound."""
    try:
        # No text in PostgreSQL holds a NUL.
        rows = [] if "\0" in id else reads.fetch(reading.item(layer), {"id": id})
    except (InvalidTextRepresentation, NumericValueOutOfRange):
        rows = []  # the layer's ids are numbers, and this is none of them
    if not rows:
        raise FeatureNotFound(f"{layer.name} has no feature {id!r}")
    [(text, simulated)] = rows
    return Feature(text, simulated)


def period(reads: Reads, layer: Layer) -> Interval | None:
    """From the first to the last observation; None for a layer without times."""
    if not layer.timed:
        return None
    [(first, last)] = reads.fetch(reading.period(layer))
    return Interval(first, last)


def _cursor(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _key(cursor: str) -> str:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        key = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError):
        raise _bad_cursor(cursor) from None
    if not key or "\0" in key or _cursor(key) != cursor:
        raise _bad_cursor(cursor)
    return key


def _bad_cursor(cursor: str | None) -> BadQuery:
    return BadQuery("cursor", f"cursor must come from a page's next link, got {cursor!r}")
