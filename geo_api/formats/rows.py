"""A statement's rows as an Arrow stream, a batch at a time, from PostgreSQL's binary COPY."""

from collections.abc import Iterator
from contextlib import contextmanager

import adbc_driver_postgresql
import psycopg2
from adbc_driver_manager import AdbcConnection, AdbcStatement, ArrowArrayStreamHandle
from psycopg2.sql import Composed

_BATCH_BYTES = 2**21


# Not the package's dbapi, which imports pandas: 50 MB for nothing.
@contextmanager
def rows(dsn: str, statement: Composed) -> Iterator[ArrowArrayStreamHandle]:
    """Any library that takes Arrow's C stream can read it, once, within the block."""
    text = _quoted(dsn, statement)
    with (
        adbc_driver_postgresql.connect(dsn) as database,
        AdbcConnection(database) as connection,
        AdbcStatement(connection) as asked,
    ):
        hint = adbc_driver_postgresql.StatementOptions.BATCH_SIZE_HINT_BYTES.value
        asked.set_options(**{hint: str(_BATCH_BYTES)})
        asked.set_sql_query(text)
        stream, _ = asked.execute_query()
        try:
            yield stream
        finally:
            stream.release()


def _quoted(dsn: str, statement: Composed) -> str:
    connection = psycopg2.connect(dsn)
    try:
        return statement.as_string(connection)
    finally:
        connection.close()
