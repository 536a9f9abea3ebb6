"""Operands: pieces of SQL that know their kind, and where in the filter they come from."""

import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from psycopg2.extensions import connection, cursor
from psycopg2.sql import SQL, Composable, Composed, Literal
from shapely import is_valid_reason, set_srid, to_wkb
from shapely.geometry.base import BaseGeometry

from geo_api.database.column_types import ValueKind
from geo_api.features.cql2.ast import Constant, wrong
from geo_api.features.cql2.parser import moment_of
from layers.cleaning.literals import stored_text
from layers.crs import WGS84

AND = SQL(" AND ")
OR = SQL(" OR ")

NUMBERS = frozenset({ValueKind.INTEGER, ValueKind.NUMBER})
TIMES = frozenset({ValueKind.DATE, ValueKind.TIMESTAMP})
MOMENTS = TIMES | {ValueKind.PERIOD, ValueKind.TEXT}

# Whole numbers up to here are exact in the floating point that cql2 reads all numbers into.
_EXACT = 2**53
_WRITTEN: Mapping[ValueKind, str] = {
    ValueKind.TEXT: "a text as 'sugarcane'",
    ValueKind.INTEGER: "a number",
    ValueKind.NUMBER: "a number",
    ValueKind.BOOLEAN: "true or false",
    ValueKind.DATE: "a date as DATE('2026-01-31')",
    ValueKind.TIMESTAMP: "a time as TIMESTAMP('2026-01-31T17:00:00Z')",
    ValueKind.PERIOD: "an interval",
    ValueKind.DURATION: "a duration, which has no comparison",
    ValueKind.JSON: "a document, which has no comparison",
    ValueKind.GEOMETRY: "a geometry, for the functions S_…",
    ValueKind.ARRAY: "a list, for the functions A_…",
}


@dataclass(frozen=True)
class Operand:
    """`about` names it in messages, `value` is what is written out, `members` are those of a list.

    `ends` are those of a period, None where open. `items` is the kind of the values of an array
    column. `decimal` says that the SQL is a `numeric`, and `single` that it is a column of `real`.
    """

    sql: Composable
    kind: ValueKind
    place: str
    about: str
    value: Constant | None = None
    members: tuple["Operand", ...] | None = None
    ends: tuple["Operand | None", "Operand | None"] | None = None
    items: ValueKind | None = None
    decimal: bool = False
    single: bool = False


class _Quoted(Composable):
    """A text literal without the percent sign, which in a statement with values, and only there,
    psycopg2 would take for a placeholder's."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._text = text

    def as_string(self, context: connection | cursor) -> str:
        text = Literal(self._text).as_string(context)
        if "%" not in text:
            return text
        # Written 'so' or, where backslashes in it are doubled, E'so'.
        bare = text.strip().removeprefix("E")
        if bare == text.strip():
            bare = bare.replace("\\", r"\\")
        return "E" + bare.replace("%", r"\x25")


def constant(value: Constant, place: str) -> Operand:
    """The operand of a value that is written out. Raises BadQuery where that is a geometry which
    PostGIS would refuse, as a ring that meets itself."""
    if isinstance(value, BaseGeometry):
        if not value.is_valid:
            raise wrong(place, f"the geometry is not valid: {is_valid_reason(value)}")
        sql = SQL("{}::geometry").format(Literal(_wkb(value)))
        return Operand(sql, ValueKind.GEOMETRY, place, f"a {value.geom_type}", value)
    if isinstance(value, bool):
        return Operand(Literal(value), ValueKind.BOOLEAN, place, str(value).lower(), value)
    if isinstance(value, float | int):
        whole = value == int(value) and abs(value) <= _EXACT
        number = int(value) if whole else value
        kind = ValueKind.INTEGER if whole else ValueKind.NUMBER
        return Operand(Literal(number), kind, place, f"{number}", value)
    if isinstance(value, str):
        text = stored_text(value)
        return Operand(_Quoted(text), ValueKind.TEXT, place, repr(value), text)
    kind = ValueKind.TIMESTAMP if isinstance(value, datetime) else ValueKind.DATE
    return Operand(Literal(value), kind, place, f"'{value}'", value)


def moment(operand: Operand) -> Operand:
    """The operand as a date or an instant, which a text may be too. Raises BadQuery."""
    if isinstance(operand.value, str) and operand.kind == ValueKind.TEXT:
        read = moment_of(operand.value)
        if read is not None:
            return constant(read, operand.place)
    if operand.kind not in TIMES:
        raise mismatch(operand, ValueKind.TIMESTAMP)
    return operand


def instant(operand: Operand, *, last: bool = False) -> Composable:
    """A date's first moment or its last, in UTC; an instant as it is."""
    if operand.kind == ValueKind.TIMESTAMP:
        return operand.sql
    if isinstance(operand.value, date):
        return Literal(datetime.combine(operand.value, time.max if last else time.min, UTC))
    if last:
        return SQL("(({} + 1)::timestamp AT TIME ZONE 'UTC' - interval '1 microsecond')").format(
            operand.sql
        )
    return SQL("({}::timestamp AT TIME ZONE 'UTC')").format(operand.sql)


