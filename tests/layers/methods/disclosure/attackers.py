"""Everybody who may look at publications, what each can conclude, and where one succeeds.

The tables of the truth are read here to judge, and to give each reporter what it knows; sensitive
cells are found anew, so that a fault of the rule's is no fault of ours.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from layers.methods.disclosure.attack import Knowledge, Spot, Sum, bounds
from layers.methods.disclosure.publication import Edition
from layers.methods.disclosure.rule import P
from layers.methods.disclosure.table import TOTAL, Cell, Table

# What the solver and the sums of floats may be off by.
ROUNDING = 1e-6

Truth = dict[Cell, dict[str, float]]


@dataclass(frozen=True)
class Success:
    """What an attacker, None an outsider, tells to within p %."""

    attacker: str | None
    cells: tuple[Spot, ...]
    truth: float
    low: float
    high: float


@dataclass(frozen=True)
class Question:
    """A sum of others' amounts. `above` and `below` are by how much it must seem possible that it
    is more and less."""

    cells: Sum
    truth: float
    above: float = 0.0
    below: float = 0.0


@dataclass(frozen=True)
class Scene:
    """Publications as one measure of them shows, and the truth behind."""

    editions: Sequence[Edition]
    measure: int
    only_rises: bool = False
    truths: list[Truth] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.truths.extend(truth(edition.table, self.measure) for edition in self.editions)


def truth(table: Table, measure: int) -> Truth:
    sums: dict[Cell, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in table.returns:
        for cell in product(*((code, TOTAL) for code in row.cell)):
            sums[cell][row.reporter] += row.amounts[measure]
    return {cell: dict(parts) for cell, parts in sums.items()}


def successes(editions: Sequence[Edition], only_rises: bool = False) -> list[Success]:
    """Of an outsider, and of every reporter with a return in a cell that is hidden."""
    found: list[Success] = []
    for measure in range(len(editions[0].table.measures)):
        scene = Scene(editions, measure, only_rises)
        for attacker in (None, *_reporters_in_hidden(scene)):
            found.extend(_attack(scene, attacker))
    return found


def _attack(scene: Scene, attacker: str | None) -> Iterator[Success]:
    questions = [*_levels(scene, attacker), *_lines(scene, attacker), *_changes(scene, attacker)]
    questions = [question for question in questions if question.above or question.below]
    publications = [edition.publication for edition in scene.editions]
    knows = _knowledge(scene, attacker)
    sums = [question.cells for question in questions]
    answers = bounds(publications, scene.measure, knows, sums)
    for question, (low, high) in zip(questions, answers, strict=True):
        # The solver's promise holds for the programme's other numbers, too.
        slip = ROUNDING * (1 + abs(question.truth))
        assert low - slip <= question.truth <= high + slip, "the attack missed the truth"
        too_low = high < question.truth + question.above - slip
        too_high = low > question.truth - question.below + slip
        if (question.above and too_low) or (question.below and too_high):
            yield Success(attacker, tuple(question.cells), question.truth, low, high)


def _reporters_in_hidden(scene: Scene) -> list[str]:
    return sorted(
        {
            reporter
            for edition, amounts in zip(scene.editions, scene.truths, strict=True)
            for cell in edition.hidden
            if TOTAL not in cell
            for reporter in amounts.get(cell, {})
        }
    )


def _others(amounts: Mapping[str, float], attacker: str | None) -> dict[str, float]:
    return {name: amount for name, amount in amounts.items() if name != attacker}


def _knowledge(scene: Scene, attacker: str | None) -> Knowledge:
    own: dict[Spot, float] = {}
    alone: set[Spot] = set()
    still: set[Spot] = set()
    for number, amounts in enumerate(scene.truths):
        for cell in scene.editions[number].publication.figures:
            others = _others(amounts.get(cell, {}), attacker)
            if attacker in amounts.get(cell, {}):
                own[number, cell] = amounts[cell][str(attacker)]
                if not others:
                    alone.add((number, cell))
            if number and others == _others(scene.truths[number - 1].get(cell, {}), attacker):
                still.add((number, cell))
    return Knowledge(own, alone, still, scene.only_rises)


def _is_sensitive(amounts: Mapping[str, float]) -> bool:
    ranked = sorted(amounts.values())
    return len(ranked) < 5 or sum(ranked[:-2]) < P * ranked[-1]


def _levels(scene: Scene, attacker: str | None) -> Iterator[Question]:
    for number, amounts in enumerate(scene.truths):
        for cell in scene.editions[number].hidden:
            others = _others(amounts.get(cell, {}), attacker)
            sum_of_others = sum(others.values())
            largest = max(others.values(), default=0.0)
            above = (1 + P) * largest - sum_of_others
            below = P * largest if len(others) == 1 else 0.0
            if attacker is None and others and _is_sensitive(others):
                above = below = P * sum_of_others
            if largest:
                yield Question({(number, cell): 1}, sum_of_others, max(above, 0.0), below)


def _lines(scene: Scene, attacker: str | None) -> Iterator[Question]:
    """Cells of a line in which only one and the same other has returns, together."""
    for number, amounts in enumerate(scene.truths):
        lines: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
        for cell in scene.editions[number].hidden:
            others = _others(amounts.get(cell, {}), attacker)
            if len(others) == 1:
                for dimension, code in enumerate(cell):
                    if code != TOTAL:
                        rest = (*cell[:dimension], None, *cell[dimension + 1 :])
                        lines[dimension, rest, *others].append(cell)
        for (_, _, other), cells in lines.items():
            whole = sum(amounts[cell][str(other)] for cell in cells)
            if len(cells) > 1:
                yield Question({(number, c): 1 for c in cells}, whole, P * whole, P * whole)


def _changes(scene: Scene, attacker: str | None) -> Iterator[Question]:
    for number in range(1, len(scene.truths)):
        before, now = scene.truths[number - 1], scene.truths[number]
        for cell in before.keys() | now.keys():
            old, new = before.get(cell, {}), now.get(cell, {})
            moved = {
                name: new.get(name, 0.0) - old.get(name, 0.0)
                for name in _others(old | new, attacker)
                if new.get(name) != old.get(name)
            }
            spots = {(number, cell): 1, (number - 1, cell): -1}
            if len(moved) == 1:
                change = abs(sum(moved.values()))
                yield Question(spots, sum(moved.values()), P * change, P * change)
            elif moved and scene.only_rises:
                most = (1 + P) * max(moved.values()) - sum(moved.values())
                yield Question(spots, sum(moved.values()), max(most, 0.0))
