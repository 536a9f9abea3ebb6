"""CQL2 filters (OGC 21-065r2), as text and as JSON, read into expressions.

`parse` gives the expression; `geo_api.features.cql2.sql` makes SQL of it. What cannot be read is a
BadQuery that says where: line and column of a text, a JSON pointer in JSON.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import cql2
from shapely.geometry.base import BaseGeometry

from geo_api.features.cql2.ast import Call, Expression, Items, Period, Property, Value, wrong
from geo_api.features.cql2.geometries import BadShape, box_of, shape_of
from geo_api.features.cql2.limits import check, check_nesting
from geo_api.features.cql2.positions import TextPlaces, json_place, place
from layers.crs import Crs
from layers.query import CQL2_JSON, BadQuery, Filter
from layers.query.moments import instant_of, refuse_buddhist_year

CONFORMANCE = (
    *(
        f"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/{name}"
        for name in ("queryables", "queryables-query-parameters", "filter", "features-filter")
    ),
    *(
        f"http://www.opengis.net/spec/cql2/1.0/conf/{name}"
        for name in (
            *("cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators"),
            *("case-insensitive-comparison", "accent-insensitive-comparison"),
            *("basic-spatial-functions", "basic-spatial-functions-plus", "spatial-functions"),
            *("temporal-functions", "array-functions", "property-property", "functions"),
            "arithmetic",
        )
    ),
)

_MAX_DEPTH = 64
_MAX_MEMBERS = 1000
# How cql2 0.6 says where it stopped; tests/test_reliance.py watches over these words.
_TEXT_STOPPED_AT = re.compile(r"--> (?P<line>\d+):(?P<column>\d+)")
_JSON_STOPPED_AT = re.compile(
    r"(?P<what>.*) at line (?P<line>\d+) column (?P<column>\d+)", re.DOTALL
)
# And the rules of its grammar of which one has to begin an operand.
_OPERAND_RULES = ("Identifier", "expected Expr")
_NO_COORDINATES = re.compile(r"\bEMPTY\b|\d{300}", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# What stands between or after its operands and not, as a word with a parenthesis, before them.
_INFIX = frozenset({"and", "or", "not", "like", "between", "in", "isNull", "div"})


def parse(asked: Filter) -> Expression:
    """Raises BadQuery."""
    check(asked.text)
    if asked.language == CQL2_JSON:
        return _Reader(json_place, asked.crs).read(_json(asked.text), "", 0)
    return _Reader(TextPlaces(asked.text), asked.crs).read(_text(asked.text), "", 0)


def moment_of(text: str, name: str = "filter") -> date | datetime | None:
    """A date, or an instant in UTC (RFC 3339); None where the text is neither. Raises BadQuery for
    one of the Buddhist era."""
    refuse_buddhist_year(name, text)
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
        return instant_of(name, text)
    except ValueError:
        return None


def _text(text: str) -> Any:
    check_nesting(text)
    try:
        try:
            return cql2.parse_text(text).to_json()
        except cql2.ParseError:
            # The grammar has both ways to write a quotation mark in a text, the parser one.
            text = text.replace("\\'", "''")
            return cql2.parse_text(text).to_json()
    except cql2.ParseError as problem:
        raise _unreadable_text(str(problem), text) from None
    except Exception as problem:
        # Of no kind of its own, where cql2 read a geometry that JSON cannot have.
        if type(problem) is not Exception:
            raise
        found = _NO_COORDINATES.search(text)
        here = place(text, found.start() if found else 0)
        raise wrong(here, "a geometry is empty, or has coordinates that are not finite") from None


def _json(text: str) -> Any:
    try:
        return cql2.parse_json(text).to_json()
    except cql2.ParseError as problem:
        if found := _JSON_STOPPED_AT.fullmatch(str(problem)):
            raise _unreadable_json(found, text) from None
        path, part = _culprit(json.loads(text), "")
        raise wrong(json_place(None, path), f"no CQL2 expression: {_short(part)}") from None


def _unreadable_text(problem: str, text: str) -> BadQuery:
    """The parser's own words name the rules of its grammar; these are a reader's."""
    found = _TEXT_STOPPED_AT.search(problem)
    here, rest = _stopped_at(found, text) if found else (place(text, 0), text)
    wanted = (
        "a property, a value, a function or an opening parenthesis"
        if any(rule in problem for rule in _OPERAND_RULES)
        else "an operator, AND, OR, a closing parenthesis or the end"
    )
    return wrong(here, f"expected {wanted}, got {_beginning(rest)}")


def _unreadable_json(stopped: re.Match[str], text: str) -> BadQuery:
    here, rest = _stopped_at(stopped, text)
    return wrong(here, f"this JSON cannot be read: {stopped['what']}, at {_beginning(rest)}")


def _stopped_at(found: re.Match[str], text: str) -> tuple[str, str]:
    """The place where the parser stopped, and the rest of that line."""
    line, column = int(found["line"]), int(found["column"])
    return f"line {line}, column {column}", text.split("\n")[line - 1][column - 1 :]


def _beginning(rest: str) -> str:
    rest = rest.strip()
    return f"{rest[:30]!r}" if rest else "the end"


def _culprit(part: Any, path: str) -> tuple[str, Any]:
    """The smallest part of a filter in JSON that is no expression, and the way to it."""
    lists = {k: v for k, v in part.items() if isinstance(v, list)} if isinstance(part, dict) else {}
    if not {"op", "interval"} & set(part if isinstance(part, dict) else ()):
        return path, part
    for name, members in lists.items():
        for index, member in enumerate(members):
            try:
                cql2.parse_json(json.dumps(member))
            except cql2.ParseError:
                return _culprit(member, f"{path}/{name}/{index}")
    return path, part


class _Reader:
    """Reads the JSON that cql2 makes of either language; `place` tells where its parts stand."""

    def __init__(self, place: Callable[[str | float | None, str], str], crs: Crs) -> None:
        self._place = place
        self._crs = crs

    def read(self, part: Any, path: str, depth: int) -> Expression:
        if depth > _MAX_DEPTH:
            raise wrong(self._place(None, path), f"nested deeper than {_MAX_DEPTH} levels")
        match part:
            case {"op": str(op), "args": list(args)}:
                return self._call(op, args, path, depth)
            case {"property": str(name)}:
                return Property(name, self._place(name, path))
            case {"date": given} | {"timestamp": given}:
                return self._moment("date" if "date" in part else "timestamp", given, path)
            case {"interval": list(ends)}:
                return self._period(ends, path, depth)
            case {"bbox": numbers}:
                return self._shape("bbox", lambda: box_of(numbers, self._crs), path)
            case {"type": str(kind)}:
                return self._shape(kind, lambda: shape_of(part, self._crs), path)
            case list():
                return self._items(part, path, depth)
            case bool() | str():
                return Value(part, self._place(part if isinstance(part, str) else None, path))
            case float() | int() if math.isfinite(part):
                # Of -x the parser makes -1 times x.
                return Value(part, self._place(None if part == -1 else abs(part), path))
        here = self._place(None, path)
        if part is None:
            raise wrong(here, "nothing equals NULL; write IS NULL or IS NOT NULL")
        if isinstance(part, float):
            raise wrong(here, "a number is too large: write one within ±1e308")
        raise wrong(here, f"cannot use {_short(part)}")

    def _call(self, op: str, args: list[Any], path: str, depth: int) -> Call:
        prefix = op not in _INFIX and (op[:1].isalpha() or op[:1] == "_")
        here = self._place(op if prefix else None, path)
        told = tuple(self.read(a, f"{path}/args/{i}", depth + 1) for i, a in enumerate(args))
        return Call(op, told, here if prefix or not told else told[0].place)

    def _items(self, members: list[Any], path: str, depth: int) -> Items:
        here = self._place(None, path)
        if len(members) > _MAX_MEMBERS:
            raise wrong(here, f"at most {_MAX_MEMBERS} values in a list, got {len(members)}")
        told = tuple(self.read(m, f"{path}/{i}", depth + 1) for i, m in enumerate(members))
        return Items(told, told[0].place if told else here)

    def _moment(self, kind: str, given: Any, path: str) -> Value:
        here = self._place(kind, path)
        moment = moment_of(given) if isinstance(given, str) else None
        if isinstance(moment, datetime) != (kind == "timestamp") or moment is None:
            example = "2026-01-31" + ("T17:00:00Z" if kind == "timestamp" else "")
            raise wrong(here, f"{kind.upper()} takes a text as {example!r}, got {_short(given)}")
        return Value(moment, here)

    def _period(self, ends: list[Any], path: str, depth: int) -> Period:
        here = self._place("interval", path)
        if len(ends) != 2:
            raise wrong(here, f"an interval has two ends, got {len(ends)}")
        start, end = (self._end(e, f"{path}/interval/{i}", depth) for i, e in enumerate(ends))
        known = [e.value for e in (start, end) if isinstance(e, Value)]
        if len(known) == 2 and str(known[0]) > str(known[1]):
            raise wrong(here, f"the interval ends before it starts: {ends[0]}, {ends[1]}")
        return Period(start, end, here)

    def _end(self, end: Any, path: str, depth: int) -> Expression | None:
        if not isinstance(end, str):
            return self.read(end, path, depth + 1)
        if end == "..":
            return None
        moment = moment_of(end)
        if moment is None:
            message = f"an end is a date, an instant with its zone, a property or '..', got {end!r}"
            raise wrong(self._place(end, path), message)
        return Value(moment, self._place(end, path))

    def _shape(self, kind: str, make: Callable[[], BaseGeometry], path: str) -> Value:
        here = self._place(kind, path)
        try:
            return Value(make(), here)
        except BadShape as problem:
            raise wrong(here, f"{kind.upper()}: {problem}") from None


def _short(part: Any) -> str:
    text = json.dumps(part, ensure_ascii=False) if isinstance(part, Mapping | list) else repr(part)
    return text if len(text) <= 80 else f"{text[:77]}…"
