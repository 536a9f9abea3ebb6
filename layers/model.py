"""The vocabulary of the declarations: Text, Field, Style, Layer, and Source with what it reads.

Catalog and source modules import this module and nothing else of ours.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal


@dataclass(frozen=True)
class Text:
    """One wording in Thai and in English."""

    th: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.th if language == "th" else self.en


# --- layers -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Field:
    """One property of a layer; `unit` as printed (µg/m³, m/s), `values` name the codes it takes:
    one of them, or `several` with commas between."""

    name: str
    title: Text
    unit: str | None = None
    description: Text | None = None
    values: Mapping[str, Text] = field(default_factory=dict)
    several: bool = False


@dataclass(frozen=True)
class Style:
    """How a layer is drawn: one colour, or one per value of the field `by` (hex, as in CSS).

    A `ramp` colours the number `by` from low to high, each colour for about as many features; what
    has no number is hatched. `label` is the field written in the mark, or on the area. A raster
    has one colour per class, in the order of `colors`; `breaks` are the highest values of all
    classes but the last, which has none.
    """

    color: str
    by: str | None = None
    colors: Mapping[str, str] = field(default_factory=dict)
    ramp: tuple[str, ...] = ()
    breaks: tuple[float, ...] = ()
    label: str | None = None
    radius_px: float = 4
    fill_opacity: float = 0.7
    cluster: bool = False


@dataclass(frozen=True)
class Tiling:
    """What vector tiles carry of a layer, and how they generalise where that would be too much.

    A feature has its id, `observed_at` where timed, and `fields`; without `fields` those that the
    style names. Of points too many for a tile, cells of a grid tell the `count`, in all and of
    each value of the style's `by`. Areas, and with `order` points too, are shown as many as fit:
    the first in the order of that field, its falling order where a minus sign precedes; the tile's
    layer `<layer>_summary` tells how many of the `total` are `shown`. `point_counts`: the cells'
    counts are kept, in the view `published.point_counts`.
    """

    fields: tuple[str, ...] | None = None
    order: str | None = None
    point_counts: bool = False


@dataclass(frozen=True)
class Layer:
    """A named set of features we publish.

    The view `published.<name>` gives `id`, `geom` (EPSG:4326), `observed_at` (UTC) where `timed`,
    and `fields`, no more and no less. A `raster` layer has no view: its days are GeoTIFF files.
    Features of an `undated` timed layer may have no time; they belong to any. `ids_by_minute` says
    that ids begin with the UTC minute of the observation, as in 202602031415, and so sort by time.
    `near` says whether the field team's question "what is near" includes it unasked.
    `stale_after` is the age of the newest data at which people are told that the feed is stale.
    """

    name: str
    title: Text
    description: Text
    licence: str
    attribution: str
    style: Style
    sources: tuple[str, ...]
    stale_after: timedelta
    fields: tuple[Field, ...] = ()
    geometry: Literal["point", "area", "raster"] = "point"
    timed: bool = False
    undated: bool = False
    ids_by_minute: bool = False
    near: bool = True
    tiling: Tiling = Tiling()

    @property
    def raster(self) -> bool:
        return self.geometry == "raster"


# Fields that several layers have, each worded once.

STATION_KIND = Field(
    "kind",
    Text("ชนิดสถานี", "Kind"),
    values={
        "ground": Text("สถานีพื้นดิน", "Ground station"),
        "mobile": Text("หน่วยเคลื่อนที่", "Mobile unit"),
        "model": Text("แบบจำลอง ไม่ใช่การตรวจวัด", "Model, not measured"),
    },
)


def source_field(**named: Text) -> Field:
    """Who said what a feature says: providers by the name of their source, or the demo world."""
    simulated = Text("ข้อมูลจำลอง", "Simulated")
    return Field("source", Text("แหล่งข้อมูล", "Source"), values={**named, "demo": simulated})


class LayerNotFound(LookupError):
    """No layer has the name that was asked for."""


# --- sources ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Setting:
    """An environment variable that one source reads; the README's table is checked against it."""

    variable: str
    description: str
    default: str | None = None
    secret: bool = False


@dataclass(frozen=True)
class Request:
    """One question to a live feed; `context` travels to `parse` with the answer."""

    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ask:
    """What a live pull may depend on: the clock (UTC) and the settings of sources by variable."""

    now: datetime
    settings: Mapping[str, str]


# Older than every feed we read.
FIRST_YEAR = 1990


@dataclass(frozen=True)
class Delivery:
    """One payload as it reached us: a file's name or the request's URL without secrets, the time
    we received it (UTC), and the context that its request gave."""

    name: str
    received_at: datetime
    context: Mapping[str, str] = field(default_factory=dict)

    def believed(self, time: datetime) -> datetime:
        """`time` (UTC), where it can be that of an observation or a forecast: a year of the
        Buddhist era or of a broken clock cannot. BadValue otherwise."""
        if not FIRST_YEAR <= time.year <= self.received_at.year + 1:
            raise BadValue(
                "time is not that of an observation",
                f"{time.date()} is not from {FIRST_YEAR} to {self.received_at.year + 1} (CE)",
            )
        return time


class BadValue(ValueError):
    """A record's value cannot be understood: `reason` groups like cases and holds no value,
    `detail` names the value and the remedy."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class UnexpectedPayload(ValueError):
    """A whole answer is not what the provider promises: wrong columns, an error page, cut off."""


class UnusableSetting(RuntimeError):
    """A source's environment variable is missing or wrong; the message names it and the remedy."""


