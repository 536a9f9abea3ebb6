"""What a filter says: an expression whose parts know where in the filter they stand."""

from dataclasses import dataclass
from datetime import date, datetime

from shapely.geometry.base import BaseGeometry

from layers.query import BadQuery

# Times are in UTC, shapes in degrees (WGS84, longitude first).
Constant = bool | float | str | date | datetime | BaseGeometry


@dataclass(frozen=True)
class Property:
    """The value that a feature has."""

    name: str
    place: str


@dataclass(frozen=True)
class Value:
    """A value written out."""

    value: Constant
    place: str


@dataclass(frozen=True)
class Items:
    """Several values, as after IN."""

    members: tuple["Expression", ...]
    place: str


@dataclass(frozen=True)
class Period:
    """From one time to another, both included; None where it is open."""

    start: "Expression | None"
    end: "Expression | None"
    place: str


@dataclass(frozen=True)
class Call:
    """An operator or a function, as CQL2's JSON spells it, and what it is applied to."""

    op: str
    args: tuple["Expression", ...]
    place: str


Expression = Property | Value | Items | Period | Call


def wrong(place: str, message: str) -> BadQuery:
    """What is wrong at that place of the filter."""
    return BadQuery("filter", f"filter, {place}: {message}")
