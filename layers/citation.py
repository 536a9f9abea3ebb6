"""Citations: what was asked of which version of the data, what proves the rows later, and the words
in which papers name it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from urllib.parse import quote

from layers.licences import attribution_text, licence_text
from layers.model import Text
from layers.times import THAI_TIME

# So many rows have a checksum: some seconds of PostgreSQL's work and 100 MB of its memory.
MOST_ROWS = 100_000
# Of a page so many answers, of which as many rows in all as one may have.
MOST_PARTS = 12

_SERVICE = Text("ฟ้าใส กระทรวงอุตสาหกรรม", "Fahsai, Ministry of Industry of Thailand")
_SIMULATED = Text("ข้อมูลจำลอง", "Simulated data")
_BIBTEX_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_BIBTEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


class CitationNotFound(LookupError):
    """A code that no citation has."""


class State(StrEnum):
    """Whether what is cited is still what it was, the worst last: the rows are the same; they are
    too many to have a checksum; some were erased since, as the law asked, which leaves no proof of
    the rest; they cannot be had any more; they are others, without a reason that is known."""

    HOLDS = "holds"
    UNPROVED = "unproved"
    ERASED = "erased"
    GONE = "gone"
    ALTERED = "altered"


@dataclass(frozen=True)
class Source:
    """A layer that was read, as it was described then."""

    layer: str
    title: Text
    licence: str
    attribution: str


@dataclass(frozen=True)
class Part:
    """One answer: its `address` within our site, without `as_of`; how many rows, and the SHA-256
    of them in hexadecimal digits. Neither where there are more than MOST_ROWS."""

    address: str
    rows: int | None
    checksum: str | None


@dataclass(frozen=True)
class Citation:
    """`path` is what was asked, without `as_of`: an answer, which is then the one part, or a page,
    whose parts are the rows behind it. `as_of` gives the same rows again, which are those of the
    data's `version`; `time` is what `now` was for them. Times are UTC."""

    code: str
    path: str
    as_of: str
    version: int
    time: datetime
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]
    simulated: bool
    software: str
    cited_at: datetime

    @property
    def of_page(self) -> bool:
        """Whether it is of a page, which itself shows the present."""
        return not self.path.startswith(("/ogc/", "/api/"))

    def address_of(self, part: Part) -> str:
        """What gives the part's rows as they were, within our site."""
        mark = "&" if "?" in part.address else "?"
        return f"{part.address}{mark}as_of={self.as_of}"


@dataclass(frozen=True)
class Erasure:
    """That `rows` former rows of a table were erased, and why: not which."""

    table: str
    rows: int
    reason: str
    erased_at: datetime


@dataclass(frozen=True)
class Check:
    """A part as it is now: in which `state`, with how many rows and which checksum; `why` it is
    gone, and the erasures of what it reads since it was cited."""

    part: Part
    state: State
    rows: int | None = None
    checksum: str | None = None
    why: str | None = None
    erasures: tuple[Erasure, ...] = ()


@dataclass(frozen=True)
class Verification:
    """`is_own` is false where the citation itself is no longer what its code follows from."""

    is_own: bool
    checks: tuple[Check, ...]

    @property
    def state(self) -> State:
        """The worst."""
        if not self.is_own:
            return State.ALTERED
        order = list(State)
        worst = max((order.index(one.state) for one in self.checks), default=0)
        return order[worst] if self.checks else State.UNPROVED


class Citations(Protocol):
    """Whoever keeps citations."""

    def cite(self, path: str) -> Citation:
        """The citation of an address of ours, `as_of` in its query or else as it is now; kept if it
        was not. Raises BadQuery for what cannot be cited, LayerNotFound, FeatureNotFound and
        NotReported for what is not there."""

    def find(self, code: str) -> Citation:
        """Raises CitationNotFound."""

    def verify(self, citation: Citation) -> Verification:
        """Reads the rows again."""


def address_to_cite(site: str, path: str, as_of: str) -> str:
    """Where what an address of the `site` gave at a time, or of a version, can be cited: nothing is
    kept until somebody does."""
    mark = "&" if "?" in path else "?"
    return f"{site}/cite?path={quote(f'{path}{mark}as_of={as_of}', safe='/:,')}"


def title(citation: Citation, language: str) -> str:
    """What is cited, by the names of its layers."""
    named = list(dict.fromkeys(one.title[language] for one in citation.sources))
    return ", ".join(named) or citation.path


def plain(citation: Citation, language: str, address: str) -> str:
    """One paragraph for a list of references; `address` is the full one of the citation."""
    told = [
        f"{_owners(citation, language)} ({_year(citation, language)}).",
        f"{title(citation, language)}.",
        *([f"{_SIMULATED[language]}."] if citation.simulated else []),
        f"{_SERVICE[language]}.",
        _version(citation, language),
        *(f"SHA-256 {part.checksum}." for part in citation.parts if part.checksum),
        f"{_licences(citation, language)}. {citation.software}. {address}",
    ]
    return " ".join(told)


def short_line(citation: Citation, language: str, address: str) -> str:
    """What stands on paper, beside a picture or in a file."""
    return f"{_SERVICE[language]} · {_version(citation, language).rstrip('.')} · {address}"


def bibtex(citation: Citation, address: str) -> str:
    """An entry for BibTeX and BibLaTeX (UTF-8), in both languages."""
    made = citation.time.astimezone(THAI_TIME)
    titles = list(dict.fromkeys((title(citation, "th"), title(citation, "en"))))
    checksums = [f"SHA-256 {part.checksum}" for part in citation.parts if part.checksum]
    note = [
        *([f"{_SIMULATED.th} / {_SIMULATED.en}"] if citation.simulated else []),
        _version(citation, "en").rstrip("."),
        *checksums,
        _licences(citation, "en"),
        citation.software,
    ]
    fields = {
        "author": "{" + " and ".join(map(_escaped, _attributions(citation))) + "}",
        "title": "{" + _escaped(" / ".join(titles)) + "}",
        "publisher": _escaped(_SERVICE.en),
        "year": f"{made.year}",
        "month": f"{made.month}",
        "day": f"{made.day}",
        "version": f"{citation.version}",
        "url": address,
        "note": _escaped("; ".join(note)),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{fahsai-{citation.code},\n{lines}}}\n"


def _version(citation: Citation, language: str) -> str:
    at = citation.time.isoformat(timespec="seconds").replace("+00:00", "Z")
    rows = [part.rows for part in citation.parts if part.rows is not None]
    version = Text("ข้อมูลรุ่นที่", "Data version")[language]
    counted = Text("แถว", "rows")[language]
    told = f"{version} {citation.version} ({at}"
    return f"{told}, {sum(rows):,} {counted})." if rows else f"{told})."


def _year(citation: Citation, language: str) -> str:
    year = citation.time.astimezone(THAI_TIME).year
    return str(year + 543) if language == "th" else str(year)


def _attributions(citation: Citation) -> Sequence[str]:
    return list(dict.fromkeys(one.attribution for one in citation.sources)) or [_SERVICE.en]


def _owners(citation: Citation, language: str) -> str:
    told = dict.fromkeys(attribution_text(one, language) for one in _attributions(citation))
    return "; ".join(told)


def _licences(citation: Citation, language: str) -> str:
    told = dict.fromkeys(licence_text(one.licence, language) for one in citation.sources)
    return ", ".join(told) or "–"


def _escaped(text: str) -> str:
    return _BIBTEX_SPECIAL.sub(lambda found: _BIBTEX.get(found[0], "\\" + found[0]), text)
