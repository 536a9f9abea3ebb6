"""What others can conclude from publications: the bounds of every hidden cell.

An attacker knows what is published, its own returns, that amounts are not negative, that totals are
sums, where nobody reports, where it is the only reporter, and what did not change between two
publications. The bounds are those of linear programmes over all that (Hundepool et al. 2012,
chapter 4), solved by HiGHS, and so the best there are. Nothing is shared with `protection`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import inf

import highspy
import numpy as np

from layers.methods.disclosure.publication import Figure, Publication
from layers.methods.disclosure.table import TOTAL, Cell

# A cell of one of the publications, by its number in the sequence.
Spot = tuple[int, Cell]
# A sum of such cells, each with its sign.
Sum = Mapping[Spot, int]


@dataclass(frozen=True)
class Knowledge:
    """What an attacker knows besides the publications; nothing, of an outsider.

    `own`: its amounts of the measure, totals too. `alone`: where nobody else reports. `still`:
    cells where nobody else changed since the publication before. `only_rises`: that amounts of
    others have only been added since then.
    """

    own: Mapping[Spot, float] = field(default_factory=dict)
    alone: Collection[Spot] = ()
    still: Collection[Spot] = ()
    only_rises: bool = False


def bounds(
    publications: Sequence[Publication], measure: int, knowledge: Knowledge, sums: Sequence[Sum]
) -> list[tuple[float, float]]:
    """The least and the greatest that each of `sums` can be of what others than the attacker have;
    infinite where nothing bounds it."""
    programme = _Programme(publications, measure, knowledge)
    return [programme.bounds(each) for each in sums]


class Contradiction(ValueError):
    """What is published, and what the attacker knows, cannot all be true."""


class _Programme:
    """A variable for what others have in each hidden cell, a row for each relation."""

    def __init__(self, publications: Sequence[Publication], measure: int, knowledge: Knowledge):
        self._values: dict[Spot, float] = {}
        self._columns: dict[Spot, int] = {}
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        # Without it the next sum starts from where the last one ended.
        self._solver.setOptionValue("presolve", "off")
        for number, publication in enumerate(publications):
            for cell, figure in publication.figures.items():
                self._place((number, cell), figure, publication, measure, knowledge)
        for terms, most in _relations(publications, knowledge):
            self._relate(terms, most)

    def _place(
        self, spot: Spot, figure: Figure, published: Publication, measure: int, knows: Knowledge
    ) -> None:
        is_new = figure.vintage == published.vintage
        if spot in knows.alone or (is_new and figure.reporters == 0):
            self._values[spot] = 0.0
        elif is_new and figure.amounts is not None:
            self._values[spot] = figure.amounts[measure] - knows.own.get(spot, 0.0)
        else:
            # Hidden, or an old figure that stands and tells nothing of this vintage.
            self._columns[spot] = len(self._columns)
            self._solver.addVar(0.0, inf)

    def _relate(self, terms: Sum, most: float) -> None:
        """That a sum lies between 0 and `most`."""
        known, unknown = self._split(terms)
        if unknown:
            columns = np.array(list(unknown), dtype=np.int32)
            signs = np.array(list(unknown.values()), dtype=np.float64)
            self._solver.addRow(-known, most - known, len(columns), columns, signs)

    def _split(self, terms: Sum) -> tuple[float, dict[int, float]]:
        known = sum(sign * self._values.get(spot, 0.0) for spot, sign in terms.items())
        columns = ((self._columns.get(spot), sign) for spot, sign in terms.items())
        return known, {column: float(sign) for column, sign in columns if column is not None}

    def bounds(self, terms: Sum) -> tuple[float, float]:
        known, unknown = self._split(terms)
        if not unknown:
            return known, known
        for column, sign in unknown.items():
            self._solver.changeColCost(column, sign)
        least = self._optimum(highspy.ObjSense.kMinimize)
        most = self._optimum(highspy.ObjSense.kMaximize)
        for column in unknown:
            self._solver.changeColCost(column, 0.0)
        return known + least, known + most

    def _optimum(self, sense: highspy.ObjSense) -> float:
        self._solver.changeObjectiveSense(sense)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kUnknown:
            # It lost its way from the last sum's optimum; from the beginning it finds it.
            self._solver.clearSolver()
            self._solver.run()
            status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return float(self._solver.getObjectiveValue())
        if status == highspy.HighsModelStatus.kUnbounded:
            return inf if sense == highspy.ObjSense.kMaximize else -inf
        raise Contradiction(f"no table agrees with all that is known: {status}")


def _relations(
    publications: Sequence[Publication], knowledge: Knowledge
) -> Iterator[tuple[Sum, float]]:
    """Sums that are 0, or at least 0 and no more than a number."""
    for number, publication in enumerate(publications):
        for line in _lines(publication.dimensions):
            yield {(number, cell): sign for cell, sign in line.items()}, 0.0
    for number, cell in knowledge.still:
        yield {(number, cell): 1, (number - 1, cell): -1}, 0.0
    if knowledge.only_rises:
        for number in range(1, len(publications)):
            for cell in publications[number].figures:
                yield {(number, cell): 1, (number - 1, cell): -1}, inf


def _lines(dimensions: Sequence[Sequence[str]]) -> Iterator[Mapping[Cell, int]]:
    """The cells of each line with 1, and its total with -1."""
    for dimension, codes in enumerate(dimensions):
        rest = [(*other, TOTAL) for d, other in enumerate(dimensions) if d != dimension]
        for cell in product(*rest):
            line = {(*cell[:dimension], code, *cell[dimension:]): 1 for code in codes}
            yield {**line, (*cell[:dimension], TOTAL, *cell[dimension:]): -1}
