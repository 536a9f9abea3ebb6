"""What is published of returns, and which vintage a figure is of."""

from dataclasses import replace

from layers.methods.disclosure.publication import Figure, publish, republish
from layers.methods.disclosure.table import TOTAL, Return, Table
from tests.layers.methods.disclosure.makers import returns, table


def provinces(*late: Return) -> Table:
    on_time = table(
        *(returns((name, "glass"), 10, 11, 12, 13, 14, 15) for name in ("Rayong", "Trat")),
        *(returns((name, "steel"), 20, 21, 22, 23, 24, 25) for name in ("Rayong", "Trat")),
        returns(("Nan", "steel"), 20, 21, 22, 23, 24, 25),
    )
    return replace(on_time, returns=(*on_time.returns, *late))


def late_glass(number: int, province: str = "Rayong") -> list[Return]:
    return [Return(f"late-{n}", (province, "glass"), (10.0 + n,)) for n in range(number)]


def test_a_safe_cell_is_shown_with_its_reporters() -> None:
    figures = publish(provinces(), "2025").publication.figures

    assert figures[("Rayong", "glass")] == Figure((75.0,), 6, "2025")


def test_a_cell_without_returns_is_no_return_and_not_nothing() -> None:
    figures = publish(provinces(), "2025").publication.figures

    assert figures[("Nan", "glass")] == Figure(None, 0, "2025")


def test_a_hidden_cell_tells_neither_amount_nor_number_nor_reason() -> None:
    figures = publish(provinces(*late_glass(1, "Nan")), "2025").publication.figures

    assert figures[("Nan", "glass")] == Figure(None, None, "2025")


def test_one_late_return_changes_no_figure() -> None:
    first = publish(provinces(), "March")

    second = republish([first], provinces(*late_glass(1)), "June")

    for cell in (("Rayong", "glass"), ("Rayong", TOTAL), (TOTAL, "glass"), (TOTAL, TOTAL)):
        assert second.publication.figures[cell] == first.publication.figures[cell]
        assert second.publication.figures[cell].vintage == "March"


def test_five_late_returns_change_the_figures_of_their_cell_and_its_totals() -> None:
    first = publish(provinces(), "March")

    second = republish([first], provinces(*late_glass(5)), "June")

    assert second.publication.figures[("Rayong", "glass")] == Figure((135.0,), 11, "June")
    assert second.publication.figures[(TOTAL, TOTAL)].vintage == "June"


def test_five_late_returns_of_which_one_dwarfs_the_rest_change_no_figure() -> None:
    first = publish(provinces(), "March")
    giant = Return("giant", ("Rayong", "glass"), (900.0,))

    second = republish([first], provinces(*late_glass(4), giant), "June")

    assert second.publication.figures[("Rayong", "glass")].vintage == "March"


def test_a_late_return_does_not_show_in_the_total_less_what_else_changed() -> None:
    first = publish(provinces(), "March")
    lone = Return("lone", ("Rayong", "steel"), (20.0,))

    second = republish([first], provinces(*late_glass(9), lone), "June")

    figures = second.publication.figures
    assert figures[("Rayong", "steel")].vintage == "March"
    assert "March" in {figures[("Rayong", "glass")].vintage, figures[("Rayong", TOTAL)].vintage}


def test_what_was_hidden_stays_hidden_through_the_vintages_of_a_year() -> None:
    first = publish(provinces(*late_glass(1, "Nan")), "March")

    second = republish([first], provinces(*late_glass(9, "Nan")), "June")

    assert second.publication.figures[("Nan", "glass")].is_hidden


def test_late_returns_add_up_over_vintages() -> None:
    first = publish(provinces(), "March")
    second = republish([first], provinces(*late_glass(3)), "June")

    third = republish([first, second], provinces(*late_glass(6)), "September")

    assert third.publication.figures[("Rayong", "glass")].vintage != "June"


def test_the_next_year_has_figures_of_its_own() -> None:
    first = publish(provinces(), "2025")
    anew = replace(
        first.table,
        returns=tuple(replace(row, amounts=(row.amounts[0] + 1,)) for row in first.table.returns),
    )

    second = publish(anew, "2026", [first])

    assert {figure.vintage for figure in second.publication.figures.values()} == {"2026"}
    assert not second.hidden
