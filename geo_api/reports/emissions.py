"""What a vintage of carbon says of provinces and the country over the years, beside the targets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, cast

from geo_api.database.connections import Reads
from geo_api.reports import emissions_sql as sql
from geo_api.reports.emission_factors import emission_factors
from layers.methods.emission_factors import Basis, Factor, Scope, factor_uncertainty
from layers.methods.emission_tables import last_day
from layers.methods.emissions import OWN
from layers.model import Text
from layers.query import number_of
from layers.query.provinces import province_asked
from layers.reference.industries import name_of
from layers.reports.emission_factors import EmissionFactor
from layers.reports.emissions import (
    EmissionChange,
    EmissionsReport,
    EmissionYear,
    FactorUncertainty,
    Industry,
    Target,
)
from layers.reports.measures import NotReported, Place

VIEWS = ("emissions", "emission_changes", "emission_factors", "climate_targets")
COUNTRY = "country"
MOST = 2**31 - 1


@dataclass(frozen=True)
class EmissionsQuery:
    """Of which province, or COUNTRY; of which vintage, by default the newest; and the base year, by
    default the first with a figure."""

    province: str | None = None
    vintage: int | None = None
    base: int | None = None

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "EmissionsQuery":
        """Raises BadQuery."""
        province = params.get("province")
        if province is not None:
            province = province_asked(province, COUNTRY)
        vintage, base = (
            int(number_of(name, params[name], 1, MOST)) if name in params else None
            for name in ("vintage", "base")
        )
        return cls(province, vintage, base)


def emissions_report(reads: Reads, asked: EmissionsQuery) -> EmissionsReport:
    """Raises NotReported where there is no vintage of the number asked for."""
    found = reads.fetch(sql.VINTAGE, {"vintage": asked.vintage})
    if asked.vintage is not None and not found:
        raise NotReported(f"there is no vintage {asked.vintage}: leave it out for the newest")
    [(vintage, published_at)] = found or [(None, None)]
    values = {"vintage": vintage, "province": asked.province}
    rows = [_year(row) for row in reads.fetch(sql.FIGURES, values)]
    industries = [_year(row) for row in reads.fetch(sql.INDUSTRIES, values)]
    years = sorted({row.year for row in rows})
    told = [row.year for row in rows if row.tco2e is not None]
    base = asked.base or min(told or years, default=None)
    factors = [_factor(row) for row in emission_factors(reads)]
    return EmissionsReport(
        vintage,
        published_at,
        base,
        tuple(since_base(rows, base)),
        tuple(since_base(industries, base)),
        tuple(EmissionChange(*row) for row in reads.fetch(sql.CHANGES, {"vintage": vintage})),
        tuple(
            FactorUncertainty(year, scope, factor_uncertainty(factors, scope, last_day(year)))
            for year in years
            for scope in OWN
        ),
        tuple(
            Target(name, Text(th, en), *rest) for name, th, en, *rest in reads.fetch(sql.TARGETS)
        ),
    )


def since_base(rows: Iterable[EmissionYear], base: int | None) -> Iterable[EmissionYear]:
    """Rows by province or industry and year, each with its change since the base year along a line
    that no year breaks."""
    for _, line in groupby(rows, key=lambda row: (row.province, row.industry)):
        first: float | None = None
        for row in line:
            if row.year == base:
                first = row.tco2e
            elif row.comparable_to_previous is False:
                first = None
            yield replace(row, since_base=row.tco2e / first - 1) if first and row.tco2e else row


def _year(row: Sequence[Any]) -> EmissionYear:
    division, code, th, en, year, tco2e, scope1, scope2, biomass, biogenic, *rest = row
    withheld, comparable, *rest = rest
    return EmissionYear(
        None if code is None else Place(code, Text(th or code, en or code)),
        None if division is None else Industry(division, name_of(division)),
        *(year, tco2e, scope1, scope2, biomass, biogenic),
        tuple(withheld.split(", ")) if withheld else (),
        comparable,
        None,
        *rest,
    )


def _factor(one: EmissionFactor) -> Factor:
    return Factor(
        *(one.energy, one.unit, one.kgco2e),
        *(cast(Scope, one.scope), cast(Basis, one.basis)),
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        uncertainty=one.uncertainty,
    )
