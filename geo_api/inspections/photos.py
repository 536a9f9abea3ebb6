"""Photos of a visit, each stored once, however often a phone sends it."""

from uuid import UUID

from psycopg2.errors import ForeignKeyViolation, InsufficientPrivilege

from geo_api.accounts.credentials import as_holder
from geo_api.complaints.photos import PhotoStore, StoredPhoto
from geo_api.database.connections import Transaction, Writes
from geo_api.inspections import inspections_sql as sql
from layers.casework.inspections import InspectionNotFound, NewPhoto, Photo
from layers.casework.staff import Staff

_NOT_FOUND = "there is no inspection {}, or it is not for you"


def add_photo(
    writes: Writes, store: PhotoStore, staff: Staff, inspection: UUID, photo: NewPhoto
) -> Photo:
    """See Inspections. The file is there before the row that names it."""
    with as_holder(writes, staff.credential) as transaction:
        before = _stored(transaction, inspection, photo)
    if before:
        return before
    [kept] = store.keep([photo.file])
    try:
        with as_holder(writes, staff.credential) as transaction:
            is_new = transaction.execute(sql.ADD_PHOTO, _values(staff, inspection, photo, kept))
            stored = _stored(transaction, inspection, photo)
    except (InsufficientPrivilege, ForeignKeyViolation):
        store.remove([kept])
        raise InspectionNotFound(_NOT_FOUND.format(inspection)) from None
    if not is_new:
        store.remove([kept])
    assert stored is not None, "whoever adds a photo sees it"
    return stored


def photo(writes: Writes, store: PhotoStore, staff: Staff, id: str) -> bytes:
    """The JPEG. Raises InspectionNotFound."""
    with as_holder(writes, staff.credential) as transaction:
        found = transaction.fetch(sql.PHOTO, {"photo": id})
    if not found:
        raise InspectionNotFound(f"there is no photo {id!r}, or it is not for you")
    return store.read(id)


def _stored(transaction: Transaction, inspection: UUID, photo: NewPhoto) -> Photo | None:
    values = {"inspection": str(inspection), "client_id": str(photo.client_id)}
    rows = transaction.fetch(sql.STORED_PHOTO, values)
    return Photo(rows[0][0], UUID(rows[0][1]), *rows[0][2:]) if rows else None


def _values(
    staff: Staff, inspection: UUID, photo: NewPhoto, kept: StoredPhoto
) -> dict[str, object]:
    return {
        "id": kept.id,
        "inspection": str(inspection),
        "client_id": str(photo.client_id),
        "item": photo.item,
        "account": staff.account_id,
        "device_at": photo.device_at,
        "width": kept.width,
        "height": kept.height,
        "sha256": kept.sha256,
    }
