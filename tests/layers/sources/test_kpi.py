"""Indicators of a fiscal year and what was reached, as officers send them."""

from datetime import date

from layers.sources.kpi import SOURCE
from tests.layers.sources.reading import SAMPLES, parsed, values_of

FOLDER = SAMPLES / "kpi"


def test_an_indicator_belongs_to_an_office_and_to_a_known_dimension() -> None:
    rows, rejected = parsed(SOURCE, FOLDER / "indicators.csv")

    assert [(one["fiscal_year"], one["code"], one["target"]) for one in values_of(rows, "kpi")] == [
        (2024, "1.1", 500),
        (2024, "1.2", 1000),
    ]
    assert [one.reason for one in rejected] == [
        "owner names a natural person",
        "mind is not one of those known",
    ]


def test_each_value_of_a_year_is_kept_with_its_day() -> None:
    rows, rejected = parsed(SOURCE, FOLDER / "values.csv")

    assert [(v["area_code"], v["as_of"], v["value"]) for v in values_of(rows, "kpi_value")] == [
        ("TH", date(2024, 3, 31), 450),
        ("TH", date(2024, 9, 30), 510),
        ("74", date(2024, 9, 30), 40),
    ]
    assert [one.reason for one in rejected] == [
        "area_code names no province",
        "value is not a number",
    ]
