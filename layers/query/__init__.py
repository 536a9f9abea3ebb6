"""Query: one question about a layer, written to a URL by the client and read back by the server."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from layers.crs import SUPPORTED, WGS84, Crs
from layers.query.bad_query import BadQuery as BadQuery
from layers.query.moments import FIRST_YEAR as FIRST_YEAR
from layers.query.moments import Interval as Interval
from layers.query.moments import date_of as date_of
from layers.query.moments import instant_of as instant_of
from layers.query.moments import interval_of
from layers.query.moments import year_of as year_of
from layers.query.provinces import province_asked

# As many as GDAL asks for at a time: whoever follows `next` should not have to ask too often.
DEFAULT_LIMIT = 1_000
MAX_LIMIT = 10_000
CQL2_TEXT = "cql2-text"
CQL2_JSON = "cql2-json"
PARAMETERS = (
    *("limit", "bbox", "bbox-crs", "datetime", "filter", "filter-lang", "filter-crs"),
    *("sortby", "properties", "skipGeometry", "crs", "count", "cursor", "offset", "as_of"),
)
# The property of layers whose value names a province, and which no province has is a mistake.
PROVINCE_CODE = "province_code"
# What is passed over must be found first: whoever walks further follows `next`, which does not.
MAX_OFFSET = 100_000
# What PostgreSQL's LIMIT can hold.
_ANY = 2**62

# float alone would also take 1_000 and the digits of other scripts.
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)


class Box(NamedTuple):
    """Degrees (WGS84), or metres where a query says another CRS; x before y in any of them.
    In degrees west > east where the box crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def parts(self) -> tuple["Box", ...]:
        """The box itself, or its two sides of the antimeridian."""
        if self.west <= self.east:
            return (self,)
        return (self._replace(east=180.0), self._replace(west=-180.0))


class Sort(NamedTuple):
    """One key of an order; features without a value for it come last, either way."""

    field: str
    descending: bool = False


class Filter(NamedTuple):
    """A condition in CQL2 as it was given, `language` being cql2-text or cql2-json; `crs` is that
    of the coordinates in it."""

    text: str
    language: str = CQL2_TEXT
    crs: Crs = WGS84


@dataclass(frozen=True)
class Query:
    """At most `limit` features, or all of them, that meet `bbox`, `during`, `filter` and every pair
    of a property and its value in `matching`.

    They come in the order of `sortby` and then of their ids, with `properties` or all, and their
    coordinates in `crs`. `exact_count` asks for the number of all that match. `cursor` is a
    server's mark of where the last page ended; nobody else looks inside. The first `offset` are
    passed over. `as_of` is a time (RFC 3339) or a version of the data: what was published then.
    """

    limit: int | None = DEFAULT_LIMIT
    bbox: Box | None = None
    bbox_crs: Crs = WGS84
    during: Interval | None = None
    filter: Filter | None = None
    matching: tuple[tuple[str, str], ...] = ()
    sortby: tuple[Sort, ...] = ()
    properties: tuple[str, ...] | None = None
    skip_geometry: bool = False
    crs: Crs = WGS84
    exact_count: bool = False
    cursor: str | None = None
    offset: int = 0
    as_of: str | None = None

    @classmethod
    def from_params(cls, params: Mapping[str, str], *, whole: bool = False) -> "Query":
        """Reads the parameters of OGC API – Features, Parts 1 to 3; raises BadQuery. A name that is
        none of them is a property. For `whole` answers no limit means everything."""
        bbox_crs = _crs_of("bbox-crs", params)
        names = _list_of("properties", params)
        if PROVINCE_CODE in params:
            province_asked(params[PROVINCE_CODE], parameter=PROVINCE_CODE)
        return cls(
            limit=limit_of(params["limit"], most=_ANY if whole else MAX_LIMIT)
            if "limit" in params
            else (None if whole else DEFAULT_LIMIT),
            bbox=_box(params["bbox"], bbox_crs) if "bbox" in params else None,
            bbox_crs=bbox_crs,
            during=interval_of("datetime", params["datetime"]) if "datetime" in params else None,
            filter=_filter(params),
            matching=tuple(pair for pair in params.items() if pair[0] not in PARAMETERS),
            sortby=_sorts(params),
            properties=None if names is None else tuple(dict.fromkeys(names)),
            skip_geometry=_choice("skipGeometry", params, "false", "true") == "true",
            crs=_crs_of("crs", params),
            exact_count=_choice("count", params, "estimate", "exact") == "exact",
            cursor=params.get("cursor"),
            offset=_offset(params),
            as_of=as_of_of(params),
        )

    def following(self, cursor: str) -> "Query":
        """The same question about the page after."""
        return replace(self, cursor=cursor, offset=0)

    def to_params(self) -> dict[str, str]:
        """The parameters that `from_params` reads back as this query; what is not asked is left
        out, and so is every default but that of `limit`."""
        given = {
            "limit": None if self.limit is None else str(self.limit),
            "bbox": self.bbox and ",".join(map(repr, _axes(self.bbox, self.bbox_crs))),
            "bbox-crs": _uri_unless_default(self.bbox_crs),
            "datetime": self.during and str(self.during),
            "filter": self.filter and self.filter.text,
            "filter-lang": self.filter
            and (None if self.filter.language == CQL2_TEXT else self.filter.language),
            "filter-crs": self.filter and _uri_unless_default(self.filter.crs),
            "sortby": ",".join("-" * sort.descending + sort.field for sort in self.sortby) or None,
            "properties": None if self.properties is None else ",".join(self.properties),
            "skipGeometry": "true" if self.skip_geometry else None,
            "crs": _uri_unless_default(self.crs),
            "count": "exact" if self.exact_count else None,
            "cursor": self.cursor,
            "offset": str(self.offset) if self.offset else None,
            "as_of": self.as_of,
        }
        told = {name: value for name, value in given.items() if value is not None}
        return told | dict(self.matching)


