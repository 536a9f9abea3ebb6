"""The states of a complaint and the transitions between them, of which there is one declaration.

It is `seeds/complaint_transition.csv`: read here for what people are offered and told, and loaded
into the table of its name, by which PostgreSQL refuses every other transition.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from layers.model import Text

RECEIVED, DUPLICATE, REOPENED = "received", "duplicate", "reopened"
STATES = {
    RECEIVED: Text("รับเรื่องเข้าระบบ", "Received"),
    "acknowledged": Text("รับดำเนินการ", "Acknowledged"),
    "inspecting": Text("กำลังตรวจสอบ", "Inspecting"),
    "action_ordered": Text("สั่งให้แก้ไข", "Action ordered"),
    "resolved": Text("แก้ไขแล้ว", "Resolved"),
    "no_cause_found": Text("ไม่พบสาเหตุ", "No cause found"),
    "forwarded": Text("ส่งต่อหน่วยงานอื่น", "Forwarded"),
    DUPLICATE: Text("เรื่องซ้ำ", "Duplicate"),
    "rejected": Text("ไม่รับเรื่อง", "Rejected"),
    REOPENED: Text("เปิดเรื่องใหม่", "Reopened"),
}
SOURCE = "source"  # who moves an imported complaint, beside the roles of accounts
REASON, RECIPIENT, ORIGINAL = "reason", "recipient", "original"
EVIDENCE, UNDO = "evidence", "undo"
ASSIGNEE, CATEGORY, PLACE = "assignee", "category", "place"  # of other steps than transitions
REQUIREMENTS = {
    REASON: Text("เหตุผล", "a reason"),
    RECIPIENT: Text("หน่วยงานที่รับเรื่องต่อ", "the office it is forwarded to"),
    ORIGINAL: Text(
        "เรื่องเดิม ซึ่งต้องเป็นอีกเรื่องหนึ่งที่ไม่ได้ถูกรวมไว้กับเรื่องอื่น และไม่ได้ปิดไปก่อนที่จะแจ้งเรื่องนี้"
        " ทั้งต้องไม่มีเรื่องอื่นรวมอยู่ในเรื่องนี้",
        "the original: another complaint, itself no duplicate and not closed before this one was"
        " reported, while none was merged into this one",
    ),
    EVIDENCE: Text(
        "หลักฐาน คือผลการตรวจที่มีข้อค้นพบ ภาพถ่ายการแก้ไข หรือเลขที่คำสั่ง",
        "evidence: an inspection with a finding, a photo of what was done, or an order number",
    ),
    UNDO: Text("สถานะก่อนรวมเรื่อง", "the state that it had before it was merged"),
    ASSIGNEE: Text(
        "ผู้รับผิดชอบซึ่งทำงานกับเรื่องในจังหวัดนี้", "somebody who works on complaints of this province"
    ),
    CATEGORY: Text("ประเภทเรื่องที่มีในรายการ", "a category of the list"),
    PLACE: Text(
        "พื้นที่ในรายการ หรือพิกัดในประเทศไทย ถ้าเรื่องมีพิกัดอยู่แล้ว พื้นที่ต้องตรงกับพิกัดนั้น",
        "an area of the list, or coordinates in Thailand; of a complaint that has a position, the"
        " area that holds it",
    ),
}
_SEED = Path(__file__).parent / "seeds" / "complaint_transition.csv"


@dataclass(frozen=True)
class Transition:
    """`roles` are of accounts, or SOURCE, whom no requirement binds; `requires` are of
    REQUIREMENTS; `closes` whether it leads to an end."""

    from_state: str
    to_state: str
    roles: tuple[str, ...]
    requires: tuple[str, ...]
    closes: bool


@cache
def transitions() -> tuple[Transition, ...]:
    """As declared, in order."""
    with _SEED.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Transition(
                row["from_state"],
                row["to_state"],
                _listed(row["roles"]),
                _listed(row["requires"]),
                row["closes"] == "true",
            )
            for row in csv.DictReader(stream)
        )


def _listed(array: str) -> tuple[str, ...]:
    """The elements of an array as PostgreSQL writes it."""
    return tuple(one for one in array.strip("{}").split(",") if one)


@cache
def closed_states() -> frozenset[str]:
    """Those that are ends."""
    return frozenset(one.to_state for one in transitions() if one.closes)


def open_states() -> tuple[str, ...]:
    """Those in which something is still to be done, in the order of the work."""
    return tuple(state for state in STATES if state not in closed_states())


def transition_between(from_state: str, to_state: str) -> Transition | None:
    """None where none is declared."""
    pairs = {(one.from_state, one.to_state): one for one in transitions()}
    return pairs.get((from_state, to_state))


def transitions_from(state: str, role: str) -> tuple[Transition, ...]:
    """Those that the role may make, but for merging and its undoing, which are steps of their
    own."""
    return tuple(
        one
        for one in transitions()
        if one.from_state == state
        and role in one.roles
        and DUPLICATE not in (one.from_state, one.to_state)
    )
