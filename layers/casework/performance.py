"""How the work goes, by office: what came back after it was closed, and what kept to its time.

For staff alone: the numbers are of few complaints each, and nothing of them is released.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from layers.casework.staff import Staff
from layers.model import Text


@dataclass(frozen=True)
class Share:
    """`found` of `of`, with the 95 % interval of Wilson; no share of nothing."""

    found: int
    of: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """From 0 to 1."""
        return self.found / self.of if self.of else None


@dataclass(frozen=True)
class Recurrence:
    """Of an office, a district's or a province's: of its closings that said the matter is over,
    those after which the same was reported again. `waiting` are closed too recently to tell."""

    code: str | None
    place: Text | None
    recurred: Share
    waiting: int


@dataclass(frozen=True)
class Recurrences:
    """Closings from `since` on."""

    since: date
    offices: tuple[Recurrence, ...]


@dataclass(frozen=True)
class StepShare:
    """Of the cases that an office received in a month, those that were through a step of their
    procedure within its target. `waiting` have time left; they count neither way."""

    code: str | None
    place: Text | None
    month: date
    version: str
    category: str
    step: int
    title: Text
    target_hours: float
    within: Share
    waiting: int


@dataclass(frozen=True)
class StepShares:
    """Cases received from `since` on. Without a procedure there is nothing to keep to, and no
    step."""

    since: date
    has_procedure: bool
    steps: tuple[StepShare, ...]


# Of fewer a share says nothing: the count is told, and that it is too few.
LEAST_JUDGED = 20


@dataclass(frozen=True)
class ModelCheck:
    """What the attribution said against what inspectors found, by case. `named` are visits that
    named the factory, `unnamed` those that found a cause and named none. Of the cases with a name
    that the model answered: those in which it had that factory first, above "none of these", and
    among the first three. Of those without a cause that it answered: where "none of these" had at
    least half. `mean_share` is what it gave to the factory that was found, where it told any."""

    named: int
    unnamed: int
    answered: Share
    first: Share
    among_three: Share
    none_of_none: Share
    mean_share: float | None


class Performance(Protocol):
    """Asked for somebody, of the cases that their credential opens."""

    def recurrences(self, staff: Staff) -> Recurrences:
        """Of the last twelve months, the office of most closings first."""
        ...

    def model_check(self, staff: Staff) -> ModelCheck:
        """Of all visits whose finding stands."""
        ...

    def step_shares(self, staff: Staff) -> StepShares:
        """Of the last twelve months, the newest first."""
        ...
