"""Registration numbers, FACTYPE and check digits, against numbers whose parts are known."""

import pytest

from layers.cleaning.registration_numbers import (
    Registration,
    Rounded,
    bare_number,
    fid_province,
    juristic_id_ok,
    luhn_ok,
    parse_factype,
    parse_registration,
)


def test_a_registration_number_gives_group_class_sequence_and_year() -> None:
    found = parse_registration("จ3-9(6)-100/51ปจ")

    assert found == Registration(3, 9, 6, 100, 2551, "ปจ")
    assert found.factory_class == "00906"


def test_a_registration_number_without_suffix_or_sub_class_is_understood() -> None:
    found = parse_registration("3-101-7/60")

    assert found == Registration(3, 101, 0, 7, 2560, None)
    assert found.factory_class == "10100"


def test_a_number_of_an_industrial_estate_has_no_group() -> None:
    found = parse_registration("น.42(1)-5/2535-ญนพ.")

    assert found == Registration(None, 42, 1, 5, 2535, "ญนพ")


@pytest.mark.parametrize("number", ["", "4-9(6)-100/51ปจ", "3-9(6)-100", "3-9(6)-100/2551ปจ"])
def test_what_is_no_registration_number_is_none(number: str) -> None:
    assert parse_registration(number) is None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("00201", (None, "00201")),
        ("201", (None, "00201")),
        ("08802", (None, "08802")),
        ("3", (3, None)),
        ("", (None, None)),
        ("88(2)", (None, None)),
    ],
)
def test_factype_is_a_class_or_in_some_files_the_group(
    code: str, expected: tuple[int | None, str | None]
) -> None:
    assert parse_factype(code) == expected


@pytest.mark.parametrize("fid", ["10100302325234", "10180000125417", "10840002225552"])
def test_the_check_digit_of_a_real_fid_fits(fid: str) -> None:
    assert luhn_ok(fid)


def test_a_wrong_check_digit_of_a_fid_is_seen() -> None:
    assert not luhn_ok("10100302325235")


def test_a_fid_names_its_province() -> None:
    assert fid_province("10840002225552") == "84"


@pytest.mark.parametrize(
    ("number", "expected"),
    [("0993000133978", True), ("0993000133979", False), ("1993000133978", False), ("099", False)],
)
def test_a_juristic_number_starts_with_0_and_has_a_sound_check_digit(
    number: str, expected: bool
) -> None:
    assert juristic_id_ok(number) is expected


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (" จ 3-53(3)-14/51 สค", "จ3-53(3)-14/51สค"),
        ("จ๓-๕๓(๓)-๑๔/๕๑สค", "จ3-53(3)-14/51สค"),
        ("10740000125517.0", "10740000125517"),
        ("1.0740000125517E+13", "10740000125517"),
        ("13.5", "13.5"),
    ],
)
def test_a_number_is_kept_as_registers_have_it(written: str, number: str) -> None:
    assert bare_number(written) == number


@pytest.mark.parametrize("written", ["1.074E+13", "1,074e13", "1E+13"])
def test_a_number_whose_digits_a_spreadsheet_has_rounded_away_is_none(written: str) -> None:
    with pytest.raises(Rounded, match="is rounded: its last digits are lost"):
        bare_number(written)
