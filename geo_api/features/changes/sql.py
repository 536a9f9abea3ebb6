"""Statements that compare what a layer showed at two versions of the data."""

from collections.abc import Sequence

from psycopg2.sql import SQL, Composable, Composed, Identifier, Literal

from geo_api.database.as_of import AsOf
from geo_api.database.as_of_sql import CHANGES, FORMER, AsText, of_former_views
from geo_api.features.cql2.sql import Columns
from geo_api.features.sql import Conditions, feature, json_values, names, properties
from layers.model import Layer
from layers.query import Query

ONLY_OWN_ROWS_CHANGED = "SELECT only_own_rows_changed(%(layer)s, %(older)s, %(newer)s)"


def differences(
    layer: Layer,
    columns: Columns,
    met: Conditions,
    older: AsOf,
    newer: AsOf,
    after: str | None,
    limit: int,
    *,
    own_rows: bool,
) -> Composed:
    """One row: how many features were added, removed and changed among those that have met the
    conditions, and the first `limit` of them by their ids, those after an id alone, each an id and
    a kind. `own_rows` says that ONLY_OWN_ROWS_CHANGED, so that no others need be compared."""
    question = _question(layer, columns, met)
    asked = AsText(of_former_views(question, CHANGES if own_rows else FORMER))
    return SQL(
        """
        WITH difference AS MATERIALIZED (
            SELECT
                coalesce(o.id, n.id) COLLATE "C" AS id,
                CASE WHEN o.id IS NULL THEN 'added' WHEN n.id IS NULL THEN 'removed'
                    ELSE 'changed' END AS kind
            FROM answered_as_of({asked}, {older}, {older_time}, {newer}) AS o
            FULL JOIN answered_as_of({asked}, {newer}, {newer_time}, {older}) AS n ON n.id = o.id
            WHERE o.said IS DISTINCT FROM n.said
        )
        SELECT
            count(*) FILTER (WHERE kind = 'added'),
            count(*) FILTER (WHERE kind = 'removed'),
            count(*) FILTER (WHERE kind = 'changed'),
            ARRAY(
                SELECT ARRAY[d.id, d.kind] FROM difference AS d
                WHERE {beyond}
                ORDER BY d.id
                LIMIT {limit}
            )
        FROM difference
        """
    ).format(
        asked=asked,
        older=Literal(older.version),
        older_time=Literal(older.time),
        newer=Literal(newer.version),
        newer_time=Literal(newer.time),
        beyond=SQL("true") if after is None else SQL("d.id > {}").format(Literal(after)),
        limit=Literal(limit),
    )


def _question(layer: Layer, columns: Columns, met: Conditions) -> Composed:
    return SQL(
        """
        SELECT f.id::text, hashtextextended(f::text, 0)
        FROM (SELECT {columns} FROM published.{layer} WHERE {met}) AS f
        """
    ).format(columns=names(columns), layer=Identifier(layer.name), met=_all(met))


def features(layer: Layer, columns: Columns, met: Conditions, ids: Sequence[str]) -> Composed:
    """Of each of the features its id, its GeoJSON, and each column's value as text, by which any
    difference is seen."""
    every = properties(layer)
    listed = ",".join(map(_quoted, ids))
    return SQL(
        """
        SELECT f.id::text, concat({feature}, '}}'), ARRAY[{texts}]
        FROM (SELECT {columns} FROM published.{layer} WHERE {met} AND id = ANY ({ids})) AS f
        CROSS JOIN LATERAL (SELECT {properties}) AS p
        """
    ).format(
        feature=feature("f", Query(), columns["geom"]),
        texts=SQL(", ").join(
            SQL("f.{}::text").format(Identifier(name)) for name in compared(layer)
        ),
        columns=names(columns),
        layer=Identifier(layer.name),
        met=_all(met),
        # In quotes it takes the type of the layer's ids.
        ids=Literal(f"{{{listed}}}"),
        properties=json_values([columns[name] for name in every], "f"),
    )


def compared(layer: Layer) -> list[str]:
    """The columns whose values `features` gives as texts, in order."""
    return [*properties(layer), "geom"]


def _all(met: Conditions) -> Composable:
    return SQL(" AND ").join(met) if met else SQL("true")


def _quoted(text: str) -> str:
    """As an element of an array is written (PostgreSQL, 8.15.2)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
