"""A row is shown from five homes on, and from a number with noise that reaches the threshold."""

from collections.abc import Callable
from fractions import Fraction

from layers.methods.complaint_release.rule import Rule, shown

RULE = Rule(Fraction(1, 2), least_homes=5, least_noisy=11)


def drawn(number: int) -> Callable[[Fraction], int]:
    return lambda _: number


def test_what_is_shown_is_the_number_with_its_noise() -> None:
    assert shown(20, RULE, draw=drawn(-3)) == 17


def test_a_number_below_the_threshold_is_hidden() -> None:
    assert shown(13, RULE, draw=drawn(-3)) is None
    assert shown(14, RULE, draw=drawn(-3)) == 11


def test_fewer_than_five_homes_are_hidden_whatever_the_noise() -> None:
    assert shown(4, RULE, draw=drawn(30)) is None
    assert shown(5, RULE, draw=drawn(30)) == 35


def test_a_subdistrict_of_few_houses_is_hidden() -> None:
    assert shown(40, RULE, houses=499, draw=drawn(0)) is None
    assert shown(40, RULE, houses=500, draw=drawn(0)) == 40


def test_a_subdistrict_where_more_than_a_tenth_complain_is_hidden_by_the_number_with_noise() -> (
    None
):
    assert shown(60, RULE, houses=600, draw=drawn(1)) is None
    assert shown(61, RULE, houses=600, draw=drawn(-1)) == 60


def test_of_unknown_houses_nothing_is_hidden_for_them() -> None:
    assert shown(400, RULE, houses=None, draw=drawn(0)) == 400
