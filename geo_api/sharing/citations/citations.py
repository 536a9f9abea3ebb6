"""Makes citations, finds them, and reads their rows again."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from geo_api.database.as_of import AsOf, AsOfReads, as_of_reads
from geo_api.database.connections import Reads, Transaction, Writes
from geo_api.sharing.citations import sql
from geo_api.sharing.citations.answers import Answer, Rows, answer_at, given
from geo_api.sharing.codes import codes, is_code
from geo_api.sharing.short_links import own_path
from layers.citation import (
    MOST_PARTS,
    MOST_ROWS,
    Check,
    Citation,
    CitationNotFound,
    Erasure,
    Part,
    Source,
    State,
    Verification,
)
from layers.model import FeatureNotFound, Layer, LayerNotFound, Text
from layers.query import BadQuery

# Of the form of a page.
_FORM = ("as_of", "lang")
_NOT_CITED = (
    "there is nothing at {!r} that can be cited: give the address of items, statistics, what is"
    " near, or a page for the public"
)

_ANOTHER = "version {} of the data is another one now: they are not those of then"


@dataclass(frozen=True)
class DatabaseCitations:
    """Citations, in the table of this name. `rows_behind` gives of the address of a page for the
    public those of the rows that it shows, and None of what is none; `simulated` which views show
    the demo's rows; `software` is what this program calls itself."""

    reads: Reads
    writes: Writes
    layers: Mapping[str, Layer]
    rows_behind: Callable[[str], Sequence[str] | None]
    simulated: Callable[[], Iterable[str]]
    software: str

    def cite(self, path: str) -> Citation:
        """See Citations."""
        asked = own_path(path)
        as_of = given(asked).get("as_of")
        own = answer_at(asked, self.layers)
        answers = [own] if own else self._behind(asked)
        views = _views(answers)
        # Before any row is read: what is erased meanwhile was erased since.
        [(_, _, cited_at)] = self.reads.fetch(sql.NEWEST)
        reads, parameter = self._as_of(as_of, views, any(one.tells_time for one in answers))
        simulated = frozenset(self.simulated())
        parts = _parts(answers, reads)
        _refuse_future(answers, parts, cited_at)
        made = Citation(
            code="",
            path=own.asked if own else _page_path(asked),
            as_of=parameter,
            version=reads.as_of.version,
            time=reads.as_of.time.astimezone(UTC),
            parts=parts,
            sources=_sources(answers),
            simulated=any(view in simulated for view in views),
            software=self.software,
            cited_at=cited_at.astimezone(UTC),
        )
        return self._kept(made)

    def find(self, code: str) -> Citation:
        """See Citations."""
        if is_code(code):
            with self.writes.transaction() as transaction:
                if found := _found(transaction, code):
                    return found
        raise CitationNotFound(f"no citation {code!r}")

    def verify(self, citation: Citation) -> Verification:
        """See Citations."""
        is_own = citation.code in codes(_content(citation))
        return Verification(is_own, tuple(self._check(citation, one) for one in citation.parts))

    def _behind(self, path: str) -> list[Answer]:
        behind = self.rows_behind(_page_path(path))
        if behind is None:
            raise BadQuery("path", _NOT_CITED.format(path))
        if len(behind) > MOST_PARTS:
            raise BadQuery(
                "path",
                f"a citation is of at most {MOST_PARTS} layers, got {len(behind)}: choose fewer",
            )
        found = [answer_at(address, self.layers) for address in behind]
        return [one for one in found if one]

    def _as_of(
        self, text: str | None, views: Sequence[str], tells_time: bool
    ) -> tuple[AsOfReads, str]:
        """What reads as of the time or version asked, or the newest one, and the parameter that
        means the same; the version alone, unless the rows tell the time of asking."""
        tells_time = tells_time or _is_daily(self.reads, views)
        if text is None:
            text = as_of_present(self.reads, views, tells_time=tells_time)
        reads = as_of_reads(self.reads, text, views)
        if text.isdigit():
            return reads, str(reads.as_of.version)
        if tells_time:
            return reads, _z(reads.as_of.time.astimezone(UTC))
        version = reads.as_of.version
        [(committed_at,)] = self.reads.fetch(sql.COMMITTED_AT, {"version": version})
        return AsOfReads(self.reads, AsOf(version, committed_at)), str(version)

    def _kept(self, made: Citation) -> Citation:
        content = _content(made)
        with self.writes.transaction() as transaction:
            for code in codes(content):
                transaction.execute(sql.KEEP, _row(made) | {"code": code})
                found = _found(transaction, code)
                if found and _content(found) == content:
                    return found
        raise AssertionError(f"two citations have one hash: {content!r}")

    def _check(self, citation: Citation, part: Part) -> Check:
        try:
            answer = answer_at(part.address, self.layers)
            if answer is None:
                return Check(part, State.GONE, why=_NOT_CITED.format(part.address))
            reads = as_of_reads(self.reads, citation.as_of, answer.views)
            if reads.as_of.version != citation.version:
                return Check(part, State.GONE, why=_ANOTHER.format(citation.version))
            reads = AsOfReads(self.reads, AsOf(citation.version, citation.time))
            rows, checksum = answer.checksum(reads)
        except (BadQuery, LayerNotFound, FeatureNotFound) as problem:
            return Check(part, State.GONE, why=str(problem))
        erasures = self._erasures(citation, answer.views)
        return Check(part, _state(part, rows, checksum, erasures), rows, checksum, None, erasures)

    def _erasures(self, citation: Citation, views: Sequence[str]) -> tuple[Erasure, ...]:
        asked = {"since": citation.cited_at, "views": list(views)}
        rows = self.reads.fetch(sql.ERASURES_SINCE, asked)
        return tuple(
            Erasure(table, count, why, at.astimezone(UTC)) for table, count, why, at in rows
        )


