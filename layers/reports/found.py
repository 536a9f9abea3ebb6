"""What a search found: the answer of the service, for its JSON and for the page of results."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SearchQuery:
    """`text` as typed."""

    text: str
    limit: int = 10


@dataclass(frozen=True)
class Named:
    """An area that something lies in."""

    id: str
    name_th: str
    name_en: str


@dataclass(frozen=True)
class Matched:
    """What fitted: `part` is name_th, name_en, number or romanised, `text` that name, `spans` from
    where to where in it, in characters; none where it fits by sound or only nearly."""

    part: str
    how: str
    text: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Result:
    """Something found; the place is WGS84, of an area a point inside it."""

    kind: str
    id: str
    name_th: str
    name_en: str | None
    number: str | None
    district: Named | None
    province: Named | None
    lon: float
    lat: float
    href: str
    matched: Matched


@dataclass(frozen=True)
class SearchAnswer:
    """The best first; `more` says whether a larger limit would give more."""

    query: SearchQuery
    results: tuple[Result, ...]
    more: bool = False
