"""The connection that a download reads through, for as long as all of a layer may take."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ
from psycopg2.extensions import connection as Connection
from psycopg2.sql import Composed

from geo_api.database.sql import limit_statements
from geo_api.exports.sql import NEWEST_READ

_TIMEOUT_MS = 3_600_000


@contextmanager
def reading(dsn: str, settings: Composed | None = None) -> Iterator[Connection]:
    """A transaction of the reader, whom `dsn` names, with `settings` of its own; all that it reads
    is of one version of the data. Raises psycopg2.Error."""
    with closing(psycopg2.connect(dsn)) as connection:
        connection.set_session(isolation_level=ISOLATION_LEVEL_REPEATABLE_READ)
        with connection.cursor() as cursor:
            cursor.execute(limit_statements(_TIMEOUT_MS))
            if settings is not None:
                cursor.execute(settings)
        yield connection


def version_read(connection: Connection) -> dict[str, Any]:
    """The version of the data that the transaction reads, and a time that means the same, as
    answers as of a time tell them."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST_READ)
        version, time = cursor.fetchone() or (0, None)
    return {"asOf": time.isoformat().replace("+00:00", "Z"), "dataVersion": version} if time else {}
