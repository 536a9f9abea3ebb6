"""The commands `fahsai history …`: how much is kept of what was published before, and what is taken
out of it for good."""

from collections.abc import Mapping
from contextlib import closing
from datetime import datetime

import click
from psycopg2 import DataError

from geo_api.database import history_sql as sql
from geo_api.database.as_of_sql import COMMIT_AT
from geo_api.database.connections import owner_connection
from geo_api.database.prepared_statements import Session
from geo_api.settings import Opens
from layers.sizes import size_told
from layers.times import THAI_TIME


class NotErased(ValueError):
    """What is asked to be taken out of the history is not in it, or would come back."""


def history_commands(opens: Opens) -> click.Group:
    """`opens` gives the settings and the URL of a database that is up to date."""
    reason = click.option("--reason", required=True, help="Why; told in public with how many.")

    @click.group()
    def history() -> None:
        """Rows of published tables as they were, of which answers `as_of` a time are made."""

    @history.command("list")
    def listed() -> None:
        """Of each table its size, its former rows (about), and since when all of them are known."""
        with opens() as (_, url), closing(owner_connection(url)) as connection:
            rows = connection.rows(sql.HISTORY_SIZES, None)
        for table, bytes, former, since in rows:
            at = since.astimezone(THAI_TIME)
            click.echo(f"{table}: {size_told(bytes)}, {former:,} rows, since {at:%Y-%m-%d %H:%M}")
        click.echo(f"in all {size_told(sum(row[1] for row in rows))}")

    @history.command()
    @click.argument("table")
    @click.argument("values", nargs=-1, required=True, metavar="COLUMN=VALUE…")
    @reason
    def erase(table: str, values: tuple[str, ...], reason: str) -> None:
        """Take the former rows of TABLE with these values out for good, as the law may ask.

        The row as it is now must be gone before: deleting it later would keep it again.
        """
        with opens() as (_, url), closing(owner_connection(url)) as connection, connection:
            erased = erase_rows(connection, table, _pairs(values), reason)
        click.echo(f"{erased:,} former rows of {table} erased")

    @history.command()
    @click.option("--before", type=click.DateTime(["%Y-%m-%d"]), required=True)
    @reason
    def forget(before: datetime, reason: str) -> None:
        """Take out all that was replaced before this day (Thai time) began: answers `as_of` go back
        to it, and not further."""
        at = before.replace(tzinfo=THAI_TIME)
        with opens() as (_, url), closing(owner_connection(url)) as connection, connection:
            forgotten = forget_before(connection, at, reason)
        click.echo(f"{forgotten:,} former rows forgotten")

    return history


def erase_rows(connection: Session, table: str, values: Mapping[str, str], reason: str) -> int:
    """How many former rows were taken out, in the caller's transaction. Raises NotErased for what
    the history does not have, and where rows as they are now would bring back what is erased."""
    [(columns,)] = connection.rows(sql.HISTORY_COLUMNS, {"table": table})
    if not columns:
        raise NotErased(f"no history of {table!r} is kept; `fahsai history list` names the tables")
    for name in values:
        if name not in columns:
            raise NotErased(f"{table} keeps no {name!r}; it keeps {', '.join(columns)}")
    try:
        [(present,)] = connection.rows(sql.present_rows(table, values), None)
        if present:
            raise NotErased(
                f"{table} has {present:,} such rows now, which would be kept again when they"
                " change: delete them first"
            )
        [(erased,)] = connection.rows(sql.erase(table, values, reason), None)
    except DataError as problem:
        raise NotErased(
            f"{table} cannot have such a value: {problem.diag.message_primary}"
        ) from None
    return int(erased)


def forget_before(connection: Session, at: datetime, reason: str) -> int:
    """How many former rows were taken out that were replaced before a time, in the caller's
    transaction. Raises NotErased for a time that has not passed."""
    [(now, version)] = connection.rows(COMMIT_AT, {"time": at})
    if at > now:
        raise NotErased(f"{at:%Y-%m-%d} is yet to come: name a day that has begun")
    if version is None:
        return 0
    [(forgotten,)] = connection.rows(sql.FORGET, {"version": version, "reason": reason})
    return int(forgotten)


def _pairs(values: tuple[str, ...]) -> dict[str, str]:
    found = [text.partition("=") for text in values]
    for name, equals, _ in found:
        if not equals:
            raise NotErased(f"values are written COLUMN=VALUE, got {name!r}")
    return {name: value for name, _, value in found}
