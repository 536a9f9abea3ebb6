"""Whether the attack finds what there is to find: what it misses proves nothing."""

import pytest

from layers.methods.disclosure.attack import Contradiction, Knowledge, Spot, bounds
from layers.methods.disclosure.publication import Figure, Publication
from layers.methods.disclosure.table import TOTAL, Cell


def published(vintage: str = "2025", **amounts: float | None) -> Publication:
    """A line of figures, None where hidden, and "no return" where the amount is -1."""
    figures: dict[Cell, Figure] = {}
    for code, amount in amounts.items():
        shown = None if amount is None or amount < 0 else (amount,)
        count = None if amount is None else 0 if amount < 0 else 5
        figures[(code,)] = Figure(shown, count, vintage)
    codes = tuple(code for code in amounts if code != TOTAL)
    return Publication(vintage, (codes,), ("fossil",), figures)


def told(*publications: Publication, code: str, knowledge: Knowledge) -> tuple[float, float]:
    (answer,) = bounds(publications, 0, knowledge, [{(len(publications) - 1, (code,)): 1}])
    return answer


def test_the_only_hidden_cell_of_a_line_is_told_exactly() -> None:
    line = published(glass=None, steel=30, total=100)

    assert told(line, code="glass", knowledge=Knowledge()) == pytest.approx((70, 70))


def test_of_two_hidden_cells_only_the_sum_is_told() -> None:
    line = published(glass=None, steel=30, paper=None, total=100)

    assert told(line, code="glass", knowledge=Knowledge()) == pytest.approx((0, 70))


def test_a_cell_without_returns_hides_nothing() -> None:
    line = published(glass=None, steel=30, paper=-1, total=100)

    assert told(line, code="glass", knowledge=Knowledge()) == pytest.approx((70, 70))


def test_the_only_reporter_of_a_cell_takes_its_own_away() -> None:
    line = published(glass=None, steel=30, paper=None, total=100)
    own: dict[Spot, float] = {(0, ("paper",)): 50.0, (0, (TOTAL,)): 50.0}
    paper_mill = Knowledge(own, alone={(0, ("paper",))})

    assert told(line, code="glass", knowledge=paper_mill) == pytest.approx((20, 20))


def test_a_reporter_among_others_learns_an_upper_bound() -> None:
    line = published(glass=None, steel=30, paper=None, total=100)
    one_of_two = Knowledge({(0, ("paper",)): 50.0, (0, (TOTAL,)): 50.0})

    assert told(line, code="glass", knowledge=one_of_two) == pytest.approx((0, 20))


def test_nothing_bounds_a_cell_whose_total_is_hidden() -> None:
    line = published(glass=None, steel=30, total=None)

    low, high = told(line, code="glass", knowledge=Knowledge())

    assert (low, high) == (0, float("inf"))


def test_what_did_not_change_is_told_by_the_year_before() -> None:
    before = published("2024", glass=20, paper=50, total=70)
    line = published("2025", glass=None, paper=None, total=75)
    same_glass = Knowledge(still={(1, ("glass",))})

    assert told(before, line, code="paper", knowledge=same_glass) == pytest.approx((55, 55))


def test_an_old_figure_that_stands_tells_nothing_of_the_new_vintage() -> None:
    line = published(glass=20, paper=50, total=100)
    figures = {**line.figures, ("glass",): Figure((20,), 5, "the one before")}
    standing = Publication(line.vintage, line.dimensions, line.measures, figures)

    assert told(standing, code="glass", knowledge=Knowledge()) == pytest.approx((50, 50))


def test_knowledge_that_cannot_be_true_is_a_contradiction() -> None:
    line = published(glass=None, steel=130, paper=None, total=100)

    with pytest.raises(Contradiction):
        told(line, code="glass", knowledge=Knowledge())
