"""Keys of names: what counts in a search, and where it stood."""

import pytest

from layers.methods.name_keys import name_key, sound_key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("จ.กาญจนบุรี", "กาญจนบุรี"),
        ("จังหวัด กาญจนบุรี", "กาญจนบุรี"),
        ("อ.เมือง จ.เชียงใหม่", "เมืองเชียงใหม"),
        ("เขตพระนคร", "พระนคร"),
        ("บริษัท ไทยน้ำตาล จำกัด (มหาชน)", "ไทยนำตาล"),
        ("Thai Sugar Co., Ltd.", "thaisugar"),
        ("จ3-9(6)-100/51ปจ", "จ3961005" + "1ปจ"),
        ("๑๖๖๔", "1664"),
        ("Chon  Buri", "chonburi"),
        ("  -- ", ""),
    ],
)
def test_a_key_has_what_counts(typed: str, key: str) -> None:
    assert name_key(typed).text == key


def test_words_that_do_not_count_do_where_there_are_no_others() -> None:
    assert name_key("บริษัท").text == "บริษัท"
    assert name_key("จำกัด บริษัท").text == "จำกัดบริษัท"


def test_a_part_is_found_in_the_name_as_written_with_its_marks() -> None:
    name = name_key("บริษัท ไทยน้ำตาล จำกัด")

    [(start, end)] = name.spans(name_key("น้ำตาล").text)

    assert name.given[start:end] == "น้ำตาล"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kanchanaburi", "kanjanaburi"),
        ("Ayutthaya", "ayuthaya"),
        ("Phuket", "puket"),
        ("Lop Buri", "lopburi"),
        ("Vibhavadi", "wiphawadi"),
    ],
)
def test_spellings_of_one_sound_are_one(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


def test_digits_are_never_joined() -> None:
    assert sound_key("1100") == "1100"
