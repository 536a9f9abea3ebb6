"""The next vintage of several years' tables, guarded against all that was published before."""

from collections.abc import Mapping, Sequence

from layers.methods.disclosure.publication import Edition, publish, republish
from layers.methods.disclosure.rule import fault
from layers.methods.disclosure.table import TOTAL, Table, changes


def next_editions(
    now: Mapping[int, Table], before: Mapping[int, Sequence[Edition]], vintage: str
) -> dict[int, Edition]:
    """By year the editions that are new with `vintage`; of the other years the last of `before`,
    the oldest first, still counts.

    A year is guarded against every edition of every year, for people compare any two. It waits
    while fewer reporters changed than may be told: to publish it would fix its cells as they are
    before the rest of the late returns has come.
    """
    made: dict[int, Edition] = {}
    for year, table in sorted(now.items()):
        others = [
            edition for other, past in before.items() if other != year for edition in past
        ] + list(made.values())
        if not before.get(year):
            made[year] = publish(table, vintage, others)
        elif _may_be_told(before[year][-1].table, table):
            made[year] = republish(before[year], table, vintage, others)
    return made


def _may_be_told(before: Table, now: Table) -> bool:
    changed = changes(before.amounts, now.amounts)
    return bool(changed) and fault(changed.get((TOTAL,) * len(now.dimensions), {})) != "few"
