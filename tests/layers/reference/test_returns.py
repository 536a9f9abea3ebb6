"""By when returns are due."""

from datetime import date

from layers.reference.returns import due_on


def test_a_year_of_waste_is_due_at_the_end_of_april_after_it() -> None:
    assert due_on("waste", date(2023, 1, 1), date(2023, 12, 31)) == date(2024, 4, 30)


def test_a_month_of_production_is_due_on_the_tenth_of_the_next() -> None:
    assert due_on("product", date(2024, 5, 1), date(2024, 5, 31)) == date(2024, 6, 10)
    assert due_on("product", date(2024, 12, 1), date(2024, 12, 31)) == date(2025, 1, 10)


def test_what_has_no_deadline_that_is_known_is_never_due() -> None:
    assert due_on("water", date(2023, 1, 1), date(2023, 12, 31)) is None
    assert due_on("product", date(2023, 1, 1), date(2023, 12, 31)) is None
    assert due_on("waste", date(2021, 1, 1), date(2021, 12, 31)) is None
