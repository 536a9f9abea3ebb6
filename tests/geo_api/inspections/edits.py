"""Makes edits as phones send them, with telling defaults."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from geo_api.complaints.photos import PhotoStore
from geo_api.database.connections import Writes
from geo_api.inspections.inspections import DatabaseInspections
from layers.casework.inspections import CAUSE_FOUND, Content, Edit, Fix

VISITED = datetime(2026, 3, 2, 3, tzinfo=UTC)
HERE = Fix(lon=100.251, lat=13.5512, accuracy_m=8, at=VISITED)
# What the starter checklist requires.
REQUIRED: Mapping[str, Any] = {
    "met": "yes",
    "working": "running",
    "place_agrees": "yes",
    "odour": "clear",
    "smoke_dust": "no",
    "water": "na",
}
FOUND = Content(
    fix=HERE,
    no_fix=None,
    finding=CAUSE_FOUND,
    order_section="s37",
    order_number="สมุทรสาคร 12/2569",
    order_due_on=None,
    notes="กลิ่นจากบ่อพักน้ำเสีย",
    answers=REQUIRED,
)


def asked_of(writes: Writes) -> DatabaseInspections:
    """For tests without photos."""
    return DatabaseInspections(writes, PhotoStore(Path("/nowhere")))


def edit(
    complaint: str | None = "case",
    factory: str | None = None,
    *,
    inspection: UUID | None = None,
    based_on: tuple[UUID, ...] = (),
    **content: Any,
) -> Edit:
    """A finished visit of an inspection of its own; `content` replaces fields of FOUND."""
    return Edit(
        inspection=inspection or uuid4(),
        revision=uuid4(),
        based_on=based_on,
        complaint=complaint,
        factory=factory,
        checklist="starter",
        checklist_version=1,
        started_at=VISITED,
        device_at=VISITED,
        content=replace(FOUND, **content),
    )


def again(before: Edit, **content: Any) -> Edit:
    """A further edit made of one."""
    return replace(
        before,
        revision=uuid4(),
        based_on=(before.revision,),
        content=replace(before.content, **content),
    )
