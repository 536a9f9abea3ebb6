"""Movements of industrial waste from generator to receiver, as a table in a form of our own.

One row per load, or per sum of loads that one permit covers:

- `id`, the number of the manifest or of the row in the permit (กอ.1);
- `generator` and `receiver`, by factory number, and `transporter`, which is kept and never shown;
- `waste_code` of the edition 2566, as 19 10 03 HM or 191003, and `management_code`, as 042;
- `tonnes`, or `kg`; `moved_on`, `received_on`, `finished_on`, and `extended_to` where the receiver
  gave notice of an extension.

By when the receiver must have finished is reckoned from the clocks of the regime. What the rules
would not allow is kept and marked: hazardous waste by a way for other waste, a load that weighs
more than any.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from layers.cleaning.persons import is_person
from layers.model import (
    FIRST_YEAR,
    BadValue,
    Delivery,
    Format,
    Plausible,
    Record,
    Row,
    Source,
    Text,
    row_by_row,
)
from layers.reference.waste import (
    REGIME_FROM,
    finish_by,
    management_codes,
    split_code,
    waste_codes,
)

_NOT_LISTED = "waste_code is not in the list of 2566"


def _read(record: Record, delivery: Delivery) -> Iterator[Row]:
    moved_on = _moved_on(record, delivery.received_at.date())
    code, hazardous = _waste(record, moved_on)
    management = _management(record)
    days = {name: record.day(name) for name in ("received_on", "finished_on", "extended_to")}
    _check_order(moved_on, days["received_on"], days["finished_on"])
    yield Row(
        "waste_movement",
        {
            "id": record.needed("id"),
            "moved_on": moved_on,
            "generator_ref": record.needed("generator"),
            "transporter": _transporter(record),
            "receiver_ref": record.needed("receiver"),
            "waste_code": code,
            "hazardous": hazardous,
            "management_code": management,
            "tonnes": _tonnes(record),
            "received_on": days["received_on"],
            "finished_on": days["finished_on"],
            "due_on": _due_on(days, hazardous, management),
            "doubts": _doubts(record, hazardous, management),
            "source": SOURCE.name,
        },
    )


def _moved_on(record: Record, today: date) -> date:
    moved_on = record.needed_day("moved_on")
    if moved_on.year < FIRST_YEAR:
        raise BadValue("year is out of range", str(moved_on))
    if moved_on > today + timedelta(days=1):
        raise BadValue("time is in the future", f"{moved_on}, received {today}")
    return moved_on


def _waste(record: Record, moved_on: date) -> tuple[str, bool | None]:
    """The code, and whether it is hazardous: by the list, or of a load of the former regime that is
    not in it by the suffix alone."""
    written = record.needed("waste_code")
    split = split_code(written)
    if split is None:
        raise BadValue("waste_code is not six digits", repr(written))
    code, suffix = split
    known = waste_codes().get(code)
    if known is None:
        if moved_on >= REGIME_FROM:
            raise BadValue(_NOT_LISTED, repr(written))
        record.warn(f"{_NOT_LISTED}: kept, for it was moved before that", repr(written))
        return code, True if suffix else None
    if suffix != known.entry and suffix is not None:
        record.warn("waste_code has another suffix in the list: that of the list counts", written)
    return code, known.hazardous


def _management(record: Record) -> str | None:
    written = record.text("management_code")
    if written is None:
        return None
    code = written.zfill(3)
    if code not in management_codes():
        raise BadValue("management_code is not in the list of 2566", repr(written))
    return code


def _tonnes(record: Record) -> float:
    kilograms = record.number("kg", 0)
    return record.needed_number("tonnes", 0) if kilograms is None else kilograms / 1000


def _transporter(record: Record) -> str | None:
    text = record.text("transporter")
    if text and is_person(text):
        record.warn("transporter names a natural person: left empty")
        return None
    return text


def _check_order(moved_on: date, received_on: date | None, finished_on: date | None) -> None:
    days = [day for day in (moved_on, received_on, finished_on) if day]
    if days != sorted(days):
        raise BadValue("ends before it starts", " to ".join(map(str, days)))


def _due_on(
    days: dict[str, date | None], hazardous: bool | None, management: str | None
) -> date | None:
    """By the clock, or as extended: once, by no more than the clock gave."""
    received_on, extended_to = days["received_on"], days["extended_to"]
    due_on = finish_by(received_on, hazardous, management) if received_on else None
    if received_on is None or due_on is None or extended_to is None:
        return due_on
    return min(max(due_on, extended_to), due_on + (due_on - received_on))


def _doubts(record: Record, hazardous: bool | None, management: str | None) -> tuple[str, ...]:
    if not hazardous or management is None or management_codes()[management].hazardous_too:
        return ()
    record.warn(
        "management_code is for waste that is not hazardous: marked as doubtful", management
    )
    return ("management_not_allowed",)


_SYNONYMS: dict[str, str] = {
    **dict.fromkeys(("เลขที่", "เลขที่ใบกำกับ", "manifest", "manifest_no"), "id"),
    **dict.fromkeys(("ผู้ก่อกำเนิด", "เลขทะเบียนผู้ก่อกำเนิด", "generator_ref"), "generator"),
    **dict.fromkeys(("ผู้ขนส่ง", "transporter_ref"), "transporter"),
    **dict.fromkeys(("ผู้รับกำจัด", "ผู้รับ", "เลขทะเบียนผู้รับ", "receiver_ref"), "receiver"),
    **dict.fromkeys(("รหัสของเสีย", "รหัสกาก", "รหัสสิ่งปฏิกูล"), "waste_code"),
    **dict.fromkeys(("รหัสการจัดการ", "รหัสวิธีกำจัด", "วิธีกำจัด"), "management_code"),
    **dict.fromkeys(("น้ำหนัก (ตัน)", "ตัน", "ปริมาณ (ตัน)"), "tonnes"),
    **dict.fromkeys(("น้ำหนัก (กก.)", "กิโลกรัม"), "kg"),
    **dict.fromkeys(("วันที่ขนส่ง", "วันที่"), "moved_on"),
    **dict.fromkeys(("วันที่รับ", "วันที่รับกำจัด"), "received_on"),
    **dict.fromkeys(("วันที่จัดการแล้วเสร็จ", "วันที่แล้วเสร็จ"), "finished_on"),
    **dict.fromkeys(("ขยายเวลาถึง",), "extended_to"),
}
_NEEDED = frozenset({"id", "moved_on", "generator", "receiver", "waste_code"})
_OPTIONAL = frozenset(
    {"transporter", "management_code", "received_on", "finished_on", "extended_to"}
)

SOURCE = Source(
    name="waste_movements",
    title=Text("การขนย้ายกากอุตสาหกรรม", "Movements of industrial waste"),
    url="https://www.diw.go.th",
    licence="not public; flows between provinces alone are published",
    tables=("waste_movement",),
    formats=(
        Format("csv", _NEEDED | {"tonnes"}, _OPTIONAL | {"kg"}, synonyms=_SYNONYMS),
        Format("csv", _NEEDED | {"kg"}, _OPTIONAL | {"tonnes"}, synonyms=_SYNONYMS),
    ),
    parse=row_by_row(_read),
    key=("id",),
    plausible=(
        Plausible(
            "waste_movement",
            "tonnes",
            0,
            50_000,
            "doubt",
            "more than a year's loads of one permit",
            doubt="tonnes_implausible",
        ),
    ),
)
