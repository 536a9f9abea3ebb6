"""The connection that a download reads through, for as long as all of a layer may take."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.sql import Composed

from geo_api.database.sql import limit_statements

_TIMEOUT_MS = 3_600_000


@contextmanager
def reading(dsn: str, settings: Composed | None = None) -> Iterator[Connection]:
    """A transaction of the reader, whom `dsn` names, with `settings` of its own. Raises
    psycopg2.Error."""
    with closing(psycopg2.connect(dsn)) as connection:
        with connection.cursor() as cursor:
            cursor.execute(limit_statements(_TIMEOUT_MS))
            if settings is not None:
                cursor.execute(settings)
        yield connection
