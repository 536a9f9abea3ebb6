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
from layers.methods.disclosure.table import TOTAL, Cell, Return, all_cells
from layers.methods.emission_tables import MEASURES, Behind, Codes, EmissionTable, emission_table

# By year, the oldest first.
Editions = Mapping[int, Sequence[Edition]]
# Of a part.
Year = tuple[str, int]


@dataclass(frozen=True)
class Kept:
    """What was published before, by part, and who is behind each figure that stands."""

    editions: dict[str, dict[int, list[Edition]]] = field(
        default_factory=lambda: {part: defaultdict(list) for part in MEASURES}
    )
    behind: dict[tuple[str, int, Cell], Behind | None] = field(default_factory=dict)


@dataclass
class _Rows:
    figures: dict[Cell, Figure] = field(default_factory=dict)
    hidden: dict[Cell, Hidden] = field(default_factory=dict)
    returns: list[Return] = field(default_factory=list)


def kept_editions(cursor: Cursor, codes: Codes, simulated: bool) -> Kept:
    """Of the real world, or of the simulated one. One of before industries were told hides them."""
    kept, found = Kept(), defaultdict[tuple[int, str, int], _Rows](_Rows)
    cursor.execute(sql.CELLS, {"simulated": simulated})
    for vintage, part, year, code, division, *known, reason, leeway, of, with_, workers in cursor:
        rows, cell = found[vintage, part, year], (code, division)
        amounts, firms, told = known
        rows.figures[cell] = Figure(tuple(amounts) if amounts else None, firms, str(told))
        if reason:
            rows.hidden[cell] = Hidden(reason, tuple(leeway))
        kept.behind[part, year, cell] = None if of is None else Behind(of, with_, workers)
    cursor.execute(sql.AMOUNTS, {"simulated": simulated})
    for vintage, part, year, code, division, firm, amounts in cursor:
        returned = Return(firm, (code, division), tuple(amounts))
        found[vintage, part, year].returns.append(returned)
    for (vintage, part, year), rows in sorted(found.items()):
        table = emission_table(part, rows.returns, codes)
        if all(division == TOTAL for _, division in rows.figures):
            untold = [cell for cell in all_cells(table.dimensions) if cell[1] != TOTAL]
            rows.figures.update(dict.fromkeys(untold, Figure(None, None, str(vintage))))
            rows.hidden.update(dict.fromkeys(untold, Hidden("inner", (0.0, 0.0))))
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
        if not hidden and TOTAL not in cell:
            continue  # nobody reports there
        if figure.is_hidden:
            behind = None
        elif figure.vintage == str(vintage):
            behind = now.behind.get(cell, Behind(0, 0, 0))
        else:
            behind = kept.behind[(*of, cell)]
        rows.append(
            (
                *(vintage, *of, *cell),
                None if figure.amounts is None else [*figure.amounts],
                *(figure.reporters, int(figure.vintage)),
                *((hidden.reason, [*hidden.leeway]) if hidden else (None, None)),
                *(behind or (None, None, None)),
            )
        )
    return rows
