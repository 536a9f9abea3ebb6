"""Publishes the next vintage of carbon: what returns sum to by year, and no firm's.

A vintage is fixed. What comes later is in the next one, and only where the difference between the
two tells nobody's change. It is therefore made now and then, when many returns have come: a figure
that cannot be replaced once, because too few of its firms changed, stands for good.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values

from geo_api.analyses import AnalysisRun
from geo_api.analyses import carbon_vintages_sql as sql
from geo_api.analyses.editions.carbon import Editions, Kept, keep_edition, kept_editions
from geo_api.analyses.editions.changes import keep_changes
from geo_api.database.runs import RunFailed
from layers.methods.disclosure.publication import Edition
from layers.methods.disclosure.table import TOTAL, Cell
from layers.methods.disclosure.vintages import next_editions
from layers.methods.emission_factors import Factor, factor_on
from layers.methods.emission_tables import (
    ENERGY,
    Codes,
    EmissionTable,
    Kind,
    Quantity,
    comparable_years,
    emission_tables,
    empty_table,
    kinds_used,
    last_day,
)

NAME = "carbon_vintages"
_METHOD = "returns x emission factors, p % rule; version 1"
# The basis that is told beside a sum is that of its factor.
_ELECTRICITY: Kind = ("grid_electricity", "kWh")


class NoReturns(RunFailed):
    """No factory whose province is known has returned anything: there is nothing to publish."""


@dataclass(frozen=True)
class _Now:
    """What there is to publish: who reported, sound quantities, factors, and all codes."""

    coverage: list[tuple[Any, ...]]
    quantities: list[Quantity]
    factors: list[Factor]
    codes: Codes

    @property
    def simulated(self) -> bool:
        return any(source == "demo" for *_, source in self.coverage)


@dataclass(frozen=True)
class _Part:
    """By year all that returns say of a part, what was published of it, and what is new."""

    tables: dict[int, EmissionTable]
    before: Editions
    made: dict[int, Edition]

    @property
    def newest(self) -> dict[int, Edition]:
        return {year: past[-1] for year, past in self.before.items() if past} | self.made


def compute(run: AnalysisRun) -> str:
    """Makes the vintage, or none where nothing changed that may be told. Raises NoReturns."""
    with run.connection.cursor() as cursor:
        cursor.execute(sql.LOCK)
        now = _now(cursor)
        run.tally.read = run.tally.sound = len(now.quantities)
        [(last,)] = _fetched(cursor, sql.LAST_VINTAGE)
        kept = kept_editions(cursor, now.codes, now.simulated)
        parts = _parts(now, kept, last + 1)
        years = sorted({year for part in parts.values() for year in part.made})
        if last and not years:
            return f"{NAME}: nothing changed that may be told; vintage {last} stands"
        values = {"vintage": last + 1, "simulated": now.simulated, "run": run.run_id}
        cursor.execute(sql.KEEP_VINTAGE, values | {"method": _METHOD})
        for name, part in parts.items():
            for year, edition in part.made.items():
                of = (name, year)
                run.tally.inserted += keep_edition(
                    cursor, of, last + 1, edition, part.tables[year], kept
                )
        _keep_figures(cursor, last + 1, now, parts[ENERGY].newest)
    return f"{NAME}: vintage {last + 1}, new of the years {', '.join(map(str, years)) or 'none'}"


def _now(cursor: Cursor) -> _Now:
    coverage = _fetched(cursor, sql.COVERAGE)
    if not coverage:
        raise NoReturns(f"{NAME} needs returns of factories whose province is known")
    return _Now(
        coverage,
        [Quantity(*row) for row in _fetched(cursor, sql.QUANTITIES)],
        [factor_of(row) for row in _fetched(cursor, sql.FACTORS)],
        (_codes(cursor, sql.PROVINCES), _codes(cursor, sql.DIVISIONS)),
    )


def _parts(now: _Now, kept: Kept, vintage: int) -> dict[str, _Part]:
    found = emission_tables(now.quantities, now.factors, now.codes)
    parts = {}
    for name, before in kept.editions.items():
        withdrawn = empty_table(name, now.codes)
        tables = dict.fromkeys(before, withdrawn) | found[name]
        only = {year: one.table for year, one in tables.items()}
        parts[name] = _Part(tables, before, next_editions(only, before, str(vintage)))
    return parts


def _keep_figures(cursor: Cursor, vintage: int, now: _Now, newest: Mapping[int, Edition]) -> None:
    used = kinds_used(now.quantities)
    bases = _bases(used, now.factors, newest)
    rows = [(vintage, *row, *bases.get((row[0], row[1:3]), (None, None))) for row in now.coverage]
    execute_values(cursor, sql.KEEP_COVERAGE, rows)
    cursor.execute(sql.KEEP_FIGURES, {"vintage": vintage})
    of_country = {year: kinds for (year, cell), kinds in used.items() if cell == (TOTAL, TOTAL)}
    keep_changes(cursor, vintage, now.factors, of_country)


def _fetched(cursor: Cursor, statement: str) -> list[tuple[Any, ...]]:
    cursor.execute(statement, {"total": TOTAL})
    return cursor.fetchall()


def _codes(cursor: Cursor, statement: str) -> list[str]:
    return [code for (code,) in _fetched(cursor, statement)]


def factor_of(row: tuple[Any, ...]) -> Factor:
    energy, unit, kgco2e, scope, basis, biogenic, gases, gwp, first, last, uncertainty = row
    return Factor(
        *(energy, unit, kgco2e, scope, basis, biogenic, gases, gwp, first, last),
        uncertainty=uncertainty,
    )


def _bases(
    used: Mapping[tuple[int, Cell], set[Kind]],
    factors: Sequence[Factor],
    newest: Mapping[int, Edition],
) -> dict[tuple[int, Cell], tuple[str | None, bool | None]]:
    """By year and total the basis of electricity's factor, and whether the year can be compared
    with the last one published before it; None where there is none."""
    found: dict[tuple[int, Cell], tuple[str | None, bool | None]] = {}
    for (year, cell), kinds in used.items():
        energy, unit = _ELECTRICITY
        factor = factor_on(factors, energy, unit, 2, last_day(year))
        basis = factor.basis if factor and _ELECTRICITY in kinds else None
        before = max(_published(newest, cell, year), default=None)
        comparable = (
            None
            if before is None
            else comparable_years(kinds | used.get((before, cell), set()), factors, before, year)
        )
        found[year, cell] = (basis, comparable)
    return found


def _published(newest: Mapping[int, Edition], cell: Cell, until: int) -> Iterator[int]:
    """The years before `until` of which a total has a figure."""
    for year, edition in newest.items():
        figure = edition.publication.figures.get(cell)
        if year < until and figure and figure.amounts is not None:
            yield year
