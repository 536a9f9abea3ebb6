"""Whom pages and routes ask about inspections: the database, as staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from geo_api.accounts.credentials import as_holder
from geo_api.complaints.photos import PhotoStore
from geo_api.database.connections import Writes
from geo_api.inspections import inspections_sql as sql
from geo_api.inspections import photos
from geo_api.inspections.checklists import checklists
from geo_api.inspections.stored import inspections
from geo_api.inspections.sync import sync
from layers.casework.inspections import (
    Checklist,
    Edit,
    Inspection,
    InspectionNotFound,
    NearFactory,
    NewPhoto,
    Photo,
    Receipt,
    Target,
    TargetNotFound,
)
from layers.casework.staff import Staff, require_reader


@dataclass(frozen=True)
class DatabaseInspections:
    """See layers.casework.inspections.Inspections; `writes` are those of staff."""

    writes: Writes
    store: PhotoStore

    def checklists(self, staff: Staff, *, withdrawn: bool = False) -> Sequence[Checklist]:
        """See Inspections."""
        with as_holder(self.writes, staff.credential) as transaction:
            return checklists(transaction, withdrawn=withdrawn)

    def sync(self, staff: Staff, edits: Sequence[Edit]) -> Sequence[Receipt]:
        """See Inspections."""
        return sync(self.writes, staff, edits)

    def inspection(self, staff: Staff, id: UUID) -> Inspection:
        """See Inspections."""
        with as_holder(self.writes, staff.credential) as transaction:
            found = inspections(transaction, id=id)
        if not found:
            raise InspectionNotFound(f"there is no inspection {id}, or it is not for you")
        return found[0]

    def inspections_of(
        self, staff: Staff, *, complaint: str | None = None, factory: str | None = None
    ) -> Sequence[Inspection]:
        """See Inspections."""
        require_reader(staff)
        with as_holder(self.writes, staff.credential) as transaction:
            return inspections(transaction, complaint=complaint, factory=factory)

    def add_photo(self, staff: Staff, id: UUID, photo: NewPhoto) -> Photo:
        """See Inspections."""
        return photos.add_photo(self.writes, self.store, staff, id, photo)

    def photo(self, staff: Staff, id: str) -> bytes:
        """See Inspections."""
        return photos.photo(self.writes, self.store, staff, id)

    def target(self, staff: Staff, *, complaint: str | None, factory: str | None) -> Target:
        """See Inspections."""
        with as_holder(self.writes, staff.credential) as transaction:
            values = {"complaint": complaint, "factory": factory}
            cases = transaction.fetch(sql.CASE, values) if complaint is not None else [()]
            works = transaction.fetch(sql.FACTORY, values) if factory is not None else [()]
        if not cases or not works:
            raise TargetNotFound("there is no such case or factory, or it is not for you")
        category, address, *spot, received_at = cases[0] or (None,) * 5
        name, *known = works[0] or (None, *spot)
        lon, lat = known
        near = self._near(staff, lon, lat) if lon is not None else ()
        return Target(complaint, factory, category, name, address, lon, lat, received_at, near)

    def _near(self, staff: Staff, lon: float, lat: float) -> tuple[NearFactory, ...]:
        with as_holder(self.writes, staff.credential) as transaction:
            found = transaction.fetch(sql.NEAR_FACTORIES, {"lon": lon, "lat": lat})
        return tuple(NearFactory(*row) for row in found)
