"""Lists of provinces, districts, eco-towns and factories: searched, sorted, a page at a time.

Industrial estates are listed with the eco-towns, see `place`; what is counted of one lies within
five kilometres of its point.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from geo_api.database.connections import Reads
from geo_api.reports import lists_sql as sql
from geo_api.reports.data_freshness import freshness_of, state_of
from geo_api.reports.place_counts import week_state
from geo_api.reports.place_sql import ESTATE_RADIUS_M
from geo_api.reports.surroundings import text_of
from layers.cleaning.text import dictionary_key
from layers.model import Layer, Text
from layers.query import BadQuery
from layers.reports.lists import MOST_PAGES, PAGE_SIZE, ListedRow, Listing
from layers.reports.measures import NotReported, Place, State, newest_day, period_of

Value = float | str | None
VIEWS = (
    *("hotspot_province_days", "hotspot_district_days", "district_factory_counts"),
    *("operating_factory_counts", "certified_changes", "certified_periods"),
    *("provinces", "districts", "industrial_estates", "factories", "factory_register"),
    *("eco_towns", "eco_town_areas"),
    *("factory_certificates", "factory_upwind_days", "upwind_coverage", "hotspots", "carbon"),
    "hotspot_day_counts",
    "freshness",
)
_MOST_WORDS = 8
_WEEK = timedelta(days=7)

_NAME = {"name": Text("ชื่อ", "Name")}
_NUMBERS = {
    "hotspots_week": Text("จุดความร้อน 7 วัน", "Hotspots, 7 days"),
    "factories": Text("โรงงานที่เปิดดำเนินการ", "Factories operating"),
    "upwind": Text("โรงงานมีไฟเหนือลม", "Factories with fire upwind"),
}
_PROVINCE = {"province": Text("จังหวัด", "Province")}
_COLUMNS: Mapping[str, dict[str, Text]] = {
    "province": {
        **_NAME,
        "region": Text("ภาค", "Region"),
        **_NUMBERS,
        "certified": Text("มีใบรับรองอุตสาหกรรมสีเขียว", "With a Green Industry certificate"),
        "tco2e": Text("ก๊าซเรือนกระจก ปีล่าสุด (tCO2e)", "GHG, newest year (tCO2e)"),
    },
    "district": {**_NAME, **_PROVINCE, **_NUMBERS},
    "eco_town": {
        **_NAME,
        **_PROVINCE,
        **_NUMBERS,
        "level": Text("ระดับเมืองที่ประเมินล่าสุด", "Town's level, last assessed"),
        "target_level": Text("ระดับเป้าหมาย", "Target level"),
    },
    "factory": {
        **_NAME,
        "registration_no": Text("ทะเบียนโรงงาน", "Registration number"),
        "kind": Text("กิจการ", "Activity"),
        **_PROVINCE,
        "status": Text("สถานะ", "Status"),
        "workers": Text("คนงาน", "Workers"),
        "horsepower": Text("แรงม้า", "Horsepower"),
        "level": Text("ระดับใบรับรองสีเขียว", "Green Industry level"),
        "upwind": Text("ไฟเหนือลม", "Fires upwind"),
    },
}


@dataclass(frozen=True)
class _Kind:
    """The statements of a kind of place, and the names of what the second gives."""

    places: str
    numbers: str
    columns: tuple[str, ...]


_PLACES: Mapping[str, _Kind] = {
    "province": _Kind(sql.PROVINCES, sql.PROVINCE_NUMBERS, (*_NUMBERS, "certified", "tco2e")),
    "district": _Kind(sql.DISTRICTS, sql.DISTRICT_NUMBERS, tuple(_NUMBERS)),
    "eco_town": _Kind(
        sql.TOWNS_AND_ESTATES, sql.TOWN_AND_ESTATE_NUMBERS, (*_NUMBERS, "level", "target_level")
    ),
}
KINDS = tuple(_COLUMNS)


@dataclass(frozen=True)
class _Asked:
    """What is asked of a list, and how much is known of fires and of certificates; `sort` is a
    column."""

    words: tuple[str, ...]
    sort: str
    falling: bool
    first: int
    day: date
    fires: State
    certificates: State
    language: str

    @property
    def values(self) -> dict[str, Any]:
        """What the statements take."""
        at = period_of(self.day)[1]
        return {"day": self.day, "since": at - _WEEK, "at": at, "estate_m": ESTATE_RADIUS_M}


def listing(
    reads: Reads,
    layers: Mapping[str, Layer],
    kind: str,
    words: str,
    sort: str,
    page: int,
    now: datetime,
    language: str = "th",
) -> Listing:
    """Those with all the `words` in their names, sorted by a column, or falling by "-column"; by
    name where `sort` is empty. Places stand in the order of their names in the language. Numbers
    are those of the newest day. Raises NotReported for an unknown kind, BadQuery for a column or a
    page that there is not."""
    if kind not in _COLUMNS:
        raise NotReported(f"no list of kind {kind!r}; there are: {', '.join(KINDS)}")
    columns = _COLUMNS[kind]
    column = sort.removeprefix("-") or "name"
    if column not in columns:
        raise BadQuery("sort", f"cannot sort by {column!r}; there are: {', '.join(columns)}")
    if not 1 <= page <= MOST_PAGES:
        raise BadQuery("page", f"page must be between 1 and {MOST_PAGES}, got {page}")
    fresh, simulated = freshness_of(reads, layers, ("hotspots", "green_certificates"), now)
    day = newest_day(now)
    asked = _Asked(
        tuple(words.split()[:_MOST_WORDS]),
        column,
        sort.startswith("-"),
        (page - 1) * PAGE_SIZE,
        day,
        week_state(reads, day, fresh),
        state_of(fresh, "green_certificates"),
        language,
    )
    rows, total = (_factories if kind == "factory" else _places(kind))(reads, asked)
    return Listing(
        kind=kind,
        words=words,
        sort=sort or "name",
        columns=columns,
        rows=rows,
        first=asked.first,
        total=total,
        simulated=simulated,
    )


_Rows = tuple[tuple[ListedRow, ...], int]


def _factories(reads: Reads, asked: _Asked) -> _Rows:
    patterns = {f"word_{n}": _part(word) for n, word in enumerate(asked.words)}
    statement = sql.factories(asked.words, asked.sort, falling=asked.falling)
    values = {**asked.values, **patterns, "limit": PAGE_SIZE, "first": asked.first}
    rows = tuple(_factory(*row) for row in reads.fetch(statement, values))
    [(total,)] = reads.fetch(sql.matching(asked.words), patterns)
    return rows, total


def _factory(
    id: str, name: str, code: str | None, name_th: str, name_en: str, *values: Value
) -> ListedRow:
    number, kind, status, workers, horsepower, level, upwind = values
    within = Place(code, text_of(name_th, name_en, code)) if code else None
    told = {
        "registration_no": number,
        "kind": kind,
        "province": name_th,
        "status": status,
        "workers": workers,
        "horsepower": horsepower,
        "level": level,
        "upwind": upwind,
    }
    return ListedRow(Place(id, Text(name, name)), within, told)


def _part(word: str) -> str:
    """A pattern of LIKE for what has the word in it."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"


