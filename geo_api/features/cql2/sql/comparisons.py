"""Comparisons, patterns and logic."""

from dataclasses import replace
from functools import partial

from psycopg2.sql import SQL, Composable, Composed

from geo_api.database.column_types import COMPARABLE, ValueKind
from geo_api.features.cql2.ast import wrong
from geo_api.features.cql2.sql.operands import AND, OR, Operand, alike, joined, pattern_of
from geo_api.features.cql2.sql.operations import Argument, Operation, by_name, taking

_SCALAR = Argument(COMPARABLE, "value")
_ORDERED = Argument(COMPARABLE - {ValueKind.BOOLEAN}, "text, number or time")
_CONDITION = taking(ValueKind.BOOLEAN, title="condition")
_TEXT = taking(ValueKind.TEXT)


def _compared(symbol: str, first: Operand, second: Operand) -> Composed:
    first, second = alike(first, second)
    # Texts are in the order of their code points, whatever the database's own is. Equality needs
    # no collation, and naming one would keep an index from being used.
    template = "({} {} {})"
    if first.kind == ValueKind.TEXT and symbol not in ("=", "<>"):
        template = '({} COLLATE "C" {} {} COLLATE "C")'
    return SQL(template).format(first.sql, SQL(symbol), second.sql)


def _between(value: Operand, low: Operand, high: Operand) -> Composed:
    return joined(AND, [_compared(">=", value, low), _compared("<=", value, high)])


def _among(value: Operand, items: Operand) -> Composed:
    if not items.members:
        raise wrong(items.place, "IN takes a list of one value or more, as ('a', 'b')")
    pairs = [alike(value, member) for member in items.members]
    if any(left != pairs[0][0] for left, _ in pairs):
        raise wrong(items.place, "the values of one list must be of one kind")
    members = SQL(", ").join(member.sql for _, member in pairs)
    return SQL("({} IN ({}))").format(pairs[0][0].sql, members)


def _like(text: Operand, pattern: Operand) -> Composed:
    return SQL("({} LIKE {})").format(text.sql, pattern_of(pattern))


def _is_null(value: Operand) -> Composed:
    return SQL("({} IS NULL)").format(value.sql)


def _not(condition: Operand) -> Composed:
    return SQL("(NOT {})").format(condition.sql)


def _all(*conditions: Operand) -> Composable:
    return joined(AND, [condition.sql for condition in conditions])


def _any(*conditions: Operand) -> Composable:
    return joined(OR, [condition.sql for condition in conditions])


def _casei(text: Operand) -> Operand:
    """Upper case first, which makes ß into SS; ICU's root locale knows every script."""
    sql = SQL("""lower(upper({} COLLATE "und-x-icu"))""").format(text.sql)
    return replace(text, sql=sql, about=f"casei({text.about})")


def _accenti(text: Operand) -> Operand:
    """Without the combining marks of Latin, Greek and Cyrillic; Thai vowels and tone marks, which
    Unicode calls marks too, are letters to their readers and stay."""
    sql = SQL("normalize(regexp_replace(normalize({}, NFD), {}, '', 'g'), NFC)").format(
        text.sql, SQL("'[\u0300-\u036f]+'")
    )
    return replace(text, sql=sql, about=f"accenti({text.about})")


OPERATIONS = by_name(
    Operation("and", (_CONDITION,), ValueKind.BOOLEAN, _all, repeats=True),
    Operation("or", (_CONDITION,), ValueKind.BOOLEAN, _any, repeats=True),
    Operation("not", (_CONDITION,), ValueKind.BOOLEAN, _not),
    *(
        Operation(symbol, (_SCALAR, _SCALAR), ValueKind.BOOLEAN, partial(_compared, symbol))
        for symbol in ("=", "<>")
    ),
    *(
        Operation(symbol, (_ORDERED, _ORDERED), ValueKind.BOOLEAN, partial(_compared, symbol))
        for symbol in ("<", "<=", ">", ">=")
    ),
    Operation("between", (_ORDERED, _ORDERED, _ORDERED), ValueKind.BOOLEAN, _between),
    Operation("in", (_SCALAR, taking(ValueKind.ARRAY, title="list")), ValueKind.BOOLEAN, _among),
    Operation("like", (_TEXT, _TEXT), ValueKind.BOOLEAN, _like, cost=3),
    Operation(
        "isNull",
        (Argument(frozenset(ValueKind) - {ValueKind.PERIOD}),),
        ValueKind.BOOLEAN,
        _is_null,
    ),
    Operation("casei", (_TEXT,), ValueKind.TEXT, _casei, cost=15),
    Operation("accenti", (_TEXT,), ValueKind.TEXT, _accenti, cost=50),
)
