"""The simulated industrial towns: where Thai industry is, and as dense as one of its districts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, Array, provinces

# Name, lon, lat, spread in km, share of factories: rough centres of Thai industry.
CLUSTERS = (
    ("สมุทรปราการ", "Samut Prakan", 100.68, 13.58, 10, 15),
    ("สมุทรสาคร", "Samut Sakhon", 100.25, 13.60, 9, 12),
    ("ปทุมธานี", "Pathum Thani", 100.62, 14.08, 10, 7),
    ("กรุงเทพฯ ตะวันตก", "Bangkok West", 100.40, 13.68, 9, 8),
    ("กรุงเทพฯ ลาดกระบัง", "Lat Krabang", 100.78, 13.75, 8, 4),
    ("อยุธยา", "Ayutthaya", 100.65, 14.33, 12, 5),
    ("ชลบุรี", "Chon Buri", 101.03, 13.40, 12, 6),
    ("แหลมฉบัง", "Laem Chabang", 100.95, 13.10, 9, 5),
    ("มาบตาพุด", "Map Ta Phut", 101.15, 12.72, 8, 5),
    ("ปลวกแดง", "Pluak Daeng", 101.17, 12.99, 9, 4),
    ("ฉะเชิงเทรา", "Chachoengsao", 101.10, 13.68, 12, 4),
    ("ปราจีนบุรี", "Prachin Buri", 101.60, 13.93, 10, 3),
    ("นครปฐม", "Nakhon Pathom", 100.15, 13.78, 11, 5),
    ("สระบุรี", "Saraburi", 100.92, 14.55, 10, 4),
    ("นครราชสีมา", "Nakhon Ratchasima", 102.08, 14.97, 14, 4),
    ("ขอนแก่น", "Khon Kaen", 102.83, 16.45, 12, 2),
    ("ลำพูน", "Lamphun", 99.02, 18.56, 9, 2),
    ("ราชบุรี", "Ratchaburi", 99.83, 13.62, 12, 2),
    ("หาดใหญ่", "Hat Yai", 100.47, 7.02, 11, 2),
    ("สุราษฎร์ธานี", "Surat Thani", 99.33, 9.10, 12, 1),
)
# A town of so many factories has, with the spread below, as many within 3 km of one as the register
# of Mueang Samut Sakhon: a median of 104 (shared/data/facilities_factories).
FACTORIES_A_TOWN = 230
LEAST_TOWNS = 3
_APART_KM, _TRIES = 5.0, 64
# Of a town's factories those that stand in parks, how wide a park is and the rest around it.
_PARKED_SHARE, _PARKS, _PARK_M, _AROUND_M = 0.6, 14, 260.0, 2_100.0
# Units of one building: they have one coordinate, as 95 of the register's 927 places are repeats.
_SAME_PLACE_SHARE = 0.06


@dataclass(frozen=True)
class Towns:
    """Centres (EPSG:4326) and, of each, the number of its cluster."""

    lon: Array
    lat: Array
    cluster: Array

    def __len__(self) -> int:
        return len(self.lon)


def found(rng: np.random.Generator, factories: int) -> Towns:
    """Towns for so many factories, by the shares of the clusters, the largest first; none lies
    within 5 km of another while there is room."""
    count = max(LEAST_TOWNS, round(factories / FACTORIES_A_TOWN))
    share = np.array([cluster[5] for cluster in CLUSTERS], dtype=float)
    share = np.sqrt(share) if count <= len(CLUSTERS) else share
    lon: list[float] = []
    lat: list[float] = []
    of_cluster: list[int] = []
    given = np.zeros(len(CLUSTERS))
    for _ in range(count):
        cluster = int(np.argmax(share / (given + 0.5)))
        given[cluster] += 1
        x, y = _free_place(rng, CLUSTERS[cluster][2:5], given[cluster] == 1, lon, lat)
        lon.append(x)
        lat.append(y)
        of_cluster.append(cluster)
    return Towns(np.array(lon), np.array(lat), np.array(of_cluster))


def _free_place(
    rng: np.random.Generator,
    centre: tuple[float, float, int],
    is_first: bool,
    lon: Sequence[float],
    lat: Sequence[float],
) -> tuple[float, float]:
    """A place on land around a centre, the farther out the less room there is."""
    east, north, spread_km = centre
    widths = 1000 * (0.3 if is_first else 1.0) * np.linspace(0.5, 6, _TRIES) * spread_km
    tried = rng.standard_normal((_TRIES, 2)) * widths[:, None]
    x, y = east + tried[:, 0] / M_PER_DEGREE_LON, north + tried[:, 1] / M_PER_DEGREE_LAT
    on_land = provinces().containing(x, y) != None  # noqa: E711
    others = np.array([lon, lat]).reshape(2, -1)
    apart = np.hypot(
        (x[:, None] - others[0]) * M_PER_DEGREE_LON, (y[:, None] - others[1]) * M_PER_DEGREE_LAT
    ).min(axis=1, initial=np.inf)
    best = np.flatnonzero(on_land & (apart > _APART_KM * 1000))
    chosen = int(best[0]) if len(best) else int(np.argmax(np.where(on_land, apart, -1)))
    return float(x[chosen]), float(y[chosen])


def settle(rng: np.random.Generator, towns: Towns, count: int) -> tuple[Array, Array, Array]:
    """(lon, lat, town) of `count` factories, in parks, around them, and some in one building."""
    town = np.sort(rng.integers(0, len(towns), count))
    park = rng.integers(0, _PARKS, count)
    parks = rng.standard_normal((len(towns), _PARKS, 2)) * _AROUND_M
    is_parked = rng.random(count) < _PARKED_SHARE
    points = np.empty((count, 2))
    todo = np.arange(count)
    while len(todo):
        some = rng.standard_normal((len(todo), 2))
        away = np.where(
            is_parked[todo, None],
            parks[town[todo], park[todo]] + some * _PARK_M,
            some * _AROUND_M,
        )
        points[todo, 0] = towns.lon[town[todo]] + away[:, 0] / M_PER_DEGREE_LON
        points[todo, 1] = towns.lat[town[todo]] + away[:, 1] / M_PER_DEGREE_LAT
        outside = provinces().containing(points[todo, 0], points[todo, 1]) == None  # noqa: E711
        todo = todo[outside]
        # A park that lies in the sea takes nobody.
        is_parked[todo] = False
    same = np.flatnonzero(rng.random(count - 1) < _SAME_PLACE_SHARE) + 1
    same = same[town[same] == town[same - 1]]
    points[same] = points[same - 1]
    return points[:, 0], points[:, 1], town
