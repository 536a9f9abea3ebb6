"""Units as officers write them, with nothing read that is not in the list."""

import pint
import pytest

from layers.cleaning.units import _SPELT, Kept, UnknownUnit, _bare, kept


@pytest.mark.parametrize(
    ("quantity", "written", "is_kept"),
    [
        (2, "ตัน", Kept(2_000, "kg")),
        (2, "ton", Kept(2_000, "kg")),
        (1, "lb", Kept(0.45359237, "kg")),
        (3, "ลบ.ม.", Kept(3, "m3")),
        (1, "ล้านลิตร", Kept(1_000, "m3")),
        (1, "scf", Kept(0.028316846592, "m3")),
        (1, "Mscf", Kept(28.316846592, "m3")),
        (1, "MMscf", Kept(28_316.846592, "m3")),
        (1, "kWh", Kept(3.6, "MJ")),
        (1, "MMBtu", Kept(1055.056, "MJ")),
        (5, "โหล", Kept(60, "piece")),
        (45, "คน", Kept(45, "person")),
        (1, "ตร.ม.", Kept(1, "m2")),
    ],
)
def test_a_quantity_is_kept_in_the_unit_of_its_kind(
    quantity: float, written: str, is_kept: Kept
) -> None:
    found = kept(quantity, written)

    assert found.unit == is_kept.unit
    assert found.quantity == pytest.approx(is_kept.quantity, rel=1e-5)


def test_pint_alone_would_read_a_ton_as_that_of_america() -> None:
    assert pint.UnitRegistry().Quantity(1, "ton").to("kg").magnitude == pytest.approx(907.18474)


@pytest.mark.parametrize("written", ["หน่วย", "kcal", "", "m/s", "tonne * 2", "cm"])
def test_what_is_not_listed_is_refused_with_what_is(written: str) -> None:
    with pytest.raises(UnknownUnit, match=r"is none of kg, g, t, m3"):
        kept(1, written)


def test_a_unit_of_another_kind_is_refused() -> None:
    with pytest.raises(UnknownUnit, match=r"'kg' is none of m3, l, kl"):
        kept(1, "kg", ("m3",))


def test_no_spelling_stands_for_two_units() -> None:
    every = [
        _bare(spelling)
        for spelt in _SPELT.values()
        for _, _, spellings in spelt
        for spelling in spellings.split()
    ]

    assert sorted(every) == sorted(set(every))
