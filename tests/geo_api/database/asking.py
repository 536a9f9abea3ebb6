"""Asks a database, and changes it, in a transaction that is committed at once."""

from typing import Any

from psycopg2.sql import Composable

from geo_api.database.connections import owner_connection


def rows(url: str, question: str) -> list[tuple[Any, ...]]:
    """All rows of the answer."""
    connection = owner_connection(url)
    try:
        return connection.rows(question, None)
    finally:
        connection.close()


def answer(url: str, question: str) -> Any:
    """The one value that a question has as its answer."""
    [(found,)] = rows(url, question)
    return found


def run(url: str, statements: str | Composable) -> None:
    """Statements without an answer."""
    connection = owner_connection(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(statements)
    connection.close()
