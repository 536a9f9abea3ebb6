"""Crushing seasons and halves of months, as they are written."""

from datetime import date

import pytest

from layers.cleaning.seasons import fortnight_of, read_fortnight, read_season


@pytest.mark.parametrize(
    "text", ["2567/68", "2567/2568", "2024/25", "2567-68", " ฤดูการผลิตปี 2567/68", "ฤดู 2024/2025"]
)
def test_a_season_is_named_by_the_year_in_which_it_begins(text: str) -> None:
    assert read_season(text) == 2024


@pytest.mark.parametrize("text", ["2567", "2567/69", "67/68", "2567/68/69", ""])
def test_what_is_no_season_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_season(text)


@pytest.mark.parametrize("text", ["2025-02/2", "2568-02H2", "2568-2-h2", "ปักษ์หลัง 02/2568"])
def test_the_second_half_of_a_month_ends_with_it(text: str) -> None:
    assert read_fortnight(text) == (date(2025, 2, 16), date(2025, 2, 28))


def test_halves_of_a_leap_month_and_of_a_day() -> None:
    assert read_fortnight("2024-02/2") == (date(2024, 2, 16), date(2024, 2, 29))
    assert fortnight_of(date(2025, 12, 15)) == (date(2025, 12, 1), date(2025, 12, 15))
    assert fortnight_of(date(2025, 12, 16)) == (date(2025, 12, 16), date(2025, 12, 31))


@pytest.mark.parametrize("text", ["2025-13/1", "2025-01/3", "2025-01", "ปักษ์กลาง 1/2568"])
def test_what_is_no_half_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_fortnight(text)