# What providers write for "no value", beside an empty cell.
MISSING = frozenset({"", "-", "N/A", "NA", "null", "None", "NULL", "nan"})


@dataclass(slots=True)
class Record:
    """One record of a payload before parsing.

    `line` is the 1-based line or item number. `values` holds cells by column name (CSV: text,
    stripped, with NBSP, zero-width marks and Excel armour removed and Thai normalised; JSON: as
    decoded, texts likewise). `cells` holds the cells as read where their number does not fit the
    `header`; `values` is then empty. `geometry` is GeoJSON where the format carries one. `raw` is
    the record's text, for the quarantine. A `garbled` one has bytes that are no text, or NUL.
    """

    line: int
    values: dict[str, Any]
    raw: str
    cells: list[str] = field(default_factory=list)
    geometry: Mapping[str, Any] | None = None
    header: Sequence[str] = ()
    garbled: bool = False

    def check(self) -> None:
        """Raises BadValue where the record as a whole cannot be read."""
        if self.garbled:
            raise BadValue("bytes that are not text", "save the file as UTF-8")
        if self.cells:
            raise BadValue("cells do not fit the header", f"{len(self.cells)} cells")

    def text(self, name: str) -> str | None:
        """The value as text; None where it is absent or one of MISSING."""
        value = self.values.get(name)
        if value is None:
            return None
        text = value if isinstance(value, str) else str(value)
        return None if text in MISSING else text

    def number(self, name: str, low: float = -math.inf, high: float = math.inf) -> float | None:
        """The value as a finite number within [low, high]; None where missing; BadValue if not."""
        # The sound case first: files have millions of numbers.
        try:
            number = float(self.values[name])
        except (KeyError, TypeError, ValueError):
            number = math.nan
        if low <= number <= high and math.isfinite(number):
            return number
        text = self.text(name)
        if text is None:
            return None
        if math.isnan(number):
            raise BadValue(f"{name} is not a number", repr(text))
        raise BadValue(f"{name} is out of range", f"{text} is not within {low:g} to {high:g}")

    def needed(self, name: str) -> str:
        """The value as text; BadValue where it is missing."""
        text = self.text(name)
        if text is None:
            raise BadValue(f"{name} is missing")
        return text

    def needed_number(self, name: str, low: float = -math.inf, high: float = math.inf) -> float:
        """As `number`; BadValue where it is missing."""
        number = self.number(name, low, high)
        if number is None:
            raise BadValue(f"{name} is missing")
        return number


@dataclass(slots=True)
class Row:
    """A sound row for `staging.<table>`; values by column name, times in UTC, units canonical."""

    table: str
    values: dict[str, Any]


@dataclass(slots=True)
class Rejected:
    """A record that cannot be stored. `reason` groups (no values in it); `detail` names the value
    and the remedy. With `stored=True` it is a warning: the row was stored all the same."""

    record: Record
    reason: str
    detail: str = ""
    stored: bool = False


@dataclass(frozen=True)
class Format:
    """One shape in which a source delivers.

    `kind`: `csv` is delimited text; `json` a document whose records are the list at `path`, as in
    ("stations",), and for GeoJSON ("features",), where `values` are the properties; `vector` what
    GDAL reads (shapefile in a zip, TopoJSON, GeoPackage), `values` being the attributes. A source
    with several formats takes the first of the payload's kind whose `required` columns are there.
    A column in none of `required`, `optional` and `ignored` fails the run: a provider's new column
    is news, not noise.
    """

    kind: Literal["csv", "json", "vector"]
    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """A column of CSV whose number, within [low, high], a source stores as it is in `field`.

    It says that a record is one row of the source's first table, and that two records with the
    same cells but for their measures are rows with the same values but for these fields.
    """

    column: str
    field: str
    low: float = -math.inf
    high: float = math.inf


@dataclass(frozen=True)
class Source:
    """A provider we read.

    `parse` is pure: records in, rows and rejections out. `requests` names the live questions, and
    `more` the next page given the decoded answer. `min_rows` is the least number of sound rows of
    a run that succeeds. `tables` are those that `parse` gives rows for, in the order of merging.
    `warn` may look at the count of records of one payload and say what is suspicious about it.
    `measures` may be named where records stand each for themselves: those of CSV are then read many
    at once, with the same result.
    """

    name: str
    title: Text
    url: str
    licence: str
    tables: tuple[str, ...]
    formats: tuple[Format, ...]
    parse: Callable[[Iterable[Record], Delivery], Iterator[Row | Rejected]]
    requests: Callable[[Ask], Iterable[Request]] | None = None
    more: Callable[[Request, Any], Request | None] | None = None
    warn: Callable[[int, Delivery], str | None] | None = None
    min_rows: int = 1
    settings: tuple[Setting, ...] = ()
    measures: tuple[Measure, ...] = ()


def row_by_row(
    read: Callable[[Record, Delivery], Iterable[Row | Rejected]],
) -> Callable[[Iterable[Record], Delivery], Iterator[Row | Rejected]]:
    """The `parse` of a source whose records stand each for themselves: a record whose cells do not
    fit the header, or for which `read` raises BadValue, is rejected and the next one read."""

    def parse(records: Iterable[Record], delivery: Delivery) -> Iterator[Row | Rejected]:
        for record in records:
            try:
                record.check()
                # A list, not `yield from`: a BadValue half-way must not leave half a record's rows.
                rows = list(read(record, delivery))
            except BadValue as problem:
                yield Rejected(record, problem.reason, problem.detail)
            else:
                yield from rows

    return parse
