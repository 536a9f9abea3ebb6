"""Temporal functions: Allen's relations of two periods, an instant being one that ends at once.

A date is a period of 24 hours in UTC wherever an instant is compared with it.
"""

from functools import partial

from psycopg2.sql import SQL, Composable, Composed

from geo_api.database.column_types import ValueKind
from geo_api.features.cql2.sql.operands import MOMENTS, Operand, instant, moment
from geo_api.features.cql2.sql.operations import Argument, Operation, by_name

# Of the period a to b and the period c to d (21-065r2, table 8): never a function of a column, so
# that an index on it can be used.
_RELATIONS = {
    "t_after": "{a} > {d}",
    "t_before": "{b} < {c}",
    "t_contains": "{a} < {c} AND {b} > {d}",
    "t_disjoint": "{b} < {c} OR {a} > {d}",
    "t_during": "{a} > {c} AND {b} < {d}",
    "t_equals": "{a} = {c} AND {b} = {d}",
    "t_finishedBy": "{a} < {c} AND {b} = {d}",
    "t_finishes": "{a} > {c} AND {b} = {d}",
    "t_intersects": "{a} <= {d} AND {b} >= {c}",
    "t_meets": "{b} = {c}",
    "t_metBy": "{a} = {d}",
    "t_overlappedBy": "{a} > {c} AND {a} < {d} AND {b} > {d}",
    "t_overlaps": "{a} < {c} AND {b} > {c} AND {b} < {d}",
    "t_startedBy": "{a} = {c} AND {b} > {d}",
    "t_starts": "{a} = {c} AND {b} < {d}",
}


def _related(name: str, first: Operand, second: Operand) -> Composed:
    ends = [*_ends(first), *_ends(second)]
    dated = all(end is None or end.kind == ValueKind.DATE for end in ends)
    a, b, c, d = (_end(end, dated, last=bool(index % 2)) for index, end in enumerate(ends))
    return SQL("({})").format(SQL(_RELATIONS[name]).format(a=a, b=b, c=c, d=d))


def _ends(operand: Operand) -> tuple[Operand | None, Operand | None]:
    if operand.ends is None:
        at = moment(operand)
        return at, at
    start, end = (end and moment(end) for end in operand.ends)
    return start, end


def _end(end: Operand | None, dated: bool, *, last: bool) -> Composable:
    if end is None:
        return SQL("'infinity'" if last else "'-infinity'")
    return end.sql if dated else instant(end, last=last)


_TIME = Argument(MOMENTS, "time or interval")

OPERATIONS = by_name(
    *(
        Operation(name, (_TIME, _TIME), ValueKind.BOOLEAN, partial(_related, name))
        for name in _RELATIONS
    )
)
