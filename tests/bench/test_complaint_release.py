"""What is released of complaints keeps its bars, and the design before it would not."""

from fractions import Fraction

import numpy as np
import pytest

from bench import complaint_release as bench
from layers.methods.complaint_release.rule import Rule


@pytest.fixture(scope="module")
def bars() -> dict[str, bench.Bar]:
    return {bar.name: bar for bar in bench.bars(range(6))}


def test_every_bar_is_kept(bars: dict[str, bench.Bar]) -> None:
    assert [bar for bar in bars.values() if not bar.is_kept] == []


def test_cells_of_a_kilometre_would_miss_the_bar_of_homes_found() -> None:
    rng = np.random.default_rng(3)

    assert bench.found_ratio(rng, is_cell=True) > 2 * bench.MOST_FOUND
    assert bench.found_ratio(rng, is_cell=False) < bench.MOST_FOUND


def test_exactly_five_homes_without_noise_would_fall_to_invented_reports() -> None:
    bare = Rule(Fraction(1), least_homes=5, least_noisy=5)

    assert bench.invented_gain(bare) > bench.MOST_GAIN


@pytest.mark.parametrize("volume", bench.VOLUMES)
def test_at_every_volume_most_homes_are_in_a_row_that_is_shown(volume: int) -> None:
    rng = np.random.default_rng(1)
    of_houses = bench.houses(rng)
    frame, draw = bench.complaints(rng, volume, of_houses), bench.noise(rng)

    for table in bench.tables():
        found = bench.seen(table, frame, draw, of_houses)
        assert found.visible > 0.4, (volume, found)
