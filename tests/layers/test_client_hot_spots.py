"""Areas that are high together: found where they were planted, and not where values are noise."""

import geopandas
import numpy as np
import pytest
from shapely.geometry import box

from layers.client import hot_spots
from layers.methods.spatial_stats import ALL_EQUAL

SIDE = 12


def districts() -> geopandas.GeoDataFrame:
    """Squares of a tenth of a degree, whose outlines lie half a metre apart."""
    shapes = [
        box(100 + x / 10, 14 + y / 10, 100 + (x + 1) / 10 - 5e-6, 14 + (y + 1) / 10 - 5e-6)
        for y in range(SIDE)
        for x in range(SIDE)
    ]
    return geopandas.GeoDataFrame({"code": range(SIDE**2)}, geometry=shapes, crs=4326)


def noise(seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).gamma(2, 1, SIDE**2)


def test_a_planted_cluster_is_found_and_hardly_anything_else() -> None:
    areas = districts()
    burning = noise()
    planted = [y * SIDE + x for y in range(4, 8) for x in range(4, 8)]
    burning[planted] += 6

    found = hot_spots(areas, burning)

    high = set(found.loc[found["hot_spot"] == "high", "code"])
    inner = {y * SIDE + x for y in range(5, 7) for x in range(5, 7)}
    assert inner <= high
    # Of what touches the cluster, its edge may be among them; far away hardly any is.
    around = {y * SIDE + x for y in range(3, 9) for x in range(3, 9)}
    assert len(high - around) <= 1
    assert found.attrs["moran_p"] < 1e-6 and found.attrs["reason"] is None


def test_in_noise_hardly_anything_is_believed() -> None:
    areas = districts()
    found = [hot_spots(areas, noise(seed))["hot_spot"].notna().sum() for seed in range(20)]

    # At a rate of 5 % some area is believed in about one of twenty maps of noise; gamma has a tail.
    assert sum(number > 0 for number in found) <= 5


def test_equal_values_are_undefined_and_say_so() -> None:
    found = hot_spots(districts(), [3.0] * SIDE**2)

    assert found["hot_spot"].isna().all() and found["z"].isna().all()
    assert found.attrs["reason"] == ALL_EQUAL


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(ValueError, match="1 have none"):
        hot_spots(districts(), [np.nan, *[1.0] * (SIDE**2 - 1)])
