"""Periods of returns, in either era."""

from datetime import date

import pytest

from layers.cleaning.periods import read_period


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2566", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("ปี 2566", date(2023, 1, 1), date(2023, 12, 31)),
        ("2566H1", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-h2", date(2023, 7, 1), date(2023, 12, 31)),
        ("ครึ่งปีหลัง 2566", date(2023, 7, 1), date(2023, 12, 31)),
        ("2566-Q1", date(2023, 1, 1), date(2023, 3, 31)),
        ("ไตรมาส 4/2566", date(2023, 10, 1), date(2023, 12, 31)),
        ("2567-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("12/2566", date(2023, 12, 1), date(2023, 12, 31)),
    ],
)
def test_a_period_has_its_first_and_its_last_day(written: str, first: date, last: date) -> None:
    assert read_period(written) == (first, last)


@pytest.mark.parametrize("written", ["66", "2566H3", "2566-13", "Q1", "ไตรมาส 5/2566"])
def test_what_is_no_period_is_told_how_to_write_one(written: str) -> None:
    with pytest.raises(ValueError, match=r"2566H1|four digits"):
        read_period(written)
