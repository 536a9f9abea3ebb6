"""Laws, offices and indicators name each other, and what is not verified says so."""

from layers.catalog import catalog
from layers.reference.institutions import DIMENSIONS, agencies, indicators, laws


def test_an_indicator_names_a_layer_a_law_and_an_office_that_there_are() -> None:
    for one in indicators().values():
        assert one.layer in catalog()
        assert one.law is None or one.law in laws()
        assert one.agency is None or one.agency in agencies()
        assert one.dimension in DIMENSIONS


def test_what_has_no_source_is_not_verified_and_what_has_is() -> None:
    assert {one.id for one in laws().values() if not one.verified} == {"factory_act_s35"}
    assert all(one.source for one in laws().values() if one.verified)
    assert all(one.source for one in agencies().values())


def test_an_indicator_that_nobody_prescribed_says_that_it_is_ours() -> None:
    assert {one.set_by for one in indicators().values()} == {"us", "plan"}
    assert all(one.source for one in indicators().values() if one.set_by != "us")


def test_every_list_is_told_in_both_languages() -> None:
    for one in (*laws().values(), *agencies().values(), *indicators().values()):
        assert not [name for name, value in vars(one).items() if value == "" and name != "unit"]
