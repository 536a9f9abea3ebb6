"""A complaint as it comes in, what is wrong with one, and what its sender is told of it.

Every channel makes a NewComplaint and hands it to an Intake; only that knows the database.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from unicodedata import category

from layers.casework.categories import CATEGORIES
from layers.cleaning.provinces import PROVINCES
from layers.model import Text

FORM, OPEN311, STAFF = "form", "open311", "staff"
CHANNELS = (FORM, OPEN311, STAFF)

MOST_WORDS = 4000
MOST_ADDRESS = 500
MOST_CONTACT = 200
MOST_PHOTOS = 3
MOST_PHOTO_BYTES = 12 * 2**20
CLIENT_ID_LENGTHS = range(8, 257)
STRENGTHS = range(1, 6)
# West, south, east, north of Thailand, and the sea that its boats reach.
_BOUNDS = (97.2, 5.5, 105.75, 20.55)
# Clocks of phones differ a little from ours.
_AHEAD = timedelta(minutes=5)
_LONGEST_AGO = timedelta(days=366)
# Line breaks and tabs are people's; all else that is no letter could hide or reverse text.
_BREAKS = frozenset("\n\r\t")
_HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True)
class Position:
    """Degrees (WGS84); `accuracy_m` as the phone says, None where a finger pointed."""

    lon: float
    lat: float
    accuracy_m: float | None = None


@dataclass(frozen=True)
class Contact:
    """Whom to answer; not verified, and never shown beside the complaint."""

    name: str = ""
    telephone: str = ""
    mail: str = ""


@dataclass(frozen=True)
class NewComplaint:
    """`happened_at` is None where it is as the report is sent, `device_at` by the sender's clock.
    Of an address without a position, `province_code` (TIS 1099) says whose case it is; a resident
    must give it, and what comes by another channel without it waits in the pool of national staff.
    `client_id`
    is the sender's own name for it, which nobody else can guess: sent twice, it is one complaint.
    `photos` are files as they were sent, `further` what a sending system tells beside: it stands in
    the story of the case, for staff alone."""

    channel: str
    category: str
    words: str = ""
    position: Position | None = None
    address: str = ""
    province_code: str | None = None
    happened_at: datetime | None = None
    device_at: datetime | None = None
    strength: int | None = None
    client_id: str | None = None
    contact: Contact | None = None
    photos: tuple[bytes, ...] = ()
    further: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Received:
    """`ticket_id` is 128 random bits in hexadecimal; `code`, by which the sender follows it, is
    kept nowhere but with the sender. `is_new` is False where it had been received before."""

    ticket_id: str
    code: str
    received_at: datetime
    is_new: bool


@dataclass(frozen=True)
class Step:
    """What was done, as the holder of the code may know it: the state it came to, and the words
    that staff wrote for the public."""

    at: datetime
    state: str
    note: str


@dataclass(frozen=True)
class Progress:
    """A complaint as the holder of its code sees it; `steps` from the first."""

    state: str
    category: str | None
    received_at: datetime
    happened_at: datetime | None
    photos: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field, and what to do."""

    field: str
    said: Text


