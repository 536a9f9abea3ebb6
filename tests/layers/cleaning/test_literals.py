"""What people type is found as it was stored."""

import pytest

from layers.cleaning.literals import stored_number, stored_text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("น\u0e4d\u0e32ตาล", "นำตาล"),
        ("น้\u0e4d\u0e32", "น้\u0e33"),
        ("เ\u0e40ดง", "แดง"),
        ("สมุทร\u200bสาคร\ufeff", "สมุทรสาคร"),
        ("บริษัท\u00a0ก", "บริษัท ก"),
        ("%น\u0e4d\u0e32 ", "%น\u0e33 "),
        ("จ๓-๙(๖)-๑๐๐/๕๑ปจ", "จ3-9(6)-100/51ปจ"),
        ("โรงงาน ๙", "โรงงาน ๙"),
        ("plain %", "plain %"),
        ("\u200b", ""),
    ],
)
def test_a_text_is_as_ingest_writes_it(typed: str, stored: str) -> None:
    assert stored_text(typed) == stored


def test_a_number_may_have_thai_digits() -> None:
    assert stored_number("๑๒.๕") == "12.5"
