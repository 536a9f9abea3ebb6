"""Layers and what is said of them: Text, Field, Style, Layer, Analysis."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True)
class Text:
    """One wording in Thai and in English."""

    th: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.th if language == "th" else self.en


class Theme(StrEnum):
    """What a map page is about; a page shows the layers of its theme."""

    OVERVIEW = "overview"
    BURNING = "burning"
    AIR = "air"
    COMPLAINTS = "complaints"
    GREEN = "green"


@dataclass(frozen=True)
class Field:
    """One property of a layer; `unit` as printed (µg/m³, m/s), `values` name the codes it takes:
    one of them, or `several` with commas between.

    `decimals` are as many as a number is good for, and pages write no more; formats for programs
    have all there are. A `share` is of 1, which pages write in percent, and a `year` of the
    Christian era."""

    name: str
    title: Text
    unit: str | None = None
    description: Text | None = None
    values: Mapping[str, Text] = field(default_factory=dict)
    several: bool = False
    decimals: int | None = None
    kind: Literal["amount", "share", "year"] = "amount"


@dataclass(frozen=True)
class Mark:
    """The shape of a point and what fills it, so that colour alone never tells it from others."""

    shape: Literal["circle", "square", "triangle", "diamond", "cross"] = "circle"
    fill: Literal["plain", "hatched", "ruled", "open"] = "plain"


@dataclass(frozen=True)
class Style:
    """How a layer is drawn: one colour, or one per value of the field `by` (hex, as in CSS).

    Points have a `mark`, and `marks` where a value of `by` has its own. Seen from afar they are
    summed into cells coloured by the steps of `cells`, low to high, if it has any. Values of `by`
    in `apart` are counted apart, and neither drawn nor in a sum unless they are asked for.

    A `ramp` colours the number `by` from low to high, each colour for about as many features, or
    each but the first from one of the `breaks` on; what has no number is hatched, as are areas
    whose value of `by` is one of `hatched`. Where `by` is a judgement, `against` is the field of
    what it was judged by, which the legend tells. `label` is the field written in the mark, which
    has a thick edge above `label_above`. Where `turned_by` names a field, in degrees clockwise from
    north that something comes from, points are arrows to where it goes: at each place the newest of
    the period alone, and a ring where there is no direction, or the feature is `calm`. With
    `newest` marks, too, are of the newest of the period at each place, and their popup lists the
    others. A raster has one colour per class, in the order of `colors`; its `breaks` are the
    highest values of all classes but the last, which has none. Where a raster tells in a second
    band how far each cell lies from where something was measured, `fades` are metres from which on
    so much of the colour is left, 0 for none.
    """

    color: str
    by: str | None = None
    against: str | None = None
    colors: Mapping[str, str] = field(default_factory=dict)
    ramp: tuple[str, ...] = ()
    breaks: tuple[float, ...] = ()
    fades: tuple[tuple[float, float], ...] = ()
    label: str | None = None
    label_above: float | None = None
    turned_by: str | None = None
    newest: bool = False
    mark: Mark = Mark()
    marks: Mapping[str, Mark] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    hatched: tuple[str, ...] = ()
    fill_opacity: float = 0.7


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
class Trust:
    """How far rows of a derived layer are to be believed. Fields of `uncertainty` tell it of every
    row that did not abstain; where one of the `estimates` is empty, one of those in `abstained`
    says why."""

    uncertainty: tuple[str, ...]
    estimates: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layer:
    """A named set of features we publish.

    The view `published.<name>` gives `id`, `geom` (EPSG:4326), `observed_at` (UTC) where `timed`,
    and `fields`, no more and no less. A `raster` layer has no view: its days are GeoTIFF files.
    Features of an `undated` timed layer may have no time; they belong to any. `ids_by_minute` says
    that ids begin with the UTC minute of the observation, as in 202602031415, and so sort by time.
    `near` says whether the field team's question "what is near" includes it unasked, and `themes`
    which map pages show it without naming it. `sources` names the sources, or the analyses, whose
    tables it shows; where there is an analysis among them the layer has MADE_FIELDS, and `trust`
    unless it is a raster. `stale_after` is the age of the newest data at which people are told that
    the feed is stale, and `usual_gap` how long behind an observation there may usually be no other,
    where that is less: so far what was read of a file tells that there was nothing.
    """

    name: str
    title: Text
    description: Text
    licence: str
    attribution: str
    style: Style
    sources: tuple[str, ...]
    stale_after: timedelta
    usual_gap: timedelta | None = None
    fields: tuple[Field, ...] = ()
    geometry: Literal["point", "area", "raster"] = "point"
    timed: bool = False
    undated: bool = False
    ids_by_minute: bool = False
    near: bool = True
    themes: tuple[Theme, ...] = ()
    tiling: Tiling = Tiling()
    trust: Trust | None = None

    @property
    def raster(self) -> bool:
        return self.geometry == "raster"

    @property
    def classes(self) -> tuple[str, ...]:
        """The values of the style's `by` that are counted apart."""
        named = next((known.values for known in self.fields if known.name == self.style.by), {})
        return tuple(self.style.colors or named)


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


