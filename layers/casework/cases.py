"""Complaints as staff work on them: the queue, one case with its whole story, what is done with it.

All of it is asked for somebody, by whose credential PostgreSQL decides what there is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from layers.casework.attribution import Attribution
from layers.casework.staff import Staff
from layers.casework.states import REQUIREMENTS, Transition
from layers.model import Text

MOST_WORDS = 4000
PAGE_SIZE, MOST_PAGE_SIZE = 50, 500
NEWEST, OLDEST = "newest", "oldest"


class CaseNotFound(LookupError):
    """No such case, or none that whoever asks may see: the two are not told apart."""


class CaseChanged(RuntimeError):
    """Somebody did something with the case since it was read; the message says its state now."""


class NotATransition(ValueError):
    """The two states are connected by no declared transition."""


class Incomplete(ValueError):
    """`missing` are of REQUIREMENTS."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        named = "; ".join(f"{one} ({REQUIREMENTS[one].en})" for one in self.missing)
        super().__init__(f"missing: {named}")


@dataclass(frozen=True)
class Queue:
    """`after` is the cursor of the next page, None at the end; `total` counts all that match, and
    `overdue` those of them that are late, on whichever page. `without_province` counts all open
    ones of which nobody knows the province, whatever was asked for, `without_province_since` is
    when the oldest of them was received: of officers, who see none of those, none is counted."""

    cases: tuple["CaseSummary", ...]
    total: int
    overdue: int
    after: str | None
    without_province: int = 0
    without_province_since: datetime | None = None


@dataclass(frozen=True)
class QueueQuery:
    """Which cases; no value asks for all. `states` empty means those that are open; `district` is
    a code of TIS 1099, of a province where it has two digits; `older_than_days` since receipt."""

    states: tuple[str, ...] = ()
    category: str | None = None
    district: str | None = None
    older_than_days: int | None = None
    is_overdue: bool = False
    is_mine: bool = False
    is_spam: bool = False
    without_province: bool = False
    order: str = OLDEST
    after: str | None = None
    limit: int = PAGE_SIZE


@dataclass(frozen=True)
class Colleague:
    """Somebody to whom a case may be assigned."""

    account_id: int
    name: str
    role: str


@dataclass(frozen=True)
class CaseSummary:
    """A line of the queue. Times are UTC; `due_at` is None without a deadline of its category;
    `place` is the district or, where that is not known, the province; `duplicates` were merged
    into it, `possible_duplicates` may be of the same matter; `words` are their beginning."""

    id: str
    category: str | None
    state: str
    channel: str
    received_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    is_overdue: bool
    lon: float | None
    lat: float | None
    province_code: str | None
    district_code: str | None
    place: Text | None
    assigned_to: Colleague | None
    is_spam: bool
    recurred_at: datetime | None
    duplicates: int
    possible_duplicates: int
    strength: int | None
    words: str | None


@dataclass(frozen=True)
class Event:
    """`by` is None for the resident, the service, or the source of an import, which `detail` then
    names; `case_id` is another's where that was merged into the case, or taken out again."""

    id: int
    at: datetime
    kind: str
    case_id: str
    from_state: str | None
    to_state: str | None
    by: Colleague | None
    why: str | None
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Photo:
    """`kind` is `report` or `evidence`."""

    id: str
    kind: str
    added_at: datetime
    width: int
    height: int


@dataclass(frozen=True)
class Duplicate:
    """A case that may be of the same matter; nothing was merged."""

    case: CaseSummary
    distance_m: float


@dataclass(frozen=True)
class Suggestions:
    """Of one case, nearest first; what counts as near is the nearness rule of its category."""

    duplicates: tuple[Duplicate, ...]


@dataclass(frozen=True)
class Case:
    """`version` is the number of the newest event, by which a change says what it has seen.
    `transitions` are what whoever asks may do next; `status` and `source` as an import says.
    `merged` are the cases that were merged into this one."""

    summary: CaseSummary
    version: int
    source: str
    status: str | None
    reported_at: datetime
    happened_at: datetime | None
    device_at: datetime | None
    address: str | None
    accuracy_m: float | None
    duplicate_of: str | None
    merged: tuple[str, ...]
    words: str | None
    events: tuple[Event, ...]
    photos: tuple[Photo, ...]
    transitions: tuple[Transition, ...]
    has_evidence: bool
    has_contact: bool


