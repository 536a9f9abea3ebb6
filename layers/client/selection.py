"""Which features an analyst asks for: where, when, and of which values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from shapely.geometry.base import BaseGeometry

from layers.client.areas import Area, bounds_of, shape_of, widened
from layers.client.moments import Moment, as_of_text, interval
from layers.query import Box, Filter, Interval, Query

# What a service takes in an address, with room for the rest of it.
_MOST_CHARACTERS = 6000


@dataclass(frozen=True)
class Selection:
    """As `Client.layer` takes it. What lies in `bounds` but not in `shape` is left out by whoever
    has the features; `counted` has the service do it."""

    bounds: Box | None = None
    shape: BaseGeometry | None = None
    during: Interval | None = None
    filter: str | None = None
    matching: tuple[tuple[str, str], ...] = ()
    as_of: str | None = None

    @classmethod
    def of(
        cls,
        *,
        bbox: Sequence[float] | None = None,
        polygon: Area | None = None,
        start: Moment | None = None,
        end: Moment | None = None,
        filter: str | None = None,
        as_of: Moment | int | None = None,
        **matching: Any,
    ) -> "Selection":
        """Raises ValueError for a time or an area that is none, and for a value that is not one."""
        shape = None if polygon is None else shape_of(polygon)
        area = shape if bbox is None else bbox
        bounds = None if area is None else bounds_of(area)
        pairs = tuple((name, _text(name, value)) for name, value in matching.items())
        return cls(bounds, shape, interval(start, end), filter, pairs, as_of_text(as_of))

    def query(
        self,
        limit: int | None,
        columns: str | Sequence[str] | None = None,
        within: Box | None = None,
    ) -> Query:
        """For features; `within` is a further box that they lie in, for want of an own one."""
        return Query(
            limit=limit,
            bbox=self.bounds or within,
            during=self.during,
            filter=None if self.filter is None else Filter(self.filter),
            matching=self.matching,
            properties=_names(columns),
            as_of=self.as_of,
        )

    def counted(self) -> Query:
        """For numbers of them, which nobody can sort out afterwards. Raises ValueError for a shape
        with too many corners to be sent."""
        if self.shape is None:
            return self.query(None)
        shape = f"S_INTERSECTS(geom,{self.shape.wkt})"
        condition = shape if self.filter is None else f"({self.filter}) AND {shape}"
        if len(condition) > _MOST_CHARACTERS:
            raise ValueError(
                f"the polygon takes {len(condition):,} characters, and an address has room for"
                f" {_MOST_CHARACTERS:,}: simplify it, or count the rows of layer(polygon=…)"
            )
        return replace(self.query(None), filter=Filter(condition))

    def around(self, distance_m: float) -> Box | None:
        """The box in which what is so near to a feature of the selection lies."""
        return None if self.bounds is None else widened(self.bounds, distance_m)


def _names(columns: str | Sequence[str] | None) -> tuple[str, ...] | None:
    if columns is None:
        return None
    return (columns,) if isinstance(columns, str) else tuple(columns)


def _text(name: str, value: Any) -> str:
    if not pd.api.types.is_scalar(value) or pd.isna(value):
        raise ValueError(
            f"{name} takes one value, got {value!r}: for several give"
            f" filter=\"{name} IN ('a', 'b')\", for a missing one filter=\"{name} IS NULL\""
        )
    return str(value).lower() if pd.api.types.is_bool(value) else str(value)
