"""The form that filters a layer's table: what it offers, and the question that it writes.

It is a plain form and works without scripts. Empty fields would ask for empty values, so that it
goes to `/data/LAYER/filter`, which leads on to the same question without them: `datetime`,
properties by their names, and `filter` in CQL2. What the form wrote it reads back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, timedelta
from urllib.parse import urlencode

from layers.cleaning.provinces import PROVINCES
from layers.model import Field, Layer, Text
from layers.query import BadQuery, Query
from layers.reports.measures import day_of, period_of
from map_site import numbers
from map_site.mount import mounted

# A filter that reads these names asks for what lies in a province, or has words in its name.
_IN_PROVINCE = re.compile(r"in_province\(geom, '(\d\d)'\)")
_HAS_WORDS = re.compile(r"CASEI\((\w+)\) LIKE CASEI\('%((?:[^']|'')*)%'\)")
_NAMED = ("name", "name_th", "factory_name")
_AND = " AND "
# What stays as it is when the form changes the rest.
_KEPT = ("bbox", "bbox-crs", "crs", "limit", "properties", "skipGeometry", "count")
# Whom a row is from, and how well its time is known: asked less often than what it says.
_OF_THE_ROW = ("source", "sources", "time_precision")
# So many choices are in sight; the others are folded.
_FIRST_CHOICES = 3
_SECOND = timedelta(seconds=1)
_WIDER_DAYS = 30


@dataclass(frozen=True)
class ItemFilters:
    """What is asked of a layer's items; days are those of the reports, from 08:00 to 08:00.
    `chosen` are values by property; `cql` a condition that somebody wrote."""

    since: date | None = None
    until: date | None = None
    province: str = ""
    words: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    oldest_first: bool = False
    cql: str = ""
    kept: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Condition:
    """One of the conditions in force: its words, and the query without it."""

    text: str
    dropped: dict[str, str]


def choices(layer: Layer) -> tuple[list[Field], list[Field]]:
    """The fields with codes to choose from: those in sight, the ones that maps show first, and
    those that are folded."""
    coded = [one for one in layer.fields if one.values]
    first = layer.tiling.fields or ()
    shown = sorted(
        (one for one in coded if one.name in first), key=lambda one: first.index(one.name)
    )
    others = [one for one in coded if one not in shown]
    others.sort(key=lambda one: one.name in _OF_THE_ROW)
    ordered = [*shown, *others]
    first_of_all = [one for one in ordered[:_FIRST_CHOICES] if one.name not in _OF_THE_ROW]
    return first_of_all, ordered[len(first_of_all) :]


def named_field(layer: Layer) -> Field | None:
    """The field that has a feature's name."""
    return next((one for name in _NAMED for one in layer.fields if one.name == name), None)


def provinces(language: str) -> list[tuple[str, str]]:
    """Every province's code and name, in the order of the names."""
    named = ((one.code, Text(one.name_th, one.name_en)[language]) for one in PROVINCES.values())
    return sorted(named, key=lambda one: one[1].lstrip("เแโใไ"))


def of_form(layer: Layer, given: Mapping[str, str]) -> ItemFilters:
    """What the form's fields say; what cannot be read is left out."""
    known = {one.name: one.values for one in layer.fields if one.values}
    return ItemFilters(
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
        province=given.get("province", "") if given.get("province") in PROVINCES else "",
        words=given.get("words", "").strip()[:100],
        chosen={n: given[n] for n, values in known.items() if given.get(n) in values},
        oldest_first=given.get("order") == "oldest",
        cql=given.get("cql", "").strip(),
        kept={name: given[name] for name in (*_KEPT, "datetime") if given.get(name)},
    )


def of_query(layer: Layer, asked: Mapping[str, str]) -> ItemFilters:
    """What a query asks, as the form would write it; a filter of somebody else stays as written."""
    since, until = _days(asked["datetime"]) if "datetime" in asked else (None, None)
    known = {one.name for one in layer.fields if one.values and not one.several}
    by_field = asked.get("province_code", "") if _has_code(layer) else ""
    # An interval that is not of whole days stays as somebody wrote it.
    kept = _KEPT if since or until else (*_KEPT, "datetime")
    found = ItemFilters(
        since=since,
        until=until,
        province=by_field if by_field in PROVINCES else "",
        chosen={name: value for name, value in asked.items() if name in known},
        oldest_first=asked.get("sortby", "") in _orders(layer)[1:],
        kept={name: asked[name] for name in kept if name in asked},
    )
    text = asked.get("filter", "")
    if not text:
        return found
    split = _split(layer, found, text)
    return split if _filter(layer, split) == text else replace(found, cql=text)


def to_query(layer: Layer, filters: ItemFilters) -> dict[str, str]:
    """The query of the items' address."""
    several = {one.name for one in layer.fields if one.several}
    query = dict(filters.kept)
    if filters.since or filters.until:
        query["datetime"] = _interval(filters.since, filters.until)
    query |= {name: value for name, value in filters.chosen.items() if name not in several}
    if filters.province and _has_code(layer):
        query["province_code"] = filters.province
    if text := _filter(layer, filters):
        query["filter"] = text
    if filters.oldest_first and layer.timed:
        query["sortby"] = _orders(layer)[1]
    return query


