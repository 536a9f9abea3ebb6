"""Writes map_site/static/places.json: what the maps call towns, provinces, countries and seas; and
the towns alone as layers/reference/towns.csv.

README.md says which packages it reads, where to put them, and how the outcome was checked.
"""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import shapely
import towns
from build import COUNTRIES, PROVINCES

TOWNS = Path(__file__).resolve().parents[1] / "layers" / "reference" / "towns.csv"
TARGET = Path(__file__).resolve().parents[1] / "map_site" / "static" / "places.json"
CREDIT = "GeoNames (CC BY 4.0), GeoThai (CC BY 4.0), Natural Earth"
GRID = 1000  # whole numbers are thousandths of a degree, about 110 m

# The Royal Society's own example of ไปยาลน้อย. Other provinces have no short form that is as sure.
SHORT_NAMES = {"10": ("กรุงเทพฯ", "Bangkok")}
# (lon, lat), the best first: the first that is in view and free is taken. Chosen by eye, within the
# frame of the whole country where there is room.
COUNTRY_POINTS = {
    "MM": [(97.9, 16.35), (96.6, 18.6), (98.75, 13.0), (96.2, 21.4), (99.1, 11.9)],
    "LA": [(102.9, 19.2), (104.9, 17.3), (106.0, 15.5), (102.0, 20.6)],
    "KH": [(104.4, 13.1), (103.2, 12.5), (105.0, 12.0), (103.5, 13.7)],
    "MY": [(101.6, 5.1), (102.0, 4.2), (101.2, 5.6), (100.75, 5.75)],
    "VN": [(105.4, 19.5), (105.3, 20.9), (108.0, 14.2), (106.6, 11.2)],
    "CN": [(100.9, 22.6), (104.5, 24.4)],
    "ID": [(98.0, 3.2), (100.5, 0.8)],
    "IN": [(93.7, 24.3)],
    "BD": [(92.3, 22.6)],
    "SG": [(103.82, 1.35)],
}
SEAS = {
    ("อ่าวไทย", "Gulf of Thailand"): [(101.3, 10.3), (100.6, 12.3), (100.9, 8.6), (102.6, 8.2)],
    ("ทะเลอันดามัน", "Andaman Sea"): [(97.35, 8.2), (96.6, 10.6), (98.4, 6.9), (95.5, 12.8)],
    ("ช่องแคบมะละกา", "Strait of Malacca"): [(99.4, 5.2), (100.3, 3.9)],
    ("ทะเลจีนใต้", "South China Sea"): [(107.5, 8.2), (105.6, 6.2), (110.4, 12.5)],
    ("อ่าวตังเกี๋ย", "Gulf of Tonkin"): [(107.3, 19.0)],
}


def main() -> None:
    """Write the file anew, a row a line."""
    found = towns.towns()
    large = _with_a_large_town(found)
    parts = {
        "provinces": [_province(feature, large) for feature in _features(PROVINCES)],
        "abroad": [
            [country["name_th"], country["name_en"], *_grid(*COUNTRY_POINTS[country["code"]])]
            for country in COUNTRIES.values()
            if country["code"] != "TH"
        ],
        "seas": [[*names, *_grid(*points)] for names, points in SEAS.items()],
        "towns": [_town(town) for town in found],
    }
    lines = ",\n".join(f'"{name}": [\n{_rows(rows)}\n]' for name, rows in parts.items())
    head = f'"credit": {json.dumps(CREDIT)},\n"grid": {GRID},\n'
    TARGET.write_text(f"{{{head}{lines}}}\n", encoding="utf-8")
    with TOWNS.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(["district_code", "name_th", "name_en", "lon", "lat", "rank"])
        for code, name_th, name_en, lon, lat, rank in parts["towns"]:
            rows.writerow([code, name_th, name_en, f"{lon / GRID:.3f}", f"{lat / GRID:.3f}", rank])


def _town(town: towns.Town) -> list[Any]:
    point = _grid((town.lon, town.lat))
    return [town.code and int(town.code), town.name_th, town.name_en, *point, town.rank]


def _with_a_large_town(found: Iterable[towns.Town]) -> set[str]:
    """Codes of the provinces whose names go first."""
    large = {town.code[:2] for town in found if town.rank == 0 or _is_large_elsewhere(town)}
    return large | set(SHORT_NAMES)


def _is_large_elsewhere(town: towns.Town) -> bool:
    return town.rank == 1 and not town.code.endswith("01")


def _province(feature: dict[str, Any], large: set[str]) -> list[Any]:
    """Code, names, the point, the rank (0 first), and short names where there are any."""
    named = feature["properties"]
    area = max(
        shapely.get_parts(shapely.geometry.shape(feature["geometry"])), key=lambda part: part.area
    )
    # Where there is most room for a name: the middle of the largest circle within.
    middle = shapely.Point(shapely.maximum_inscribed_circle(area, 0.005).coords[0])
    row = [int(named["code"]), named["name_th"], named["name_en"], *_grid((middle.x, middle.y))]
    row.append(0 if named["code"] in large else 1)
    return row + list(SHORT_NAMES.get(named["code"], ()))


def _features(path: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(path.read_bytes())["features"]
    return features


def _grid(*points: tuple[float, float]) -> list[int]:
    return [round(degrees * GRID) for point in points for degrees in point]


def _rows(rows: Iterable[list[Any]]) -> str:
    return ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)


if __name__ == "__main__":
    main()
