"""The vocabulary of rules: what each measures, with which numbers, and when it is armed again."""

import pytest

from layers.alerts.places import KINDS
from layers.alerts.rules import PUBLIC, RULES, BadRule, Rule, read_parameters, rule_named
from layers.catalog import catalog


def test_a_rule_for_everybody_reads_what_is_published_alone() -> None:
    published = {*catalog(), "kpis", "kpi_values"}

    assert {
        view for rule in RULES.values() if rule.audience == PUBLIC for view in rule.views
    } <= published


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_all_of_itself_in_both_languages(rule: Rule) -> None:
    said = [rule.title, rule.about, rule.caveat, *(one.title for one in rule.parameters)]

    assert all(text.th and text.en and text.th != text.en for text in said)
    assert set(rule.places) <= set(KINDS)
    assert 0 <= rule.rearm_share < 1, "armed again below the threshold, or never"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_what_is_not_said_is_as_usual_and_the_usual_is_allowed(rule: Rule) -> None:
    usual = read_parameters(rule, {})

    assert set(usual) == {one.name for one in rule.parameters}
    assert read_parameters(rule, {name: str(value) for name, value in usual.items()}) == usual


@pytest.mark.parametrize("given", ["0", "1001", "-5", "5.5", "five", "٥", "9" * 30, "0000000059"])
def test_a_number_that_cannot_be_is_refused_with_those_that_can(given: str) -> None:
    with pytest.raises(BadRule, match="whole number from 1 to 1000"):
        read_parameters(rule_named("fires"), {"least": given})


def test_a_choice_and_a_rule_that_are_none_are_refused_with_those_there_are() -> None:
    with pytest.raises(BadRule, match="any, cane"):
        read_parameters(rule_named("fires"), {"land": "rice"})
    with pytest.raises(BadRule, match="there are: fires"):
        rule_named("floods")
