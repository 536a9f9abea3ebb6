"""Colours that lie on one map are told apart, also by eyes that lack cones of one kind."""

from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from layers.catalog import catalog

Matrix = NDArray[np.float64]

# Linear sRGB as dichromats see it: Machado, Oliveira and Fernandes 2009, of full severity.
EYES: dict[str, Matrix] = {
    "all cones": np.eye(3),
    "protanope": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranope": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanope": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# Linear sRGB to XYZ over white, D65: IEC 61966-2-1.
TO_XYZ: Matrix = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
) / np.array([[0.95047], [1.0], [1.08883]])


def lab(color: str, eyes: str) -> Matrix:
    """CIELAB of a colour, "#rrggbb", as those eyes see it."""
    coded = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(EYES[eyes] @ linear, 0, 1)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one: str, other: str, eyes: str) -> float:
    """ΔE of 1976."""
    return float(np.linalg.norm(lab(one, eyes) - lab(other, eyes)))


SEASONS = catalog()["season_comparison"].style


def test_black_and_white_are_as_far_apart_as_can_be() -> None:
    assert apart("#000000", "#ffffff", "all cones") == pytest.approx(100, abs=0.1)
    assert apart("#ff0000", "#00ff00", "deuteranope") < apart("#ff0000", "#00ff00", "all cones") / 2


@pytest.mark.parametrize("eyes", EYES)
def test_each_step_of_seasons_compared_is_darker_than_the_one_before(eyes: str) -> None:
    lightness = [lab(color, eyes)[0] for color in SEASONS.ramp]

    assert min(one - other for one, other in pairwise(lightness)) > 14
    assert len(SEASONS.breaks) == len(SEASONS.ramp) - 1


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("layer", ["hotspots", "mill_burning"])
def test_no_step_of_seasons_compared_is_taken_for_one_of_its_neighbours(
    layer: str, eyes: str
) -> None:
    style = catalog()[layer].style

    assert min(apart(*pair, eyes) for pair in product(SEASONS.ramp, style.cells or style.ramp)) > 8
