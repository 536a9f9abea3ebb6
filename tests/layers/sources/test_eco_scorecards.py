"""Editions, indicators, rules, values and evidence as officers send them."""

from datetime import date

from layers.sources.eco_scorecards import SOURCE
from tests.layers.sources.reading import SAMPLES, parsed, values_of

FOLDER = SAMPLES / "eco_scorecards"


def reasons(name: str) -> list[str]:
    return [one.reason for one in parsed(SOURCE, FOLDER / name)[1]]


def test_an_edition_and_its_rules_are_read() -> None:
    [edition] = values_of(parsed(SOURCE, FOLDER / "frameworks.csv")[0], "framework")
    rules = values_of(parsed(SOURCE, FOLDER / "rules.csv")[0], "framework_level_rule")

    assert (edition["id"], edition["indicators"], edition["verified"]) == ("test-2565", 2, True)
    assert edition["valid_from"] == date(2022, 1, 1)
    assert [(one["level"], one["kind"], one["least_met"]) for one in rules] == [
        (1, "basic", 1),
        (2, "basic", 2),
    ]


def test_an_indicator_of_no_known_dimension_is_refused() -> None:
    indicators = values_of(parsed(SOURCE, FOLDER / "indicators.csv")[0], "framework_indicator")

    assert [(one["code"], one["target"], one["better"]) for one in indicators] == [
        ("1", 90, "higher"),
        ("2", 4, "higher"),
    ]
    assert reasons("indicators.csv") == ["dimension is not one of those known"]


def test_values_say_where_they_come_from_and_name_nobody() -> None:
    values = values_of(parsed(SOURCE, FOLDER / "values.csv")[0], "eco_town_value")

    assert [(one["code"], one["year"], one["value"], one["origin"]) for one in values] == [
        ("1", 2025, 95.5, "measured"),
        ("2", 2025, 6, "self_declared"),
    ]
    assert reasons("values.csv") == [
        "year is out of range",
        "origin is not one of those known",
        "assessor names a natural person",
    ]


def test_evidence_is_held_by_an_office_and_linked_over_https() -> None:
    found = values_of(parsed(SOURCE, FOLDER / "evidence.csv")[0], "eco_town_evidence")

    assert [(one["code"], one["what"], one["link"]) for one in found] == [
        ("1", "ผลวิเคราะห์น้ำทิ้ง", "https://example.org/water"),
        ("2", "รายงานการประชุม", None),
    ]
    assert reasons("evidence.csv") == [
        "office names a natural person",
        "link is not an https address",
    ]
