"""Returns summed over cells and their totals."""

from dataclasses import replace

import numpy as np
import pytest

from layers.methods.disclosure.table import TOTAL, BadReturn, Return, changes
from tests.layers.methods.disclosure.makers import returns, table

CELL = ("Rayong",)


def test_a_reporter_of_several_cells_is_one_reporter_of_their_total() -> None:
    both = table(
        returns(("Rayong", "glass"), 10, by="Siam"), returns(("Rayong", "steel"), 5, by="Siam")
    )

    assert both.amounts[("Rayong", TOTAL)] == {"Siam": 15}


def test_a_return_of_nothing_is_a_return() -> None:
    assert table(returns(("Rayong",), 0, by="Siam")).amounts[("Rayong",)] == {"Siam": 0}


def test_a_cell_without_returns_is_left_out() -> None:
    apart = table(returns(("Rayong", "glass"), 1), returns(("Trat", "steel"), 1))

    assert ("Rayong", "steel") not in apart.amounts


@pytest.mark.parametrize(
    "bad",
    [
        Return("Siam", ("Atlantis",), (1.0,)),
        Return("Siam", (TOTAL,), (1.0,)),
        Return("Siam", ("Rayong", "glass"), (1.0,)),
        Return("Siam", ("Rayong",), (1.0, 2.0)),
        Return("Siam", ("Rayong",), (-1.0,)),
        Return("Siam", ("Rayong",), (float("nan"),)),
    ],
)
def test_a_return_that_fits_no_cell_is_refused(bad: Return) -> None:
    good = table(returns(("Rayong",), 1))

    with pytest.raises(BadReturn):
        _ = replace(good, returns=(bad,)).amounts


def test_who_enters_leaves_or_reports_anew_changes_and_nobody_else() -> None:
    before = table(*(returns(CELL, n, by=name) for name, n in (("a", 1), ("b", 2), ("c", 3))))
    now = table(*(returns(CELL, n, by=name) for name, n in (("b", 2), ("c", 5), ("d", 4))))

    moved = changes(before.amounts, now.amounts)

    assert moved[CELL] == {"a": np.array([1]), "c": np.array([2]), "d": np.array([4])}
