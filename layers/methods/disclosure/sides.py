"""What is published of sums in which several kinds of reporters have parts: senders and receivers.

Every kind sees the same sums and has amounts of its own in them: what senders sent is what
receivers got. A cell that has to be hidden for one kind is hidden for all. What is not guarded
against is what a reporter knows of the others' parts from its own: a sender of its receivers.
"""

from collections.abc import Sequence

from layers.methods.disclosure.past import Hidden
from layers.methods.disclosure.protection import hidden_cells
from layers.methods.disclosure.publication import Edition, publication
from layers.methods.disclosure.rule import fault
from layers.methods.disclosure.table import TOTAL, Cell, Table, changes


def publish_sides(
    tables: Sequence[Table], vintage: str, vintages: Sequence[Sequence[Edition]] = ()
) -> list[Edition]:
    """An edition of each kind's table, guarded against the `vintages` before it, the oldest first;
    what was hidden in the last of these stays so."""
    last = vintages[-1] if vintages else ()
    kept: set[Cell] = {cell for edition in last for cell in edition.hidden}
    earlier = [
        [each[side].as_earlier(bounds=True) for each in vintages] for side in range(len(tables))
    ]
    hidden: list[dict[Cell, Hidden]] = []
    while not hidden or any(found.keys() != kept for found in hidden):
        hidden = []
        for table, before in zip(tables, earlier, strict=True):
            hidden.append(hidden_cells(table, before, kept))
            kept |= hidden[-1].keys()
    standing = [edition.publication.figures for edition in last] or [{} for _ in tables]
    return [
        Edition(table, found, publication(table, vintage, found, former))
        for table, found, former in zip(tables, hidden, standing, strict=True)
    ]


def may_be_told(before: Sequence[Edition], now: Sequence[Table]) -> bool:
    """Whether anything changed since the last vintage, and for enough reporters of every kind."""
    for edition, table in zip(before, now, strict=True):
        changed = changes(edition.table.amounts, table.amounts)
        if not changed or fault(changed.get((TOTAL,) * len(table.dimensions), {})) == "few":
            return False
    return True
