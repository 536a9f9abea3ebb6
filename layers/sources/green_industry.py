"""Green Industry certificates, as CSV in a form of our own: no public list of them is known.

One row per certificate, in UTF-8:

- `factory_id` (ours, or the 14-digit number) or `registration_no`, as in the factory register;
- `level`: 1 Commitment, 2 Activity, 3 System, 4 Culture, 5 Network;
- `issued_on`, `expires_on`: 2023-05-01, 2566-05-01, 01/05/2566 or 1 พ.ค. 2566; the second is
  optional and never reckoned, since how long a certificate holds is not known to us;
- `certificate_no`, optional.

A factory has at most one certificate per day of issue: a later row for the same day corrects it. A
certificate whose factory is not in the register is kept, and shown once the factory is there.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from layers.model import (
    FIRST_YEAR,
    BadValue,
    Delivery,
    Format,
    Record,
    Row,
    Source,
    Text,
    row_by_row,
)

# Certificates hold for three years, the highest levels for five.
_MOST_YEARS = 10
_LEVEL = re.compile(r"(?:ระดับ(?:ที่)?|level|GI)?[\s:.-]*([1-5๑-๕])(?:\.0*)?", re.IGNORECASE)
_COMMON = frozenset({"level", "issued_on"})
_OPTIONAL = frozenset({"factory_id", "registration_no", "expires_on", "certificate_no"})
_SYNONYMS = {
    **dict.fromkeys(
        ("เลขทะเบียนโรงงาน", "เลขทะเบียน", "ทะเบียนโรงงาน", "DISPFACREG"), "registration_no"
    ),
    **dict.fromkeys(("FID", "เลขทะเบียน 14 หลัก", "เลขทะเบียนโรงงาน 14 หลัก"), "factory_id"),
    **dict.fromkeys(("ระดับ", "ระดับที่"), "level"),
    **dict.fromkeys(("วันที่ออก", "วันที่ได้รับ", "วันที่ได้รับการรับรอง", "วันออกใบรับรอง"), "issued_on"),
    **dict.fromkeys(("วันหมดอายุ", "วันที่หมดอายุ", "หมดอายุ"), "expires_on"),
    **dict.fromkeys(("เลขที่ใบรับรอง", "ใบรับรองเลขที่"), "certificate_no"),
}


def _read(record: Record, delivery: Delivery) -> Iterator[Row]:
    factory = record.identifier("factory_id") or record.needed_identifier("registration_no")
    issued_on, expires_on = record.needed_day("issued_on"), record.day("expires_on")
    if not FIRST_YEAR <= issued_on.year <= delivery.received_at.year + 1:
        raise BadValue("year of issue is out of range", str(issued_on))
    if expires_on and expires_on < issued_on:
        raise BadValue("expires before it was issued", f"{issued_on} to {expires_on}")
    doubtful = _doubtful(record, issued_on, expires_on, delivery.received_at.date())
    yield Row(
        "green_certificate",
        {
            "factory_ref": factory,
            "certificate_no": record.text("certificate_no"),
            "level": _level(record),
            "issued_on": issued_on,
            "expires_on": expires_on,
            "doubts": ("date_implausible",) if doubtful else (),
            "source": SOURCE.name,
        },
    )


def _doubtful(record: Record, issued_on: date, expires_on: date | None, today: date) -> bool:
    """Whether it is issued in the future, or holds for longer than any certificate does."""
    doubtful = issued_on > today + timedelta(days=1)
    if expires_on is not None and expires_on.year > issued_on.year + _MOST_YEARS:
        doubtful = True
    if doubtful:
        record.warn("date is implausible: marked as doubtful", f"{issued_on} to {expires_on}")
    return doubtful


def _level(record: Record) -> int:
    """Of 3, ๓, "ระดับ 3", "Level 3" or "GI3"."""
    written = record.needed("level")
    found = _LEVEL.fullmatch(written)
    if not found:
        raise BadValue("level is not 1 to 5", repr(written))
    return int(found[1])


SOURCE = Source(
    name="green_industry",
    title=Text("ใบรับรองอุตสาหกรรมสีเขียว", "Green Industry certificates"),
    url="https://greenindustry.diw.go.th",
    licence="not stated by the provider",
    tables=("green_certificate",),
    formats=(
        Format("csv", _COMMON | {"registration_no"}, _OPTIONAL, synonyms=_SYNONYMS),
        Format("csv", _COMMON | {"factory_id"}, _OPTIONAL, synonyms=_SYNONYMS),
    ),
    parse=row_by_row(_read),
    key=("registration_no", "factory_id", "issued_on"),
)
