"""A statement on a connection of a Run or of a part: its rows, or how many it was about."""

from collections.abc import Mapping
from typing import Any

from psycopg2.extensions import connection as Connection


def execute(connection: Connection, statement: str, values: Mapping[str, Any]) -> int:
    """How many rows it was about."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def fetched(
    connection: Connection, statement: str, values: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """Its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
