"""Features with their attributes and geometry, as GeoJSON and GDAL give them, made records."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from geo_api.ingest.payloads.columns import Columns
from geo_api.ingest.payloads.refusals import unreadable
from layers.cleaning.text import normalise
from layers.model import Format, Record, Text

Geometry = Mapping[str, Any]
_DEGREES = ("CRS84", "4326")
_MIDNIGHT = time()


@dataclass(frozen=True)
class Feature:
    """The values of one record by column as written, and its geometry, if any."""

    values: Mapping[str, Any]
    geometry: Geometry | None = None

    @property
    def point(self) -> tuple[Any, Any] | None:
        """Longitude and latitude as written, of a point."""
        geometry = self.geometry if isinstance(self.geometry, Mapping) else {}
        place = geometry.get("coordinates")
        if geometry.get("type") != "Point" or not isinstance(place, Sequence) or len(place) < 2:
            return None
        return place[0], place[1]


def usable_formats(formats: Sequence[Format], outlined: bool) -> list[Format]:
    """Those that records with geometry, or without, may be of."""
    return [f for f in formats if outlined or f.kind != "vector"] or list(formats)


def feature_record(number: int, feature: Feature, columns: Columns, raw: str) -> Record:
    """The record of a feature whose values are in the order of the columns. A point stands for the
    columns of a position that the file does not have."""
    values = dict(zip(columns.names, map(plain, feature.values.values()), strict=True))
    format = columns.format
    absent = [name for name in format.position if name not in columns.known]
    if absent and feature.point is not None:
        texts = [str(degrees) for degrees in feature.point]
        pair = dict(zip(format.position, texts, strict=False))
        values |= pair if len(format.position) == 2 else {absent[0]: ",".join(texts)}
    record = Record(number, values, raw, geometry=feature.geometry)
    lacking = sorted(format.required - values.keys())
    if lacking and format.kind == "json":
        record.fault = ("a needed column is missing", ", ".join(lacking))
    # Of a table it is an empty cell.
    values |= dict.fromkeys(lacking)
    return record


def plain(value: Any) -> Any:
    """Text made normal, times as ISO text, whole numbers without a fraction; no number as None."""
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, datetime):
        return str(value.date() if value.time() == _MIDNIGHT else value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return int(value) if value.is_integer() else value
    return value


def in_degrees(crs: str | None, name: str) -> Callable[[Geometry | None], Geometry | None]:
    """What brings the geometries of a document to EPSG:4326, given the name of its reference
    system, for which there is none in GeoJSON as it is now. Raises UnexpectedPayload for one that
    nobody knows."""
    if crs is None or crs.endswith(_DEGREES):
        return lambda geometry: geometry
    from pyproj import Transformer
    from pyproj.exceptions import CRSError
    from shapely.geometry import mapping, shape
    from shapely.ops import transform

    try:
        transformer = Transformer.from_crs(crs, 4326, always_xy=True)
    except CRSError:
        found = Text(f"ระบบพิกัดที่ไม่รู้จัก {crs[:60]}", f"in an unknown system: {crs[:60]}")
        remedy = Text("บันทึกเป็น WGS 84 (EPSG:4326)", "Save it as WGS 84 (EPSG:4326)")
        raise unreadable(name, found, remedy) from None

    def transformed(geometry: Geometry | None) -> Geometry | None:
        if not geometry:
            return geometry
        return dict(mapping(transform(transformer.transform, shape(dict(geometry)))))

    return transformed
