"""What a resident typed into the form of a report: read as it was sent, and shown again as it was.

A complaint is made of it by `new_complaint`; what cannot be read is a Problem of its field, beside
those that `layers.casework.intake` finds.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from layers.casework.intake import (
    FORM,
    BadReport,
    Contact,
    NewComplaint,
    Position,
    Problem,
    problems,
)
from layers.cleaning.addresses import province_named
from layers.model import Text
from layers.times import THAI_TIME

# Every field that is typed or chosen; of `HONEYPOT`, which people do not see, nothing is wanted.
HONEYPOT = "website"
FIELDS = (
    *("category", "coordinates", "accuracy", "address", "province", "when", "date", "time"),
    *("strength", "words", "name", "telephone", "mail", "client_id", "device_at", HONEYPOT),
)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_CLIENT_ID = re.compile(r"[0-9A-Za-z-]{16,64}")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*(?:น\.?)?")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_BUDDHIST = 543
_LATITUDES = (-90.0, 90.0)


@dataclass(frozen=True)
class Typed:
    """The form as it was sent: `fields` are texts by name, `photos` files as they came."""

    fields: Mapping[str, str] = field(default_factory=dict)
    photos: Sequence[bytes] = ()

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


def new_complaint(typed: Typed, now: datetime) -> NewComplaint:
    """Raises BadReport with every problem that there is, in the order of the form."""
    found: list[Problem] = []
    if typed[HONEYPOT]:
        found.append(Problem(HONEYPOT, _HONEYPOT))
    address = typed["address"].strip()
    new = NewComplaint(
        channel=FORM,
        category=typed["category"],
        words=typed["words"],
        position=_position(typed, found),
        address=address,
        province_code=typed["province"].strip() or province_named(address),
        happened_at=_happened_at(typed, now, found),
        device_at=_device_at(typed["device_at"]),
        strength=_strength(typed["strength"]),
        client_id=typed["client_id"] if _CLIENT_ID.fullmatch(typed["client_id"]) else None,
        contact=_contact(typed),
        photos=tuple(typed.photos),
    )
    named = {problem.field for problem in found}
    found += [problem for problem in problems(new, now) if problem.field not in named]
    if found:
        raise BadReport(*sorted(found, key=lambda one: _ORDER.get(one.field, len(_ORDER))))
    return new


_ORDER = {
    name: place
    for place, name in enumerate(
        (
            *("category", "place", "address", "province", "happened_at", "strength", "words"),
            *("photos", "contact", "name", "telephone", "mail"),
        )
    )
}
_HONEYPOT = Text(
    "ช่องนี้มีไว้จับโปรแกรมส่งข้อความขยะ ลบให้ว่างแล้วส่งอีกครั้ง",
    "this field is there to catch programs: leave it empty and send again",
)
NO_COORDINATES = Text(
    "อ่านพิกัดไม่ได้ ใส่สองเลข เช่น 13.5990, 100.5998 หรือเว้นว่างแล้วพิมพ์ที่อยู่",
    "these are no coordinates: give two numbers, as 13.5990, 100.5998, or leave them out and write"
    " the address",
)
_NO_DAY = Text(
    "ใส่วันที่เกิดเหตุ เช่น 2569-03-02 หรือเลือก “ตอนนี้”",
    "give the day, as 2026-03-02, or choose “now”",
)
_NO_CLOCK = Text("ใส่เวลาโดยประมาณ เช่น 03:00", "give the time, about, as 03:00")


def _position(typed: Typed, found: list[Problem]) -> Position | None:
    text = typed["coordinates"]
    if not text.strip():
        return None
    place = coordinates_in(text)
    if place is None:
        found.append(Problem("place", NO_COORDINATES))
        return None
    accuracy = _NUMBER.fullmatch(typed["accuracy"].strip())
    return Position(*place, float(accuracy[0]) if accuracy else None)


def coordinates_in(text: str) -> tuple[float, float] | None:
    """Longitude and latitude (degrees, WGS84) of latitude and longitude as maps write them, in
    either order where that is plain; None for what is no two numbers."""
    plain = text.translate(_THAI_DIGITS).strip()
    numbers = [float(number) for number in _NUMBER.findall(plain)]
    rest = re.sub(r"[\s,;()°]+", "", _NUMBER.sub("", plain))
    if len(numbers) != 2 or rest:
        return None
    lat, lon = numbers
    if abs(lat) > _LATITUDES[1] >= abs(lon):
        lat, lon = lon, lat
    return lon, lat


def _happened_at(typed: Typed, now: datetime, found: list[Problem]) -> datetime | None:
    """None for now; the day may be of the Buddhist calendar, the clock is Thailand's."""
    if typed["when"] != "then":
        return None
    day, clock = _day(typed["date"]), _clock(typed["time"])
    if day is None or clock is None:
        found.append(Problem("happened_at", _NO_DAY if day is None else _NO_CLOCK))
        return None
    return datetime.combine(day, clock, THAI_TIME)


def _day(text: str) -> date | None:
    read = _DAY.fullmatch(text.translate(_THAI_DIGITS).strip())
    if not read:
        return None
    year, month, day = (
        int(part) for part in (read[1] or read[6], read[2] or read[5], read[3] or read[4])
    )
    try:
        return date(year - _BUDDHIST if year > 2400 else year, month, day)
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    read = _CLOCK.fullmatch(text.translate(_THAI_DIGITS).strip())
    try:
        return time(int(read[1]), int(read[2])) if read else None
    except ValueError:
        return None


def _device_at(text: str) -> datetime | None:
    """By the sender's clock, which may be wrong by years, but not by centuries."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    # Of an hour that no zone has, PostgreSQL would take none.
    return read.astimezone(UTC) if read.tzinfo and 1970 < read.year < 2200 else None


def _strength(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text) else None


def _contact(typed: Typed) -> Contact | None:
    given = Contact(typed["name"], typed["telephone"], typed["mail"])
    return (
        given if any(text.strip() for text in (given.name, given.telephone, given.mail)) else None
    )
