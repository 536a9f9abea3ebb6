"""Numbers as people write them: read in every script, refused by name where they can be two."""

import math

import pytest

from layers.cleaning.numbers import NotANumber, read_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1200", 1200),
        ("1,200", 1200),
        ("1,234,567.5", 1234567.5),
        ("1 200", 1200),
        ("๑๒๐๐", 1200),
        ("๑,๒๐๐.๕", 1200.5),
        ("1.2e3", 1200),
        ("1E12", 1e12),
        ("+5", 5),
        ("−5", -5),
        (".5", 0.5),
        ("5.", 5),
    ],
)
def test_a_number_is_read_however_it_is_written(written: str, number: float) -> None:
    assert read_number(written) == number


def test_minus_zero_is_zero() -> None:
    assert math.copysign(1, read_number("-0")) == 1


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("1.234,5", "decimal comma"),
        ("12,3", "decimal comma"),
        ("10-20", "is a range"),
        ("10 ถึง 20", "is a range"),
        ("<5", "is a bound"),
        ("12.5 ไร่", "'ไร่' behind the number: leave the unit out"),
        ("45 km", "'km' behind"),
        ("50%", "'%' behind"),
        ("มาก", "is not a number"),
        ("1_000", "is not a number"),
        ("1,20", "decimal comma"),
        ("12,34,567", "is not a number"),
        ("inf", "is not a number"),
        ("1e999", "too large"),
        ("0x1F", "behind the number"),
    ],
)
def test_what_can_be_read_twice_is_refused_by_what_it_is(written: str, what: str) -> None:
    with pytest.raises(NotANumber, match=what):
        read_number(written)
