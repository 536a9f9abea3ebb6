"""Arithmetic. What has no value, as a division by zero, is unknown, and so matches nothing."""

import math
from collections.abc import Callable
from functools import partial

from psycopg2.sql import SQL, Composed

from geo_api.database.column_types import ValueKind
from geo_api.features.cql2.ast import wrong
from geo_api.features.cql2.sql.operands import NUMBERS, Operand, constant
from geo_api.features.cql2.sql.operations import Argument, Operation, by_name

# Of decimals, which hold 131,072 digits: more factors than those take are the caller's mistake, and
# a float's overflow would be an error much sooner. The power is of a size that floats have too.
_SQL = {
    "+": "({a} + {b})",
    "-": "({a} - {b})",
    "*": "({a} * {b})",
    "/": "({a} / nullif({b}, 0))",
    "div": "div({a}, nullif({b}, 0))",
    "%": "mod({a}, nullif({b}, 0))",
    "^": """(
        SELECT CASE
            WHEN (p.a = 0 AND p.b < 0) OR (p.a < 0 AND p.b <> trunc(p.b)) THEN NULL
            WHEN abs(p.b * ln(nullif(abs(p.a), 0))) > 700 THEN NULL
            ELSE power(p.a, p.b)
        END
        FROM (VALUES ({a}, {b})) AS p(a, b)
    )""",
}
_PYTHON: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "div": lambda a, b: float(math.trunc(a / b)),
    "%": math.fmod,
    "^": math.pow,
}


def _calculated(symbol: str, first: Operand, second: Operand) -> Operand:
    about = f"{first.about} {symbol} {second.about}"
    if isinstance(first.value, float | int) and isinstance(second.value, float | int):
        return _worked_out(symbol, first, second, about)
    sql = SQL(_SQL[symbol]).format(a=_numeric(first), b=_numeric(second))
    return Operand(sql, ValueKind.NUMBER, first.place, about, decimal=True)


def _worked_out(symbol: str, first: Operand, second: Operand, about: str) -> Operand:
    """A constant, so that an index on what it is compared with can be used."""
    assert isinstance(first.value, float | int) and isinstance(second.value, float | int)
    try:
        value = _PYTHON[symbol](float(first.value), float(second.value))
    except (ArithmeticError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        raise wrong(first.place, f"{about} is no number that can be compared")
    return constant(value, first.place)


def _numeric(operand: Operand) -> Composed:
    return SQL("{}::numeric").format(operand.sql)


_NUMBER = Argument(NUMBERS, "number")

OPERATIONS = by_name(
    *(
        Operation(
            symbol,
            (_NUMBER, _NUMBER),
            ValueKind.NUMBER,
            partial(_calculated, symbol),
            cost=10 if symbol == "^" else 1,
        )
        for symbol in _SQL
    )
)
