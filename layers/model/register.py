"""Registers: dated lists of public facts that are declared once and become a Source and a Layer.

A declaration says what a row has beside what every row has: a name, days from and to, a province,
a place, and who said so. Rows are facts that are public, or sums; no person is in them.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from layers.model.layer import (
    Field,
    Layer,
    Style,
    Text,
    Theme,
    Tiling,
    doubts_field,
    source_field,
)

# `code` is one of the field's values, by its code or its title in either language; a `text` is left
# empty where it names a natural person.
AttributeKind = Literal["text", "code", "number", "whole", "year"]


@dataclass(frozen=True)
class Attribute:
    """A field of a register and how it is read: within `low` and `high`, from a column of its name
    or one of those as `written` by others; `spelt` says what else stands for which code. A row
    without one that is `needed` is rejected; of any other a value that cannot be is left empty, and
    told."""

    field: Field
    kind: AttributeKind = "text"
    needed: bool = False
    low: float = 0
    high: float = float("inf")
    written: tuple[str, ...] = ()
    spelt: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Mapped:
    """Somebody else's table, known by `id_column`, which numbers its rows; `columns` says which of
    theirs is which of ours. It `says` the same of all its rows, and those are read whose values are
    `only` these; `ignored` are columns known and not wanted."""

    id_column: str
    columns: Mapping[str, str]
    says: Mapping[str, str] = dataclasses.field(default_factory=dict)
    only: Mapping[str, str] = dataclasses.field(default_factory=dict)
    ignored: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Register:
    """A list that becomes the layer and the source of its `name`, whose rows are in `table`.

    A `timed` one has a day for every row, at which the layer is asked for; `planned` ones may lie
    ahead. A row of `areas` is about a province as a whole, and has no place, days or name of its
    own. `at_factories` tells which factory a row is about, where it is of one. A row that brings no
    `id` is known by its `key`. `computed` fields are what the view works out.
    """

    name: str
    table: str
    title: Text
    description: Text
    licence: str
    attribution: str
    url: str
    style: Style
    attributes: tuple[Attribute, ...]
    stale_after: timedelta
    computed: tuple[Field, ...] = ()
    key: tuple[str, ...] = ("name", "province_code", "starts_on")
    timed: bool = False
    planned: bool = False
    areas: bool = False
    at_factories: bool = False
    near: bool = False
    themes: tuple[Theme, ...] = ()
    mapped: tuple[Mapped, ...] = ()


_NAME = Field("name", Text("ชื่อ", "Name"))
_DAYS = (
    Field("starts_on", Text("ตั้งแต่วันที่", "From")),
    Field("ends_on", Text("ถึงวันที่", "To")),
)
_PROVINCE = Field("province_code", Text("รหัสจังหวัด", "Province code"))
_FACTORY = Field("factory_id", Text("รหัสโรงงานในระบบ", "Factory, by our id"))
_PLACED_BY = Field(
    "placed_by",
    Text("ที่มาของตำแหน่ง", "Where the place is from"),
    values={
        "given": Text("พิกัดที่แหล่งข้อมูลให้มา", "Coordinates as given"),
        "factory": Text("พิกัดของโรงงาน", "The factory's place"),
        "province": Text(
            "จุดแทนทั้งจังหวัด ไม่ใช่ที่ตั้งจริง", "A point that stands for the province, not the place"
        ),
    },
)
_REFERENCE = Field(
    "reference",
    Text("เอกสารอ้างอิง", "Reference"),
    description=Text("เอกสารหรือหน้าเว็บที่ระบุข้อเท็จจริงนี้", "The document or page that says so"),
)


def register_layer(register: Register) -> Layer:
    """What the register shows: its attributes first after the name."""
    own = (*(_told(one) for one in register.attributes), *register.computed)
    source = source_field(**{register.name: register.title})
    if register.areas:
        fields = (_PROVINCE, *own, _REFERENCE, source)
    else:
        factory = (_FACTORY,) if register.at_factories else ()
        doubts = doubts_field("outside_province", "outside_thailand")
        place = (_PROVINCE, *factory, _PLACED_BY, doubts)
        fields = (_NAME, *own, *_DAYS, *place, _REFERENCE, source)
    told = tuple(one.name for one in fields if one.name not in ("reference", "source"))
    return Layer(
        name=register.name,
        title=register.title,
        description=register.description,
        licence=register.licence,
        attribution=register.attribution,
        style=register.style,
        sources=(register.name,),
        stale_after=register.stale_after,
        fields=fields,
        geometry="area" if register.areas else "point",
        timed=register.timed,
        near=register.near,
        themes=register.themes,
        tiling=Tiling(fields=told),
    )


def _told(one: Attribute) -> Field:
    return dataclasses.replace(one.field, kind="year") if one.kind == "year" else one.field
