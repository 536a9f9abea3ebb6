"""Statements about what is stored and shown in no layer."""

from collections.abc import Iterable

from psycopg2.sql import SQL, Composed, Identifier, Literal

from layers.model import Layer

STORED = """
    SELECT what, rows, sources FROM published.unshown
    UNION ALL
    SELECT 'register_rows_without_place', sum(rows)::bigint, array_agg(source ORDER BY source)
    FROM published.register_rows_without_place
    ORDER BY what
"""


def empty(layers: Iterable[Layer]) -> Composed:
    """For each of one or more layers its name and whether it shows nothing."""
    return SQL(" UNION ALL ").join(
        (_EMPTY_RASTER if layer.raster else _EMPTY).format(
            name=Literal(layer.name), layer=Identifier(layer.name)
        )
        for layer in layers
    )


_EMPTY = SQL("SELECT {name}, NOT EXISTS (SELECT FROM published.{layer})")
_EMPTY_RASTER = SQL(
    "SELECT {name}, NOT EXISTS (SELECT FROM published.rasters WHERE layer = {name})"
)
