"""Which sugar mills there are, where, and what ground is nearest to each or declared to be its."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b

import numpy as np
import shapely
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values
from shapely.geometry.base import BaseGeometry

from geo_api.analyses import mill_burning_sql as sql
from geo_api.database.runs import DEMO
from layers.methods.mill_zones import Numbers
from layers.methods.partition import partition
from layers.reference.mills import MILL_CLASS, mill_number, sugar_mills

COMPUTED = "mill_burning"
_METHOD = "mill_zone_shares 2: fires by day, shares exp(-d/{decay:g} km) within {reach:g} km"


@dataclass(frozen=True)
class Mill:
    """`ref` is the FID, or the number by which it is known; `lon` and `lat` (WGS84) are None where
    the register does not know the place."""

    ref: str
    name: str
    factory_id: str | None = None
    province_code: str | None = None
    lon: float | None = None
    lat: float | None = None
    source: str = COMPUTED


@dataclass(frozen=True)
class Mills:
    """All mills, of which the first `placed` have a place; the zones that are declared, by the
    season from which on each holds; reach and decay in metres."""

    all: tuple[Mill, ...]
    reach_m: float
    decay_m: float
    declared: tuple[tuple[str, int, BaseGeometry], ...] = ()
    openings: Mapping[int, date] = field(default_factory=dict)

    @property
    def placed(self) -> list[Mill]:
        return [one for one in self.all if one.lon is not None]

    @property
    def lon(self) -> Numbers:
        return np.array([one.lon for one in self.placed], dtype=np.float64)

    @property
    def lat(self) -> Numbers:
        return np.array([one.lat for one in self.placed], dtype=np.float64)

    @property
    def fingerprint(self) -> str:
        """Changes with all that shares follow from but the fires."""
        told = [repr((one.ref, one.lon, one.lat)) for one in self.placed]
        told += [f"{self.reach_m} {self.decay_m}"]
        told += [f"{ref} {season} {zone.wkb_hex}" for ref, season, zone in self.declared]
        told += [repr(sorted(self.openings.items()))] if self.declared else []
        return blake2b("\n".join(told).encode(), digest_size=8).hexdigest()

    @property
    def method(self) -> str:
        """By which fires are shared where no zone is declared."""
        return _METHOD.format(decay=self.decay_m / 1000, reach=self.reach_m / 1000)

    def zones_of(self, season: int) -> dict[str, BaseGeometry]:
        """By mill what is declared to be its zone in a season: the newest that holds by then."""
        return {ref: zone for ref, since, zone in self.declared if since <= season}


def read_mills(cursor: Cursor, reach_m: float, decay_m: float) -> Mills:
    """Those of the register, and of the list and of declarations those that it does not know."""
    cursor.execute(sql.DECLARED_MILLS)
    declared = {ref for (ref,) in cursor.fetchall()}
    cursor.execute(sql.MILLS, {"mill_class": MILL_CLASS, "fids": list(sugar_mills())})
    known: dict[str, Mill] = {}
    for id, fid, registration, name, province, lon, lat, source in cursor.fetchall():
        ref = _ref((id, fid, registration), declared)
        of = DEMO if source == DEMO else COMPUTED
        # The first is one with a place, if any is: a mill may be in the register twice.
        known.setdefault(ref, Mill(ref, name, id, province, lon, lat, of))
    cursor.execute(sql.HAS_REGISTER)
    [(has_register,)] = cursor.fetchall()
    unknown = {*declared, *(sugar_mills() if has_register else ())} - known.keys()
    found = sorted([*known.values(), *map(_unplaced, unknown)], key=lambda one: one.ref)
    found.sort(key=lambda one: one.lon is None)
    cursor.execute(sql.DECLARED_ZONES)
    zones = tuple((ref, season, shapely.from_wkb(bytes(wkb))) for ref, season, wkb in cursor)
    cursor.execute(sql.OPENINGS)
    return Mills(tuple(found), reach_m, decay_m, zones, dict(cursor.fetchall()))


def keep_mills(cursor: Cursor, mills: Mills, run_id: int) -> None:
    """With the zone of each that has a place, for the map."""
    zones: dict[str, BaseGeometry] = dict(
        zip(
            (one.ref for one in mills.placed),
            partition(mills.lon, mills.lat, mills.reach_m),
            strict=True,
        )
    )
    zones |= mills.zones_of(max(mills.openings, default=0))
    cursor.execute(sql.FORGET_MILLS, {"refs": [one.ref for one in mills.all]})
    rows = [
        (
            *(one.ref, one.factory_id, one.name, one.province_code, one.lon, one.lat),
            *(shapely.to_wkb(zones[one.ref]) if one.ref in zones else None, one.source, run_id),
        )
        for one in mills.all
    ]
    execute_values(cursor, sql.KEEP_MILLS, rows, template=sql.MILL_TEMPLATE)


def _ref(numbers: Iterable[str | None], declared: set[str]) -> str:
    """Its number of the list, else that by which it declares, else its id."""
    given = [number for number in numbers if number]
    listed = (ref for number in given if (ref := mill_number(number)) in sugar_mills())
    told = (number for number in given if number in declared)
    return next(listed, None) or next(told, given[0])


def _unplaced(ref: str) -> Mill:
    mill = Mill(ref, ref)
    if ref in sugar_mills():
        listed = sugar_mills()[ref]
        return replace(mill, name=listed.name_th, province_code=listed.province_code)
    return mill
