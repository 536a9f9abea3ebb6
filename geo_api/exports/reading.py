"""The connection that a download reads through, for as long as all of a layer may take."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
from psycopg2.extensions import connection as Connection

from geo_api.database.sql import limit_statements

_TIMEOUT_MS = 3_600_000


@contextmanager
def reading(dsn: str) -> Iterator[Connection]:
    """A transaction of the reader, whom `dsn` names. Raises psycopg2.Error."""
    with closing(psycopg2.connect(dsn)) as connection:
        with connection.cursor() as cursor:
            cursor.execute(limit_statements(_TIMEOUT_MS))
        yield connection
