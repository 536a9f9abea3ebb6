"""The finest step is chosen that the volume can fill."""

from datetime import date

import pytest

from layers.methods.complaint_release.steps import Area, Step, chosen_step, periods

AREAS: dict[Area, int] = {
    "subdistrict": 7425,
    "district": 928,
    "province": 77,
    "region": 6,
    "country": 1,
}
YEARS = [
    Step("year", "subdistrict"),
    Step("year", "district"),
    Step("year", "province"),
    Step("year", "region"),
    Step("year", "country"),
]


@pytest.mark.parametrize(
    ("homes", "area"),
    [
        (200_000, "subdistrict"),
        (40_000, "district"),
        (8_000, "province"),
        (800, "region"),
        (50, "country"),
    ],
)
def test_the_volume_chooses_the_area(homes: int, area: str) -> None:
    assert chosen_step(YEARS, homes, AREAS, least_mean=20).area == area


def test_areas_whose_boundaries_nobody_delivered_are_passed_over() -> None:
    without = AREAS | {"subdistrict": 0}

    assert chosen_step(YEARS, 200_000, without, least_mean=20).area == "district"


def test_a_table_that_is_split_needs_more() -> None:
    ladder = [Step("quarter", "province"), Step("quarter", "region"), Step("year", "country")]

    assert chosen_step(ladder, 200_000, AREAS, least_mean=20, is_split=True) == ladder[0]
    assert chosen_step(ladder, 40_000, AREAS, least_mean=20, is_split=True) == ladder[1]
    assert chosen_step(ladder, 800, AREAS, least_mean=20, is_split=True) == ladder[2]


def test_the_periods_of_a_year_fill_it() -> None:
    assert list(periods("quarter", 2026))[-1] == (date(2026, 10, 1), date(2027, 1, 1))
    assert list(periods("year", 2026)) == [(date(2026, 1, 1), date(2027, 1, 1))]
    months = list(periods("month", 2026))
    assert [end for _, end in months[:-1]] == [start for start, _ in months[1:]]
    assert len(months) == 12
