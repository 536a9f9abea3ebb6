"""Why the country's carbon changed, for each year of a vintage: by its figures and no returns."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple
from itertools import pairwise
from typing import Any

from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values

from geo_api.analyses import carbon_vintages_sql as sql
from layers.methods.disclosure.table import TOTAL
from layers.methods.emission_factors import Factor, direct_scope, factor_on, like_for_like
from layers.methods.emission_tables import Kind, last_day
from layers.methods.published_change import Factors, Inconsistent, Published, change_of

# Why there are no effects.
WITHHELD, OTHER_RETURNS, OTHER_FACTORS = "withheld", "other_returns", "other_factors"
# A figure, and the vintage whose returns it tells of.
_Figures = Mapping[str, tuple[Published, int]]


def keep_changes(
    cursor: Cursor, vintage: int, factors: Sequence[Factor], kinds: Mapping[int, Collection[Kind]]
) -> None:
    """Of each year and the one before it of which anything is published; `kinds` are those that
    were used in the country by year."""
    years: dict[int, dict[str, tuple[Published, int]]] = defaultdict(dict)
    cursor.execute(sql.FIGURES, {"total": TOTAL})
    for year, code, factories, scope1, scope2, told in cursor:
        years[year][code] = (Published(factories, scope1, scope2), told)
    rows = []
    for before, after in pairwise(sorted(years)):
        used = {*kinds.get(before, ()), *kinds.get(after, ())}
        changed = _factors(factors, used, before, after)
        effects = _effects(years[before], years[after], changed)
        rows.append((vintage, after, before, *effects))
    if rows:
        execute_values(cursor, sql.KEEP_CHANGE, rows)


def _effects(before: _Figures, after: _Figures, factors: Factors | None) -> tuple[Any, ...]:
    """Why there are none, and else the two sums and the effects."""
    nothing = (None,) * 8
    if TOTAL not in before or TOTAL not in after:
        return (WITHHELD, *nothing)
    if any(told != of[TOTAL][1] for of in (before, after) for _, told in of.values()):
        return (OTHER_RETURNS, *nothing)
    if factors is None:
        return (OTHER_FACTORS, *nothing)
    provinces = [
        {code: one for code, (one, _) in of.items() if code != TOTAL} for of in (before, after)
    ]
    try:
        change = change_of(provinces[0], provinces[1], (before[TOTAL][0], after[TOTAL][0]), factors)
    except Inconsistent:
        return (OTHER_RETURNS, *nothing)
    return (None, *map(float, astuple(change)))


def _factors(
    factors: Sequence[Factor], kinds: Collection[Kind], before: int, after: int
) -> Factors | None:
    """None where a fuel's factor changed, or those of what is bought by different ratios: then no
    figure tells which part of a change is theirs."""
    found = set()
    for energy, unit in kinds:
        scope = direct_scope(energy)
        one, other = (
            factor_on(factors, energy, unit, scope, last_day(year)) for year in (before, after)
        )
        if (one is None and other is None) or any(f and f.biogenic_kgco2 for f in (one, other)):
            continue  # it is in no sum, or in that of biomass
        if one is None or other is None or not one.kgco2e:
            return None
        ratio = other.kgco2e / one.kgco2e
        if scope == 1 and one is not other:
            return None
        if scope == 2:
            same = like_for_like(factors, one, other, last_day(after))
            if same is None:
                return None
            found.add(Factors(ratio, 1 + same))
    return found.pop() if len(found) == 1 else None if found else Factors(1.0, 1.0)
