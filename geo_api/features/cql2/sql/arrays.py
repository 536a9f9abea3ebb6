"""Array functions, which compare sets: neither order nor number counts."""

from functools import partial

from psycopg2.sql import SQL, Composed

from geo_api.database.column_types import ValueKind
from geo_api.features.cql2.ast import wrong
from geo_api.features.cql2.sql.operands import Operand, mismatch
from geo_api.features.cql2.sql.operations import Operation, by_name, taking

_RELATIONS = {
    "a_equals": "({a} @> {b} AND {a} <@ {b})",
    "a_contains": "({a} @> {b})",
    "a_containedBy": "({a} <@ {b})",
    "a_overlaps": "({a} && {b})",
}
_TYPES = {
    ValueKind.TEXT: "text[]",
    ValueKind.INTEGER: "numeric[]",
    ValueKind.NUMBER: "numeric[]",
    ValueKind.BOOLEAN: "boolean[]",
    ValueKind.DATE: "date[]",
    ValueKind.TIMESTAMP: "timestamptz[]",
}


def _related(name: str, first: Operand, second: Operand) -> Composed:
    kind = _items(first) or _items(second) or ValueKind.TEXT
    return SQL(_RELATIONS[name]).format(a=_array(first, kind), b=_array(second, kind))


def _items(operand: Operand) -> ValueKind | None:
    """The kind of the values; None where there are none."""
    if operand.members is None:
        return operand.items
    return operand.members[0].kind if operand.members else None


def _array(operand: Operand, kind: ValueKind) -> Composed:
    if kind not in _TYPES:
        raise wrong(operand.place, f"a list cannot hold values of the kind {kind}")
    type = SQL(_TYPES[kind])
    if operand.members is None:
        if _TYPES.get(operand.items or kind) != _TYPES[kind]:
            raise wrong(operand.place, f"{operand.about} is a list of the kind {operand.items}")
        return SQL("{}::{}").format(operand.sql, type)
    for member in operand.members:
        if _TYPES.get(member.kind) != _TYPES[kind]:
            raise mismatch(member, kind, " as the other values of the list")
    return SQL("ARRAY[{}]::{}").format(SQL(", ").join(m.sql for m in operand.members), type)


_ARRAY = taking(ValueKind.ARRAY)

OPERATIONS = by_name(
    *(
        Operation(name, (_ARRAY, _ARRAY), ValueKind.BOOLEAN, partial(_related, name))
        for name in _RELATIONS
    )
)
