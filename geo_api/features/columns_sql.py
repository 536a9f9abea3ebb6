"""Columns as pieces of SQL: as formats of text write them, and as filters compare them."""

from psycopg2.sql import SQL, Composable, Composed, Identifier

from geo_api.database.column_types import Column, ValueKind


def as_text(column: Column) -> Composable:
    """The value as text: times as ISO 8601 in UTC, lists and documents as JSON."""
    name = Identifier(column.name)
    if column.array:
        return SQL("to_json({})::text").format(name)
    if column.kind == ValueKind.TIMESTAMP:
        return _instant(name)
    if column.type.name == "bpchar":
        # A cast would take the blanks away that every other format has.
        return SQL("(to_json({}) #>> '{{}}')").format(name)
    if column.kind == ValueKind.TEXT and not column.type.cast:
        return name
    return SQL("{}::text").format(name)


def as_json(column: Column, row: str) -> Composable:
    """As a property of GeoJSON, under its own name, of a `row`: a whole number of a column of real
    ones has its `.0`, by which readers that see values alone know the type."""
    name = Identifier(row, column.name)
    if column.kind != ValueKind.NUMBER:
        return name
    if column.type.name == "numeric":
        real = SQL("to_json(round({0}, greatest(scale({0}), 1)))")
    else:
        # From 1e15 on there is an exponent, which says it too. Not NaN, of which JSON has none.
        real = SQL(
            "CASE WHEN {0} = trunc({0}) AND abs({0}) < 1e15"
            " THEN to_json({0}::float8::numeric(16, 1)) ELSE to_json({0}) END"
        )
    return SQL("{} AS {}").format(real.format(name), Identifier(column.name))


def as_operand(column: Column) -> Composable:
    """As it is compared; nothing but its name where an index could help."""
    name = Identifier(column.name)
    return SQL("{}::text").format(name) if column.type.cast and not column.array else name


def _instant(name: Identifier) -> Composed:
    # The session's zone is UTC. Half the time of to_char, and keeps what seconds there are.
    return SQL("replace({}::timestamp::text, ' ', 'T') || 'Z'").format(name)
