"""Burn ratios: by hand, by their properties, and on a real image."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st

from layers.methods.burn import burned, dnbr, nbr, severity

REFLECTANCES = st.floats(0.0, 1.0)


def test_the_ratio_is_that_of_its_definition() -> None:
    found = nbr(np.array([0.4, 0.1, 0.3]), np.array([0.1, 0.4, 0.3]))

    assert found == pytest.approx([0.6, -0.6, 0.0])


def test_without_light_or_without_a_value_there_is_no_ratio() -> None:
    found = nbr(np.array([0.0, np.nan, 0.3, -0.1]), np.array([0.0, 0.2, np.nan, 0.3]))

    assert np.isnan(found).all()
    assert not burned(dnbr(found, found)).any()


@given(REFLECTANCES, REFLECTANCES, st.floats(0.01, 100))
def test_it_lies_within_one_and_does_not_depend_on_the_scale(
    nir: float, swir2: float, scale: float
) -> None:
    found = nbr(np.array([nir, nir * scale]), np.array([swir2, swir2 * scale]))

    if nir + swir2 > 1e-6:
        assert abs(found[0]) <= 1
        assert found[1] == pytest.approx(found[0], abs=1e-9)


@pytest.mark.parametrize(
    ("fall", "name"),
    [
        (99.9, None),
        (100, "low"),
        (269.9, "low"),
        (270, "moderate_low"),
        (440, "moderate_high"),
        (660, "high"),
        (-300, None),
    ],
)
def test_severity_is_that_of_key_and_benson(fall: float, name: str | None) -> None:
    assert severity(fall) == name
    assert burned(np.array([fall]))[0] == (name is not None)


def test_of_a_real_image_leaves_have_a_higher_ratio_than_the_rest(
    shared_data: Path,
) -> None:
    with rasterio.open(shared_data / "rasters/L7_ETMs.tif") as image:
        nir, swir2 = image.read([4, 6]).astype(float)

    found = nbr(nir, swir2)

    leaves = nir >= np.quantile(nir, 0.95)
    assert np.nanmin(found) >= -1 and np.nanmax(found) <= 1
    assert np.nanmedian(found[leaves]) > 0.2
    assert np.nanmedian(found[leaves]) > np.nanmedian(found)
    assert found[10, 20] == pytest.approx(
        (nir[10, 20] - swir2[10, 20]) / (nir[10, 20] + swir2[10, 20])
    )
