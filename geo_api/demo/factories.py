"""The simulated factories and industrial estates."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo_api.demo import towns as towns_module
from geo_api.demo.ground import Array, provinces
from geo_api.demo.kinds import ALL_KINDS, CEMENT, KINDS, PLANTED_TSIC, POWER, REFINERY, SUGAR, Kind
from geo_api.demo.mill_places import CANE_PROVINCES, MILLS, spread_out
from geo_api.demo.towns import CLUSTERS, Towns

RURAL_SHARE = 0.22
# How unlike the mixtures of industries of towns are.
_SPECIAL = 0.5
_WITHOUT_TSIC = 0.03
STATUSES = ("operating", "temporarily_stopped", "licensed_not_started")
# Great heat beside towns: roughly where there is cement, oil and lignite in Thailand.
_HEAVY: tuple[tuple[Kind, float, float], ...] = (
    (REFINERY, 101.14, 12.69),
    (CEMENT, 101.02, 14.62),
    (POWER, 99.75, 18.30),
    (REFINERY, 100.91, 13.12),
    (CEMENT, 101.06, 14.66),
    (POWER, 101.02, 13.50),
    (POWER, 99.72, 13.55),
    (CEMENT, 99.68, 8.13),
    (REFINERY, 101.18, 12.71),
    (CEMENT, 99.55, 18.33),
    (POWER, 101.16, 12.74),
    (CEMENT, 100.98, 14.58),
    (POWER, 100.79, 13.66),
    (REFINERY, 101.28, 12.68),
    (POWER, 102.78, 16.70),
)


@dataclass(frozen=True)
class Sites:
    """Factories, one row each, with their hidden `town` (−1: in none); estates; and the towns."""

    factories: pd.DataFrame
    estates: pd.DataFrame
    towns: Towns


def place(seed: int, factories: int) -> Sites:
    """The same seed and number place the same sites."""
    rng = np.random.default_rng([seed, 3])
    mills = min(MILLS, factories // 20 + 1)
    heavy = min(len(_HEAVY), factories // 30)
    rural = int((factories - mills) * RURAL_SHARE) - heavy
    towns = towns_module.found(rng, factories - mills - heavy - rural)
    return Sites(_factories(rng, seed, factories, (rural, mills, heavy), towns), _estates(), towns)


def _factories(
    rng: np.random.Generator, seed: int, count: int, apart: tuple[int, int, int], towns: Towns
) -> pd.DataFrame:
    rural, mills, heavy = apart
    lon, lat, town = towns_module.settle(rng, towns, count - sum(apart))
    everywhere = list(provinces().codes)
    rural_lon, rural_lat = provinces().scatter(rng, everywhere, [1.0] * len(everywhere), rural)
    mill_lon, mill_lat = spread_out(rng, CANE_PROVINCES, mills)
    heavy_at = np.array([(east, north) for _, east, north in _HEAVY[:heavy]]).reshape(-1, 2)
    lon = np.concatenate([lon, rural_lon, mill_lon, heavy_at[:, 0]])
    lat = np.concatenate([lat, rural_lat, mill_lat, heavy_at[:, 1]])
    town = np.concatenate([town, np.full(sum(apart), -1)])
    kind = _kinds(rng, town, len(towns))
    kind[count - mills - heavy : count - heavy] = ALL_KINDS.index(SUGAR)
    kind[count - heavy :] = [ALL_KINDS.index(one) for one, _, _ in _HEAVY[:heavy]]
    kinds = [ALL_KINDS[k] for k in kind]
    number = np.arange(1, count + 1)
    province = provinces().containing(lon, lat)
    status = rng.choice(STATUSES, size=count, p=[0.93, 0.05, 0.02])
    return pd.DataFrame(
        {
            "id": [f"demo-{n:06d}" for n in number],
            "registration_no": [f"DEMO-{n:06d}" for n in number],
            "name": [
                f"บริษัท จำลอง{one.product_th} {n} จำกัด" for one, n in zip(kinds, number, strict=True)
            ],
            "factory_group": rng.choice(["1", "2", "3"], size=count, p=[0.05, 0.25, 0.7]),
            "factory_class": [one.code for one in kinds],
            "product": [one.product_th for one in kinds],
            "isic_code": _tsic(seed, kinds, province),
            "province_code": province,
            "status": np.where(number > count - mills - heavy, STATUSES[0], status),
            "horsepower": np.round(rng.lognormal(5.2, 1.2, count), 1),
            "workers": rng.lognormal(3.9, 1.1, count).astype(int) + 1,
            "location_precision": "government",
            "lon": np.round(lon, 5),
            "lat": np.round(lat, 5),
            "town": town,
        }
    )


def _kinds(rng: np.random.Generator, town: Array, towns: int) -> Array:
    """The number of each factory's kind: every town is good at some things, and the country at
    all."""
    share = np.array([kind.share for kind in KINDS], dtype=float)
    mixture = share * rng.lognormal(0, _SPECIAL, (towns + 1, len(KINDS)))
    mixture[-1] = share
    total = np.cumsum(mixture / mixture.sum(axis=1, keepdims=True), axis=1)
    drawn = rng.random(len(town))[:, None] > total[town]
    return np.minimum(drawn.sum(axis=1), len(KINDS) - 1)


def _tsic(seed: int, kinds: list[Kind], province: Array) -> list[str | None]:
    """Drawn apart from all else; some have none, as in the register."""
    chance = np.random.default_rng([seed, 54]).random((2, len(kinds)))
    codes: list[str | None] = [kind.tsic for kind in kinds]
    for of_class, other, where, share in PLANTED_TSIC:
        for n, kind in enumerate(kinds):
            if kind.code == of_class and province[n] in where and chance[0, n] < share:
                codes[n] = other
    return [None if chance[1, n] < _WITHOUT_TSIC else code for n, code in enumerate(codes)]


def _estates() -> pd.DataFrame:
    rows = [
        (f"demo-{n}", f"นิคมอุตสาหกรรมจำลอง{cluster[0]}", cluster[2], cluster[3])
        for n, cluster in enumerate(CLUSTERS, start=1)
    ]
    return pd.DataFrame(rows, columns=["id", "name_th", "lon", "lat"])
