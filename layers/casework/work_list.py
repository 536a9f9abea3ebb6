"""The work list of a day as pages and routes speak of it: where to go in a district, and in which
order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from layers.casework.staff import Staff
from layers.model import Text

# Of one category and so near to each other, complaints are one stop.
STOP_WITHIN_M = 250
# A team does not see more places in a day; the others are counted.
MOST_STOPS = 30
# How far around a stop factories are looked for, and how many are named.
SUSPECTS_WITHIN_M, MOST_SUSPECTS = 3000, 5


@dataclass(frozen=True)
class LastVisit:
    """An inspection by what stands of it; `heads` over 1: edits contradict each other."""

    inspection: UUID
    visited_at: datetime
    finding: str | None
    heads: int


@dataclass(frozen=True)
class Suspect:
    """A factory near a stop. `upwind` is None where the wind's direction is not known: it says
    where smoke would have come from, and proves nothing. `share` is the largest that attribution
    gives it of one of the stop's cases, with what other complaints tell; None where it gives none.
    """

    id: str
    name: str
    distance_m: float
    bearing_deg: float | None
    upwind: bool | None
    last: LastVisit | None
    share: float | None = None


@dataclass(frozen=True)
class Deadline:
    """What must be done until when: `kind` is `case`, or `order` with the order's `number`."""

    kind: str
    complaint: str
    due_on: date
    number: str | None = None


@dataclass(frozen=True)
class OpenCase:
    """A complaint that is not closed. `strength` as the resident says, 1 to 5."""

    id: str
    category: str | None
    state: str
    received_at: datetime
    strength: int | None
    address: str | None
    assigned_to: int | None


@dataclass(frozen=True)
class Stop:
    """Complaints of one category within STOP_WITHIN_M, oldest first. `from_previous_m` is the
    straight way from the stop before, or from where the list starts; `suspects` upwind first, then
    nearest, of `suspects_found`; `wind_from_deg` None where not known, or calm."""

    number: int
    category: str | None
    lon: float
    lat: float
    from_previous_m: float | None
    cases: tuple[OpenCase, ...]
    suspects: tuple[Suspect, ...]
    suspects_found: int
    wind_from_deg: float | None
    last: LastVisit | None
    deadlines: tuple[Deadline, ...]
    visited: bool


@dataclass(frozen=True)
class WorkList:
    """`stops` in the order in which they are driven; `left_out` counts further stops of the
    district, `unplaced` are open cases without a place. As it was at `made_at` (UTC)."""

    district: str
    name: Text
    day: date
    made_at: datetime
    stops: tuple[Stop, ...]
    left_out: int
    unplaced: tuple[OpenCase, ...]


@dataclass(frozen=True)
class DistrictWork:
    """A district with open complaints, and how many."""

    code: str
    name: Text
    province_code: str
    cases: int


@dataclass(frozen=True)
class DistrictsWork:
    """Most open complaints first."""

    districts: tuple[DistrictWork, ...]


@dataclass(frozen=True)
class WorkListQuery:
    """`team` is the account whose cases, and nobody's, are listed; None: everybody's. `start` is
    the (lon, lat) to begin from; None: at the most urgent stop."""

    district: str
    day: date
    team: int | None = None
    start: tuple[float, float] | None = None


class DistrictNotFound(LookupError):
    """No district has this code, or none of the province of who asks."""


class WorkLists(Protocol):
    """Who is asked. Each sees what the credential of `staff` opens."""

    def work_list(self, staff: Staff, query: WorkListQuery) -> WorkList:
        """Raises DistrictNotFound, and NotAllowed for who does not work on cases."""
        ...

    def districts(self, staff: Staff) -> Sequence[DistrictWork]:
        """Most open complaints first; those without any are left out."""
        ...
