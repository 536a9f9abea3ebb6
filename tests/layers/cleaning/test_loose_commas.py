"""Rows that lost their quotes: put together where there is no doubt, left alone where there is."""

from layers.cleaning.loose_commas import PLAIN, mended

ADDRESS = "เลขที่ 1 ตำบล นาดี อำเภอ เมืองสมุทรสาคร สมุทรสาคร"
PLACE = (ADDRESS, "13.60", "100.30")


def test_a_detail_with_commas_is_joined() -> None:
    values = mended(["อื่นๆ", "บริษัท ตัวอย่าง จำกัด", "ทำถุง", "ทำเชือก", *PLACE], PLAIN)

    assert values is not None
    assert values["name"] == "บริษัท ตัวอย่าง จำกัด"
    assert values["detail"] == "ทำถุง, ทำเชือก"
    assert values["address"] == ADDRESS


def test_a_comma_inside_a_number_is_part_of_the_number() -> None:
    values = mended(["อื่นๆ", "บริษัท ตัวอย่าง จำกัด", "ทำถุง 2", "000 ตัน", *PLACE], PLAIN)

    assert values is not None and values["detail"] == "ทำถุง 2,000 ตัน"


def test_a_company_of_limited_liability_keeps_its_comma() -> None:
    values = mended(["อื่นๆ", "Sample Co.", "Ltd.", "ทำถุง", *PLACE], PLAIN)

    assert values is not None and values["name"] == "Sample Co., Ltd."


def test_a_row_quoted_as_a_whole_is_split_again() -> None:
    row = 'อื่นๆ,บริษัท ตัวอย่าง จำกัด,ทำถุง\nและเชือก,"เลขที่ 1, ตำบล นาดี",13.60,100.30'

    values = mended([row], PLAIN)

    assert values is not None
    assert values["detail"] == "ทำถุง และเชือก"
    assert values["address"] == "เลขที่ 1, ตำบล นาดี"


def test_a_name_whose_end_nothing_shows_is_left_alone() -> None:
    assert mended(["อื่นๆ", "พลาสติกตัวอย่าง PP", "PE", "ทำเม็ดพลาสติก", *PLACE], PLAIN) is None


def test_an_address_in_the_place_of_the_detail_is_left_alone() -> None:
    cells = ["อื่นๆ", "Sample Co.", "Ltd.", ADDRESS, "ค้าของเก่า", "13.60", "100.30"]

    assert mended(cells, PLAIN) is None


def test_a_row_without_coordinates_at_its_end_is_left_alone() -> None:
    cells = ["อื่นๆ", "บริษัท ตัวอย่าง จำกัด", "ทำถุง", "ทำเชือก", ADDRESS, "13.60", "?"]

    assert mended(cells, PLAIN) is None


def test_too_few_cells_are_left_alone() -> None:
    assert mended(["อื่นๆ", "บริษัท ตัวอย่าง จำกัด"], PLAIN) is None


def test_other_columns_are_not_guessed_at() -> None:
    assert mended(["a", "b", "c"], ("one", "two")) is None
