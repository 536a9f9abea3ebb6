"""A statement's rows as Arrow batches, read from PostgreSQL's CSV: half the work of taking its
binary COPY apart."""

import json
from binascii import unhexlify
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from queue import Queue

import numpy
import psycopg2
import pyarrow
import pyarrow.csv
import pyarrow.json
from psycopg2.extensions import connection as Connection
from psycopg2.sql import SQL, Composable, Composed

from geo_api.database.column_types import Column
from geo_api.exports.job import GEOMETRY, X, Y
from geo_api.exports.reading import reading, version_read
from layers.wkb import Ordinates, points

VERSION_READ = "version read"
_CHUNK_BYTES = 2**19
# By the names of ColumnType.arrow.
_TYPES = {
    "string": pyarrow.string(),
    "json": pyarrow.string(),
    "int16": pyarrow.int16(),
    "int32": pyarrow.int32(),
    "int64": pyarrow.int64(),
    "float32": pyarrow.float32(),
    "float64": pyarrow.float64(),
    "bool": pyarrow.bool_(),
    "date32": pyarrow.date32(),
    "timestamp": pyarrow.timestamp("us", "UTC"),
}
# Arrow's canonical extension type of texts that hold JSON, which GDAL knows too.
_JSON = {"ARROW:extension:name": "arrow.json", "ARROW:extension:metadata": ""}
_LINES = pyarrow.json.ParseOptions(
    explicit_schema=pyarrow.schema([("v", pyarrow.list_(pyarrow.string()))])
)
_PARSE = pyarrow.csv.ParseOptions(newlines_in_values=True)


@contextmanager
def rows(
    dsn: str,
    statement: Composable,
    columns: Sequence[Column],
    settings: Composed | None = None,
    *,
    with_version: bool = False,
) -> Iterator[pyarrow.RecordBatchReader]:
    """Any library that takes Arrow's C stream can read it, once, within the block. `columns` are
    those of the statement: what is called geometry is WKB in hexadecimal digits, or X and Y, and
    WKB in the batches; a list is a line of JSON, as `sql.table` has it. `with_version` the
    schema's metadata have under VERSION_READ what `version_read` tells.

    Raises psycopg2.Error, also for a reader that hides why it could not go on.
    """
    with reading(dsn, settings) as connection, ThreadPoolExecutor(1) as beside:
        schema = _batch_schema(columns)
        if with_version:
            schema = schema.with_metadata({VERSION_READ: json.dumps(version_read(connection))})
        chunks = _Chunks()
        copying = beside.submit(_copy, connection, statement, chunks)
        try:
            # Nothing is written before there is something, or nothing at all: till then a failure
            # leaves no part of a file.
            first = next(iter(chunks), None)
            if first is None:
                copying.result()
            batches = _batches(columns, chain([first] if first else [], chunks), copying)
            yield pyarrow.RecordBatchReader.from_batches(schema, batches)
        finally:
            chunks.leave()
            if isinstance(problem := copying.exception(), psycopg2.Error):
                raise problem


def _sent_schema(columns: Iterable[Column]) -> pyarrow.Schema:
    """The columns as PostgreSQL sends them."""
    return pyarrow.schema(
        (one.name, pyarrow.string() if one.array else _TYPES[one.type.arrow]) for one in columns
    )


def _batch_schema(columns: Iterable[Column]) -> pyarrow.Schema:
    """The columns of the batches, the geometry being one of them."""
    return pyarrow.schema(_field(column) for column in columns if column.name != Y)


def _field(column: Column) -> pyarrow.Field:
    if column.name in (GEOMETRY, X):
        return pyarrow.field(GEOMETRY, pyarrow.binary())
    type = _TYPES[column.type.arrow]
    if column.array:
        return pyarrow.field(column.name, pyarrow.list_(type))
    return pyarrow.field(column.name, type, metadata=_JSON if column.type.arrow == "json" else None)


def _copy(connection: Connection, statement: Composable, chunks: "_Chunks") -> None:
    try:
        with connection.cursor() as cursor:
            cursor.copy_expert(SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(statement), chunks)
        chunks.flush()
    finally:
        chunks.end()


