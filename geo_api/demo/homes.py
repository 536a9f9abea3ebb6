"""Where people live in the simulated towns: in villages among the factories, and here and there."""

from dataclasses import dataclass

import numpy as np
import shapely

from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, Array, provinces
from geo_api.demo.towns import Towns

_VILLAGES, _VILLAGE_M, _TOWN_M, _IN_VILLAGES = 45, 320.0, 2_300.0, 0.7
_METRES = np.array([M_PER_DEGREE_LON, M_PER_DEGREE_LAT])


@dataclass(frozen=True)
class Homes:
    """One place each (EPSG:4326), the town it belongs to, and a tree of them in metres."""

    lon: Array
    lat: Array
    town: Array
    tree: shapely.STRtree

    def nearest(self, lon: Array, lat: Array) -> tuple[Array, Array]:
        """The row of the nearest home of each place, and how far it is (m)."""
        points = np.column_stack([lon, lat]) * _METRES
        row = self.tree.nearest(shapely.points(points))
        there = np.column_stack([self.lon[row], self.lat[row]]) * _METRES
        return row, np.hypot(*(points - there).T)


def build(seed: int, towns: Towns, count: int) -> Homes:
    """`count` homes, as many in each town."""
    rng = np.random.default_rng([seed, 63])
    town = np.sort(rng.integers(0, len(towns), count))
    villages = rng.standard_normal((len(towns), _VILLAGES, 2)) * _TOWN_M
    in_village = rng.random(count) < _IN_VILLAGES
    village = villages[town, rng.integers(0, _VILLAGES, count)]
    some = rng.standard_normal((count, 2))
    away = np.where(in_village[:, None], village + some * _VILLAGE_M, some * _TOWN_M)
    places = np.column_stack([towns.lon[town], towns.lat[town]]) + away / _METRES
    places = np.round(places, 6)
    on_land = provinces().containing(places[:, 0], places[:, 1]) != None  # noqa: E711
    places, town = places[on_land], town[on_land]
    return Homes(
        places[:, 0], places[:, 1], town, shapely.STRtree(shapely.points(places * _METRES))
    )
