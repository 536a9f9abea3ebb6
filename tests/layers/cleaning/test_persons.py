"""Whose name may be shown; every name here is invented."""

import pytest

from layers.cleaning.persons import gives_away_person, is_person


@pytest.mark.parametrize(
    "name",
    [
        "นายสมมติ ตัวอย่าง",
        "น.ส.สมมติ ตัวอย่าง",
        "นางสาว สมมติ ตัวอย่าง",
        "โรงสีข้าวนายสมมติ",
        "โรงงาน (นางสมมติ ตัวอย่าง)",
        "พ.ต.ท.สมมติ ตัวอย่าง",
        "จ.ส.อ. สมมติ ตัวอย่าง",
        "พล.ต.อ.สมมติ ตัวอย่าง",
        "ว่าที่ ร.ต. สมมติ ตัวอย่าง",
        "Mr. Somebody Example",
        "[บุคคลธรรมดา]",
    ],
)
def test_a_title_or_a_rank_marks_a_person(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["บริษัท นายตัวอย่าง จำกัด", "หจก. ทนายตัวอย่าง", "โรงสีตัวอย่างรุ่งเรือง", "Amrit Foods"]
)
def test_a_company_or_a_trade_name_is_no_person(name: str) -> None:
    assert not is_person(name)


def test_a_trade_name_that_holds_its_owners_name_gives_the_owner_away() -> None:
    assert gives_away_person("สมมติการช่าง", "นายสมมติ ตัวอย่าง")


def test_a_person_registered_without_a_title_is_known_by_having_no_legal_form() -> None:
    assert gives_away_person("สมมติ ตัวอย่าง", "สมมติ ตัวอย่าง")


def test_a_trade_name_beside_a_persons_is_kept() -> None:
    assert not gives_away_person("โรงสีรุ่งเรือง", "นายสมมติ ตัวอย่าง")


def test_a_company_that_runs_its_factory_under_its_own_name_is_kept() -> None:
    assert not gives_away_person("ตัวอย่างพลาสติก", "บริษัท ตัวอย่างพลาสติก จำกัด")