def _batches(
    columns: Sequence[Column], chunks: Iterable[bytes], copying: Future[None]
) -> Iterator[pyarrow.RecordBatch]:
    names = [column.name for column in columns]
    values, schema = _values(_sent_schema(columns)), _batch_schema(columns)
    for chunk in chunks:
        yield pyarrow.record_batch(list(_columns(_batch(chunk, names, values), schema)), schema)
    copying.result()


def _values(sent: pyarrow.Schema) -> pyarrow.csv.ConvertOptions:
    """How PostgreSQL writes them: an empty text in quotes, and NULL as nothing."""
    return pyarrow.csv.ConvertOptions(
        column_types=sent,
        null_values=[""],
        true_values=["t"],
        false_values=["f"],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )


def _batch(
    chunk: bytes, names: Sequence[str], values: pyarrow.csv.ConvertOptions
) -> pyarrow.RecordBatch:
    table = pyarrow.csv.read_csv(
        pyarrow.BufferReader(chunk),
        pyarrow.csv.ReadOptions(use_threads=False, block_size=len(chunk) + 1, column_names=names),
        _PARSE,
        values,
    )
    [batch] = table.to_batches()
    return batch


def _columns(batch: pyarrow.RecordBatch, given: pyarrow.Schema) -> Iterator[pyarrow.Array]:
    """Those `given`, of a batch as it was sent."""
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if name == GEOMETRY:
            yield _from_hex(column)
        elif name == X:
            yield points(_floats(column), _floats(batch.column(Y)))
        elif name != Y:
            type = given.field(name).type
            yield _lists(column, type) if pyarrow.types.is_list(type) else column


def _floats(column: pyarrow.DoubleArray) -> Ordinates:
    # Not to_numpy, which imports pandas: 50 MB for nothing. No point of ours is without a place.
    assert not column.null_count
    return numpy.frombuffer(column.buffers()[1], numpy.float64)[column.offset :][: len(column)]


def _lists(lines: pyarrow.StringArray, type: pyarrow.ListType) -> pyarrow.ListArray:
    """Of lines of JSON, which lie one behind the other: their buffer is read as it is."""
    _, _, data = lines.buffers()
    options = pyarrow.json.ReadOptions(use_threads=False, block_size=data.size + 1)
    read = pyarrow.json.read_json(pyarrow.BufferReader(data), options, _LINES)
    return read.column("v").combine_chunks().cast(type)


def _from_hex(texts: pyarrow.StringArray) -> pyarrow.BinaryArray:
    nulls, ends, digits = texts.buffers()
    halved = numpy.frombuffer(ends, numpy.int32) // 2
    data = pyarrow.py_buffer(unhexlify(digits))
    return pyarrow.BinaryArray.from_buffers(
        pyarrow.binary(), len(texts), [nulls, pyarrow.py_buffer(halved), data]
    )


class _Chunks:
    """A file to which one thread copies, and which another reads in chunks of whole rows."""

    def __init__(self) -> None:
        self._rows: list[bytes] = []
        self._bytes = 0
        self._full: Queue[bytes] = Queue(1)
        self._left = False

    def write(self, row: bytes) -> None:
        """Takes a row; PostgreSQL sends each in a message of its own (its protocol, 55.2.6).
        Raises BrokenPipeError where nobody reads any more."""
        self._rows.append(row)
        self._bytes += len(row)
        if self._bytes >= _CHUNK_BYTES:
            self.flush()

    def flush(self) -> None:
        """Passes on what is held, as soon as the chunk before has been taken."""
        if self._left:
            raise BrokenPipeError
        if self._rows:
            self._full.put(b"".join(self._rows))
            self._rows, self._bytes = [], 0

    def end(self) -> None:
        """Nothing more comes."""
        self._full.put(b"")

    def leave(self) -> None:
        """Nobody reads any more: ends with the copying, and with it whoever waits for chunks."""
        self._left = True
        for _ in self:
            pass

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self._full.get():
            yield chunk
        self._full.put(b"")  # for another reader