class BadReport(ValueError):
    """A complaint cannot be taken as it is."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{one.field}: {one.said.en}" for one in problems))
        self.problems = problems
        self.parameter = problems[0].field


class ReportNotFound(LookupError):
    """No complaint has this code."""


class Intake(Protocol):
    """Whom channels hand complaints to."""

    def receive(self, new: NewComplaint) -> Received:
        """Kept when this returns, once for one channel and `client_id`. Raises BadReport."""
        ...

    def progress(self, code: str) -> Progress:
        """Raises ReportNotFound."""
        ...

    def contacts_kept(self) -> timedelta | None:
        """How long after a case is closed its contact is; None where contacts are not taken, and a
        report with one is refused."""
        ...


def problems(new: NewComplaint, now: datetime) -> tuple[Problem, ...]:
    """All that is wrong with it, whatever the channel, but for what only PostGIS or a decoder of
    pictures can know."""
    return tuple(Problem(field, said) for field, said in _problems(new, now))


def _problems(new: NewComplaint, now: datetime) -> Iterator[tuple[str, Text]]:
    if new.category not in CATEGORIES:
        yield "category", Text("เลือกเรื่องที่จะแจ้ง", f"choose one of: {', '.join(CATEGORIES)}")
    yield from _place(new)
    yield from _times(new, now)
    if new.strength is not None and new.strength not in STRENGTHS:
        yield "strength", Text("เลือกความแรง 1 ถึง 5", f"choose 1 to 5, got {new.strength}")
    yield from _text("words", new.words, MOST_WORDS)
    contact = new.contact or Contact()
    for field, text in (("name", contact.name), ("telephone", contact.telephone)):
        yield from _text(field, text, MOST_CONTACT)
    yield from _text("mail", contact.mail, MOST_CONTACT)
    if contact.name.strip() and not (contact.telephone.strip() or contact.mail.strip()):
        said = Text(
            "ใส่เบอร์โทรหรืออีเมลด้วย หรือลบชื่อออก", "add a telephone or mail, or leave the name out"
        )
        yield "telephone", said
    if contact.mail and "@" not in contact.mail[1:-1]:
        yield "mail", Text("อีเมลต้องมี @ เช่น name@example.com", "a mail address has an @")
    yield from _photos(new.photos)
    if new.client_id is not None and len(new.client_id) not in CLIENT_ID_LENGTHS:
        least, most = CLIENT_ID_LENGTHS[0], CLIENT_ID_LENGTHS[-1]
        said = Text("เปิดแบบฟอร์มใหม่แล้วส่งอีกครั้ง", f"must have {least} to {most} characters")
        yield "client_id", said


def _place(new: NewComplaint) -> Iterator[tuple[str, Text]]:
    yield from _text("address", new.address, MOST_ADDRESS)
    where = new.position
    if where is None and not new.address.strip():
        yield (
            "place",
            Text(
                "บอกสถานที่: กดปุ่มตำแหน่ง แตะแผนที่ หรือพิมพ์ที่อยู่",
                "say where: use your position, the map, or write the address",
            ),
        )
    elif where is None and new.province_code is None and new.channel == FORM:
        yield "province", WHICH_PROVINCE
    if new.province_code is not None and new.province_code not in PROVINCES:
        yield "province", Text("เลือกจังหวัดจากรายการ", "choose a province of the list")
    west, south, east, north = _BOUNDS
    if where and not (west <= where.lon <= east and south <= where.lat <= north):
        yield "place", OUTSIDE
    if where and where.accuracy_m is not None and not 0 <= where.accuracy_m < 1e7:
        yield "place", Text("ความแม่นยำของตำแหน่งไม่ถูกต้อง", "the accuracy is no distance in metres")


WHICH_PROVINCE = Text(
    "เลือกจังหวัด เพราะไม่มีพิกัด และที่อยู่ไม่ได้บอกจังหวัดไว้ชัดเจน เรื่องจะได้ถึงสำนักงานของจังหวัดนั้น",
    "choose the province: without a position, and with an address that names no one province,"
    " nobody knows whose office is to answer",
)
OUTSIDE = Text(
    "ตำแหน่งอยู่นอกประเทศไทย เลือกตำแหน่งใหม่บนแผนที่ หรือพิมพ์ที่อยู่",
    "the place is not in Thailand: choose it anew on the map, or write the address",
)


def _times(new: NewComplaint, now: datetime) -> Iterator[tuple[str, Text]]:
    if new.happened_at is None:
        return
    if new.happened_at > now + _AHEAD:
        yield (
            "happened_at",
            Text(
                "เวลานี้ยังมาไม่ถึง ใส่วันและเวลาที่ผ่านมาแล้ว (เวลาไทย)",
                "this has not come yet: give a time that has passed (Thai time)",
            ),
        )
    elif new.happened_at < now - _LONGEST_AGO:
        yield (
            "happened_at",
            Text(
                "เกินหนึ่งปีแล้ว ใส่เวลาครั้งล่าสุด หรือเล่าในรายละเอียด",
                "more than a year ago: give the last time, and tell of earlier ones in words",
            ),
        )


def has_hidden(text: str) -> bool:
    """Whether it has control characters or marks of direction, which nobody sees."""
    return any(one in _HIDDEN or (category(one) == "Cc" and one not in _BREAKS) for one in text)


def _text(field: str, text: str, most: int) -> Iterator[tuple[str, Text]]:
    if len(text) > most:
        yield (
            field,
            Text(
                f"ยาวเกินไป {len(text):,} ตัวอักษร ไม่เกิน {most:,}",
                f"{len(text):,} characters are too long: at most {most:,}",
            ),
        )
    if has_hidden(text):
        yield (
            field,
            Text(
                "มีอักขระควบคุมที่มองไม่เห็น ลบแล้วพิมพ์ใหม่",
                "it has control characters, which nobody sees: write it anew",
            ),
        )
    elif any(category(one) == "Cs" for one in text):
        yield field, Text("มีอักขระที่ไม่สมบูรณ์ พิมพ์ใหม่", "it has half a character: write it anew")


def _photos(photos: Sequence[bytes]) -> Iterator[tuple[str, Text]]:
    if len(photos) > MOST_PHOTOS:
        yield (
            "photos",
            Text(
                f"แนบรูปได้ไม่เกิน {MOST_PHOTOS} รูป",
                f"at most {MOST_PHOTOS} photos, got {len(photos)}",
            ),
        )
    for number, photo in enumerate(photos, 1):
        if len(photo) > MOST_PHOTO_BYTES:
            most = MOST_PHOTO_BYTES // 2**20
            yield (
                "photos",
                Text(
                    f"รูปที่ {number} ใหญ่เกิน {most} MB ย่อรูปแล้วแนบใหม่",
                    f"photo {number} has more than {most} MB: make it smaller",
                ),
            )
