"""Edits as phones send them, stored once each, whenever and however often they come."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC
from typing import Any

from psycopg2.errors import ForeignKeyViolation, InsufficientPrivilege

from geo_api.accounts.credentials import as_holder
from geo_api.complaints.workflow import is_storable
from geo_api.database.connections import Transaction, Writes
from geo_api.inspections import inspections_sql as sql
from geo_api.inspections.checklists import MOST_TEXT, checklists, wrong
from geo_api.inspections.stored import inspections
from layers.casework.inspections import (
    ALREADY_STORED,
    CAUSE_FOUND,
    CONFLICT,
    FINDINGS,
    NO_FIX,
    ORDER_SECTIONS,
    REFUSED,
    STORED,
    Checklist,
    Content,
    Edit,
    Receipt,
)
from layers.casework.staff import ADMIN, NATIONAL, OFFICER, NotAllowed, Staff
from layers.model import Text

_YEARS = range(2001, 2101)
_WORKERS = (OFFICER, NATIONAL, ADMIN)
_NOT_YOURS = Text(
    "ไม่พบเรื่องหรือโรงงานนี้ หรือไม่อยู่ในจังหวัดของคุณ",
    "there is no such case or factory, or it is not in your province",
)
_NO_CHECKLIST = Text(
    "ไม่มีแบบตรวจฉบับนี้ เปิดหน้าตรวจใหม่ขณะมีสัญญาณ",
    "there is no such version of a checklist: open the form again with signal",
)
_BASE_MISSING = Text(
    "ฉบับก่อนหน้ายังมาไม่ถึง ส่งฉบับนั้นก่อน", "it is based on a revision that did not arrive: send that first"
)
_OTHER_CONTENT = Text(
    "เลขฉบับนี้ใช้กับเนื้อหาอื่นแล้ว บันทึกเป็นฉบับใหม่",
    "this revision is stored with other content: save it as a new revision",
)
_OTHER_SUBJECT = Text(
    "เลขการตรวจนี้ใช้กับเรื่องอื่นแล้ว เริ่มการตรวจใหม่",
    "this inspection is of another case, factory or checklist: begin a new one",
)


_NO_FACTORY = Text(
    "ไม่มีโรงงานเลขทะเบียนหรือชื่อนี้ หรือมีหลายแห่งใช้ชื่อนี้ เลือกจากรายการ หรือใส่เลขทะเบียน",
    "no factory has this number or name, or several have the name: choose one of the list, or give"
    " its registration number",
)
_CAUSE_OF_NOTHING = Text(
    "ระบุโรงงานต้นเหตุได้เมื่อผลคือ “พบสาเหตุ” เท่านั้น",
    "a factory is named as the cause only where a cause was found",
)


class _Refused(Exception):
    """Undoes the edit's transaction, and says why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def sync(writes: Writes, staff: Staff, edits: Sequence[Edit]) -> list[Receipt]:
    """What became of each. An edit is a transaction: one that is refused, or a connection that
    breaks, takes nothing from those before it. Raises NotAllowed."""
    if "work" not in staff.scopes or staff.role not in _WORKERS:
        raise NotAllowed("inspections are recorded by officers, national staff and admins")
    with as_holder(writes, staff.credential) as transaction:
        known = {(c.id, c.version): c for c in checklists(transaction, withdrawn=True)}
    return [_receipt(writes, staff, edit, known) for edit in edits]


def _receipt(
    writes: Writes, staff: Staff, edit: Edit, known: Mapping[tuple[str, int], Checklist]
) -> Receipt:
    try:
        why = _unusable(edit, known)
        if why:
            raise _Refused(why)
        with as_holder(writes, staff.credential) as transaction:
            is_new = _store(transaction, staff, edit)
            [stored] = inspections(transaction, id=edit.inspection)
    except _Refused as refusal:
        told = str(edit.inspection), str(edit.revision)
        return Receipt(*told, REFUSED, refusal.why)
    others = tuple(
        one
        for one in stored.revisions
        if stored.in_conflict and one.id in stored.heads and one.id != edit.revision
    )
    contradicts = stored.in_conflict and edit.revision in stored.heads
    status = CONFLICT if contradicts else STORED if is_new else ALREADY_STORED
    return Receipt(str(edit.inspection), str(edit.revision), status, None, stored.heads, others)


