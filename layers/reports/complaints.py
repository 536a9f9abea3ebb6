"""Released complaints as the page has them: a table, its periods, and what is shown of one."""

from dataclasses import dataclass
from datetime import date, datetime

from layers.model import Text

MONTHS, QUARTERS, YEARS = "complaint_months", "complaint_quarters", "complaint_years"
DEALT_WITH = "complaints_dealt_with"
TABLES = (MONTHS, QUARTERS, YEARS, DEALT_WITH)


@dataclass(frozen=True)
class ReleasedPeriod:
    """A "month", "quarter" or "year" from `start`, `last_day` included, counted by areas of a
    kind: "subdistrict", "district", "province", "region" or "country"."""

    start: date
    last_day: date
    period: str
    area: str
    released_at: datetime


@dataclass(frozen=True)
class AreaHomes:
    """Homes of an area that complained, and in the period before where that has the same length
    and areas; None where they are too few to be shown."""

    code: str
    name: Text
    homes: int | None
    before: int | None


@dataclass(frozen=True)
class AreaDealtWith:
    """Homes whose complaint of a category was dealt with in the table's time, and whose was not;
    a share only where both are shown."""

    code: str
    name: Text
    category: str
    dealt_with: int | None
    not_dealt_with: int | None
    dealt_with_pct: int | None


@dataclass(frozen=True)
class ReleasePlan:
    """By what a table counts in a year, and its parameters: its share of the budget, and from how
    many homes, with noise and without, a row is shown."""

    table: str
    year: int
    period: str
    area: str
    epsilon: float
    least_noisy: int
    least_homes: int
    wait_days: int
    review_on: date


@dataclass(frozen=True)
class ComplaintsReport:
    """One of TABLES. `periods` are those that were released, the newest first, and `chosen` is one
    of them; `areas` are all of its kind, and `dealt_with` the rows of the fourth table that are
    shown. `houses_known` says whether small sub-districts can be told."""

    table: str
    periods: tuple[ReleasedPeriod, ...]
    chosen: ReleasedPeriod | None
    areas: tuple[AreaHomes, ...]
    dealt_with: tuple[AreaDealtWith, ...]
    plans: tuple[ReleasePlan, ...]
    houses_known: bool
    simulated: bool
    computed_at: datetime
