"""Factories' returns of what they make and use beside energy, by the idea of the i-Single Form: a
table in a form of our own, for the fields of that form are not known to us.

One row per factory, period and item:

- `factory_id` (ours, or the 14-digit number) or `registration_no`, as in the factory register;
- `period`: 2566, 2566H1, 2566Q3, 2566-05, of either era;
- `item`: product, water, waste or workers; `code`: the product, the source of the water, or the
  code of the waste;
- `quantity` and `unit`; `returned_on`, the day on which it was handed in.

A later return of the same is a revision, and both are kept: what was known on a day can be told.
What can hardly be is told with it (geo_api/ingest/functions/return_items.sql), and never changed.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from layers.cleaning.periods import read_period
from layers.cleaning.units import UnknownUnit, kept
from layers.model import (
    BadValue,
    Delivery,
    Format,
    Record,
    Row,
    Source,
    Text,
    row_by_row,
)
from layers.reference.returns import due_on
from layers.reference.waste import split_code

ALL_TOGETHER = "all"
_FIRST_YEAR = 2000
_ITEMS: Mapping[str, tuple[str, ...]] = {
    "product": ("ผลิตภัณฑ์", "ผลผลิต", "สินค้า"),
    "water": ("น้ำ", "น้ำใช้", "การใช้น้ำ"),
    "waste": ("กากอุตสาหกรรม", "ของเสีย", "กาก"),
    "workers": ("คนงาน", "แรงงาน", "จำนวนคนงาน"),
}
_ITEM_OF = {_: item for item, others in _ITEMS.items() for _ in (item, *others)}
# The kinds of units that an item has; a product may have any.
_KINDS = {"water": ("m3",), "waste": ("kg",), "workers": ("person",)}


def _read(record: Record, delivery: Delivery) -> Iterator[Row]:
    item = _ITEM_OF.get(record.needed("item").casefold())
    if item is None:
        raise BadValue("item is not one of those known", f"none of {', '.join(_ITEMS)}")
    first, last = _period(record)
    returned_on = record.needed_day("returned_on")
    if not first <= returned_on <= delivery.received_at.date():
        raise BadValue("returned_on is out of range", f"{returned_on}, of {first} to {last}")
    quantity, unit = record.needed_number("quantity", 0), record.needed("unit")
    try:
        known = kept(quantity, unit, _KINDS.get(item, ()))
    except UnknownUnit as problem:
        raise BadValue(f"unit does not fit {item}", str(problem)) from None
    yield Row(
        "return_item",
        {
            "factory_ref": record.text("factory_id") or record.needed("registration_no"),
            "item": item,
            "code": _code(record, item),
            "period_start": first,
            "period_end": last,
            "returned_on": returned_on,
            "due_on": due_on(item, first, last),
            "quantity": known.quantity,
            "unit": known.unit,
            "given_quantity": quantity,
            "given_unit": unit,
            "source": SOURCE.name,
        },
    )


def _period(record: Record) -> tuple[date, date]:
    written = record.needed("period")
    try:
        first, last = read_period(written)
    except ValueError as problem:
        raise BadValue("period is not a period", str(problem)) from None
    if first.year < _FIRST_YEAR:
        raise BadValue("year is out of range", written)
    return first, last


def _code(record: Record, item: str) -> str:
    """ALL_TOGETHER of workers, and of water whose source is not told."""
    if item == "workers":
        return ALL_TOGETHER
    written = record.text("code") if item == "water" else record.needed("code")
    if item != "waste" or written is None:
        return written or ALL_TOGETHER
    split = split_code(written)
    if split is None:
        raise BadValue("code is not six digits of waste", repr(written))
    return split[0]


_SYNONYMS = {
    **dict.fromkeys(
        ("เลขทะเบียนโรงงาน", "เลขทะเบียน", "ทะเบียนโรงงาน", "DISPFACREG"), "registration_no"
    ),
    **dict.fromkeys(("FID", "เลขทะเบียน 14 หลัก"), "factory_id"),
    **dict.fromkeys(("รอบ", "รอบรายงาน", "งวด", "ช่วงเวลา"), "period"),
    **dict.fromkeys(("รายการ", "ประเภทรายการ"), "item"),
    **dict.fromkeys(("รหัส", "ชื่อผลิตภัณฑ์", "รหัสของเสีย", "แหล่งน้ำ"), "code"),
    **dict.fromkeys(("ปริมาณ", "จำนวน"), "quantity"),
    "หน่วย": "unit",
    **dict.fromkeys(("วันที่รายงาน", "วันที่ส่งรายงาน"), "returned_on"),
}
_COMMON = frozenset({"period", "item", "quantity", "unit", "returned_on"})
_OPTIONAL = frozenset({"factory_id", "registration_no", "code"})

SOURCE = Source(
    name="operation_returns",
    title=Text("รายงานการประกอบกิจการของโรงงาน", "Factories' returns of operation"),
    url="https://www.diw.go.th",
    licence="not public",
    tables=("return_item",),
    formats=(
        Format("csv", _COMMON | {"registration_no"}, _OPTIONAL, synonyms=_SYNONYMS),
        Format("csv", _COMMON | {"factory_id"}, _OPTIONAL, synonyms=_SYNONYMS),
    ),
    parse=row_by_row(_read),
    key=("registration_no", "factory_id", "period", "item", "code", "returned_on"),
)
