"""Inspections as pages and routes speak of them: checklists, edits that phones send, what became of
them, and the work list of a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from layers.casework.staff import Staff
from layers.model import Text

CAUSE_FOUND, NO_CAUSE, NOT_ACCESSIBLE = "cause_found", "no_cause", "not_accessible"
FINDINGS: Mapping[str, Text] = {
    CAUSE_FOUND: Text("พบสาเหตุ", "Cause found"),
    NO_CAUSE: Text("ไม่พบสาเหตุ", "No cause found"),
    NOT_ACCESSIBLE: Text("เข้าตรวจไม่ได้", "Could not get in"),
}
# Sections of the Factory Act B.E. 2535 under which orders are given (Royal Gazette 140/126).
ORDER_SECTIONS: Mapping[str, Text] = {
    "s37": Text("มาตรา 37", "Section 37"),
    "s39": Text("มาตรา 39", "Section 39"),
    "other": Text("อื่น ๆ", "Other"),
}
# Why a phone gave no place.
NO_FIX = ("refused", "unavailable", "slow", "not_asked")
YES_NO_NA: Mapping[str, Text] = {
    "yes": Text("ใช่", "Yes"),
    "no": Text("ไม่ใช่", "No"),
    "na": Text("ไม่เกี่ยวข้อง", "Does not apply"),
}
STORED, ALREADY_STORED, CONFLICT, REFUSED = "stored", "already_stored", "conflict", "refused"


@dataclass(frozen=True)
class Item:
    """One thing to look at. `kind` is yes_no_na, number (which has a `unit`), choice (which has
    `choices` by code), text or photo; `law` a provision, where one is verified."""

    code: str
    text: Text
    kind: str
    required: bool
    unit: str | None = None
    law: str | None = None
    choices: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Checklist:
    """One version of a list of items in their order. `official`: an authority issued this text."""

    id: str
    version: int
    title: Text
    official: bool
    source: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Fix:
    """A place as the phone measured it, WGS84, at `at` by its clock (UTC)."""

    lon: float
    lat: float
    accuracy_m: float
    at: datetime


@dataclass(frozen=True)
class Content:
    """What one edit says. Without a `fix`, `no_fix` says why: refused, unavailable, slow or
    not_asked. `answers` by code: a string, a number, or for photos the ids that the phone gave.
    `cause` is the factory found to be the cause: as it is sent its registration number or its whole
    name, as it is stored its id."""

    fix: Fix | None
    no_fix: str | None
    finding: str | None
    order_section: str | None
    order_number: str | None
    order_due_on: date | None
    notes: str | None
    answers: Mapping[str, Any]
    cause: str | None = None


@dataclass(frozen=True)
class Edit:
    """As a phone sends it. `inspection` and `revision` are ids that the phone made, `based_on` the
    revisions it was made of; `started_at` and `device_at` (saved) are of its clock, UTC."""

    inspection: UUID
    revision: UUID
    based_on: tuple[UUID, ...]
    complaint: str | None
    factory: str | None
    checklist: str
    checklist_version: int
    started_at: datetime
    device_at: datetime
    content: Content


@dataclass(frozen=True)
class Revision:
    """An edit that is stored. `distance_m` is from its fix to the factory's point in the register,
    `registered_precision` how that point is known."""

    id: UUID
    based_on: tuple[UUID, ...]
    account_id: int
    by: str
    started_at: datetime
    device_at: datetime
    received_at: datetime
    content: Content
    distance_m: float | None
    registered_precision: str | None


@dataclass(frozen=True)
class Photo:
    """`client_id` is the id that the phone gave."""

    id: str
    client_id: UUID
    item: str | None
    device_at: datetime
    width: int
    height: int


@dataclass(frozen=True)
class NewPhoto:
    """A photo as a phone sends it, by the id that it gave; `item` is what it belongs to."""

    client_id: UUID
    item: str | None
    device_at: datetime
    file: bytes


@dataclass(frozen=True)
class Inspection:
    """With every edit, oldest first. `standing` is the one that counts; `heads` those that no other
    was made of: more than one contradict each other. `names` are those of the factories that were
    found to be the cause, by id."""

    id: UUID
    complaint: str | None
    factory: str | None
    checklist: str
    checklist_version: int
    standing: UUID
    heads: tuple[UUID, ...]
    revisions: tuple[Revision, ...]
    photos: tuple[Photo, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_conflict(self) -> bool:
        """Whether edits wait for somebody to choose."""
        return len(self.heads) > 1


@dataclass(frozen=True)
class Receipt:
    """What became of an edit: STORED, ALREADY_STORED, CONFLICT (stored, beside `others`) or, for
    the reason `why`, REFUSED; it then stays with the phone."""

    inspection: str
    revision: str
    status: str
    why: Text | None = None
    heads: tuple[UUID, ...] = ()
    others: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class NearFactory:
    """One that may be the cause; `id` is its number in the register."""

    id: str
    name: str
    distance_m: float


@dataclass(frozen=True)
class Target:
    """What is inspected: a case, a factory, or a factory because of a case. `near` are the
    factories around it, of which one may be the cause."""

    complaint: str | None
    factory: str | None
    category: str | None
    factory_name: str | None
    address: str | None
    lon: float | None
    lat: float | None
    received_at: datetime | None
    near: tuple[NearFactory, ...] = ()


@dataclass(frozen=True)
class Checklists:
    """The newest version of each first."""

    checklists: tuple[Checklist, ...]


@dataclass(frozen=True)
class Visits:
    """The newest first."""

    inspections: tuple[Inspection, ...]


@dataclass(frozen=True)
class Receipts:
    """In the order in which the edits were sent."""

    receipts: tuple[Receipt, ...]


class InspectionNotFound(LookupError):
    """There is none with this id, or none that who is signed in may see."""


class TargetNotFound(LookupError):
    """There is no such case or factory, or none that who is signed in may see."""


class Inspections(Protocol):
    """Who is asked. Each sees what the credential of `staff` opens."""

    def checklists(self, staff: Staff, *, withdrawn: bool = False) -> Sequence[Checklist]:
        """Every version that is not withdrawn, or every one; the newest of each first."""
        ...

    def sync(self, staff: Staff, edits: Sequence[Edit]) -> Sequence[Receipt]:
        """Stores each by itself, in the order given: the same edits again change nothing. Raises
        NotAllowed for who may not work on cases."""
        ...

    def inspection(self, staff: Staff, id: UUID) -> Inspection:
        """Raises InspectionNotFound."""
        ...

    def inspections_of(
        self, staff: Staff, *, complaint: str | None = None, factory: str | None = None
    ) -> Sequence[Inspection]:
        """Of a case, of a factory or of all, the newest visit first; 200 at most."""
        ...

    def add_photo(self, staff: Staff, id: UUID, photo: NewPhoto) -> Photo:
        """Sent again, it is the one that there is. Raises InspectionNotFound, and BadReport for
        what is no picture."""
        ...

    def photo(self, staff: Staff, id: str) -> bytes:
        """The JPEG. Raises InspectionNotFound."""
        ...

    def target(self, staff: Staff, *, complaint: str | None, factory: str | None) -> Target:
        """Raises TargetNotFound."""
        ...
