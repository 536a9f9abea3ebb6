"""Checklists as they are stored, and whether an edit answers one as it may."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from geo_api.complaints.workflow import is_storable
from geo_api.database.connections import Transaction
from geo_api.inspections import inspections_sql as sql
from layers.casework.inspections import (
    CAUSE_FOUND,
    NO_CAUSE,
    YES_NO_NA,
    Checklist,
    Content,
    Item,
)
from layers.model import Text

MOST_TEXT = 4000
_MOST_PHOTOS = 20
_MOST_NUMBER = 1e15


def checklists(transaction: Transaction, *, withdrawn: bool = False) -> list[Checklist]:
    """Every version there is, the newest of each first; those `withdrawn` too where asked."""
    rows = transaction.fetch(sql.CHECKLISTS, {"withdrawn": withdrawn})
    return [
        Checklist(id, version, Text(th, en), official, source, tuple(map(_item, items)))
        for id, version, th, en, official, source, items in rows
    ]


def wrong(checklist: Checklist, content: Content) -> Text | None:
    """What keeps an edit from being stored, with the remedy; None where nothing does. Whoever says
    that a cause was found, or none, has answered what the checklist requires."""
    items = {item.code: item for item in checklist.items}
    for code, value in content.answers.items():
        if code not in items:
            return Text(
                f"แบบตรวจ {checklist.id} ฉบับ {checklist.version} ไม่มีข้อ {code!r}",
                f"checklist {checklist.id} version {checklist.version} has no item {code!r}",
            )
        if not _fits(items[code], value):
            return _unfit(items[code], repr(value)[:80])
    missing = list(_missing(checklist, content))
    if missing and content.finding in (CAUSE_FOUND, NO_CAUSE):
        return Text(
            "สรุปผลไม่ได้ ยังไม่ได้ตอบข้อ: " + " · ".join(item.text.th for item in missing),
            "a finding needs answers to: " + ", ".join(item.code for item in missing),
        )
    return None


def _missing(checklist: Checklist, content: Content) -> Iterator[Item]:
    for item in checklist.items:
        if item.required and content.answers.get(item.code) in (None, "", []):
            yield item


def _fits(item: Item, value: Any) -> bool:
    match item.kind:
        case "yes_no_na":
            return isinstance(value, str) and value in YES_NO_NA
        case "choice":
            return isinstance(value, str) and value in item.choices
        case "number":
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return is_number and -_MOST_NUMBER < value < _MOST_NUMBER
        case "text":
            return isinstance(value, str) and len(value) <= MOST_TEXT and is_storable(value)
        case _:
            return _are_photos(value)


def _are_photos(value: Any) -> bool:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) > _MOST_PHOTOS:
        return False
    try:
        return all(isinstance(one, str) and UUID(one) for one in value)
    except ValueError:
        return False


def _unfit(item: Item, given: str) -> Text:
    return Text(
        f"คำตอบข้อ “{item.text.th}” ใช้ไม่ได้: {given} ตอบ {_wants(item, 'th')}",
        f"the answer to {item.code} cannot be {given}: give {_wants(item, 'en')}",
    )


def _wants(item: Item, language: str) -> str:
    known: Mapping[str, Text] = YES_NO_NA if item.kind == "yes_no_na" else item.choices
    if known:
        return ", ".join(known)
    thai = {"number": "ตัวเลข", "text": f"ข้อความไม่เกิน {MOST_TEXT} ตัวอักษร"}
    english = {"number": "a number", "text": f"at most {MOST_TEXT} characters"}
    of_photos = Text(f"ภาพไม่เกิน {_MOST_PHOTOS} ภาพ", f"ids of at most {_MOST_PHOTOS} photos")
    return (thai if language == "th" else english).get(item.kind, of_photos[language])


def _item(told: Mapping[str, Any]) -> Item:
    return Item(
        told["code"],
        Text(told["text_th"], told["text_en"]),
        told["kind"],
        told["required"],
        told["unit"],
        told["law"],
        {code: Text(th, en) for code, th, en in told["choices"]},
    )
