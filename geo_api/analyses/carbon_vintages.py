"""Publishes the next vintage of carbon: what returns sum to by province and year, and no firm's.

A vintage is fixed. What comes later is in the next one, and only where the difference between the
two tells nobody's change. It is therefore made now and then, when many returns have come: a figure
that cannot be replaced once, because too few of its firms changed, stands for good.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values

from geo_api.analyses import AnalysisRun
from geo_api.analyses import carbon_vintages_sql as sql
from geo_api.analyses.editions.carbon import Editions, keep_edition, kept_editions
from geo_api.database.runs import RunFailed
from layers.methods.disclosure.publication import Edition
from layers.methods.disclosure.table import TOTAL
from layers.methods.disclosure.vintages import next_editions
from layers.methods.emission_factors import Factor, factor_on
from layers.methods.emission_tables import (
    ENERGY,
    Kind,
    Quantity,
    comparable_years,
    emission_tables,
    empty_table,
    kinds_used,
    last_day,
)

NAME = "carbon_vintages"
# The basis that is told beside a sum is that of its factor.
_ELECTRICITY: Kind = ("grid_electricity", "kWh")


class NoReturns(RunFailed):
    """No factory whose province is known has returned anything: there is nothing to publish."""


def compute(run: AnalysisRun) -> str:
    """Makes the vintage, or none where nothing changed that may be told. Raises NoReturns."""
    with run.connection.cursor() as cursor:
        cursor.execute(sql.LOCK)
        coverage = _fetched(cursor, sql.COVERAGE)
        if not coverage:
            raise NoReturns(f"{NAME} needs returns of factories whose province is known")
        quantities = [Quantity(*row) for row in _fetched(cursor, sql.QUANTITIES)]
        factors = [_factor(row) for row in _fetched(cursor, sql.FACTORS)]
        provinces = [code for (code,) in _fetched(cursor, sql.PROVINCES)]
        simulated = any(row[-1] == "demo" for row in coverage)
        [(last,)] = _fetched(cursor, sql.LAST_VINTAGE)
        vintage = last + 1
        tables = emission_tables(quantities, factors, provinces)
        kept = kept_editions(cursor, provinces, simulated)
        made: dict[str, dict[int, Edition]] = {}
        for part, before in kept.editions.items():
            now = {year: empty_table(part, provinces) for year in before} | tables[part]
            tables[part] = now
            only = {year: one.table for year, one in now.items()}
            made[part] = next_editions(only, before, str(vintage))
        run.tally.read = run.tally.sound = len(quantities)
        if last and not any(made.values()):
            return f"{NAME}: nothing changed that may be told; vintage {last} stands"
        values = {"vintage": vintage, "simulated": simulated, "run": run.run_id}
        cursor.execute(sql.KEEP_VINTAGE, values)
        for part, editions in made.items():
            for year, edition in editions.items():
                now_of_year = tables[part][year]
                of = (part, year)
                run.tally.inserted += keep_edition(cursor, of, vintage, edition, now_of_year, kept)
        bases = _bases(quantities, factors, _newest(kept.editions[ENERGY], made[ENERGY]))
        rows = [(vintage, *row, *bases.get(row[:2], (None, None))) for row in coverage]
        execute_values(cursor, sql.KEEP_COVERAGE, rows)
        cursor.execute(sql.KEEP_FIGURES, {"vintage": vintage})
    years = sorted({year for editions in made.values() for year in editions})
    return f"{NAME}: vintage {vintage}, new of the years {', '.join(map(str, years)) or 'none'}"


def _fetched(cursor: Cursor, statement: str) -> list[tuple[Any, ...]]:
    cursor.execute(statement, {"total": TOTAL})
    return cursor.fetchall()


def _factor(row: tuple[Any, ...]) -> Factor:
    energy, unit, kgco2e, scope, basis, biogenic, gases, gwp, first, last, uncertainty = row
    return Factor(
        *(energy, unit, kgco2e, scope, basis, biogenic, gases, gwp, first, last),
        uncertainty=uncertainty,
    )


def _newest(before: Editions, made: Mapping[int, Edition]) -> dict[int, Edition]:
    return {year: editions[-1] for year, editions in before.items() if editions} | {**made}


def _bases(
    quantities: Sequence[Quantity], factors: Sequence[Factor], newest: Mapping[int, Edition]
) -> dict[tuple[int, str], tuple[str | None, bool | None]]:
    """By year and province the basis of electricity's factor, and whether the year can be compared
    with the last one published before it; None where there is none."""
    used = kinds_used(quantities)
    found: dict[tuple[int, str], tuple[str | None, bool | None]] = {}
    for (year, province), kinds in used.items():
        energy, unit = _ELECTRICITY
        factor = factor_on(factors, energy, unit, 2, last_day(year))
        basis = factor.basis if factor and _ELECTRICITY in kinds else None
        before = max(_published(newest, province, year), default=None)
        comparable = (
            None
            if before is None
            else comparable_years(
                kinds | used.get((before, province), set()), factors, before, year
            )
        )
        found[year, province] = (basis, comparable)
    return found


def _published(newest: Mapping[int, Edition], province: str, until: int) -> Iterator[int]:
    """The years before `until` of which the province has a figure."""
    for year, edition in newest.items():
        figure = edition.publication.figures.get((province,))
        if year < until and figure and figure.amounts is not None:
            yield year
