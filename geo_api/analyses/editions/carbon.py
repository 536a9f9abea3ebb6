"""Editions of carbon as the database keeps them: read to guard the next one, and written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values

from geo_api.analyses import carbon_vintages_sql as sql
from layers.methods.disclosure.past import Hidden
from layers.methods.disclosure.publication import Edition, Figure, Publication
from layers.methods.disclosure.table import Cell, Return, Table
from layers.methods.emission_tables import MEASURES, EmissionTable

# By year, the oldest first.
Editions = Mapping[int, Sequence[Edition]]
# Of a part.
Year = tuple[str, int]


@dataclass(frozen=True)
class Kept:
    """What was published before, by part, and the factories that are in each figure that stands."""

    editions: dict[str, dict[int, list[Edition]]] = field(
        default_factory=lambda: {part: defaultdict(list) for part in MEASURES}
    )
    factories: dict[tuple[str, int, Cell], int | None] = field(default_factory=dict)


@dataclass
class _Rows:
    figures: dict[Cell, Figure] = field(default_factory=dict)
    hidden: dict[Cell, Hidden] = field(default_factory=dict)
    returns: list[Return] = field(default_factory=list)


def kept_editions(cursor: Cursor, provinces: Sequence[str], simulated: bool) -> Kept:
    """Of the real world, or of the simulated one."""
    kept, found = Kept(), defaultdict[tuple[int, str, int], _Rows](_Rows)
    cursor.execute(sql.CELLS, {"simulated": simulated})
    for vintage, part, year, code, amounts, firms, factories, told, reason, leeway in cursor:
        rows, cell = found[vintage, part, year], (code,)
        rows.figures[cell] = Figure(tuple(amounts) if amounts else None, firms, str(told))
        if reason:
            rows.hidden[cell] = Hidden(reason, tuple(leeway))
        kept.factories[part, year, cell] = factories
    cursor.execute(sql.AMOUNTS, {"simulated": simulated})
    for vintage, part, year, code, firm, amounts in cursor:
        found[vintage, part, year].returns.append(Return(firm, (code,), tuple(amounts)))
    for (vintage, part, year), rows in sorted(found.items()):
        table = Table((tuple(provinces),), MEASURES[part], tuple(rows.returns))
        publication = Publication(str(vintage), table.dimensions, table.measures, rows.figures)
        kept.editions[part][year].append(Edition(table, rows.hidden, publication))
    return kept


def keep_edition(
    cursor: Cursor, of: Year, vintage: int, edition: Edition, now: EmissionTable, kept: Kept
) -> int:
    """Gives the number of figures that it says."""
    execute_values(cursor, sql.KEEP_CELLS, _cells(of, vintage, edition, now, kept))
    amounts = [(vintage, *of, *row.cell, row.reporter, [*row.amounts]) for row in now.table.returns]
    execute_values(cursor, sql.KEEP_AMOUNTS, amounts, page_size=1000)
    return sum(not figure.is_hidden for figure in edition.publication.figures.values())


def _cells(
    of: Year, vintage: int, edition: Edition, now: EmissionTable, kept: Kept
) -> list[tuple[Any, ...]]:
    rows = []
    for cell, figure in edition.publication.figures.items():
        hidden = edition.hidden.get(cell)
        if figure.is_hidden:
            factories = None
        elif figure.vintage == str(vintage):
            factories = now.factories.get(cell, 0)
        else:
            factories = kept.factories[(*of, cell)]
        rows.append(
            (
                *(vintage, *of, *cell),
                None if figure.amounts is None else [*figure.amounts],
                *(figure.reporters, factories, int(figure.vintage)),
                *((hidden.reason, [*hidden.leeway]) if hidden else (None, None)),
            )
        )
    return rows