def as_of_of(params: Mapping[str, str]) -> str | None:
    """A time as in RFC 3339, or the number of a version of the data. Raises BadQuery."""
    text = params.get("as_of")
    if text is not None and not re.fullmatch(r"[0-9]{1,18}", text):
        instant_of("as_of", text)
    return text


def limit_of(text: str, most: int = MAX_LIMIT) -> int:
    """A whole number from 1; more than `most` means `most`. Raises BadQuery."""
    if not re.fullmatch(r"[0-9]+", text) or not text.strip("0"):
        raise BadQuery("limit", f"limit must be a whole number from 1, got {text!r}")
    digits = text.lstrip("0")
    return most if len(digits) > len(str(most)) else min(int(digits), most)


def number_of(name: str, text: str, low: float, high: float) -> float:
    """A finite number within [low, high]; raises BadQuery."""
    number = _number(text)
    if not low <= number <= high:
        raise BadQuery(name, f"{name} must be a number from {low:g} to {high:g}, got {text!r}")
    return number


def _number(text: str) -> float:
    """NaN where the text is no decimal number."""
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def _box(text: str, crs: Crs) -> Box:
    """Four numbers, or six of which the heights are of no use to flat data."""
    numbers = [_number(part) for part in text.split(",")]
    if len(numbers) not in (4, 6) or not all(map(math.isfinite, numbers)):
        raise BadQuery("bbox", f"bbox must be four numbers or six, got {text!r}")
    half = len(numbers) // 2
    box = _axes(Box(*numbers[:2], *numbers[half : half + 2]), crs)
    if crs.srid != WGS84.srid:
        if not (box.west <= box.east and box.south <= box.north):
            raise BadQuery("bbox", f"bbox must be min x,min y,max x,max y in metres, got {text!r}")
        return box
    if not (-90 <= box.south <= box.north <= 90 and abs(box.west) <= 180 and abs(box.east) <= 180):
        order = "south,west,north,east" if crs.lat_first else "west,south,east,north"
        raise BadQuery(
            "bbox",
            f"bbox must be {order} in degrees, longitudes within ±180, latitudes"
            f" within ±90 and south below north, got {text!r}",
        )
    return box


def _axes(box: Box, crs: Crs) -> Box:
    """Between the order of the CRS's axes and x before y: the same both ways."""
    return Box(box.south, box.west, box.north, box.east) if crs.lat_first else box


def _crs_of(name: str, params: Mapping[str, str]) -> Crs:
    uri = params.get(name)
    if uri is None:
        return WGS84
    if uri not in SUPPORTED:
        raise BadQuery(name, f"{name} must be one of {', '.join(SUPPORTED)}, got {uri!r}")
    return SUPPORTED[uri]


def _uri_unless_default(crs: Crs) -> str | None:
    return None if crs == WGS84 else crs.uri


def _offset(params: Mapping[str, str]) -> int:
    text = params.get("offset", "0")
    if not re.fullmatch(r"[0-9]+", text) or len(text.lstrip("0")) > len(str(MAX_OFFSET)):
        number = MAX_OFFSET + 1
    else:
        number = int(text)
    if number > MAX_OFFSET:
        raise BadQuery(
            "offset",
            f"offset must be a whole number from 0 to {MAX_OFFSET}, got {text[:40]!r}; to read on,"
            " follow the link `next` of each page",
        )
    if number and "cursor" in params:
        raise BadQuery("offset", "give offset or cursor, not both; `next` has the cursor alone")
    return number


def _filter(params: Mapping[str, str]) -> Filter | None:
    language = _choice("filter-lang", params, CQL2_TEXT, CQL2_JSON)
    crs = _crs_of("filter-crs", params)
    return Filter(params["filter"], language, crs) if "filter" in params else None


def _sorts(params: Mapping[str, str]) -> tuple[Sort, ...]:
    sorts = tuple(map(_sort, _list_of("sortby", params) or ()))
    for field, times in Counter(sort.field for sort in sorts).items():
        if times > 1:
            raise BadQuery("sortby", f"sortby takes each name once, got {field!r} {times} times")
    return sorts


def _sort(text: str) -> Sort:
    # The plus sign of +name is a space once a URL was read.
    return Sort(text[1:] if text[0] in "+- " else text, descending=text[0] == "-")


def _list_of(name: str, params: Mapping[str, str]) -> list[str] | None:
    """Names with commas between; none at all where the text is empty."""
    if name not in params:
        return None
    names = params[name].split(",") if params[name] else []
    if not all(text.strip("+- ") for text in names):
        raise BadQuery(name, f"{name} takes names with commas between, got {params[name]!r}")
    return names


def _choice(name: str, params: Mapping[str, str], *choices: str) -> str:
    """The first unless given."""
    given = params.get(name, choices[0])
    if given not in choices:
        raise BadQuery(name, f"{name} must be {' or '.join(choices)}, got {given!r}")
    return given
