"""Whether a district is over the standard of the day, and when nothing is said."""

from datetime import date

import numpy as np
import pytest

from layers.methods.exposure import exposure, judged
from layers.reference.air_standards import NoStandard, standard_on


def test_the_standard_is_that_of_the_day() -> None:
    values = [standard_on("pm25", "24h", date(2023, *day)).value for day in ((5, 31), (6, 1))]

    assert values == [50, 37.5]
    assert "onep.go.th" in standard_on("pm25", "24h", date(2026, 1, 1)).source
    with pytest.raises(NoStandard, match="no 24h standard of soot"):
        standard_on("soot", "24h", date(2026, 1, 1))


def test_a_mean_is_compared_as_it_is_written() -> None:
    mean = np.array([37.54, 37.55])

    found = exposure(mean, np.full(2, 0.001), np.ones(2), 37.5)

    assert list(found.over) == [0, 1]


def test_at_the_standard_the_chance_is_half_and_an_error_away_it_is_16_or_84_per_cent() -> None:
    found = exposure(np.array([32.5, 37.5, 42.5]), np.full(3, 5.0), np.ones(3), 37.5)

    assert found.chance == pytest.approx([0.1587, 0.5, 0.8413], abs=1e-4)
    assert judged(found) == ["within", "perhaps_over", "over"]


def test_where_nothing_or_less_than_half_is_estimated_nothing_is_said_and_why() -> None:
    found = exposure(np.array([np.nan, 90.0, 90.0]), np.ones(3), np.array([0, 0.49, 0.5]), 37.5)

    assert found.abstained == ["no_estimate", "low_coverage", None]
    assert np.array_equal(np.isnan(found.over), [True, True, False])
    assert np.array_equal(np.isnan(found.chance), [True, True, False])
    assert judged(found) == ["not_estimated", "not_estimated", "over"]
