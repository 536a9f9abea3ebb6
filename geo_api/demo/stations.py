"""The simulated air stations: half in industrial towns, half over the burning north and
north-east."""

import numpy as np
import pandas as pd

from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, provinces
from geo_api.demo.towns import CLUSTERS, Towns

_BURNING = ("50", "57", "58", "55", "54", "52", "63", "67", "42", "41", "40", "30", "60", "71")
# How far a station stands from the middle of its town.
_AWAY_M = 1_800.0


def place(seed: int, towns: Towns, count: int) -> pd.DataFrame:
    """`count` stations; the first half is spread over the towns of different clusters first."""
    rng = np.random.default_rng([seed, 61])
    near = in_towns(count)
    town = _in_turn(towns)[np.arange(near) % len(towns)]
    jitter = rng.normal(0, _AWAY_M, (near, 2))
    lon, lat = provinces().scatter(rng, list(_BURNING), [1.0] * len(_BURNING), count - near)
    code = provinces().containing(lon, lat)
    thai = dict(zip(provinces().frame["code"], provinces().frame["name_th"], strict=True))
    english = dict(zip(provinces().frame["code"], provinces().frame["name_en"], strict=True))
    cluster = [CLUSTERS[n] for n in towns.cluster[town]]
    x = towns.lon[town] + jitter[:, 0] / M_PER_DEGREE_LON
    y = towns.lat[town] + jitter[:, 1] / M_PER_DEGREE_LAT
    return pd.DataFrame(
        {
            "id": [f"demo-{n:03d}" for n in range(1, count + 1)],
            "name_th": [f"สถานีจำลอง {c[0]}" for c in cluster]
            + [f"สถานีจำลอง {thai[c]}" for c in code],
            "name_en": [f"Simulated {c[1]}" for c in cluster]
            + [f"Simulated {english[c]}" for c in code],
            "lon": np.round(np.concatenate([x, lon]), 5),
            "lat": np.round(np.concatenate([y, lat]), 5),
        }
    )


def in_towns(count: int) -> int:
    """How many of so many stations, the first of them, stand in towns."""
    return count // 2


def _in_turn(towns: Towns) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """The towns: the first of each cluster, then the second, and so on."""
    seen = pd.Series(towns.cluster).groupby(towns.cluster).cumcount().to_numpy()
    return np.argsort(seen, kind="stable").astype(np.int64)