def as_of_present(reads: Reads, views: Sequence[str], *, tells_time: bool = False) -> str:
    """The parameter that will give later what the views show now: a version of the data, and a time
    where the rows tell that."""
    [(newest, _, now)] = reads.fetch(sql.NEWEST)
    if tells_time or _is_daily(reads, views):
        return _z(now.astimezone(UTC))
    return str(newest)


def _is_daily(reads: Reads, views: Sequence[str]) -> bool:
    [(daily,)] = reads.fetch(sql.TELLS_TIME, {"views": list(views)})
    return bool(daily)


def _state(
    part: Part, rows: int | None, checksum: str | None, erasures: Sequence[Erasure]
) -> State:
    if part.checksum is None and checksum is None:
        return State.UNPROVED
    if checksum == part.checksum:
        return State.HOLDS
    if not erasures:
        return State.ALTERED
    erased = sum(one.rows for one in erasures)
    missing = (part.rows or 0) - (rows or 0)
    # No erasure adds rows, nor takes more away than it says.
    return State.ERASED if 0 <= missing <= erased else State.ALTERED


def _views(answers: Iterable[Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(view for one in answers for view in one.views))


def _parts(answers: Iterable[Answer], reads: AsOfReads) -> tuple[Part, ...]:
    """With their checksums. Raises BadQuery where they have more rows in all than are summed."""
    parts: list[Part] = []
    for one in answers:
        parts.append(Part(one.address, *one.checksum(reads)))
        found = sum(part.rows or 0 for part in parts)
        if found > MOST_ROWS:
            raise BadQuery(
                "path",
                f"a citation sums at most {MOST_ROWS:,} rows, and the first {len(parts)} layers"
                f" have {found:,}: choose fewer layers, a shorter time or a smaller area",
            )
    return tuple(parts)


def _refuse_future(answers: Iterable[Answer], parts: Iterable[Part], now: datetime) -> None:
    """Raises BadQuery for days of which there are no rows yet: none would look like nothing."""
    for one, part in zip(answers, parts, strict=True):
        during = one.query.during if isinstance(one, Rows) else None
        if not part.rows and during and during.start and during.start > now:
            raise BadQuery("path", f"path must be of days that have begun, got {during}")


def _sources(answers: Iterable[Answer]) -> tuple[Source, ...]:
    layers = {layer.name: layer for one in answers for layer in one.layers}
    return tuple(
        Source(one.name, one.title, one.licence, one.attribution) for one in layers.values()
    )


def _page_path(path: str) -> str:
    """Without the form and the fragment."""
    split = urlsplit(path)
    asked = {name: text for name, text in given(path).items() if name not in _FORM}
    query = urlencode(sorted(asked.items()), safe=",:/")
    return f"{split.path}?{query}" if query else split.path


def _content(citation: Citation) -> str:
    """What the code follows from."""
    parts = [[part.address, part.rows, part.checksum] for part in citation.parts]
    told = [citation.path, citation.as_of, citation.version, _z(citation.time), parts]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _z(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")


def _row(citation: Citation) -> dict[str, Any]:
    return {
        "path": citation.path,
        "as_of": citation.as_of,
        "version": citation.version,
        "time": citation.time,
        "parts": json.dumps([asdict(part) for part in citation.parts]),
        "sources": json.dumps([asdict(one) for one in citation.sources], ensure_ascii=False),
        "simulated": citation.simulated,
        "software": citation.software,
        "cited_at": citation.cited_at,
    }


def _found(transaction: Transaction, code: str) -> Citation | None:
    rows = transaction.fetch(sql.CITATION, {"code": code})
    if not rows:
        return None
    [(path, as_of, version, time, parts, sources, simulated, software, cited_at)] = rows
    return Citation(
        code,
        path,
        as_of,
        version,
        time.astimezone(UTC),
        tuple(Part(**one) for one in parts),
        tuple(Source(**one | {"title": Text(**one["title"])}) for one in sources),
        simulated,
        software,
        cited_at.astimezone(UTC),
    )
