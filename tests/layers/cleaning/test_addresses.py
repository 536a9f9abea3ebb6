"""The province that an address names, where it names one."""

import pytest

from layers.cleaning.addresses import province_named
from layers.cleaning.provinces import PROVINCES


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("12 หมู่ 3 ต.บางหญ้าแพรก อ.เมืองสมุทรสาคร จ.สมุทรสาคร 74000", "74"),
        ("ถนนเศรษฐกิจ 1 จังหวัดสมุทรสาคร", "74"),
        ("หลังตลาด อ.เมืองระยอง", "21"),
        ("ใกล้วัดใหญ่ จ. ชลบุรี", "20"),
        ("จว.น่าน", "55"),
        ("ซอยวัด ระยอง 21000", "21"),
        ("แขวงบางบอน เขตบางบอน กรุงเทพมหานคร", "10"),
        ("ถ. เพชรบุรี เขตราชเทวี กทม.", "10"),
        ("ถนนเพชรบุรี กรุงเทพฯ 10400", "10"),
        ("หลังโรงพยาบาลกรุงเทพ จ.ระยอง", "21"),
        ("ปากช่อง โคราช", "30"),
        ("วังน้อย จ.อยุธยา", "14"),
        ("12 Setthakit Rd, Samut Sakhon 74000", "74"),
        ("Moo 4, Bang Phli, Samutprakan, Thailand", "11"),
        ("near the market, Mueang, Rayong Province 21000", "21"),
        ("Lop Buri", "16"),
        ("Bangpa-in Ayutthaya", "14"),
    ],
)
def test_an_address_that_names_one_province_is_of_it(address: str, code: str) -> None:
    assert province_named(address) == code


@pytest.mark.parametrize(
    "address",
    [
        "",
        "หลังตลาด ซอย 3",
        "ถนนเพชรบุรี",
        "ถ. เพชรบุรี ซอย 5",
        "ซ. ระนอง 1",
        "บริษัทกรุงเทพเหล็ก",
        "ระหว่าง จ.ระยอง กับ จ.ชลบุรี",
        "ระยอง ชลบุรี",
        "Nan's noodle shop",
        "ตากแดด",
        "\x00",
    ],
)
def test_an_address_that_names_none_or_two_is_of_none(address: str) -> None:
    assert province_named(address) is None


def test_every_province_is_known_by_both_of_its_names() -> None:
    for code, one in PROVINCES.items():
        assert province_named(f"หมู่ 1 จ.{one.name_th}") == code
        assert province_named(f"หมู่ 1 {one.name_th} {code}000") == code
        assert province_named(f"12 Moo 1, {one.name_en} {code}000") == code
