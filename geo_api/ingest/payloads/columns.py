"""Which columns of a file are which of a source's, and what is said of those that are none."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geo_api.ingest.payloads.refusals import Unfitting, described, names, needed
from layers.cleaning.text import normalise
from layers.model import Format
from layers.sources import sources

_PASSED_OVER = re.compile(r"[\s_.\-/()]+")
_PARENTHESES = re.compile(r"(.+?)\s*[(\[](.+?)[)\]]\s*")
# Columns that number rows, and say nothing.
_ROW_NUMBERS = frozenset(
    {"ลำดับ", "ลำดับที่", "ที่", "no", "no.", "#", "index", "unnamed: 0", "_id", "ogc_fid"}
)
# An incomplete format counts before a complete one that knows far fewer of the columns.
_FAR_MORE = 2
# A file is taken for another source's where that knows this part of its columns.
_LIKE = 0.6
_MOST_CHARACTERS = 60


@dataclass
class Findings:
    """What was found in payloads that keeps nothing from being read: each said once per run."""

    columns: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def add_columns(self, unknown: Iterable[str]) -> None:
        """Columns that are not read, by name."""
        self.columns |= dict.fromkeys(name[:_MOST_CHARACTERS] for name in unknown)

    def add(self, note: str) -> None:
        """Anything else."""
        self.notes[note] = None


@dataclass(frozen=True)
class Columns:
    """A header as one format understands it: `names` by position, as declared, or as written where
    they are `unknown`. `missing` ones are required. Nameless columns are named ""."""

    format: Format
    names: tuple[str, ...]
    known: frozenset[str]
    missing: frozenset[str]
    unknown: tuple[str, ...]

    @property
    def recognised(self) -> int:
        """How many names are known; one that is empty speaks for no format."""
        return len(self.known - {""})


def understood(header: Sequence[str], format: Format, points: bool = False) -> Columns:
    """Names as written come before those that differ in case, spaces and the like, and these
    before synonyms. Of several columns of one name the first is read. Where features have `points`
    the columns of a position are not missing."""
    declared = format.required | format.optional | format.ignored
    # What is read comes before what is passed over, where two names differ in case alone.
    ranked = [*sorted(format.ignored), *sorted(format.optional), *sorted(format.required)]
    loose = {folded(name): name for name in ranked}
    others = {folded(synonym): name for synonym, name in format.synonyms.items()} | loose
    found: dict[int, str] = {}
    for meaning in (
        lambda name: name if name in declared else None,
        lambda name: loose.get(folded(name)) if name else None,
        lambda name: others.get(folded(name)) if name else None,
        # `HP (แรงม้า)`, `ละติจูด (LAT)`: the name, or what explains it.
        lambda name: next(filter(None, map(others.get, _said_twice(name))), None),
    ):
        for place, name in enumerate(header):
            meant = meaning(name)
            if place not in found and meant is not None and meant not in found.values():
                found[place] = meant
    known = frozenset(found.values())
    by_place = [found.get(place, _unlike(name, known)) for place, name in enumerate(header)]
    unknown = tuple(
        name
        for place, name in enumerate(by_place)
        if name and place not in found and name.lower() not in _ROW_NUMBERS
    )
    missing = format.required - known - frozenset(format.position if points else ())
    return Columns(format, tuple(by_place), known, missing, unknown)


def folded(name: str) -> str:
    """A name without what writers of headers differ in."""
    return _PASSED_OVER.sub("", name).casefold()


def _said_twice(name: str) -> list[str]:
    """What stands before parentheses and within them; nothing for other names."""
    found = _PARENTHESES.fullmatch(name)
    return [folded(part) for part in found.groups()] if found else []


def _unlike(name: str, known: frozenset[str]) -> str:
    """A repeated column must not stand in the place of the first."""
    return f"{name} (repeated)" if name and name in known else name


def best(header: Sequence[str], formats: Sequence[Format], points: bool = False) -> Columns:
    """As the format understands it that knows most of it, one with all that it requires before
    others."""
    found = [understood(header, format, points) for format in formats]
    most = max(found, key=lambda columns: columns.recognised)
    complete = [columns for columns in found if not columns.missing]
    if complete:
        chosen = max(complete, key=lambda columns: columns.recognised)
        if most.recognised < _FAR_MORE * chosen.recognised:
            return chosen
    return max(found, key=lambda columns: columns.recognised - len(columns.missing))


def require_complete(columns: Columns, header: Sequence[str], name: str) -> None:
    """Raises Unfitting that names the missing columns, and the source that the file is of, where
    it is clearly another's."""
    if not columns.missing:
        return
    wanted = needed([columns.format])
    found = described([name for name in header if name], _vocabulary(columns.format))
    other = _source_of(header, columns.recognised)
    if not columns.recognised:
        english = [f"{name} has no header that is known; found: {found.en}; needed: {wanted.en}"]
        thai = [f"{name} ไม่มีหัวตารางที่รู้จัก พบ{found.th} ต้องการ{wanted.th}"]
    else:
        missing, required = names(columns.missing), names(columns.format.required)
        one = len(columns.missing) == 1
        english = [
            f"{name} lacks the column{'' if one else 's'} {missing}; needed: {required};"
            f" found: {found.en}"
        ]
        thai = [f"{name} ขาดคอลัมน์ {missing} ต้องการ {required} พบ{found.th}"]
    if other:
        english.append(f"It looks like a file of the source {other}: fahsai ingest {other} FILE")
        thai.append(f"ดูเหมือนเป็นแฟ้มของแหล่ง {other}: fahsai ingest {other} FILE")
    else:
        english.append("Name the columns so in its first rows, and save it as .xlsx or CSV UTF-8")
        thai.append("ตั้งชื่อคอลัมน์ให้ตรง แล้วบันทึกเป็น .xlsx หรือ CSV UTF-8")
    raise Unfitting(f"{'. '.join(english)} · {' '.join(thai)}")


def _vocabulary(format: Format) -> frozenset[str]:
    return format.required | format.optional | format.ignored | format.synonyms.keys()


def _source_of(header: Sequence[str], known: int) -> str | None:
    """The source that has all it requires and knows most of the columns, and more than `known`."""
    named = [name for name in header if name]
    best_name, most = None, max(known, _LIKE * len(named))
    for source in sources().values():
        for format in source.formats:
            columns = understood(named, format)
            if not columns.missing and columns.recognised > most:
                best_name, most = source.name, columns.recognised
    return best_name


def clean_header(cells: Iterable[str]) -> list[str]:
    """Names as they are compared: normal text in one line."""
    return [" ".join(normalise(cell).split()) for cell in cells]