def _places(kind: str) -> Callable[[Reads, _Asked], _Rows]:
    of_kind = _PLACES[kind]

    def listed(reads: Reads, asked: _Asked) -> _Rows:
        found = [_place(row) for row in reads.fetch(of_kind.places)]
        found = [row for row in found if _has(row, asked.words)]
        if asked.sort in of_kind.columns:
            found = _with_numbers(reads, of_kind, asked, found)
        found = _in_order(found, asked)
        page = found[asked.first : asked.first + PAGE_SIZE]
        if asked.sort not in of_kind.columns:
            page = _with_numbers(reads, of_kind, asked, page)
        return tuple(page), len(found)

    return listed


def _place(row: Sequence[Any]) -> ListedRow:
    code, name_th, name_en, region, within, within_th, within_en = row
    return ListedRow(
        Place(code, text_of(name_th, name_en, code)),
        Place(within, text_of(within_th, within_en, within)) if within else None,
        {"region": region} if region else {"province": within_th},
    )


def _has(row: ListedRow, words: Sequence[str]) -> bool:
    name = f"{row.place.name.th} {row.place.name.en}".casefold()
    return all(word.casefold() in name for word in words)


def _with_numbers(
    reads: Reads, kind: _Kind, asked: _Asked, rows: list[ListedRow]
) -> list[ListedRow]:
    values = asked.values | {"codes": [row.place.code for row in rows]}
    numbers = {code: told for code, *told in reads.fetch(kind.numbers, values)}
    [(reckoned,)] = reads.fetch(sql.RECKONED, {"day": asked.day})
    made = []
    for row in rows:
        told = dict(zip(kind.columns, numbers[row.place.code], strict=True))
        if asked.fires is not State.KNOWN:  # a list has no room to say which are late
            told["hotspots_week"] = None
        if not reckoned:
            told["upwind"] = None
        if asked.certificates is State.NEVER_LOADED and "certified" in told:
            told["certified"] = None
        made.append(ListedRow(row.place, row.within, row.values | told))
    return made


def _in_order(rows: list[ListedRow], asked: _Asked) -> list[ListedRow]:
    """What is not known comes last, whichever way; what is alike by name."""

    def named(place: Place) -> str:
        name = place.name[asked.language]
        return dictionary_key(name) if asked.language == "th" else name.casefold()

    def value(row: ListedRow) -> Value:
        if asked.sort == "name":
            return named(row.place)
        if asked.sort == "province":
            return named(row.within) if row.within else None
        return row.values.get(asked.sort)

    by_name = sorted(rows, key=lambda row: (named(row.place), row.place.code))
    known = [row for row in by_name if value(row) is not None]
    known.sort(key=lambda row: value(row) or 0, reverse=asked.falling)
    return known + [row for row in by_name if value(row) is None]
