"""Editions of flows of waste as the database keeps them: read to guard the next, and written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values

from geo_api.analyses import waste_flows_sql as sql
from layers.methods.disclosure.past import Hidden
from layers.methods.disclosure.publication import Edition, Figure, Publication
from layers.methods.disclosure.table import Cell, Return, Table

SIDES = ("generator", "receiver")
_MEASURES = ("tonnes",)

# Year and hazard; and of those an edition of each side.
Key = tuple[int, str]
Sides = Sequence[Edition]


@dataclass
class _Rows:
    """By side."""

    figures: list[dict[Cell, Figure]] = field(default_factory=lambda: [{} for _ in SIDES])
    hidden: list[dict[Cell, Hidden]] = field(default_factory=lambda: [{} for _ in SIDES])
    returns: list[list[Return]] = field(default_factory=lambda: [[] for _ in SIDES])


def kept_editions(cursor: Cursor, provinces: tuple[str, ...]) -> dict[Key, list[Sides]]:
    """What was published before, the oldest first."""
    found: dict[tuple[int, int, str], _Rows] = defaultdict(_Rows)
    cursor.execute(sql.CELLS)
    for vintage, year, hazard, *cell_, tonnes, told, reason, counts, leeways in cursor:
        rows, cell = found[vintage, year, hazard], tuple(cell_)
        amounts = None if tonnes is None else (tonnes,)
        for side, (reporters, leeway) in enumerate(zip(counts, leeways, strict=True)):
            rows.figures[side][cell] = Figure(amounts, reporters, str(told))
            if reason:
                rows.hidden[side][cell] = Hidden(reason, (leeway,))
    cursor.execute(sql.KEPT_PARTS)
    for vintage, year, hazard, *cell_, side, factory, tonnes in cursor:
        returned = Return(factory, tuple(cell_), (tonnes,))
        found[vintage, year, hazard].returns[SIDES.index(side)].append(returned)
    kept: dict[Key, list[Sides]] = defaultdict(list)
    for (vintage, year, hazard), rows in sorted(found.items()):
        kept[year, hazard].append(_sides(str(vintage), provinces, rows))
    return kept


def keep_editions(
    cursor: Cursor, vintage: int, made: Mapping[Key, Sides], *, simulated: bool
) -> None:
    """Writes what is new with a vintage."""
    for key, sides in made.items():
        rows = [(vintage, *key, *row, simulated) for row in _cells(sides, vintage)]
        execute_values(cursor, sql.KEEP_CELLS, rows, page_size=1000)
        parts = [
            (vintage, *key, *row.cell, side, row.reporter, *row.amounts, simulated)
            for side, edition in zip(SIDES, sides, strict=True)
            for row in edition.table.returns
        ]
        execute_values(cursor, sql.KEEP_PARTS, parts, page_size=1000)
    cursor.execute(sql.DATE_STANDING, {"vintage": vintage})


def _sides(vintage: str, provinces: tuple[str, ...], rows: _Rows) -> list[Edition]:
    editions = []
    for figures, hidden, returns in zip(rows.figures, rows.hidden, rows.returns, strict=True):
        table = Table((provinces, provinces), _MEASURES, tuple(returns))
        publication = Publication(vintage, table.dimensions, table.measures, figures)
        editions.append(Edition(table, hidden, publication))
    return editions


def _cells(sides: Sides, vintage: int) -> Iterator[tuple[Any, ...]]:
    """Of what is told or hidden; where nobody reports there is nothing to keep."""
    generators, receivers = (edition.publication.figures for edition in sides)
    for cell, figure in generators.items():
        hidden = [edition.hidden.get(cell) for edition in sides]
        if figure.reporters == 0 and not any(hidden):
            continue
        yield (
            *cell,
            None if figure.amounts is None else figure.amounts[0],
            *(figure.reporters, receivers[cell].reporters, int(figure.vintage)),
            next((one.reason for one in hidden if one), None),
            *(one.leeway[0] if one else None for one in hidden),
        )
