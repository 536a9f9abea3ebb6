"""One search: what was typed, looked up from the surest way to the least, ranked, and told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from geo_api.database.connections import Reads
from geo_api.database.prepared_statements import Often
from geo_api.search import sql
from geo_api.search.kinds import BY_NAME, KINDS
from layers.methods.name_keys import NameKey, name_key, sound_key
from layers.methods.romanisation import romanise
from layers.query import BadQuery, limit_of
from layers.reports.found import Matched, Named, Result, SearchAnswer, SearchQuery

DEFAULT_LIMIT = 10
MOST_LIMIT = 50
MOST_CHARACTERS = 200
# Parts of fewer letters are in too many names to tell any, and no index knows them; names that
# begin so are found.
_LEAST_PART = 3
_LEAST_SIMILAR = 3
_LEAST_LIKENESS = 0.45
_MOST_OF_KIND = 60
# With one that begins with what was typed, or so many that have it in them, nothing else was meant.
_SURE = 3
_LAST_CHARACTER = "\U0010ffff"

_KINDS = [kind.name for kind in KINDS]
_FEW = [kind.name for kind in KINDS if not kind.many]
_MANY = [kind.name for kind in KINDS if kind.many]
_RANK = {name: rank for rank, name in enumerate(_KINDS)}


class Match(IntEnum):
    """How well a name fits; the lower, the better."""

    EXACT = 0
    PREFIX = 1
    PART = 2
    SIMILAR = 3


def query_of(params: Mapping[str, str]) -> SearchQuery:
    """Raises BadQuery."""
    text = params.get("q", "")
    if "\0" in text:
        raise BadQuery("q", "q must not have the character NUL in it")
    limit = limit_of(params["limit"], most=MOST_LIMIT) if "limit" in params else DEFAULT_LIMIT
    return SearchQuery(text[:MOST_CHARACTERS], limit)


@dataclass(frozen=True)
class _Hit:
    kind: str
    id: str
    part: str
    match: Match
    by_sound: bool
    likeness: float
    place: int
    length: int

    @property
    def order(self) -> tuple[Any, ...]:
        nearness = (-self.likeness, self.by_sound, self.place, self.length, self.id)
        return (self.match, _RANK[self.kind], *nearness)


def search(reads: Reads, query: SearchQuery) -> SearchAnswer:
    """Exact before prefix before part before similar, and in each a province before a district and
    so on; no kind takes all the room as long as others are found, too."""
    typed = name_key(query.text)
    if not typed.text:
        return SearchAnswer(query, ())
    hits = _hits(reads, typed, query.limit)
    chosen = _mixed(hits, query.limit)
    results = _told(reads, chosen, typed)
    if len(results) < query.limit and len(query.text.split()) > 1:
        known = {(one.kind, one.id) for one in results}
        added = [one for one in _within(reads, query) if (one.kind, one.id) not in known]
        sure = [one for one in results if one.matched.how != "similar"]
        unsure = [one for one in results if one.matched.how == "similar"]
        results = [*sure, *added, *unsure][: query.limit]
    return SearchAnswer(query, tuple(results), more=len(hits) > len(results))


def _hits(reads: Reads, typed: NameKey, enough: int) -> list[_Hit]:
    """The best hit of each thing, in order."""
    asked = _Asked(typed)
    found = list(asked.beginning(reads))
    telling = len(typed.text) >= _LEAST_PART
    if telling or not found:
        many = telling and sum(hit.kind in _MANY for hit in found) < enough
        found += asked.containing(reads, many=many)
    best = _best(found)
    unsure = len(best) < _SURE and all(hit.match > Match.PREFIX for hit in best)
    if unsure and len(typed.text) >= _LEAST_SIMILAR:
        best = _best([*found, *asked.similar(reads)])
    return best


class _Asked:
    """The statements about one key, and what their rows mean."""

    def __init__(self, typed: NameKey) -> None:
        self.key = typed.text
        # What has Thai letters is compared as it is written: its sound would add what is not meant.
        self.sound = None if typed.thai or typed.text.isdigit() else sound_key(typed.text) or None
        self.words = [key for word in typed.given.split() if (key := name_key(word).text)]
        if "".join(self.words) != self.key:  # a word that does not count alone does here
            self.words = [self.key]
        self.sounds = [sound_key(word) for word in self.words] if self.sound else []
        self.values: dict[str, Any] = {
            "kinds": _KINDS,
            "few": _FEW,
            "many": _MANY,
            "key": self.key,
            "key_end": self.key + _LAST_CHARACTER,
            # Words may have others between them; a key has nothing that LIKE gives a meaning.
            "key_part": f"%{'%'.join(self.words)}%",
            "sound": self.sound,
            "sound_end": None if self.sound is None else self.sound + _LAST_CHARACTER,
            "sound_part": None if self.sound is None else f"%{'%'.join(self.sounds)}%",
            "least": _LEAST_LIKENESS,
            "most": _MOST_OF_KIND,
        }
        self.values |= {f"{one}_many": self.values[f"{one}_part"] for one in ("key", "sound")}

    def beginning(self, reads: Reads) -> Iterable[_Hit]:
        for row in reads.fetch(Often(sql.beginning()), self.values):
            yield self._hit(*row)

    def containing(self, reads: Reads, *, many: bool) -> Iterable[_Hit]:
        parts = {} if many else {"key_many": None, "sound_many": None}
        for row in reads.fetch(Often(sql.containing()), self.values | parts):
            yield self._hit(*row)

    def similar(self, reads: Reads) -> Iterable[_Hit]:
        for kind, id_, part, key, sound, likeness in reads.fetch(Often(sql.similar()), self.values):
            yield self._hit(kind, id_, part, key, sound, likeness)

    def _hit(
        self, kind: str, id_: str, part: str, key: str, sound: str, likeness: float = 0
    ) -> _Hit:
        place, by_sound, length = key.find(self.key), False, len(key)
        if place < 0 and self.sound is not None:
            place, by_sound, length = sound.find(self.sound), True, len(sound)
        if place < 0:
            match = Match.SIMILAR if likeness else Match.PART
        elif place > 0:
            match = Match.PART
        else:
            whole = length == len((self.sound or "") if by_sound else self.key)
            match = Match.EXACT if whole else Match.PREFIX
        return _Hit(kind, id_, part, match, by_sound, likeness, max(place, 0), length)


def _best(hits: Iterable[_Hit]) -> list[_Hit]:
    best: dict[tuple[str, str], _Hit] = {}
    for hit in sorted(hits, key=lambda hit: hit.order):
        best.setdefault((hit.kind, hit.id), hit)
    return list(best.values())


def _mixed(hits: Sequence[_Hit], limit: int) -> list[_Hit]:
    """The first `limit`, of each kind at most half of them where other kinds fill the rest."""
    room = max(limit // 2, 1)
    taken: dict[str, int] = {}
    first: list[_Hit] = []
    rest: list[_Hit] = []
    for hit in hits:
        taken[hit.kind] = taken.get(hit.kind, 0) + 1
        (first if taken[hit.kind] <= room else rest).append(hit)
    return sorted([*first, *rest][:limit], key=lambda hit: hit.order)


def _within(reads: Reads, query: SearchQuery) -> list[Result]:
    """What the first words name and lies in what the last one does: บ้านโป่ง ราชบุรี."""
    *words, last = query.text.split()
    typed, outer = name_key(" ".join(words)), name_key(last)
    if len(typed.text) < 2 or len(outer.text) < 2:
        return []
    sounds = sound_key(outer.text) if not outer.thai else ""

    def fits(area: Named | None) -> bool:
        return area is not None and (
            outer.text in name_key(area.name_th).text
            or (bool(sounds) and sounds in sound_key(area.name_en))
        )

    sure = [hit for hit in _hits(reads, typed, 0) if hit.match < Match.SIMILAR]
    told = _told(reads, sure[: 2 * _MOST_OF_KIND], typed)
    return [one for one in told if fits(one.district) or fits(one.province)]


def _told(reads: Reads, hits: Sequence[_Hit], typed: NameKey) -> list[Result]:
    """What is published of the hits, in their order; what is published no more is left out."""
    rows: dict[tuple[str, str], tuple[Any, ...]] = {}
    for kind in KINDS:
        ids = [hit.id for hit in hits if hit.kind == kind.name]
        if ids:
            for row in reads.fetch(Often(sql.told(kind)), {"ids": ids}):
                rows[kind.name, row[0]] = row
    return [
        _result(hit, rows[hit.kind, hit.id], typed) for hit in hits if (hit.kind, hit.id) in rows
    ]


def _result(hit: _Hit, row: tuple[Any, ...], typed: NameKey) -> Result:
    id_, name_th, name_en, link, number, lon, lat, district, province = row
    address, _, rest = BY_NAME[hit.kind].link.partition("{")
    names = {"name_th": name_th, "short": name_th, "name_en": name_en, "number": number}
    return Result(
        kind=hit.kind,
        id=id_,
        name_th=name_th,
        name_en=name_en,
        number=number,
        district=Named(**district) if district else None,
        province=Named(**province) if province else None,
        lon=lon,
        lat=lat,
        href=f"{address}{link}{rest.partition('}')[2]}",
        matched=_matched(hit, names[hit.part] or name_th, typed),
    )


def _matched(hit: _Hit, text: str, typed: NameKey) -> Matched:
    how = hit.match.name.lower()
    part = "name_th" if hit.part == "short" else hit.part
    if not hit.by_sound:
        return Matched(part, how, text, tuple(name_key(text).spans(typed.text)))
    return Matched("romanised" if name_key(text).thai else part, how, romanise(text))