# What every row that we computed says of how it was made.
MADE_FIELDS = (
    Field("method", Text("วิธี", "Method")),
    Field("computed_at", Text("คำนวณเมื่อ", "Computed at")),
    Field(
        "run_id",
        Text("รอบการคำนวณ", "Run"),
        description=Text(
            "/api/runs/{เลขนี้} บอกว่าคำนวณจากข้อมูลรอบใดบ้าง",
            "/api/runs/{this number} tells from which Runs it was computed",
        ),
    ),
)


_DOUBTS = {
    "outside_province": Text(
        "จุดอยู่นอกจังหวัดที่ระบุเกิน 1 กม.", "Point more than 1 km outside the province it names"
    ),
    "outside_thailand": Text(
        "จุดอยู่นอกทุกจังหวัด (ในทะเลหรือต่างประเทศ)", "Point outside every province: at sea or abroad"
    ),
    "number_conflict": Text(
        "เลขทะเบียนเดียวกันเป็นของโรงงานอื่นด้วย", "Another factory has the same registration number"
    ),
    "date_implausible": Text("มีวันที่ที่ไม่น่าเป็นไปได้", "Has a date that can hardly be"),
    "horsepower_implausible": Text("แรงม้าไม่น่าเป็นไปได้", "Horsepower can hardly be"),
    "workers_implausible": Text("จำนวนคนงานไม่น่าเป็นไปได้", "Number of workers can hardly be"),
}


def doubts_field(*codes: str) -> Field:
    """What is implausible about a feature that is shown all the same."""
    return Field(
        "doubts",
        Text("ข้อสงสัย", "Doubts"),
        description=Text(
            "สิ่งที่ไม่น่าเป็นไปได้ตามการตรวจของระบบ คั่นด้วยจุลภาค ว่างเมื่อไม่พบ",
            "What can hardly be, as our checks find it, with commas between; empty where nothing",
        ),
        values={code: _DOUBTS[code] for code in codes},
        several=True,
    )


def source_field(**named: Text) -> Field:
    """Who said what a feature says: providers by the name of their source, or the demo world."""
    simulated = Text("ข้อมูลจำลอง", "Simulated")
    return Field("source", Text("แหล่งข้อมูล", "Source"), values={**named, "demo": simulated})


class LayerNotFound(LookupError):
    """No layer has the name that was asked for."""


class FeatureNotFound(LookupError):
    """A layer has no feature with the id that was asked for."""


class Partition(StrEnum):
    """What one part of an analysis is of, where it is computed in parts: those of one pass are
    independent of each other, and computed in any order by whoever is free."""

    MONTHS = "months"
    DAYS = "days"
    HOURS = "hours"
    BLOCKS = "blocks"  # of rows, in the order of their ids


@dataclass(frozen=True)
class Analysis:
    """A computation that reads tables and writes derived ones.

    `sources` names the sources, and the analyses, whose tables it reads; `tables` are those that it
    writes, materialized views among them. A `daily` one computes one day (Thai time) at a time.
    `every` is the least time between two passes that the service makes by itself, when what it
    reads or its method has changed; none is made by itself without. Of what each part is where it
    is computed in parts, its `partition` tells. `version` is that of its method: with another, what
    was computed by the former is computed anew.
    """

    name: str
    title: Text
    sources: tuple[str, ...]
    tables: tuple[str, ...]
    daily: bool = False
    every: timedelta | None = None
    partition: Partition | None = None
    version: int = 1
