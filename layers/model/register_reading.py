"""How the rows of a register are read: register_source."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import blake2b
from typing import Any

from layers.cleaning.persons import is_person
from layers.cleaning.provinces import PROVINCES, province_code
from layers.model.record import BadValue, Delivery, Record, Row
from layers.model.register import Attribute, Register
from layers.model.source import Format, Source, row_by_row

# As far as concessions and projects are granted ahead, and events are planned.
_MOST_YEARS_AHEAD = 60
_FIRST_YEAR = 1900
# What an address can carry as it is.
_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")

_WRITTEN = {
    **dict.fromkeys(("รหัส", "เลขที่", "ลำดับ", "ลำดับที่", "no"), "id"),
    **dict.fromkeys(("ชื่อ", "รายการ", "ชื่อรายการ", "name_th"), "name"),
    **dict.fromkeys(("วันที่", "วันที่เริ่ม", "ตั้งแต่วันที่", "เริ่ม", "date"), "starts_on"),
    **dict.fromkeys(("วันที่สิ้นสุด", "ถึงวันที่", "สิ้นสุด", "วันหมดอายุ"), "ends_on"),
    **dict.fromkeys(("จังหวัด", "รหัสจังหวัด", "province"), "province_code"),
    **dict.fromkeys(("เลขทะเบียนโรงงาน", "FID", "registration_no", "factory_id"), "factory_ref"),
    **dict.fromkeys(("latitude", "ละติจูด"), "lat"),
    **dict.fromkeys(("longitude", "lng", "long", "ลองจิจูด"), "lon"),
    **dict.fromkeys(("อ้างอิง", "เอกสารอ้างอิง", "ที่มา", "link", "url"), "reference"),
}
_OF_PLACES = frozenset({"name", "starts_on", "ends_on", "factory_ref", "lat", "lon"})
_OF_ALL = frozenset({"id", "province_code", "reference"})


def register_source(register: Register) -> Source:
    """Reads the register as a table of our own form, or of one that is `mapped`."""

    def read(record: Record, delivery: Delivery) -> Iterator[Row]:
        if _wanted(register, record):
            yield Row(register.table, _values(register, record, delivery.received_at.date()))

    return Source(
        name=register.name,
        title=register.title,
        url=register.url,
        licence=register.licence,
        tables=(register.table,),
        formats=tuple(_formats(register)),
        parse=row_by_row(read),
        key=("id", *register.key),
    )


def _formats(register: Register) -> Iterator[Format]:
    own = {one.field.name for one in register.attributes}
    needed = {one.field.name for one in register.attributes if one.needed}
    known = _OF_ALL | own | (frozenset() if register.areas else _OF_PLACES)
    needed |= {"province_code"} if register.areas else {"name"}
    needed |= {"starts_on"} if register.timed else set()
    position = () if register.areas else ("lon", "lat")
    written = {other: one.field.name for one in register.attributes for other in one.written}
    yield Format(
        "csv",
        frozenset(needed),
        known - needed,
        synonyms={other: name for other, name in _WRITTEN.items() if name in known} | written,
        position=position,
    )
    for theirs in register.mapped:
        yield Format(
            "csv",
            frozenset({theirs.id_column, "name"}),
            (known | theirs.only.keys()) - {"name", "id"},
            ignored=theirs.ignored,
            synonyms=theirs.columns,
            position=position,
        )


def _wanted(register: Register, record: Record) -> bool:
    """Puts what somebody else's table says of all its rows into one of them; whether it is
    wanted."""
    for theirs in register.mapped:
        if theirs.id_column in record.values:
            record.values |= {"id": record.values[theirs.id_column], **theirs.says}
            return all(record.text(name) == value for name, value in theirs.only.items())
    return True


def _values(register: Register, record: Record, today: date) -> dict[str, Any]:
    given: dict[str, Any] = {
        "province_code": _province(record, needed=register.areas),
        "reference": record.text("reference"),
        "source": register.name,
    }
    if not register.areas:
        given |= _place(record, given["province_code"]) | _days(register, record, today)
        given |= {"name": _name(record), "factory_ref": record.text("factory_ref")}
    for one in register.attributes:
        given[one.field.name] = _attribute(one, record)
    return {"id": _id(register, record, given)} | given


def _id(register: Register, record: Record, given: Mapping[str, Any]) -> str:
    """As given, where an address can carry it; or a digest of what the row is known by."""
    written = record.text("id")
    if written and _PLAIN_ID.fullmatch(written):
        return written
    known_by = [written] if written else [str(given.get(name)) for name in register.key]
    return blake2b("\n".join(known_by).encode(), digest_size=9).hexdigest()


def _name(record: Record) -> str:
    name = record.needed("name")
    if is_person(name):
        raise BadValue(
            "name is that of a natural person", "write what it is, or the group it is of"
        )
    return name


def _province(record: Record, *, needed: bool) -> str | None:
    text = record.needed("province_code") if needed else record.text("province_code")
    if text is None:
        return None
    code = text if text in PROVINCES else province_code(text)
    if code is None:
        raise BadValue("province_code names no province", repr(text))
    return code


def _place(record: Record, province: str | None) -> dict[str, Any]:
    if record.text("lat") is None and record.text("lon") is None:
        return {"lon": None, "lat": None}
    place = record.place("lat", "lon", province)
    return {"lon": place.lon, "lat": place.lat}


def _days(register: Register, record: Record, today: date) -> dict[str, Any]:
    if register.timed:
        starts_on: date | None = record.needed_day("starts_on")
    else:
        starts_on = record.lenient(record.day, "starts_on")
    ends_on = record.lenient(record.day, "ends_on")
    for day in filter(None, (starts_on, ends_on)):
        if not _FIRST_YEAR <= day.year <= today.year + _MOST_YEARS_AHEAD:
            raise BadValue("year is out of range", str(day))
    if register.timed and not register.planned and starts_on and starts_on > today:
        raise BadValue("time is in the future", f"{starts_on}, received {today}")
    if starts_on and ends_on and ends_on < starts_on:
        raise BadValue("ends before it starts", f"{starts_on} to {ends_on}")
    return {"starts_on": starts_on, "ends_on": ends_on}


def _attribute(one: Attribute, record: Record) -> Any:
    name = one.field.name
    if one.needed:
        record.needed(name)
        return _READERS[one.kind](one, record)
    return record.lenient(lambda _: _READERS[one.kind](one, record), name)


def _text(one: Attribute, record: Record) -> str | None:
    text = record.text(one.field.name)
    if text is not None and is_person(text):
        raise BadValue(f"{one.field.name} names a natural person")
    return text


def _code(one: Attribute, record: Record) -> str | None:
    text = record.text(one.field.name)
    if text is None:
        return None
    for code, title in one.field.values.items():
        if _bare(text) in map(_bare, (code, title.th, title.en)):
            return code
    if text in one.spelt:
        return one.spelt[text]
    known = ", ".join(one.field.values)
    raise BadValue(f"{one.field.name} is not one of its codes", f"{text!r} is none of {known}")


def _bare(text: str) -> str:
    return "".join(text.split()).replace("_", "").casefold()


def _number(one: Attribute, record: Record) -> float | None:
    return record.number(one.field.name, one.low, one.high)


def _whole(one: Attribute, record: Record) -> int | None:
    return record.whole(one.field.name, one.low, one.high)


def _year(one: Attribute, record: Record) -> int | None:
    year = record.year(one.field.name)
    if year is not None and not one.low <= year <= one.high:
        raise BadValue("year is out of range", str(year))
    return year


_READERS = {
    "text": _text,
    "code": _code,
    "number": _number,
    "whole": _whole,
    "year": _year,
}
