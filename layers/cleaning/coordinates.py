"""Finds the longitude and latitude that a record meant: swapped, in UTM metres, in degrees and
minutes, with a decimal comma, or none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from layers.cleaning.numbers import NotANumber, read_number

Box = tuple[float, float, float, float]
Repair = Literal["swapped", "utm", "dms", "comma"]

# West, south, east, north of Thailand in degrees, and within the UTM zones 47 and 48 (metres).
THAILAND: Box = (97.34, 5.63, 105.64, 20.46)
# Mainland South-East Asia and Sumatra, whose smoke reaches Thailand: fires there are published,
# others are not.
NEIGHBOURHOOD: Box = (92.0, -6.0, 110.0, 29.0)
_NORTHING = (622_000, 2_264_000)
_EASTING = {47: (316_000, 833_000), 48: (167_000, 571_000)}

# An easting from 316,000 to 571,000 is Thai in both zones: west of 99.7° E or east of 103.3° E.
# These provinces reach into the one or the other, by COD-AB; none reaches into both.
_REACH_WEST = frozenset(
    {50, 51, 52, 54, *range(56, 59), *range(60, 65), *range(70, 73), 76, 77}
    | {*range(80, 87), 91, 92}
)
_REACH_EAST = frozenset({*range(31, 36), 37, 38, 41, *range(43, 50)})

# What was done to a point, as warnings and the quarantine say it.
REPAIRS: dict[Repair, str] = {
    "swapped": "latitude and longitude were swapped: put back in order",
    "utm": "coordinates in UTM metres: made degrees",
    "dms": "coordinates in degrees and minutes: made decimal degrees",
    "comma": "coordinates with a decimal comma: read as a point",
}
_BETWEEN = r"[\s°ºd:'′’\-]+"
_SEXAGESIMAL = re.compile(
    rf"(?P<before>[NSEW])?\s*(?P<degrees>\d{{1,3}}){_BETWEEN}(?P<minutes>\d{{1,2}}(?:\.\d+)?)"
    rf"(?:{_BETWEEN}(?P<seconds>\d{{1,2}}(?:\.\d+)?))?\s*(?:[\"″”'′’m]+|'')?\s*(?P<after>[NSEW])?",
    re.IGNORECASE,
)
_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,3},\d+")
# What may part two that stand in one cell, the surest first.
_PARTINGS = (r"\s*[;|]\s*", r"\s*,\s+", r"\s*,\s*", r"(?<=[NSEW])\s*(?=[\dNSEW])", r"\s+")
# Two numbers and whatever is around them, but for what makes them southern or western.
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_FAR = re.compile(r"\b[SW]\b|\d\s*[SW]\b", re.IGNORECASE)
_NORTHERN = re.compile(r"[NS]", re.IGNORECASE)
_LISTED = re.compile(r"\[\s*(['\"]?)(.*?)\1\s*,\s*(['\"]?)(.*?)\3\s*\]")
_DEGREES_SIGN = re.compile(r"\s*°?\s*([NE])?$", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A point (EPSG:4326), and what had to be done to find it: nothing where `repair` is None."""

    lon: float
    lat: float
    repair: Repair | None = None


def read_place(
    lat: str | None, lon: str | None, province_code: str | None = None, box: Box = THAILAND
) -> Place | None:
    """As `find_place`, of two cells as they are written; None where one is empty or no number."""
    if lat is None or lon is None:
        return None
    for first, how in _readings(lat):
        for second, also in _readings(lon):
            place = find_place(first, second, province_code, box)
            if place is not None:
                return Place(place.lon, place.lat, place.repair or how or also)
    return None


def read_pair(written: str) -> Place | None:
    """The place of two in one cell, longitude first as GeoJSON has them: "100.5,13.7",
    "['100.5', '13.7']", "100,5; 13,7", "13°45'N 100°30'E", or two numbers in other words, as in
    "POINT(100.5 13.7)"; None where there is none."""
    text = written.strip()
    if listed := _LISTED.fullmatch(text):
        return read_place(listed[4], listed[2])
    for parting in _PARTINGS:
        parts = [part for part in re.split(parting, text) if part]
        if len(parts) == 2:
            first, second = reversed(parts) if _NORTHERN.search(parts[0]) else parts
            if place := read_place(second, first):
                return place
    numbers = _NUMBER.findall(text)
    if len(numbers) == 2 and not _FAR.search(text):
        return read_place(numbers[1], numbers[0])
    return None


def find_place(
    lat: float | None, lon: float | None, province_code: str | None = None, box: Box = THAILAND
) -> Place | None:
    """The point that the numbers named latitude and longitude stand for; None where they stand for
    none in the box, as 0 or 1, or for two and the province does not tell which.

    UTM is read as WGS 84. Where the register meant Indian 1975 the point is 360–430 m off, which
    nothing in the record tells.
    """
    if lat is None or lon is None:
        return None
    if _inside(lon, lat, box):
        return Place(lon, lat)
    if _inside(lat, lon, box):
        return Place(lat, lon, "swapped")
    for northing, easting in ((lat, lon), (lon, lat)):
        zone = _zone(easting, northing, province_code)
        if zone is not None:
            found_lon, found_lat = _to_degrees(zone).transform(easting, northing)
            inside = _inside(found_lon, found_lat, THAILAND)
            return Place(found_lon, found_lat, "utm") if inside else None
    return None


def _inside(lon: float, lat: float, box: Box) -> bool:
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def _readings(written: str) -> Iterator[tuple[float, Repair | None]]:
    """What a cell may say, the likeliest first, and what its form was."""
    text = written.strip()
    bare = _DEGREES_SIGN.sub("", text)
    # A comma with three digits behind it parts thousands of metres, or is a decimal one.
    if _DECIMAL_COMMA.fullmatch(bare):
        yield float(bare.replace(",", ".")), "comma"
    try:
        yield read_number(bare), None
    except NotANumber:
        if found := _SEXAGESIMAL.fullmatch(text):
            yield from _sexagesimal(found)


def _sexagesimal(found: re.Match[str]) -> Iterator[tuple[float, Repair | None]]:
    minutes, seconds = float(found["minutes"]), float(found["seconds"] or 0)
    if minutes < 60 and seconds < 60:
        degrees = int(found["degrees"]) + minutes / 60 + seconds / 3600
        negative = (found["before"] or found["after"] or "").upper() in {"S", "W"}
        yield -degrees if negative else degrees, "dms"


def _zone(easting: float, northing: float, province_code: str | None) -> int | None:
    if not _NORTHING[0] <= northing <= _NORTHING[1]:
        return None
    zones = [zone for zone, (low, high) in _EASTING.items() if low <= easting <= high]
    if len(zones) == 2:
        province = int(province_code or 0)
        zones = [47] * (province in _REACH_WEST) + [48] * (province in _REACH_EAST)
    return zones[0] if zones else None


@cache
def _to_degrees(zone: int) -> Any:
    """pyproj's transformer to longitude and latitude."""
    from pyproj import Transformer  # heavy, and most places are in degrees

    return Transformer.from_crs(32600 + zone, 4326, always_xy=True)
