"""The simulated work on complaints: cases in every state, each with its story, told by simulated
officers; and the deadlines and the procedure that they keep to, or do not.

Every step passes through the same rules as a real one: what is written here are events.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values

from geo_api.demo import cases_sql as sql

_BACK = timedelta(days=90)
_MOST = 400
_SOURCE = "demo"
# When each step was taken, as a share of the time since the complaint came.
_PACE = (0.06, 0.2, 0.4, 0.6, 0.8)
_RECIPIENT = "เทศบาลเมือง (จำลอง)"
_ORDER = "อก (จำลอง) {number}/2569"

_ACKNOWLEDGE: dict[str, Any] = {"to": "acknowledged", "public_note": "เจ้าหน้าที่รับเรื่องแล้ว"}
_INSPECT: dict[str, Any] = {"to": "inspecting", "why": "นัดตรวจกับโรงงานในพื้นที่"}
_ORDER_ACTION: dict[str, Any] = {
    "to": "action_ordered",
    "why": "ให้ปิดคลุมจุดที่เป็นต้นเหตุ และส่งแผนภายใน 15 วัน",
    "order_number": _ORDER,
}
_RESOLVE: dict[str, Any] = {
    "to": "resolved",
    "why": "ตรวจซ้ำแล้ว ไม่พบเหตุ",
    "public_note": "โรงงานแก้ไขแล้ว เจ้าหน้าที่ตรวจซ้ำแล้ว",
}
# What becomes of cases, in turn, so that even a small world has every state.
PLANS: Sequence[Sequence[dict[str, Any]]] = (
    (),
    (_ACKNOWLEDGE,),
    (_ACKNOWLEDGE, {"assigned": True}, _INSPECT),
    (_ACKNOWLEDGE, {"assigned": True}, _INSPECT, _ORDER_ACTION),
    (_ACKNOWLEDGE, _INSPECT, _ORDER_ACTION, _RESOLVE),
    (_ACKNOWLEDGE, _INSPECT, {"to": "no_cause_found", "why": "ตรวจสองครั้ง ไม่พบกลิ่นหรือฝุ่น"}),
    ({"to": "forwarded", "why": "เป็นกิจการที่ท้องถิ่นดูแล", "recipient": _RECIPIENT},),
    ({"to": "rejected", "why": "ไม่ใช่เรื่องของโรงงาน"},),
    (
        _ACKNOWLEDGE,
        _INSPECT,
        {**_RESOLVE, "order_number": _ORDER},
        {"to": "reopened", "why": "ผู้ร้องแจ้งว่ายังเกิดเหตุ"},
    ),
    (_ACKNOWLEDGE, {"note": "โทรหาผู้ร้องแล้ว เกิดช่วงตีสามถึงหกโมงเช้า"}),
    ({"merged": True},),
    (),
)
_WORDS = {
    "odour": "กลิ่นเหม็นเปรี้ยวตั้งแต่ตีสามถึงเช้า ปิดบ้านแล้วยังได้กลิ่น (ข้อความจำลอง)",
    "dust_smoke": "เขม่าดำตกลงบนผ้าที่ตากและในบ้าน เด็กไอ (ข้อความจำลอง)",
    "noise": "เสียงเครื่องจักรดังทั้งคืน นอนไม่ได้ (ข้อความจำลอง)",
    "chemical_vapour": "แสบจมูกแสบตาเหมือนกลิ่นสารเคมี ช่วงลมเปลี่ยนทิศ (ข้อความจำลอง)",
    "wastewater": "น้ำในคลองเป็นสีดำและมีฟอง ปลาตาย (ข้อความจำลอง)",
    "solid_waste": "มีคนเอากากมาทิ้งข้างทาง มีกลิ่น (ข้อความจำลอง)",
}


@dataclass(frozen=True)
class _Case:
    id: str
    state: str
    province: str
    category: str
    reported_at: datetime


def rules() -> dict[str, pd.DataFrame]:
    """The simulated office's deadlines and procedure, by the staged table."""
    deadlines = [("odour", 360.0), ("chemical_vapour", 240.0), ("*", 720.0)]
    steps = [
        ("รับเรื่อง", "Acknowledge", "received", "acknowledged", 72.0),
        ("ลงตรวจพื้นที่", "Inspect", "acknowledged", "inspecting", 240.0),
        ("สั่งหรือปิดเรื่อง", "Order, or close", "inspecting", "action_ordered", 360.0),
    ]
    return {
        "complaint_deadline": pd.DataFrame(deadlines, columns=["category", "hours"]).assign(
            source=_SOURCE
        ),
        "procedure_step": pd.DataFrame(
            [
                ("จำลอง-1", "*", number, *step, "2020-01-01", _SOURCE)
                for number, step in enumerate(steps, 1)
            ],
            columns=[
                *("version", "category", "step", "title_th", "title_en", "from_state", "to_state"),
                *("target_hours", "valid_from", "source"),
            ],
        ),
    }


