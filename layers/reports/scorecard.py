"""An eco-industrial town's scorecard: each indicator of an edition with its value, target and
evidence. Indicative: nobody is certified by it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from layers.model import Text
from layers.reports.measures import Place

# The edition of what this service reckons itself, from the map.
COMPUTED_EDITION = "map"
ANY_KIND = "any"


class CellState(StrEnum):
    """What stands behind a cell; of the first two alone there is a value."""

    COMPUTED = "computed"
    EVIDENCED = "evidenced"
    NO_EVIDENCE = "no_evidence"  # declared, and nothing holds that says so
    NO_VALUE = "no_value"  # nobody has declared it
    WITHHELD = "withheld"  # it would tell of single firms
    NOT_KNOWN = "not_known"  # there are no data of it: no station, no feed, another time


@dataclass(frozen=True)
class Edition:
    """A framework's edition; `indicators` is how many it has by its source, and `listed` the number
    of those whose names are known here."""

    id: str
    agency: str
    name: Text
    dimensions: int | None
    indicators: int | None
    listed: int
    valid_from: date | None
    valid_to: date | None
    verified: bool
    source: str


@dataclass(frozen=True)
class Indicator:
    """`target` is reached from its `better` side; either may be unknown."""

    code: str
    dimension: str
    kind: str | None
    name: Text
    unit: str | None
    numerator: str | None
    denominator: str | None
    better: str | None
    target: float | None


@dataclass(frozen=True)
class Evidence:
    """A record that an office holds."""

    what: str
    dated_on: date
    office: str
    link: str | None


@dataclass(frozen=True)
class Cell:
    """An indicator in a year. `declared` is what the town says where that does not count;
    `coverage` the share of the year, from 0 to 1, that there are data of; `as_of` when it was
    true."""

    indicator: Indicator
    state: CellState
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    declared: float | None = None
    origin: str | None = None
    as_of: date | None = None
    coverage: float | None = None
    assessor: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None where that cannot be told."""
        target, better = self.indicator.target, self.indicator.better
        if self.value is None or target is None or better is None:
            return None
        return self.value >= target if better == "higher" else self.value <= target


@dataclass(frozen=True)
class LevelRule:
    """A level needs `least_met` indicators of a kind, or of ANY_KIND, at their targets."""

    level: int
    kind: str
    least_met: int


@dataclass(frozen=True)
class Scorecard:
    """`level` is what the edition's rules give for the cells, None where no rules are loaded or not
    even the first level is reached; `has_rules` tells these apart. `assessed` is the level that the
    town received in the year, from outside."""

    town: Place
    province: Place | None
    edition: Edition
    editions: tuple[Edition, ...]
    year: int
    years: tuple[int, ...]
    cells: tuple[Cell, ...]
    has_rules: bool
    level: int | None
    assessed: int | None
    simulated: bool
    computed_at: datetime

    def count(self, state: CellState) -> int:
        """How many cells are in that state."""
        return sum(cell.state is state for cell in self.cells)


def level_reached(cells: Sequence[Cell], rules: Sequence[LevelRule]) -> int | None:
    """The highest level whose rules hold, and those of every level below it; None if none does."""
    met = Counter(cell.indicator.kind for cell in cells if cell.is_met)
    met[ANY_KIND] = sum(bool(cell.is_met) for cell in cells)
    reached = None
    for level in sorted({rule.level for rule in rules}):
        of_level = [rule for rule in rules if rule.level == level]
        if any(met[rule.kind] < rule.least_met for rule in of_level):
            break
        reached = level
    return reached