def _unusable(edit: Edit, known: Mapping[tuple[str, int], Checklist]) -> Text | None:
    checklist = known.get((edit.checklist, edit.checklist_version))
    if checklist is None:
        return _NO_CHECKLIST
    if edit.complaint is None and edit.factory is None:
        return Text("ไม่ได้บอกว่าเรื่องหรือโรงงานใด", "say which case or factory: complaint or factory")
    if not all(is_storable(id) for id in (edit.complaint, edit.factory) if id is not None):
        return _NOT_YOURS
    times = [edit.started_at, edit.device_at, *([edit.content.fix.at] if edit.content.fix else [])]
    if not all(time.tzinfo and time.year in _YEARS for time in times):
        return Text(
            "เวลาต้องเป็นของศตวรรษนี้และบอกเขตเวลา เช่น 2026-03-02T03:00:00Z",
            "times must be of this century and have a zone, as in 2026-03-02T03:00:00Z",
        )
    due = edit.content.order_due_on
    if due and due.year not in _YEARS:
        return Text(f"order_due_on อ่านไม่ได้: {due}", f"order_due_on is not of this century: {due}")
    if edit.content.cause is not None and edit.content.finding != CAUSE_FOUND:
        return _CAUSE_OF_NOTHING
    unknown = _unknown_word(edit.content)
    if unknown:
        return unknown
    for name, text, most in (
        ("notes", edit.content.notes, MOST_TEXT),
        ("order_number", edit.content.order_number, 100),
        ("cause", edit.content.cause, 300),
    ):
        if text is not None and not (is_storable(text) and 0 < len(text) <= most):
            return Text(
                f"{name} ต้องมี 1 ถึง {most} ตัวอักษร ได้ {len(text)}",
                f"{name} must have 1 to {most} characters, got {len(text)}",
            )
    return wrong(checklist, edit.content)


def _unknown_word(said: Content) -> Text | None:
    for name, value, known in (
        ("finding", said.finding, FINDINGS),
        ("order_section", said.order_section, ORDER_SECTIONS),
        ("no_fix", said.no_fix, NO_FIX),
    ):
        if value is not None and value not in known:
            told = f"{value!r}: {', '.join(known)}"
            return Text(f"{name} ไม่มีค่า {told}", f"{name} cannot be {told}")
    fix = said.fix
    if (fix is None) == (said.no_fix is None):
        return Text("ต้องมี fix หรือ no_fix อย่างใดอย่างหนึ่ง", "give either fix or no_fix")
    is_place = fix is None or (
        abs(fix.lon) <= 180 and abs(fix.lat) <= 90 and 0 <= fix.accuracy_m < math.inf
    )
    if not is_place:
        return Text(f"fix ไม่ใช่ตำแหน่งบนโลก: {fix}", f"fix is no place on earth: {fix}")
    return None


def _store(transaction: Transaction, staff: Staff, edit: Edit) -> bool:
    """Whether it is new. Raises _Refused."""
    digest = _digest(edit)
    try:
        values = _values(edit, staff, digest) | {"cause": _cause(transaction, edit)}
        if transaction.fetch(sql.BEGUN, values) == []:
            transaction.execute(sql.BEGIN_INSPECTION, values)
        begun = transaction.fetch(sql.BEGUN, values)
        if not begun:  # another's, of which nothing is told
            raise _Refused(_NOT_YOURS)
        subject = (edit.complaint, edit.factory, edit.checklist, edit.checklist_version)
        if begun[0] != subject:
            raise _Refused(_OTHER_SUBJECT)
        [(bases,)] = transaction.fetch(sql.KNOWN_BASES, values)
        if bases != len(set(edit.based_on)):
            raise _Refused(_BASE_MISSING)
        if transaction.execute(sql.ADD_REVISION, values):
            transaction.execute(sql.ADD_ANSWERS, values)
            return True
    except (InsufficientPrivilege, ForeignKeyViolation):
        raise _Refused(_NOT_YOURS) from None
    stored = transaction.fetch(sql.STORED_CONTENT, values)
    if [(of, bytes(content)) for of, content in stored] != [(str(edit.inspection), digest)]:
        raise _Refused(_OTHER_CONTENT)
    return False


def _cause(transaction: Transaction, edit: Edit) -> str | None:
    """The id of the factory that is named as the cause. Raises _Refused."""
    if edit.content.cause is None:
        return None
    found = transaction.fetch(sql.FACTORY_NAMED, {"cause": edit.content.cause})
    if len(found) != 1:
        raise _Refused(_NO_FACTORY)
    [(id,)] = found
    return str(id)


def _values(edit: Edit, staff: Staff, digest: bytes) -> dict[str, Any]:
    fix = edit.content.fix
    return {
        "inspection": str(edit.inspection),
        "revision": str(edit.revision),
        "based_on": [str(base) for base in dict.fromkeys(edit.based_on)],
        "complaint": edit.complaint,
        "factory": edit.factory,
        "checklist": edit.checklist,
        "version": edit.checklist_version,
        "account": staff.account_id,
        "device_at": edit.device_at.astimezone(UTC),  # of an offset that PostgreSQL may not take
        "started_at": edit.started_at.astimezone(UTC),
        "lon": fix and fix.lon,
        "lat": fix and fix.lat,
        "accuracy_m": fix and fix.accuracy_m,
        "fixed_at": fix and fix.at.astimezone(UTC),
        "no_fix": edit.content.no_fix,
        "finding": edit.content.finding,
        "order_section": edit.content.order_section,
        "order_number": edit.content.order_number,
        "order_due_on": edit.content.order_due_on,
        "notes": edit.content.notes,
        "content_sha256": digest,
        "answers": json.dumps(dict(edit.content.answers), ensure_ascii=False),
    }


def _digest(edit: Edit) -> bytes:
    """Of all that was sent: sent twice it is the same."""
    sent = asdict(edit)
    # As phones sent it before a cause could be named.
    if edit.content.cause is None:
        del sent["content"]["cause"]
    text = json.dumps(sent, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
