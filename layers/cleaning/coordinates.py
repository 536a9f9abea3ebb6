"""Finds the longitude and latitude that a register meant: swapped, in UTM metres, or none."""

from dataclasses import dataclass
from functools import cache

from pyproj import Transformer

# Thailand in degrees, and within the UTM zones 47 and 48 (metres).
WEST, SOUTH, EAST, NORTH = 97.34, 5.63, 105.64, 20.46
_NORTHING = (622_000, 2_264_000)
_EASTING = {47: (316_000, 833_000), 48: (167_000, 571_000)}

# An easting from 316,000 to 571,000 is Thai in both zones: west of 99.7° E or east of 103.3° E.
# These provinces reach into the one or the other, by COD-AB; none reaches into both.
_REACH_WEST = frozenset(
    {50, 51, 52, 54, *range(56, 59), *range(60, 65), *range(70, 73), 76, 77}
    | {*range(80, 87), 91, 92}
)
_REACH_EAST = frozenset({*range(31, 36), 37, 38, 41, *range(43, 50)})


@dataclass(frozen=True)
class Place:
    """A point (EPSG:4326); `repaired` where it was not given as longitude and latitude."""

    lon: float
    lat: float
    repaired: bool


def find_place(lat: float | None, lon: float | None, province_code: str | None) -> Place | None:
    """The point that the cells named latitude and longitude stand for; None where they stand for
    none in Thailand, as 0 or 1, or for two and the province does not tell which.

    UTM is read as WGS 84. Where the register meant Indian 1975 the point is 360–430 m off, which
    nothing in the record tells.
    """
    if lat is None or lon is None:
        return None
    if _in_thailand(lon, lat):
        return Place(lon, lat, repaired=False)
    if _in_thailand(lat, lon):
        return Place(lat, lon, repaired=True)
    for northing, easting in ((lat, lon), (lon, lat)):
        zone = _zone(easting, northing, province_code)
        if zone is not None:
            found = _to_degrees(zone).transform(easting, northing)
            return Place(*found, repaired=True) if _in_thailand(*found) else None
    return None


def _in_thailand(lon: float, lat: float) -> bool:
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def _zone(easting: float, northing: float, province_code: str | None) -> int | None:
    if not _NORTHING[0] <= northing <= _NORTHING[1]:
        return None
    zones = [zone for zone, (low, high) in _EASTING.items() if low <= easting <= high]
    if len(zones) == 2:
        province = int(province_code or 0)
        zones = [47] * (province in _REACH_WEST) + [48] * (province in _REACH_EAST)
    return zones[0] if zones else None


@cache
def _to_degrees(zone: int) -> Transformer:
    return Transformer.from_crs(32600 + zone, 4326, always_xy=True)
