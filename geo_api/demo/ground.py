"""The simulated world's ground: provinces, simulated districts, and points that lie inside."""

import csv
import dataclasses
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from layers.cleaning.provinces import PROVINCES

# Of numbers or of objects; the docstrings say which.
Array = npt.NDArray[Any]

_FOLDER = Path(__file__).parent
# Metres in a degree of latitude, and of longitude at 14° N: good enough to scatter points.
M_PER_DEGREE_LAT = 110_650.0
M_PER_DEGREE_LON = 108_050.0


@dataclass(frozen=True)
class Provinces:
    """Simplified outlines of the 77 provinces (EPSG:4326), ordered by code."""

    frame: pd.DataFrame
    outlines: Array
    tree: shapely.STRtree

    @property
    def codes(self) -> Array:
        """The two-digit codes, in the order of `outlines`."""
        return self.frame["code"].to_numpy(dtype=object)

    def outline(self, code: str) -> BaseGeometry:
        """One province's outline."""
        outline: BaseGeometry = self.outlines[int(np.flatnonzero(self.codes == code)[0])]
        return outline

    def containing(self, lon: Array, lat: Array) -> Array:
        """The code of the province each point lies in; None outside the country."""
        found = np.full(len(lon), None, dtype=object)
        points, areas = self.tree.query(shapely.points(lon, lat), predicate="within")
        found[points] = self.codes[areas]
        return found

    def scatter(
        self, rng: np.random.Generator, codes: list[str], weights: list[float], count: int
    ) -> tuple[Array, Array]:
        """`count` points spread evenly inside provinces that are drawn by weight."""
        share = np.asarray(weights) / sum(weights)
        numbers = rng.multinomial(count, share)
        drawn = [
            _inside(rng, self.outline(code), int(number))
            for code, number in zip(codes, numbers, strict=True)
        ]
        points = np.vstack(drawn)
        rng.shuffle(points)
        return points[:, 0], points[:, 1]


@cache
def provinces() -> Provinces:
    """Read once from the committed file, whose origin it names itself."""
    document = json.loads((_FOLDER / "provinces.geojson").read_text(encoding="utf-8"))
    features = sorted(document["features"], key=lambda feature: feature["properties"]["code"])
    outlines = np.array([_multi(feature["geometry"]) for feature in features], dtype=object)
    known = [PROVINCES[feature["properties"]["code"]] for feature in features]
    frame = pd.DataFrame([dataclasses.asdict(province) for province in known])
    return Provinces(frame, outlines, shapely.STRtree(outlines))


def districts(seed: int) -> pd.DataFrame:
    """928 districts: real codes and names, simulated outlines (each province cut into cells)."""
    rng = np.random.default_rng([seed, 1])
    with (_FOLDER / "districts.csv").open(encoding="utf-8", newline="") as stream:
        named = pd.DataFrame(list(csv.DictReader(stream)))
    cut = []
    for code, group in named.groupby(named["code"].str[:2], sort=True):
        cells = _cells(rng, provinces().outline(str(code)), len(group))
        cut.append(
            group.assign(province_code=code, geom=[shapely.to_wkb(c, hex=True) for c in cells])
        )
    return pd.concat(cut, ignore_index=True)


def moved(lon: Array, lat: Array, bearing_deg: Array, distance_m: Array) -> tuple[Array, Array]:
    """Points moved along a bearing, on a plane: for simulation, not for measuring."""
    angle = np.radians(bearing_deg)
    return (
        lon + np.sin(angle) * distance_m / M_PER_DEGREE_LON,
        lat + np.cos(angle) * distance_m / M_PER_DEGREE_LAT,
    )


def _multi(geometry: dict[str, object]) -> shapely.MultiPolygon:
    shape = shapely.from_geojson(json.dumps(geometry))
    return _polygons(shape)


def _inside(rng: np.random.Generator, outline: BaseGeometry, count: int) -> Array:
    west, south, east, north = outline.bounds
    shapely.prepare(outline)
    found = np.empty((0, 2))
    while len(found) < count:
        tried = rng.uniform((west, south), (east, north), size=(2 * count + 16, 2))
        found = np.vstack([found, tried[shapely.contains_xy(outline, tried[:, 0], tried[:, 1])]])
    return found[:count]


def _cells(
    rng: np.random.Generator, outline: BaseGeometry, count: int
) -> list[shapely.MultiPolygon]:
    """`count` cells around evened-out random points that fill an outline without overlap."""
    points = _inside(rng, outline, count)
    cells: list[BaseGeometry] = []
    for _ in range(3):
        around = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=outline)
        cells = [shapely.intersection(cell, outline) for cell in shapely.get_parts(around)]
        points = np.array([(cell.centroid.x, cell.centroid.y) for cell in cells])
    return [_polygons(cell) for cell in cells]


def _polygons(shape: BaseGeometry) -> shapely.MultiPolygon:
    parts = shapely.get_parts(shape)
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
