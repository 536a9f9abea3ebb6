"""Dates of either era, in digits and in words."""

from datetime import date

import pytest

from layers.cleaning.dates import thai_date


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-01",
        "2566-05-01",
        "01/05/2566",
        "1/5/2023",
        "1 พฤษภาคม 2566",
        "1 พ.ค. 2566",
        "1 พฤษภาคม พ.ศ. 2566",
        "๑/๕/๒๕๖๖",
    ],
)
def test_a_date_is_the_same_day_however_it_is_written(text: str) -> None:
    assert thai_date(text) == date(2023, 5, 1)


@pytest.mark.parametrize("text", ["1/5/66", "31/02/2566", "5 พค 2566", "2566", ""])
def test_what_is_no_whole_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        thai_date(text)
