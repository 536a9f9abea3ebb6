"""Carbon of a year summed by province, industry, estate, eco-town or product, for its owner alone.

Every factory is in one group and no other, so that the groups add up to the whole. What may be
published of all this is what `carbon_vintages` makes: provinces and industries. Estates, towns and
products have few firms each, and beside these their sums would tell of single ones.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from psycopg2.extensions import connection as Connection

from geo_api.analyses import carbon_vintages_sql
from geo_api.analyses.carbon_vintages import factor_of
from geo_api.analyses.rollups import carbon_sql as sql
from geo_api.database.runs import RunFailed
from layers.methods.disclosure.rule import fault
from layers.methods.emission_tables import BIOMASS, ENERGY, Quantity, emitted

# A factory in no group, and one in several: what it emits is not dealt out among them.
NONE, SEVERAL = "none", "several"


class NoReturnsOfYear(RunFailed):
    """Nothing was returned of the year by a factory whose province is known."""


@dataclass(frozen=True)
class Group:
    """tCO2e of energy by scope, of biomass its CH4 and N2O, and its biogenic tCO2 apart; `fault` is
    what forbids to publish it even by itself."""

    code: str
    factories: int
    firms: int
    scope1_tco2e: float
    scope2_tco2e: float
    biomass_tco2e: float
    biogenic_tco2: float
    fault: str | None


@dataclass
class _Sum:
    factories: set[str] = field(default_factory=set)
    # By part and firm both measures.
    firms: dict[str, dict[str, list[float]]] = field(
        default_factory=lambda: {
            part: defaultdict(lambda: [0.0, 0.0]) for part in (ENERGY, BIOMASS)
        }
    )


def rollup(connection: Connection, by: str, year: int) -> list[Group]:
    """The groups of `by`, one of `sql.GROUPS`, with those in NONE and in SEVERAL.
    Raises NoReturnsOfYear."""
    with connection.cursor() as cursor:
        cursor.execute(carbon_vintages_sql.QUANTITIES)
        quantities = [row for row in (Quantity(*row) for row in cursor) if row.year == year]
        cursor.execute(carbon_vintages_sql.FACTORS)
        factors = [factor_of(row) for row in cursor.fetchall()]
        cursor.execute(sql.GROUPS[by], {"year": year})
        groups = _one_each(cursor.fetchall())
    if not quantities:
        raise NoReturnsOfYear(f"nothing was returned of {year} by factories with a province")
    sums: dict[str, _Sum] = defaultdict(_Sum)
    for row, part, amounts in emitted(quantities, factors):
        if any(amounts):
            found = sums[groups.get(row.factory, NONE)]
            found.factories.add(row.factory)
            kept = found.firms[part][row.firm]
            kept[:] = [kept[0] + amounts[0], kept[1] + amounts[1]]
    return [_group(code, found) for code, found in sorted(sums.items())]


def _one_each(rows: Sequence[tuple[Any, ...]]) -> dict[str, str]:
    groups: dict[str, str] = {}
    for factory, code in rows:
        if code is not None:
            groups[factory] = SEVERAL if groups.get(factory, code) != code else code
    return groups


def _group(code: str, found: _Sum) -> Group:
    energy, biomass = ([*found.firms[part].values()] for part in (ENERGY, BIOMASS))
    faults = [
        fault({name: np.array(amounts) for name, amounts in found.firms[part].items()})
        for part in (ENERGY, BIOMASS)
    ]
    return Group(
        code,
        len(found.factories),
        len({name for firms in found.firms.values() for name in firms}),
        sum(amounts[0] for amounts in energy),
        sum(amounts[1] for amounts in energy),
        sum(amounts[0] for amounts in biomass),
        sum(amounts[1] for amounts in biomass),
        next((one for one in faults if one), None),
    )