def alike(first: Operand, second: Operand) -> tuple[Operand, Operand]:
    """Both as PostgreSQL compares them, without losing an index on a column. Raises BadQuery where
    they cannot be compared."""
    kinds = {first.kind, second.kind}
    if kinds <= NUMBERS:
        first, second = _beside_single(first, second), _beside_single(second, first)
        # A decimal may be larger than any float, to which PostgreSQL would turn it.
        if first.decimal != second.decimal:
            return _decimal(first), _decimal(second)
        return first, second
    if kinds & TIMES:
        first, second = moment(first), moment(second)
        if first.kind == second.kind:
            return first, second
        return _at_once(first), _at_once(second)
    if len(kinds) == 2:
        written = first if first.value is not None else second
        other = second if written is first else first
        raise mismatch(written, other.kind, f" for {other.about}")
    return first, second


def mismatch(operand: Operand, wanted: ValueKind, reason: str = "") -> Exception:
    """What to say where an operand is of another kind than `wanted`."""
    return wrong(
        operand.place,
        f"{operand.about} is {_a(operand.kind)}; write {_WRITTEN[wanted]}{reason}",
    )


def pattern_of(operand: Operand) -> Composable:
    """The pattern of LIKE, with % and _ as wildcards and \\ before either to mean itself; raises
    BadQuery where it is not written out, or ends in a \\ before nothing."""
    if not isinstance(operand.value, str):
        raise wrong(operand.place, f"LIKE takes a pattern as 'B_r%', got {operand.about}")
    if not re.fullmatch(r"(?:[^\\]|\\.)*", operand.value, re.DOTALL):
        raise wrong(operand.place, f"the pattern {operand.about} ends in \\; write \\\\ for one")
    return operand.sql


def joined(between: SQL, conditions: Sequence[Composable]) -> Composed:
    """The conditions with AND or OR between, in parentheses."""
    return SQL("({})").format(between.join(conditions))


def _wkb(shape: BaseGeometry) -> str:
    return to_wkb(set_srid(shape, WGS84.srid), hex=True, include_srid=True)


def _decimal(operand: Operand) -> Operand:
    if operand.decimal or operand.value is not None:
        return operand
    return replace(operand, sql=SQL("{}::numeric").format(operand.sql), decimal=True)


def _beside_single(operand: Operand, other: Operand) -> Operand:
    """A number that is written out beside a column of `real`: 0.1 means the 0.1 that features have,
    which is not that of double precision. One that `real` cannot hold stays as it is."""
    if not other.single or not isinstance(operand.value, float | int):
        return operand
    try:
        (held,) = struct.unpack("<f", struct.pack("<f", operand.value))
    except OverflowError:
        return operand
    if operand.value and not held:
        return operand
    return replace(operand, sql=SQL("{}::real").format(operand.sql))


def _at_once(operand: Operand) -> Operand:
    return replace(operand, sql=instant(operand), kind=ValueKind.TIMESTAMP)


def _a(kind: ValueKind) -> str:
    return f"{'an' if kind[0] in 'ai' else 'a'} {kind}"
