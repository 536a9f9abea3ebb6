"""Greenhouse gas of factories over the years: what a vintage says of provinces and the country."""

from dataclasses import dataclass
from datetime import datetime

from layers.model import Text
from layers.reports.measures import Place

# Of the factories in a sum so many must have known workers before it is divided by them.
LEAST_WITH_WORKERS = 0.95


@dataclass(frozen=True)
class Industry:
    """A division of TSIC; 00 are the factories without one."""

    code: str
    name: Text


@dataclass(frozen=True)
class EmissionYear:
    """A figure of a province, of an industry, or of the country, which has neither; None where it
    is not known, and then `withheld` says whether it is known and not told.

    Tonnes are whole. `tco2e` is Scope 1 and 2 without biomass, whose CH4, N2O and biogenic CO2
    stand apart.
    `since_base` is the change since the base year as a share, None where a year between cannot be
    compared with the one before it. `factories` could report, `factories_reported` of them did, and
    `factories_summed` are in the sum, whose returns are those of `returns_as_of`. The register has
    the `workers` of `factories_with_workers` of those.
    """

    province: Place | None
    industry: Industry | None
    year: int
    tco2e: float | None
    scope1_tco2e: float | None
    scope2_tco2e: float | None
    biomass_tco2e: float | None
    biogenic_tco2: float | None
    withheld: tuple[str, ...]
    comparable_to_previous: bool | None
    since_base: float | None
    factories: int | None
    factories_reported: int
    factories_summed: int | None
    factories_with_workers: int | None
    workers: int | None
    quantities_without_factor: int
    quantities_doubted: int
    returns_as_of: datetime | None
    simulated: bool

    @property
    def reported_share(self) -> float | None:
        """Of the factories that could report, those that did."""
        return self.factories_reported / self.factories if self.factories else None

    @property
    def workers_share(self) -> float | None:
        """Of the factories in the sum, those whose workers are known."""
        if not self.factories_summed or self.factories_with_workers is None:
            return None
        return self.factories_with_workers / self.factories_summed

    @property
    def tco2e_per_worker(self) -> float | None:
        """Intensity: tonnes over the workers that are known, and so too high by what is not; None
        where that is more than a twentieth of the factories. Workers, and no product: products are
        returned in units that do not add up, and a product's tonnes beside the carbon would be one
        more sum to guard, while a register's workers are public as they are."""
        if self.tco2e is None or not self.workers or (self.workers_share or 0) < LEAST_WITH_WORKERS:
            return None
        return self.tco2e / self.workers


@dataclass(frozen=True)
class EmissionChange:
    """What added how many tCO2e to the country's sum between two years: factories in it, the
    provinces they are in, what each uses, the mix of scopes, the electricity's factor and what that
    counts. Where `refused` says why, there are no effects: "withheld", "other_returns" (figures
    of different returns) or "other_factors" (of a fuel, or of what is bought in part)."""

    year: int
    before_year: int
    refused: str | None
    before_tco2e: float | None
    after_tco2e: float | None
    reporters: float | None
    structure: float | None
    use_per_factory: float | None
    mix: float | None
    emission_factor: float | None
    basis: float | None


@dataclass(frozen=True)
class FactorUncertainty:
    """By how much, as a share to each side at 95 %, a sum of a scope can be off through its factors
    `at_most`: all who use one share its error, so that no further factory makes it less. None where
    a factor's source states none. What quantities add to it is not told: it would give away how
    much of a sum is the largest firm's."""

    year: int
    scope: int
    at_most: float | None


@dataclass(frozen=True)
class Target:
    """What the whole country is to emit in a year, of which factories are a part: at most so many
    million tonnes, `net` or `excluding_land_use`, and a change in percent relative to a year or to
    "business as usual". One that is not `verified` is in no source that we read."""

    name: str
    title: Text
    year: int
    most_mtco2e: float | None
    change_percent: float | None
    relative_to: str | None
    condition: str | None
    covers: str
    announced: str | None
    superseded: bool
    source: str
    verified: bool


@dataclass(frozen=True)
class EmissionsReport:
    """Of one vintage, None where none was published; figures by province, the country first, and
    year; `industries` by division and year, each the country's sum in another way."""

    vintage: int | None
    published_at: datetime | None
    base_year: int | None
    figures: tuple[EmissionYear, ...]
    industries: tuple[EmissionYear, ...]
    changes: tuple[EmissionChange, ...]
    uncertainty: tuple[FactorUncertainty, ...]
    targets: tuple[Target, ...]
