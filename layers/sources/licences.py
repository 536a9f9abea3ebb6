"""Factories' licences and the payment of their annual fees, as tables in forms of our own.

- licences: factory number, `licence_no`, `kind`, `status`, `issued_on`, `expires_on` as given:
  since 27 October 2019 licences do not expire, and none is reckoned to;
- fees: factory number, `fee_year` of either era, `due_on` and `paid_on` as given, `state`.

Neither is public: what the register says of a factory is.
"""

from collections.abc import Iterator, Mapping

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

_KINDS: Mapping[str, tuple[str, ...]] = {
    "operating": ("ใบอนุญาตประกอบกิจการ", "ประกอบกิจการ", "ร.ง.4", "รง.4"),
    "notification": ("ใบรับแจ้ง", "ใบรับแจ้งการประกอบกิจการ"),
    "expansion": ("ขยายโรงงาน", "ใบอนุญาตขยายโรงงาน"),
    "other": ("อื่น ๆ", "อื่นๆ"),
}
_STATUSES: Mapping[str, tuple[str, ...]] = {
    "valid": ("มีผล", "ปกติ", "ใช้ได้"),
    "suspended": ("พักใช้",),
    "revoked": ("เพิกถอน",),
    "ended": ("สิ้นสุด", "เลิก", "ยกเลิก"),
}
_STATES: Mapping[str, tuple[str, ...]] = {
    "paid": ("ชำระแล้ว", "จ่ายแล้ว"),
    "unpaid": ("ค้างชำระ", "ยังไม่ชำระ"),
    "exempt": ("ยกเว้น", "ได้รับยกเว้น"),
}


def _read(record: Record, delivery: Delivery) -> Iterator[Row]:
    factory = record.text("factory_id") or record.needed("registration_no")
    if "fee_year" in record.values:
        yield _fee(record, factory, delivery.received_at.year)
    else:
        yield _licence(record, factory)


def _licence(record: Record, factory: str) -> Row:
    issued_on, expires_on = record.day("issued_on"), record.day("expires_on")
    if issued_on and expires_on and expires_on < issued_on:
        raise BadValue("expires before it was issued", f"{issued_on} to {expires_on}")
    return Row(
        "licence",
        {
            "factory_ref": factory,
            "licence_no": record.needed("licence_no"),
            "kind": _code(record, "kind", _KINDS),
            "status": _code(record, "status", _STATUSES),
            "issued_on": issued_on,
            "expires_on": expires_on,
            "source": SOURCE.name,
        },
    )


def _fee(record: Record, factory: str, this_year: int) -> Row:
    year = record.year("fee_year")
    if year is None or not FIRST_YEAR <= year <= this_year + 1:
        raise BadValue("year is out of range", repr(record.needed("fee_year")))
    paid_on, state = record.day("paid_on"), _code(record, "state", _STATES)
    if paid_on and state == "unpaid":
        raise BadValue("state is not that of a fee with a day of payment", str(paid_on))
    return Row(
        "annual_fee",
        {
            "factory_ref": factory,
            "fee_year": year,
            "due_on": record.day("due_on"),
            "paid_on": paid_on,
            "state": state,
            "source": SOURCE.name,
        },
    )


def _code(record: Record, name: str, codes: Mapping[str, tuple[str, ...]]) -> str:
    written = record.needed(name)
    for code, others in codes.items():
        if written.casefold() in (code, *others):
            return code
    raise BadValue(f"{name} is not one of its codes", f"{written!r} is none of {', '.join(codes)}")


_SYNONYMS = {
    **dict.fromkeys(
        ("เลขทะเบียนโรงงาน", "เลขทะเบียน", "ทะเบียนโรงงาน", "DISPFACREG"), "registration_no"
    ),
    **dict.fromkeys(("FID", "เลขทะเบียน 14 หลัก"), "factory_id"),
    **dict.fromkeys(("เลขที่ใบอนุญาต", "ใบอนุญาตเลขที่"), "licence_no"),
    **dict.fromkeys(("ประเภทใบอนุญาต", "ประเภท"), "kind"),
    **dict.fromkeys(("วันที่ออก", "วันที่อนุญาต"), "issued_on"),
    **dict.fromkeys(("วันหมดอายุ", "วันที่หมดอายุ"), "expires_on"),
    **dict.fromkeys(("ปีค่าธรรมเนียม", "ค่าธรรมเนียมปี", "ปี"), "fee_year"),
    **dict.fromkeys(("วันครบกำหนด", "กำหนดชำระ"), "due_on"),
    **dict.fromkeys(("วันที่ชำระ",), "paid_on"),
}
_LICENCE = _SYNONYMS | {"สถานะ": "status", "สถานะใบอนุญาต": "status"}
_FEE = _SYNONYMS | {"สถานะ": "state", "สถานะการชำระ": "state"}
_FACTORY = frozenset({"factory_id", "registration_no"})


def _formats() -> Iterator[Format]:
    licence, fee = frozenset({"licence_no", "kind", "status"}), frozenset({"fee_year", "state"})
    for number in sorted(_FACTORY):
        other = _FACTORY - {number}
        days = frozenset({"issued_on", "expires_on"})
        yield Format("csv", licence | {number}, other | days, synonyms=_LICENCE)
        yield Format("csv", fee | {number}, other | {"due_on", "paid_on"}, synonyms=_FEE)


SOURCE = Source(
    name="licences",
    title=Text("ใบอนุญาตและค่าธรรมเนียมรายปี", "Licences and annual fees"),
    url="https://www.diw.go.th",
    licence="not public",
    tables=("licence", "annual_fee"),
    formats=tuple(_formats()),
    parse=row_by_row(_read),
    key=("registration_no", "factory_id", "licence_no", "fee_year"),
)
