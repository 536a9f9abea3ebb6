"""Receives complaints of every channel, once each, and tells their senders how they go on."""

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from geo_api.complaints import intake_sql as sql
from geo_api.complaints.photos import PhotoStore, StoredPhoto
from geo_api.complaints.tracking_codes import client_hash, tracking_code, tracking_hash
from geo_api.database.connections import Writes
from layers.casework.intake import (
    OUTSIDE,
    BadReport,
    Contact,
    NewComplaint,
    Problem,
    Progress,
    Received,
    ReportNotFound,
    Step,
    problems,
)
from layers.model import Text

_ID_BYTES = 16
_NO_KEY = Text(
    "ระบบยังรับข้อมูลติดต่อไม่ได้ ลบข้อมูลติดต่อแล้วส่งอีกครั้ง",
    "contacts cannot be taken here yet (FAHSAI_CONTACT_KEYS is not set): leave them out",
)

Seal = Callable[[bytes], bytes]


@dataclass(frozen=True)
class DatabaseIntake:
    """The Intake of the service. `seal` encrypts a contact, which is kept for so long after its
    case is closed; without one none is taken."""

    writes: Writes
    photos: PhotoStore
    now: Callable[[], datetime]
    seal: Seal | None = None
    contact_kept: timedelta = timedelta()

    def receive(self, new: NewComplaint) -> Received:
        """See layers.casework.intake.Intake."""
        return receive(self.writes, new, self.photos, self.now(), self.seal)

    def progress(self, code: str) -> Progress:
        """See layers.casework.intake.Intake."""
        return progress(self.writes, code)

    def contacts_kept(self) -> timedelta | None:
        """See layers.casework.intake.Intake."""
        return self.contact_kept if self.seal else None


def receive(
    writes: Writes,
    new: NewComplaint,
    store: PhotoStore,
    now: datetime,
    seal: Seal | None = None,
) -> Received:
    """See layers.casework.intake.Intake. Files of photos are there before the rows that name them;
    what an interruption leaves without a row, `PhotoStore.sweep` removes."""
    found = problems(new, now)
    if not found and new.contact is not None and seal is None:
        found = (Problem("contact", _NO_KEY),)
    if found:
        raise BadReport(*found)
    client_id = new.client_id or secrets.token_hex(_ID_BYTES)
    code = tracking_code(new.channel, client_id)
    sealed = seal(_contact(new.contact)) if seal and new.contact else None
    photos = store.keep(new.photos)
    values = {
        "report": json.dumps(_report(new, client_id, photos, now), ensure_ascii=False),
        "tracking": tracking_hash(code),
        "sealed": sealed,
    }
    with writes.transaction() as transaction:
        rows = transaction.fetch(sql.RECEIVE, values)
    if not rows:
        store.remove(photos)
        raise BadReport(Problem("place", OUTSIDE))
    [(ticket_id, received_at, is_new)] = rows
    if not is_new:
        store.remove(photos)
    return Received(ticket_id, code, received_at, is_new)


def progress(writes: Writes, code: str) -> Progress:
    """See layers.casework.intake.Intake."""
    tracking = tracking_hash(code)
    rows = []
    if tracking is not None:
        with writes.transaction() as transaction:
            rows = transaction.fetch(sql.TRACK, {"tracking": tracking})
    if not rows:
        raise ReportNotFound("no report has this code: compare it with the one you were given")
    [(state, category, received_at, happened_at, photos, steps)] = rows
    told = (Step(datetime.fromisoformat(s["at"]), s["state"], s["note"]) for s in steps or ())
    return Progress(state, category, received_at, happened_at, photos, tuple(told))


def _contact(contact: Contact) -> bytes:
    """As it is sealed: JSON of what was given."""
    given = {name: text.strip() for name, text in asdict(contact).items() if text.strip()}
    return json.dumps(given, ensure_ascii=False).encode()


def _report(
    new: NewComplaint, client_id: str, photos: tuple[StoredPhoto, ...], now: datetime
) -> dict[str, Any]:
    where = new.position
    happened_at = min(new.happened_at, now) if new.happened_at else None
    return {
        "ticket_id": secrets.token_hex(_ID_BYTES),
        "channel": new.channel,
        "category": new.category,
        "words": _lines(new.words),
        "lon": where and where.lon,
        "lat": where and where.lat,
        "accuracy_m": where and where.accuracy_m,
        "address": _lines(new.address) or None,
        "province_code": new.province_code,
        "happened_at": happened_at and happened_at.isoformat(),
        "device_at": new.device_at and new.device_at.isoformat(),
        "strength": new.strength,
        "client_id": client_hash(client_id),
        "further": dict(new.further),
        "photos": [{**asdict(photo), "sha256": photo.sha256.hex()} for photo in photos],
    }


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
