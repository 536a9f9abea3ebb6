"""The table of provinces: complete, and found by the names that registers write."""

from collections import Counter

import pytest

from layers.cleaning.provinces import PROVINCES, Province, province_code


def test_there_are_77_provinces_in_six_regions() -> None:
    regions = Counter(province.region for province in PROVINCES.values())

    assert sum(regions.values()) == 77
    assert regions == {
        "central": 22,
        "east": 7,
        "northeast": 20,
        "north": 9,
        "west": 5,
        "south": 14,
    }


def test_a_name_of_several_words_is_kept_whole() -> None:
    assert PROVINCES["14"] == Province("14", "พระนครศรีอยุธยา", "Phra Nakhon Si Ayutthaya", "central")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("สมุทรสาคร", "74"),
        ("จังหวัดสมุทรสาคร", "74"),
        ("จ.สมุทรสาคร", "74"),
        ("กรุงเทพฯ", "10"),
        ("กทม.", "10"),
        ("74000", None),
        ("", None),
        (None, None),
    ],
)
def test_a_province_is_found_by_the_ways_its_name_is_written(
    name: str | None, code: str | None
) -> None:
    assert province_code(name) == code
