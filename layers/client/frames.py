"""Features as a GeoDataFrame: WGS84, times with their zone, every declared column."""

import gc
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyarrow
import pyarrow.ipc
import shapely
from shapely.geometry import shape

from layers.client.service import CutOff, Stream
from layers.wkb import coordinates

# With what an Arrow stream ends, where it is whole (Arrow's columnar format, "IPC Streaming
# Format"); readers take an end without it for one all the same.
_END = b"\xff\xff\xff\xff\0\0\0\0"
_GEOMETRY = "geometry"
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def frame(features: Sequence[Mapping[str, Any]], columns: Iterable[str]) -> geopandas.GeoDataFrame:
    """One row per feature, in the order given: `id`, the properties, and `geometry` in EPSG:4326.

    `columns` are there even where no feature has them. A column of instants becomes datetime64 in
    UTC, and one of calendar days datetime64 without a zone.
    """
    rows = pd.DataFrame([{"id": feature["id"], **feature["properties"]} for feature in features])
    rows = rows.reindex(columns=list(dict.fromkeys(["id", *columns, *rows.columns])))
    rows = pd.DataFrame({name: _timed(rows[name]) for name in rows})
    # A feature need not have a place (RFC 7946, section 3.2).
    shapes = [found and shape(found) for found in (feature["geometry"] for feature in features)]
    return geopandas.GeoDataFrame(rows, geometry=shapes, crs=4326)


def arrow_frame(stream: Stream) -> geopandas.GeoDataFrame:
    """The rows of a service's Arrow stream in EPSG:4326, in its order; instants are in UTC, and
    calendar days datetime64 without a zone, documents as Python has them. `attrs` are what the
    stream says of its origin. Raises CutOff where it is not whole."""
    ended = _Ended(stream)
    try:
        reader = pyarrow.ipc.open_stream(ended)
        schema = _as_kept(reader.schema)
        # Made while the next batch is under way: the client waits for the service.
        with _uncollected():
            parts = [
                (batch.drop_columns([_GEOMETRY]).cast(schema), _shapes(batch)) for batch in reader
            ]
    except (pyarrow.ArrowInvalid, OSError) as problem:
        raise CutOff(f"the stream broke off: {problem}") from problem
    if ended.last != _END:
        raise CutOff("the stream ended without its mark")
    table = pyarrow.Table.from_batches([batch for batch, _ in parts], schema)
    rows = table.to_pandas(date_as_object=False)
    for field in reader.schema:
        if isinstance(field.type, pyarrow.JsonType):
            rows[field.name] = rows[field.name].map(json.loads, na_action="ignore")
    shapes = np.concatenate([np.empty(0, dtype=object), *(shapes for _, shapes in parts)])
    found = geopandas.GeoDataFrame(rows, geometry=shapes, crs=4326, copy=False)
    found.attrs = json.loads(reader.schema.metadata[b"fahsai"])
    return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would go over millions of new shapes again and again and
    find none to free: half of the time that making them takes."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _as_kept(schema: pyarrow.Schema) -> pyarrow.Schema:
    """Without the geometry, and texts as pandas has them, which would otherwise convert them all at
    once when the last has come."""
    large = pyarrow.large_string()
    return pyarrow.schema(
        field.with_type(large) if pyarrow.types.is_string(field.type) else field
        for field in schema
        if field.name != _GEOMETRY
    )


def _shapes(batch: pyarrow.RecordBatch) -> Any:
    column = batch.column(_GEOMETRY)
    points = coordinates(column)
    if points is not None:
        return shapely.points(points)
    return shapely.from_wkb(column.to_numpy(zero_copy_only=False))


class _Ended:
    """A stream that remembers the last bytes it gave."""

    closed = False

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.last = b""

    def read(self, size: int) -> bytes:
        given = self._stream.read(size)
        self.last = (self.last + given[-len(_END) :])[-len(_END) :]
        return given


def _timed(column: "pd.Series[Any]") -> "pd.Series[Any]":
    known = column.dropna()
    if column.name == "observed_at" or _all_match(_INSTANT, known):
        return pd.to_datetime(column, utc=True, format="ISO8601")
    if _all_match(_DAY, known):
        return pd.to_datetime(column, format="%Y-%m-%d")
    return column


def _all_match(pattern: re.Pattern[str], known: "pd.Series[Any]") -> bool:
    return len(known) > 0 and all(isinstance(v, str) and pattern.fullmatch(v) for v in known)
