"""Which rows stand behind a page for the public, for who cites it: the page itself shows the
present, and the rows are had again as they were."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from layers.catalog import catalog
from layers.query import BadQuery, date_of
from layers.reports.complaints import MONTHS
from layers.reports.measures import period_of
from map_site.complaints import NAMES
from map_site.theme import THEME_PAGES, ThemePage, classes

_TICK = timedelta(microseconds=1)
_Query = Mapping[str, str]
_Answers = list[str]


def rows_behind(path: str) -> Sequence[str] | None:
    """Addresses of items and numbers, of a page that is named with its query from the root of the
    site; None where it is no page for the public, and no row where none has a history. Raises
    BadQuery for a page that shows the newest day unless its address names one."""
    split = urlsplit(path)
    query = dict(parse_qsl(split.query))
    for pattern, behind in _PAGES:
        if found := pattern.fullmatch(split.path):
            return behind(query, *found.groups())
    return None


def _brief(query: _Query) -> _Answers:
    day = _day("day", query)
    # Of all the country: a province that is pinned is a row of the same table.
    return [
        _items("hotspots", datetime=_period(day, day)),
        # The mean of a day is the reading at its end.
        _items("air_quality", datetime=_period(day, day, timedelta())),
        _items("green_certificates"),
        _items("complaint_months"),
        _items("factories"),
    ]


def _theme(query: _Query, name: str) -> _Answers:
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


def _carbon(query: _Query) -> _Answers:
    return [_items("carbon", **_province(query))]


def _complaints(query: _Query) -> _Answers:
    tables = {name: table for table, name in NAMES.items()}
    table = tables.get(query.get("table", ""), MONTHS)
    return [_items(table)]


def _area(query: _Query, kind: str, code: str) -> _Answers:
    day = _day("day", query) if "day" in query else None
    own = [_items(kind, code=code)]
    of_it = {"province_code": code} if kind == "provinces" else {}
    if not of_it:
        return own
    fires = [_items("hotspots", datetime=_period(day, day), **of_it)] if day else []
    return [*own, _items("factories", **of_it), _items("green_certificates", **of_it), *fires]


def _factory(query: _Query, id: str) -> _Answers:
    return [_items("factories", id=id), _items("green_certificates", factory_id=id)]


def _town(query: _Query, id: str) -> _Answers:
    return [_items("eco_towns", id=id)]


def _offline_map(query: _Query) -> _Answers:
    period = _period(_day("from", query), _day("to", query))
    province = query.get("province", "")
    asked = {"bbox": query["bbox"]} if "bbox" in query else {}
    if re.fullmatch(r"\d\d", province):
        asked["filter"] = f"in_province(geom, '{province}')"
    named = dict.fromkeys(query.get("layers", "").split(","))
    return [_items(name, datetime=period, **asked) for name in named]


def _no_rows(query: _Query) -> _Answers:
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
        (r"/eco-towns/([^/]+)(?:/scorecard)?", _town),
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
    code = query.get("province", "")
    return {"province_code": code} if re.fullmatch(r"\d\d", code) else {}


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