@dataclass(frozen=True)
class Neighbour:
    """A factory or a hotspot near a case; `is_upwind` is None where the wind is not known, and
    there is no `bearing_deg` of what lies at the very place."""

    layer: str
    id: str
    name: str | None
    distance_m: float
    bearing_deg: float | None
    is_upwind: bool | None
    observed_at: datetime | None


@dataclass(frozen=True)
class Surroundings:
    """`wind` and `air` are as /api/near tells them, None where no station speaks for the place.
    `found` says how many of a layer there are, of which the nearest are given; a layer of which
    nothing is known is in `unknown`: none found is none only of the others."""

    at: datetime
    radius_m: float
    hours: float
    wind: dict[str, Any] | None
    air: dict[str, Any] | None
    neighbours: tuple[Neighbour, ...]
    found: dict[str, int]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """A transition, and what it requires. `from_state` is what its author saw; `public_note` is
    for the resident, who sees no other word of it."""

    from_state: str
    to_state: str
    why: str = ""
    public_note: str = ""
    recipient: str = ""
    order_number: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Placing:
    """Where a case lies: in the area of a code (TIS 1099), of which a province has two digits and a
    district four, or at a point (degrees, WGS84), which says in which area."""

    area: str | None = None
    lon: float | None = None
    lat: float | None = None


class Casework(Protocol):
    """Who is asked about cases, and told what is done. All raise CaseNotFound for a case that is
    none of theirs, and what changes one CaseChanged, Incomplete and NotAllowed. `why` is a reason
    in words; `version` that of the Case as it was seen, None where its author does not mind."""

    def queue(self, staff: Staff, asked: QueueQuery) -> Queue:
        """A page of the cases that match. Raises BadQuery for a cursor that is none of ours."""
        ...

    def case(self, staff: Staff, id: str) -> Case:
        """With its whole story."""
        ...

    def suggestions(self, staff: Staff, id: str) -> Suggestions:
        """Cases that may be of the same matter."""
        ...

    def colleagues(self, staff: Staff, id: str) -> tuple[Colleague, ...]:
        """To whom the case may be assigned."""
        ...

    def transition(self, staff: Staff, id: str, move: Move) -> None:
        """Raises NotATransition too."""
        ...

    def note(self, staff: Staff, id: str, words: str) -> None:
        """Adds words to the story."""
        ...

    def assign(
        self, staff: Staff, id: str, assignee: int | None, why: str, version: int | None
    ) -> None:
        """To an account, or to nobody."""
        ...

    def mark_spam(
        self, staff: Staff, id: str, is_spam: bool, why: str, version: int | None
    ) -> None:
        """Puts it out of the queue, or back."""
        ...

    def recategorise(
        self, staff: Staff, id: str, category: str, why: str, version: int | None
    ) -> None:
        """Of which category it is."""
        ...

    def place(self, staff: Staff, id: str, where: Placing, why: str, version: int | None) -> None:
        """Says where it is; an officer within their own province. Raises BadQuery for what is
        neither an area nor a point."""
        ...

    def merge(self, staff: Staff, id: str, original: str, why: str, version: int | None) -> None:
        """Declares it a duplicate of `original`."""
        ...

    def unmerge(self, staff: Staff, id: str, why: str, version: int | None) -> None:
        """Gives it back the state that it had before it was merged."""
        ...

    def add_evidence(self, staff: Staff, id: str, photos: Sequence[bytes], words: str) -> None:
        """Photos of what was done. Raises BadReport for what is no photo."""
        ...

    def photo(self, staff: Staff, photo_id: str) -> bytes:
        """The JPEG of a photo of a case that they may see. Raises CaseNotFound."""
        ...

    def surroundings(self, staff: Staff, id: str) -> "Surroundings | None":
        """What is near its place now, by the same question as /api/near; None without a place."""
        ...

    def attribution(self, staff: Staff, id: str) -> Attribution:
        """Which factories may have caused it."""
        ...

    def districts(self, staff: Staff) -> Mapping[str, Text]:
        """Those of their cases, by code; of the country their provinces."""
        ...
