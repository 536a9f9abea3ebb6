"""CQL2 expressions -> one boolean SQL expression over the columns of a view.

`condition(filter, columns)` is that of the parameter `filter`; `matching(pairs, columns)` that of
properties given as parameters of their own, as in `?land_use=sugarcane`. `columns` maps the names
that may be asked for to columns (`geo_api.database.column_types`); what is not there, and any
function that is not in OPERATIONS, is refused with BadQuery. All values are literals in the SQL,
which has no percent sign, and so goes into statements with values and into those without.

A comparison with NULL is unknown, and so is its negation: neither matches, as in SQL.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from psycopg2.sql import SQL, Composed

from geo_api.database.column_types import Column, ValueKind
from geo_api.features.columns_sql import as_operand
from geo_api.features.cql2.ast import (
    Call,
    Constant,
    Expression,
    Items,
    Period,
    Property,
    Value,
    wrong,
)
from geo_api.features.cql2.parser import moment_of, parse
from geo_api.features.cql2.sql import arithmetic, arrays, comparisons, spatial, temporal
from geo_api.features.cql2.sql.operands import (
    AND,
    NUMBERS,
    TIMES,
    Operand,
    alike,
    constant,
    joined,
)
from geo_api.features.cql2.sql.operations import Operation
from layers.cleaning.literals import stored_number
from layers.query import BadQuery, Filter, number_of

Columns = Mapping[str, Column]

OPERATIONS: Mapping[str, Operation] = (
    comparisons.OPERATIONS
    | arithmetic.OPERATIONS
    | spatial.OPERATIONS
    | temporal.OPERATIONS
    | arrays.OPERATIONS
)
# What the standard does not name, for people to look up.
FUNCTIONS = tuple(operation for operation in OPERATIONS.values() if operation.description)

_LARGEST = 1e300
# As much as a thousand comparisons, which a layer of a hundred thousand rows takes in seconds.
MAX_COST = 1000


def condition(asked: Filter, columns: Columns) -> Composed:
    """Whether a row meets the filter. Raises BadQuery, which says where it is wrong and how."""
    expression = parse(asked)
    cost = _cost(expression)
    if cost > MAX_COST:
        raise BadQuery(
            "filter",
            f"filter costs {cost}, more than {MAX_COST}: a comparison counts 1, LIKE 3, CASEI 15,"
            " ACCENTI 50, a shape 10 to 50; ask for less, or in several requests",
        )
    operand = _operand(expression, columns)
    if operand.kind != ValueKind.BOOLEAN:
        raise wrong(operand.place, f"a filter is a condition, but {operand.about} is a value")
    return SQL("({})").format(operand.sql)


def matching(pairs: Iterable[tuple[str, str]], columns: Columns) -> Composed:
    """Whether in a row each of the properties has its value. Raises BadQuery, which names the
    property as its parameter."""
    return joined(AND, [_equal(name, text, columns) for name, text in pairs])


def _cost(expression: Expression | None) -> int:
    """Of one row, in comparisons."""
    match expression:
        case Call(op, args, _):
            own = OPERATIONS[op].cost if op in OPERATIONS else 0
            return own + sum(map(_cost, args))
        case Items(members, _):
            return sum(map(_cost, members)) + len(members) // 20
        case Period(start, end, _):
            return _cost(start) + _cost(end)
    return 0


def _equal(name: str, text: str, columns: Columns) -> Composed:
    if name not in columns:
        known = f"properties are {', '.join(columns)}"
        raise BadQuery(name, _unknown("parameter or property", name, columns, known))
    column = columns[name]
    first, second = alike(_operand_of(column, ""), constant(_given(column, text), ""))
    return SQL("{} = {}").format(first.sql, second.sql)


def _given(column: Column, text: str) -> Constant:
    name, kind = column.name, column.kind
    if kind == ValueKind.TEXT:
        return text.strip()
    if kind in NUMBERS:
        return number_of(name, stored_number(text), -_LARGEST, _LARGEST)
    if kind == ValueKind.BOOLEAN and text in ("true", "false"):
        return text == "true"
    moment = moment_of(text, name) if kind in TIMES else None
    if moment and constant(moment, "").kind == kind:
        return moment
    remedies = {
        ValueKind.BOOLEAN: "must be true or false",
        ValueKind.DATE: "must be a date as 2026-01-31",
        ValueKind.TIMESTAMP: "must be a time as 2026-01-31T17:00:00Z; datetime takes intervals",
    }
    remedy = remedies.get(kind, "can be asked in a filter alone")
    raise BadQuery(name, f"{name} {remedy}, got {text!r}")


def _operand(expression: Expression, columns: Columns) -> Operand:
    match expression:
        case Property(name, place):
            return _property(name, place, columns)
        case Value(value, place):
            return constant(value, place)
        case Items(members, place):
            told = tuple(_operand(member, columns) for member in members)
            return Operand(SQL("NULL"), ValueKind.ARRAY, place, "a list", members=told)
        case Period(start, end, place):
            first = _operand(start, columns) if start else None
            last = _operand(end, columns) if end else None
            return Operand(SQL("NULL"), ValueKind.PERIOD, place, "an interval", ends=(first, last))
        case Call(op, args, place):
            if op not in OPERATIONS:
                raise wrong(
                    place, _unknown("function", op, OPERATIONS, "/ogc/functions lists ours")
                )
            return OPERATIONS[op].apply(expression, [_operand(a, columns) for a in args])


def _property(name: str, place: str, columns: Columns) -> Operand:
    if name not in columns:
        raise wrong(place, _unknown("property", name, columns, f"there are: {', '.join(columns)}"))
    return _operand_of(columns[name], place)


def _operand_of(column: Column, place: str) -> Operand:
    return Operand(
        as_operand(column),
        column.kind,
        place,
        column.name,
        items=column.items,
        decimal=column.type.name == "numeric",
        single=column.type.name == "float4",
    )


def _unknown(what: str, name: str, known: Iterable[str], remedy: str) -> str:
    close = get_close_matches(name.lower(), list(known), n=3)
    meant = f"; is it {' or '.join(close)}?" if close else ";"
    return f"no {what} {name!r}{meant} {remedy}"
