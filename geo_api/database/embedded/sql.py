"""Statements of the embedded server's set-up."""

from psycopg2.sql import SQL, Composed, Identifier

DATABASE_EXISTS = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = %(name)s)"


def create_database(name: str) -> Composed:
    """Not within a transaction: PostgreSQL refuses that."""
    return SQL("CREATE DATABASE {}").format(Identifier(name))
