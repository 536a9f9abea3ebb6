"""A statement's rows as Arrow batches, read from PostgreSQL's CSV: half the work of taking its
binary COPY apart."""

from binascii import unhexlify
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from queue import Queue

import numpy
import psycopg2
import pyarrow
import pyarrow.csv
from psycopg2.extensions import connection as Connection
from psycopg2.sql import SQL, Composable

from geo_api.exports.job import GEOMETRY, X, Y
from layers.wkb import Ordinates, points

_CHUNK_BYTES = 2**19
# By the numbers that PostgreSQL gives its types (pg_type.oid).
_TYPES = {
    16: pyarrow.bool_(),
    20: pyarrow.int64(),
    21: pyarrow.int16(),
    23: pyarrow.int32(),
    25: pyarrow.string(),
    701: pyarrow.float64(),
    1082: pyarrow.date32(),
    1184: pyarrow.timestamp("us", "UTC"),
}
_PARSE = pyarrow.csv.ParseOptions(newlines_in_values=True)


@contextmanager
def rows(dsn: str, statement: Composable) -> Iterator[pyarrow.RecordBatchReader]:
    """Any library that takes Arrow's C stream can read it, once, within the block. What the
    statement calls geometry is WKB in hexadecimal digits, or X and Y, and WKB in the batches.

    Raises psycopg2.Error, also for a reader that hides why it could not go on.
    """
    with closing(psycopg2.connect(dsn)) as connection, ThreadPoolExecutor(1) as beside:
        sent = _sent(connection, statement)
        chunks = _Chunks()
        copying = beside.submit(_copy, connection, statement, chunks)
        try:
            batches = _batches(sent, chunks, copying)
            yield pyarrow.RecordBatchReader.from_batches(_given(sent), batches)
        finally:
            chunks.leave()
            if isinstance(problem := copying.exception(), psycopg2.Error):
                raise problem


def _sent(connection: Connection, statement: Composable) -> pyarrow.Schema:
    """The columns as PostgreSQL sends them."""
    with connection.cursor() as cursor:
        cursor.execute(SQL("SELECT * FROM ({}) AS asked LIMIT 0").format(statement))
        assert cursor.description
        return pyarrow.schema(
            (column.name, _TYPES[column.type_code]) for column in cursor.description
        )


def _given(sent: pyarrow.Schema) -> pyarrow.Schema:
    """The columns of the batches, the geometry being one of them."""
    return pyarrow.schema(
        pyarrow.field(GEOMETRY, pyarrow.binary()) if field.name in (GEOMETRY, X) else field
        for field in sent
        if field.name != Y
    )


def _copy(connection: Connection, statement: Composable, chunks: "_Chunks") -> None:
    try:
        with connection.cursor() as cursor:
            cursor.copy_expert(SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(statement), chunks)
        chunks.flush()
    finally:
        chunks.end()


def _batches(
    sent: pyarrow.Schema, chunks: "_Chunks", copying: Future[None]
) -> Iterator[pyarrow.RecordBatch]:
    values = _values(sent)
    schema = _given(sent)
    for chunk in chunks:
        columns = _columns(_batch(chunk, sent.names, values))
        yield pyarrow.record_batch(list(columns), schema=schema)
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


def _columns(batch: pyarrow.RecordBatch) -> Iterator[pyarrow.Array]:
    """Those of `_given`."""
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if name == GEOMETRY:
            yield _from_hex(column)
        elif name == X:
            yield points(_floats(column), _floats(batch.column(Y)))
        elif name != Y:
            yield column


def _floats(column: pyarrow.DoubleArray) -> Ordinates:
    # Not to_numpy, which imports pandas: 50 MB for nothing. No point of ours is without a place.
    assert not column.null_count
    return numpy.frombuffer(column.buffers()[1], numpy.float64)[column.offset :][: len(column)]


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
