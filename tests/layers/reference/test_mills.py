"""The list of mills: whole, sound, and known by either number."""

from layers.cleaning.registration_numbers import fid_province, luhn_ok
from layers.reference.mills import mill_number, sugar_mills


def test_there_are_58_whose_numbers_hold_and_whose_cane_adds_up_to_what_is_printed() -> None:
    mills = sugar_mills().values()

    assert len(mills) == 58
    assert all(luhn_ok(one.fid) and fid_province(one.fid) == one.province_code for one in mills)
    assert sum(one.cane_2565_66_t or 0 for one in mills) == 106_960_000
    assert sum(one.cane_2566_67_t or 0 for one in mills) == 90_910_000
    assert all("Royal Gazette" in one.source for one in mills)


def test_a_mill_is_known_by_either_number_however_it_is_printed() -> None:
    for written in ("10620000125552", "3-11(3)-1/55กพ", "จ3-11(3)-1/55กพ", "11(3)-1/55กพ"):
        assert mill_number(written) == "10620000125552"
    assert mill_number("11(3)-1/19สห") == mill_number("3-11(3)-1/19สห") == "10170000125194"
    assert mill_number("DEMO-000123") == "DEMO-000123"