def conditions(layer: Layer, filters: ItemFilters, language: str) -> list[Condition]:
    """Those in force, each with the query that does without it."""
    told: list[tuple[str, ItemFilters]] = []
    for name in ("datetime", "bbox"):
        if name in filters.kept:
            rest = {n: value for n, value in filters.kept.items() if not n.startswith(name)}
            told.append((f"{name} {filters.kept[name]}", replace(filters, kept=rest)))
    if filters.since or filters.until:
        days = (numbers.day(at, language) if at else "…" for at in (filters.since, filters.until))
        told.append((" – ".join(days), replace(filters, since=None, until=None)))
    if filters.province:
        province = PROVINCES[filters.province]
        name = Text(province.name_th, province.name_en)[language]
        told.append((name, replace(filters, province="")))
    if filters.words:
        told.append((f"“{filters.words}”", replace(filters, words="")))
    by_name = {one.name: one for one in layer.fields}
    for name, value in filters.chosen.items():
        rest = {other: kept for other, kept in filters.chosen.items() if other != name}
        wording = by_name[name].values.get(value, Text(value, value))
        text = f"{by_name[name].title[language]}: {wording[language]}"
        told.append((text, replace(filters, chosen=rest)))
    if filters.cql:
        told.append((filters.cql, replace(filters, cql="")))
    return [Condition(text, to_query(layer, without)) for text, without in told]


def wider_period(layer: Layer, filters: ItemFilters) -> tuple[int, dict[str, str]] | None:
    """How many days a longer period has that ends on the same day, and its query; None where no
    short one was asked for."""
    if not (filters.since and filters.until):
        return None
    since = filters.until - timedelta(days=_WIDER_DAYS - 1)
    if since >= filters.since:
        return None
    return _WIDER_DAYS, to_query(layer, replace(filters, since=since))


def items_address(layer: str, query: Mapping[str, str], language: str) -> str:
    """The page of the items that meet the query."""
    asked = urlencode({**query, "lang": language}, safe=",:/")
    return mounted(f"/ogc/collections/{layer}/items?{asked}")


def _filter(layer: Layer, filters: ItemFilters) -> str:
    """CQL2 for what properties by their names cannot ask."""
    parts = []
    if filters.province and not _has_code(layer):
        parts.append(f"in_province(geom, '{filters.province}')")
    named = named_field(layer)
    if filters.words and named:
        pattern = re.sub(r"([\\%_])", r"\\\1", filters.words).replace("'", "''")
        parts.append(f"CASEI({named.name}) LIKE CASEI('%{pattern}%')")
    for one in layer.fields:
        if one.several and one.name in filters.chosen:
            parts.append(f"{one.name} LIKE '%{filters.chosen[one.name]}%'")
    if filters.cql:
        parts.append(f"({filters.cql})" if parts else filters.cql)
    return _AND.join(parts)


def _split(layer: Layer, found: ItemFilters, text: str) -> ItemFilters:
    """The parts of a filter that the form writes."""
    province, words = _IN_PROVINCE.search(text), _HAS_WORDS.search(text)
    several = {}
    for one in layer.fields:
        asked = re.search(rf"\b{one.name} LIKE '%(\w+)%'", text) if one.several else None
        if asked:
            several[one.name] = asked[1]
    split = replace(
        found,
        province=province[1] if province and province[1] in PROVINCES else found.province,
        words=re.sub(r"\\(.)", r"\1", words[2].replace("''", "'")) if words else "",
        chosen=found.chosen | several,
    )
    ours = _filter(layer, split)
    own = text.removeprefix(f"{ours}{_AND}(").removesuffix(")") if ours else ""
    return replace(split, cql=own) if own and own != text.removesuffix(")") else split


def _interval(since: date | None, until: date | None) -> str:
    """As `datetime` has it, both ends included."""
    start = period_of(since)[0] if since else None
    end = period_of(until)[1] - _SECOND if until else None
    ends = (f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else ".." for at in (start, end))
    return "/".join(ends)


def _days(text: str) -> tuple[date | None, date | None]:
    """The first and the last day of an interval that is made of whole days; else None, None."""
    try:
        during = Query.from_params({"datetime": text}).during
    except BadQuery:
        return None, None
    if during is None:
        return None, None
    since, until = (day_of(at) if at else None for at in during)
    return (since, until) if _interval(since, until) == text else (None, None)


def _orders(layer: Layer) -> tuple[str, ...]:
    """Newest first and oldest first, as `sortby`."""
    name = "id" if layer.ids_by_minute else "observed_at"
    return f"-{name}", name


def _has_code(layer: Layer) -> bool:
    return any(one.name == "province_code" for one in layer.fields)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