def forget(cursor: Cursor) -> None:
    """Deletes the stories of simulated complaints, which nothing else may."""
    cursor.execute(sql.FORGET)


def work(cursor: Cursor, seed: int, until: datetime) -> None:
    """Has simulated officers work on the complaints of the last months, unless they have."""
    cursor.execute(sql.HAS_STORIES)
    if cursor.fetchone() == (True,):
        return
    cursor.execute(sql.CASES, {"since": until - _BACK, "until": until, "most": _MOST})
    cases = [_Case(*row) for row in cursor.fetchall()]
    officers = _officers(cursor, sorted({case.province for case in cases}))
    rng = np.random.default_rng([seed, 14])
    order = rng.permutation(len(cases))
    for turn, at in enumerate(order):
        case = cases[int(at)]
        cursor.execute(sql.SAY, {"id": case.id, "words": _WORDS.get(case.category)})
        plan = PLANS[turn % len(PLANS)]
        events = list(_events(cursor, case, plan, officers[case.province], until, turn))
        # One at a time, as they happened: each is judged by those before it.
        execute_values(cursor, sql.WRITE, events, page_size=1)
        if turn % len(PLANS) == len(PLANS) - 1:
            _mark_spam(cursor, case, officers[case.province])
    cursor.execute(sql.RECUR, {"ids": [case.id for case in cases]})
    cursor.execute(sql.REMIND, {"at": until})


def _officers(cursor: Cursor, provinces: Sequence[str]) -> dict[str, int]:
    """One of each province; nobody has a password, or a link, of theirs."""
    execute_values(
        cursor,
        sql.MAKE_OFFICERS,
        [(f"officer-{code}@demo.example", f"เจ้าหน้าที่จำลอง {code}", code) for code in provinces],
    )
    cursor.execute(sql.OFFICERS)
    return dict(cursor.fetchall())


def _events(
    cursor: Cursor,
    case: _Case,
    plan: Sequence[dict[str, Any]],
    officer: int,
    until: datetime,
    number: int,
) -> Iterator[tuple[Any, ...]]:
    """The events of a plan, from the state that the complaint is in; steps behind it are done."""
    state, passed = case.state, until - case.reported_at
    for step, pace in zip(plan, _PACE, strict=False):
        at = case.reported_at + passed * pace
        if "assigned" in step:
            yield _row(case.id, at, "assigned", None, None, officer, None, {"assignee": officer})
        elif "note" in step:
            yield _row(case.id, at, "note", None, None, officer, step["note"], {})
        elif "merged" in step:
            cursor.execute(sql.ORIGINAL, {"id": case.id})
            found = cursor.fetchone()
            if found:
                detail = {"duplicate_of": found[0]}
                yield _row(case.id, at, "merged", state, "duplicate", officer, "เหตุเดียวกัน", detail)
        elif step["to"] != state:
            told: dict[str, Any] = {
                name: step[name] for name in ("recipient", "public_note") if name in step
            }
            if "order_number" in step:
                told["order_number"] = step["order_number"].format(number=number)
            yield _row(case.id, at, "transition", state, step["to"], officer, step.get("why"), told)
            state = step["to"]


def _mark_spam(cursor: Cursor, case: _Case, officer: int) -> None:
    at = case.reported_at + timedelta(hours=1)
    spam = _row(case.id, at, "spam", None, None, officer, "โฆษณา (จำลอง)", {"is_spam": True})
    execute_values(cursor, sql.WRITE, [spam])


def _row(
    id: str,
    at: datetime,
    kind: str,
    before: str | None,
    after: str | None,
    by: int,
    why: str | None,
    detail: dict[str, Any],
) -> tuple[Any, ...]:
    return id, at, kind, before, after, by, why, json.dumps(detail, ensure_ascii=False)
