"""When a layer has rows, and a digest of those of a time."""

from collections.abc import Iterable
from datetime import datetime

from psycopg2.sql import SQL, Composed, Identifier, Literal

from layers.model import Layer


def ends(layer: Layer) -> Composed:
    """The first and the last time, NULL of a layer without rows."""
    return SQL("SELECT min(observed_at), max(observed_at) FROM published.{}").format(
        Identifier(layer.name)
    )


def count(layer: Layer, start: datetime, end: datetime, most: int) -> Composed:
    """How many rows there are from `start` up to `end`, as far as to `most` and one."""
    return SQL(
        """
        SELECT count(*) FROM (
            SELECT FROM published.{layer}
            WHERE observed_at >= {start} AND observed_at < {end}
            LIMIT {most}
        ) AS few
        """
    ).format(
        layer=Identifier(layer.name),
        start=Literal(start),
        end=Literal(end),
        most=Literal(most + 1),
    )


def within(layer: Layer, columns: Iterable[str], start: datetime, end: datetime) -> Composed:
    """How many rows there are from `start` up to `end`, the first and the last time, and a number
    that another set of rows hardly has. Outlines as text would take most of the time."""
    return SQL(
        """
        SELECT count(*), min(observed_at), max(observed_at),
            sum(hashtextextended(
                ROW({columns})::text || coalesce(md5(ST_AsBinary(geom)), ''), 0
            )::numeric)::text
        FROM published.{layer}
        WHERE observed_at >= {start} AND observed_at < {end}
        """
    ).format(
        columns=SQL(", ").join(Identifier(name) for name in sorted(columns) if name != "geom"),
        layer=Identifier(layer.name),
        start=Literal(start),
        end=Literal(end),
    )
