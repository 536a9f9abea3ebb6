"""The codes of waste of B.E. 2566 and their clocks."""

from datetime import date

import pytest

from layers.reference.waste import finish_by, management_codes, split_code, waste_codes


def test_the_list_has_as_many_codes_of_each_kind_as_the_notification() -> None:
    entries = [code.entry for code in waste_codes().values()]

    assert (len(entries), entries.count("HA"), entries.count("HM")) == (861, 238, 184)
    assert all(code.hazardous == (code.entry is not None) for code in waste_codes().values())
    assert len(management_codes()) == 44
    assert "064" not in management_codes() and "078" not in management_codes()


def test_landfill_is_for_waste_that_is_not_hazardous() -> None:
    assert not management_codes()["071"].hazardous_too
    assert management_codes()["072"].hazardous_too


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("19 10 03 HM", ("191003", "HM")),
        ("191003hm", ("191003", "HM")),
        ("19 10 03", ("191003", None)),
        ("1910", None),
        ("กากตะกอน", None),
    ],
)
def test_a_code_is_read_as_officers_write_it(
    written: str, code: tuple[str, str | None] | None
) -> None:
    assert split_code(written) == code


@pytest.mark.parametrize(
    ("hazardous", "management", "day"),
    [
        (True, "075", date(2024, 1, 31)),
        (False, "083", date(2024, 6, 29)),
        (False, "049", date(2024, 3, 1)),
        (None, None, date(2024, 3, 1)),
    ],
)
def test_a_receiver_has_30_days_180_for_compost_and_60_for_the_rest(
    hazardous: bool | None, management: str | None, day: date
) -> None:
    assert finish_by(date(2024, 1, 1), hazardous, management) == day


def test_before_the_regime_there_is_no_clock_that_we_know() -> None:
    assert finish_by(date(2023, 10, 31), True, "075") is None
