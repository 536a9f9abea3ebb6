"""Which cells are hidden, and that others keep them."""

from dataclasses import replace

import pytest

from layers.methods.disclosure.past import DifferentTables, Earlier, Hidden, Reason
from layers.methods.disclosure.protection import hidden_cells
from layers.methods.disclosure.table import TOTAL, Cell, Table
from tests.layers.methods.disclosure.makers import returns, table

SAFE = (10.0, 11.0, 12.0, 13.0, 14.0)
SMALL = (8.0, 8.0, 8.0, 8.0, 8.0)


def reasons(table: Table, *earlier: Earlier) -> dict[Cell, Reason]:
    return {cell: hidden.reason for cell, hidden in hidden_cells(table, earlier).items()}


def two_by_three(*glass_in_rayong: float, by: str = "") -> Table:
    return table(
        returns(("Rayong", "glass"), *glass_in_rayong, by=by),
        returns(("Rayong", "paper"), *SMALL),
        returns(("Rayong", "steel"), *SAFE, *SAFE),
        returns(("Trat", "glass"), *SMALL),
        returns(("Trat", "paper"), *SMALL),
        returns(("Trat", "steel"), *SAFE, *SAFE),
    )


def test_where_every_cell_is_safe_nothing_is_hidden() -> None:
    assert reasons(two_by_three(*SAFE)) == {}


def test_a_cell_of_few_takes_the_smallest_rectangle_with_it() -> None:
    assert reasons(two_by_three(20, 20)) == {
        ("Rayong", "glass"): "few",
        ("Rayong", "paper"): "secondary",
        ("Trat", "glass"): "secondary",
        ("Trat", "paper"): "secondary",
    }


def test_a_dominated_cell_is_hidden_however_many_report() -> None:
    hidden = reasons(two_by_three(100, 5, 1, 1, 1, 1))

    assert hidden[("Rayong", "glass")] == "dominated"


def test_a_cell_too_small_to_keep_another_is_passed_over() -> None:
    hidden = reasons(two_by_three(400, 300))

    assert ("Rayong", "steel") in hidden, "the 40 of paper are not 15 % of 700"


def test_two_cells_of_one_reporter_do_not_keep_each_other() -> None:
    line = table(
        returns(("glass",), 50, by="Siam"),
        returns(("paper",), 50, by="Siam"),
        returns(("steel",), *SAFE, *SAFE),
        returns(("wood",), *SAFE),
    )

    hidden = reasons(line)

    assert ("wood",) in hidden, "else the total less the rest is what Siam has"


def test_two_lone_reporters_of_a_line_are_kept_from_each_other() -> None:
    line = table(
        returns(("glass",), 50, by="Siam"),
        returns(("paper",), 50, by="Thai"),
        returns(("steel",), *SAFE, *SAFE),
        returns(("wood",), *SAFE),
    )

    assert ("wood",) in reasons(line)


def test_a_total_goes_where_nothing_else_is_left() -> None:
    line = table(returns(("glass",), 50, by="Siam"))

    assert reasons(line) == {("glass",): "few", (TOTAL,): "few"}


def test_a_cell_without_returns_is_never_hidden() -> None:
    thin = table(returns(("Rayong", "glass"), 20), returns(("Trat", "steel"), *SAFE))

    assert ("Rayong", "steel") not in reasons(thin)


def test_measures_are_hidden_together() -> None:
    both = two_by_three(*SAFE)
    rows = (replace(row, amounts=(row.amounts[0], 0.0)) for row in both.returns)
    rows_with_one = [
        replace(row, amounts=(10.0, float(row.reporter == "Trat-steel-1"))) for row in rows
    ]

    hidden = reasons(replace(both, measures=("fossil", "biogenic"), returns=tuple(rows_with_one)))

    assert hidden[("Trat", "steel")] == "dominated"


def test_the_only_change_between_two_years_is_hidden_in_the_cell_and_its_totals() -> None:
    before = two_by_three(*SAFE)
    now = two_by_three(*SAFE, 12)

    hidden = reasons(now, Earlier(before, {}))

    for cell in (("Rayong", "glass"), ("Rayong", TOTAL), (TOTAL, "glass"), (TOTAL, TOTAL)):
        assert hidden[cell] == "changed"


def test_cells_in_which_nobody_changed_keep_no_change() -> None:
    before = two_by_three(*SAFE)
    steel = [row for row in before.returns if row.cell[1] == "steel"]
    rest = [row for row in before.returns if row.cell[1] != "steel"]
    anew = [replace(row, amounts=(row.amounts[0] * 1.2,)) for row in steel]
    now = replace(before, returns=(*rest, *anew, *returns(("Rayong", "glass"), 12, by="late")))

    hidden = reasons(now, Earlier(before, {}))

    assert hidden[("Rayong", "glass")] == "changed"
    assert {("Rayong", "steel"), ("Rayong", TOTAL)} & hidden.keys(), "paper did not change"


def test_a_cell_that_was_hidden_stays_so_while_nobody_in_it_changes() -> None:
    same = two_by_three(*SAFE)

    hidden = reasons(same, Earlier(same, {("Trat", "paper"): Hidden("secondary", (0.0,))}))

    assert hidden == {("Trat", "paper"): "kept"}


def test_a_cell_that_was_hidden_keeps_others_as_well_as_it_did() -> None:
    same = two_by_three(*SAFE)

    hidden = reasons(same, Earlier(same, {("Trat", "paper"): Hidden("secondary", (5.0,))}))

    assert len(hidden) > 1


def test_years_of_other_codes_are_not_compared() -> None:
    only_glass = table(returns(("Rayong", "glass"), *SAFE))

    with pytest.raises(DifferentTables):
        reasons(two_by_three(*SAFE), Earlier(only_glass, {}))
