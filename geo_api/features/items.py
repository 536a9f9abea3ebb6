"""Items and one item of a layer, as GeoJSON text that PostgreSQL made."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg2.errors import InvalidDatetimeFormat, InvalidTextRepresentation, NumericValueOutOfRange

from geo_api.database.as_of import AsOfReads
from geo_api.database.column_types import Column
from geo_api.database.connections import Reads
from geo_api.database.prepared_statements import Often
from geo_api.features import sql as features_sql
from geo_api.features.columns import columns, sortable
from geo_api.features.cursors import read_cursor, sign_cursor
from geo_api.features.sql import FIRST_AND_LAST_MONTH, TOTAL_COUNT
from geo_api.features.time_spans import next_month
from layers.model import FeatureNotFound, Layer
from layers.query import BadQuery, Interval, Query

# FACTS: Thailand's box, WGS84 west, south, east, north. What a layer may hold beyond it, such as
# fires across the border, is found all the same; the box says where to look first.
THAILAND = (97.34, 5.63, 105.64, 20.46)

# Counting so many rows takes no longer than finding a page of them; estimates may be far off.
_CHEAPLY_COUNTED = 1_000
_COUNTED_AT_MOST = 5_000
_NO_SUCH_VALUE = (InvalidDatetimeFormat, InvalidTextRepresentation, NumericValueOutOfRange)


@dataclass(frozen=True)
class Page:
    """`features`: GeoJSON features with commas between, in UTF-8; `cursor`: None on the last page.

    `matched` is the number of all that meet the query, `estimate` about that number; each None
    where it is not known.
    """

    features: bytes
    count: int
    cursor: str | None
    matched: int | None
    estimate: int | None


def items(
    reads: Reads, layer: Layer, query: Query, secret: bytes, total: Callable[[], int]
) -> Page:
    """`total` gives how many features the layer has. Raises BadQuery for a name that is no
    property, and where the cursor is none of ours."""
    known = columns(reads, layer)
    require_known_names(layer, query, known)
    met = features_sql.conditions(layer, query, known)
    assert query.limit is not None
    scope = f"{layer.name} {query.sortby}"
    after = read_cursor(secret, scope, query.cursor) if query.cursor is not None else None
    try:
        parts = _parts(reads, layer, query, known, met, after)
    except _NO_SUCH_VALUE:
        if after is None:
            raise
        # The layer has changed its type since the cursor was signed.
        raise BadQuery("cursor", "cursor is too old; ask for the first page again") from None
    found = _count(parts)
    following = None
    if found > query.limit:
        _, _, last = parts[(query.limit - 1) // features_sql.PART]
        following = sign_cursor(secret, scope, last)
    return Page(
        b",".join(features for _, features, _ in parts if features),
        min(found, query.limit),
        following,
        *_matched(reads, layer, query, met, found, total),
    )


def item(reads: Reads, layer: Layer, id: str, query: Query) -> str:
    """A GeoJSON feature without its closing brace, so that members can follow. Raises
    FeatureNotFound."""
    statement = Often(features_sql.item(layer, query, columns(reads, layer)))
    try:
        # No text in PostgreSQL holds a NUL.
        rows = [] if "\0" in id else reads.fetch(statement, {"id": id})
    except _NO_SUCH_VALUE:
        rows = []  # the layer's ids are numbers, and this is none of them
    if not rows:
        raise FeatureNotFound(f"{layer.name} has no feature {id!r}")
    [(text,)] = rows
    return str(text)


def count_all(reads: Reads, layer: Layer) -> int:
    """How many features the layer has: by the kept counts of its points, or one by one."""
    if layer.tiling.point_counts and not isinstance(reads, AsOfReads):
        [(count,)] = reads.fetch(TOTAL_COUNT, {"layer": layer.name})
    else:
        [(count,)] = reads.fetch(features_sql.matched(layer, []))
    return int(count)


def period(reads: Reads, layer: Layer) -> Interval | None:
    """From the first to the last observation; None for a layer without times."""
    if not layer.timed:
        return None
    [(first, last)] = reads.fetch(features_sql.period(layer))
    return Interval(first, last)


def _parts(
    reads: Reads,
    layer: Layer,
    query: Query,
    known: Mapping[str, Column],
    met: features_sql.Conditions,
    after: Sequence[Any] | None,
) -> Sequence[tuple[int, bytes, Any]]:
    """The page as `features_sql.items` gives it. Where the next features are the next in time, it
    is looked for in two months first: to open all months of many years takes longer."""
    by_time = layer.ids_by_minute and features_sql.by_id_alone(query) and not (met or query.offset)
    # Which months there were is known of the present alone.
    by_time = by_time and not isinstance(reads, AsOfReads)
    month = _month_of(reads, layer, after) if by_time else None
    if month:
        within = month, next_month(next_month(month))
        parts = reads.fetch(*features_sql.items(layer, query, known, met, after, within))
        if query.limit is not None and _count(parts) > query.limit:
            return parts
    return reads.fetch(*features_sql.items(layer, query, known, met, after))


def _month_of(reads: Reads, layer: Layer, after: Sequence[Any] | None) -> datetime | None:
    """The beginning of a month before which no feature can be that comes after an id; None where
    nothing is, or for an id from before ids began with their minute."""
    if after:
        try:
            return datetime.strptime(after[0][: len("202602")], "%Y%m").replace(tzinfo=UTC)
        except ValueError:
            return None
    first: datetime | None
    [(first, _)] = reads.fetch(FIRST_AND_LAST_MONTH, {"layer": layer.name})
    return first


def _count(parts: Iterable[tuple[int, bytes, Any]]) -> int:
    """How many features were found."""
    return sum(count for count, _, _ in parts)


def _matched(
    reads: Reads,
    layer: Layer,
    query: Query,
    met: features_sql.Conditions,
    found: int,
    total: Callable[[], int],
) -> tuple[int | None, int | None]:
    """How many match, exactly if that is cheap or asked for, and else about how many; `found` are
    those up to one beyond the page."""
    assert query.limit is not None
    if query.cursor is None and found <= query.limit and (found or not query.offset):
        return query.offset + found, None
    if not met:
        return total(), None
    if query.cursor is not None and not query.exact_count:
        return None, None  # the first page has said it
    if query.exact_count:
        [(count,)] = reads.fetch(features_sql.matched(layer, met))
        return count, None
    [([explained],)] = reads.fetch(features_sql.estimated(layer, met))
    estimate = max(explained["Plan"]["Plan Rows"], query.offset + found)
    if estimate > _CHEAPLY_COUNTED:
        return None, estimate
    [(count,)] = reads.fetch(features_sql.matched(layer, met, _COUNTED_AT_MOST))
    return (count, None) if count < _COUNTED_AT_MOST else (None, count)


def require_known_names(layer: Layer, query: Query, known: Mapping[str, Column]) -> None:
    """Raises BadQuery for a name in `sortby` or `properties` that the layer, whose view has the
    columns `known`, does not have, and for one in `sortby` whose values have no order."""
    ordered = sortable(known)
    for sort in query.sortby:
        if sort.field not in ordered:
            names = ", ".join(ordered)
            raise BadQuery("sortby", f"no property {sort.field!r} to sort by; there are: {names}")
    every = features_sql.properties(layer)
    for name in query.properties or ():
        if name not in every:
            raise BadQuery("properties", f"no property {name!r}; there are: {', '.join(every)}")
