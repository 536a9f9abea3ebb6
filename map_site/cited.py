"""Which rows stand behind a page for the public, for who cites it: the page itself shows the
present, and the rows are had again as they were. A page that would say that there is nothing has
none: its report is asked for, as by the page."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from layers.catalog import catalog
from layers.query import BadQuery, date_of
from layers.query.moments import year_of
from layers.query.provinces import province_asked
from layers.reports import Reports
from layers.reports.complaints import MONTHS
from layers.reports.measures import period_of
from layers.sources.eco_towns import FIRST_YEAR
from map_site.complaints import NAMES, period_day
from map_site.theme import THEME_PAGES, ThemePage, classes

_TICK = timedelta(microseconds=1)
_Query = Mapping[str, str]
_Answers = list[str]


def rows_behind(path: str, reports: Reports) -> Sequence[str] | None:
    """Addresses of items and numbers, of a page that is named with its query from the root of the
    site; None where it is no page for the public, and no row where none has a history. Raises
    BadQuery for a page that shows the newest day unless its address names one, NotReported for one
    that would say that there is no such place or no such day."""
    split = urlsplit(path)
    query = dict(parse_qsl(split.query))
    for pattern, behind in _PAGES:
        if found := pattern.fullmatch(split.path):
            return behind(reports, query, *map(unquote, found.groups()))
    return None


def _brief(reports: Reports, query: _Query) -> _Answers:
    day = _day("day", query)
    reports.brief(day)
    # Of all the country: a province that is pinned is a row of the same table.
    return [
        _items("hotspots", datetime=_period(day, day)),
        # The mean of a day is the reading at its end.
        _items("air_quality", datetime=_period(day, day, timedelta())),
        _items("green_certificates"),
        _items("complaint_months"),
        _items("factories"),
    ]


def _theme(reports: Reports, query: _Query, name: str) -> _Answers:
    theme = next(one for one in THEME_PAGES if one.name == name)
    province = _province(query)
    if theme.time == "year":
        carbon = query.get("number") == "carbon"
        return [_items("carbon" if carbon else theme.layer, **province)]
    first, last = _day("from", query), _day("to", query)
    if theme.time == "reading":
        return [_items("air_quality", datetime=_period(first, last, timedelta()))]
    chosen = _of_classes(theme, query.get("classes"))
    conditions = [chosen] if chosen else []
    conditions += [f"province_code = '{code}'" for code in province.values()]
    asked = {"filter": " AND ".join(conditions)} if conditions else {}
    return [_items(theme.layer, datetime=_period(first, last), **asked)]


def _carbon(reports: Reports, query: _Query) -> _Answers:
    return [_items("carbon", **_province(query))]


def _complaints(reports: Reports, query: _Query) -> _Answers:
    tables = {name: table for table, name in NAMES.items()}
    table = tables.get(query.get("table", ""), MONTHS)
    if asked := query.get("period") or query.get("from"):
        reports.complaints(table, period_day(asked))
    return [_items(table)]


def _area(reports: Reports, query: _Query, kind: str, code: str) -> _Answers:
    day = _day_if_any(query)
    reports.place(kind.removesuffix("s"), code, day)
    own = [_items(kind, code=code)]
    of_it = {"province_code": code} if kind == "provinces" else {}
    if not of_it:
        return own
    fires = [_items("hotspots", datetime=_period(day, day), **of_it)] if day else []
    return [*own, _items("factories", **of_it), _items("green_certificates", **of_it), *fires]


def _factory(reports: Reports, query: _Query, id: str) -> _Answers:
    reports.factory(id, _day_if_any(query))
    return [_items("factories", id=id), _items("green_certificates", factory_id=id)]


def _town(reports: Reports, query: _Query, id: str) -> _Answers:
    reports.place("eco_town", id, _day_if_any(query))
    return [_items("eco_towns", id=id)]


def _scorecard(reports: Reports, query: _Query, id: str) -> _Answers:
    year = year_of("year", query["year"], FIRST_YEAR) if query.get("year") else None
    reports.scorecard(id, query.get("framework") or None, year)
    return [_items("eco_towns", id=id)]


def _offline_map(reports: Reports, query: _Query) -> _Answers:
    period = _period(_day("from", query), _day("to", query))
    asked = {"bbox": query["bbox"]} if "bbox" in query else {}
    for code in _province(query).values():
        asked["filter"] = f"in_province(geom, '{code}')"
    named = dict.fromkeys(query.get("layers", "").split(","))
    return [_items(name, datetime=period, **asked) for name in named]


def _no_rows(reports: Reports, query: _Query) -> _Answers:
    return []


_PAGES: Sequence[tuple[re.Pattern[str], Callable[..., _Answers]]] = tuple(
    (re.compile(pattern), behind)
    for pattern, behind in (
        ("/", _brief),
        (r"/maps/(burning|air|green)", _theme),
        ("/maps/carbon", _carbon),
        ("/maps/complaints", _complaints),
        (r"/(provinces|districts)/(\d+)", _area),
        (r"/factories/([^/]+)", _factory),
        (r"/eco-towns/([^/]+)", _town),
        (r"/eco-towns/([^/]+)/scorecard", _scorecard),
        (r"/export/map(?:\.html)?", _offline_map),
        (
            "/(?:provinces|districts|factories|eco-towns|emissions|green-effect|kpi|methods|about"
            "|status|quarantine)",
            _no_rows,
        ),
    )
)


def _items(layer: str, **asked: str) -> str:
    path = f"/ogc/collections/{quote(layer)}/items"
    return f"{path}?{urlencode(asked, safe=',:/')}" if asked else path


def _province(query: _Query) -> dict[str, str]:
    code = query.get("province")
    return {"province_code": province_asked(code)} if code else {}


def _day_if_any(query: _Query) -> date | None:
    return _day("day", query) if query.get("day") else None


def _day(name: str, query: _Query) -> date:
    if name not in query:
        # The newest day is another tomorrow.
        raise BadQuery(name, f"{name} must name a day in the address, as {name}=2026-03-02")
    return date_of(name, query[name])


def _period(first: date, last: date, less: timedelta = _TICK) -> str:
    """The 24 hours of each day until 08:00 of it, `less` before the last end."""
    return f"{_z(period_of(first)[0])}/{_z(period_of(last)[1] - less)}"


def _z(time: datetime) -> str:
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _of_classes(theme: ThemePage, chosen: str | None) -> str:
    """CQL2 of the classes that are shown, those that are `chosen` or all but those apart, as
    static/theme/download.js has it."""
    every = classes(theme, "en")
    by = catalog()[theme.layer].style.by
    if not chosen:
        apart = [f"'{value}'" for one in every if one["apart"] for value in one["members"]]
        return f"({by} IS NULL OR {by} NOT IN ({','.join(apart)}))" if apart else ""
    named = set(chosen.split(","))
    members: list[Any] = [
        value for one in every if one["code"] in named for value in one["members"]
    ]
    values = [f"'{value}'" for value in members if value is not None]
    parts = [f"{by} IN ({','.join(values)})"] if values else []
    parts += [f"{by} IS NULL"] if None in members else []
    return f"({' OR '.join(parts)})" if parts else f"{by} = ''"
