"""The indicators of a fiscal year: base, target, and what was reached where."""

from dataclasses import dataclass
from datetime import date, datetime

from layers.model import Text
from layers.reports.measures import Place


@dataclass(frozen=True)
class KpiValue:
    """What was reached in an area, the country without a code; the newest of the fiscal year."""

    area: Place
    as_of: date
    value: float
    note: str | None
    source: str


@dataclass(frozen=True)
class Kpi:
    """An indicator. `target` is to be reached from the `better` side; `layer` is that from which
    the figures can be checked. Of `values` the country comes first."""

    code: str
    name: Text
    mind: str | None
    strategy: str | None
    definition: str
    formula: str
    unit: str
    better: str
    base: float | None
    base_year: int | None
    target: float | None
    owner: str
    layer: str | None
    source: str
    values: tuple[KpiValue, ...]

    @property
    def country(self) -> KpiValue | None:
        """The country's value; None where nobody has told it, which is not 0."""
        return next((one for one in self.values if one.area.code == "TH"), None)

    @property
    def is_met(self) -> bool | None:
        """Whether the country's value reaches the target; None where that cannot be told."""
        if self.country is None or self.target is None:
            return None
        value = self.country.value
        return value >= self.target if self.better == "higher" else value <= self.target


@dataclass(frozen=True)
class KpiYear:
    """A fiscal year, of the common era and named by its end; `years` are those that are known."""

    fiscal_year: int
    years: tuple[int, ...]
    indicators: tuple[Kpi, ...]
    simulated: bool
    computed_at: datetime
