"""Which cells have to be kept from being told, from whom, and by how much."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from layers.methods.disclosure.hypercubes import Place
from layers.methods.disclosure.past import Grid, Past
from layers.methods.disclosure.rule import P, fault, leeway
from layers.methods.disclosure.sheets import Bools, Limits, Sheet
from layers.methods.disclosure.table import Amounts, Cell


@dataclass(frozen=True)
class Target:
    """A hidden cell that has to be kept, in one measure; `free` are cells as good as hidden.
    `promised` is the leeway that it has from before, None of one that is sensitive itself."""

    place: Place
    measure: int
    sheet: Sheet
    limits: Limits
    free: Bools
    promised: float | None = None

    def needs(self, seen_by: str | None) -> tuple[float, float, str]:
        """By how much it must seem possible to who looks on that the cell is higher, and lower;
        and the reporter that is guarded, the largest other one."""
        others = self.sheet.others(self.place, seen_by)
        if not others:
            return 0.0, 0.0, ""
        if self.promised is not None:
            return self.promised, min(self.promised, sum(others.values())), ""
        own = None if seen_by is None else self.sheet.parts[self.place].get(seen_by, 0.0)
        above, below = leeway(others.values(), own)
        guarded = next(iter(others))
        if len(others) == 1:
            together = P * self.sheet.alone_in_line(self.place, guarded, seen_by)
            above, below = max(above, together), min(together, others[guarded])
        return above, below, guarded


class Levels:
    """What the table says itself. A cell that was hidden before is no longer kept by one that was
    shown, but for what changed there: the rest of it is known."""

    def __init__(self, grid: Grid, past: Sequence[Past]):
        self._grid = grid
        self._past = past
        self._everywhere = np.ones(grid.size, dtype=np.bool_)
        self._limits: dict[tuple[int, ...], Limits] = {}

    def targets(self, hidden: Iterable[Place]) -> Iterator[Target]:
        places = _sensitive_places(self._grid, self._grid.amounts, hidden)
        for measure, sheet in enumerate(self._grid.sheets):
            for place in _largest_first(places, sheet):
                yield self._target(place, measure, None)

    def kept_since(self, past: Past) -> Iterator[Target]:
        """What was hidden before and would tell somebody what it was: nobody changed, or the one
        that did looks on and knows the change."""
        places = [
            self._grid.places[cell]
            for cell in past.hidden
            if cell in self._grid.amounts and (cell in past.unabsorbed or self._is_told(cell, past))
        ]
        for measure, sheet in enumerate(self._grid.sheets):
            for place in _largest_first(places, sheet):
                promised = past.hidden[self._grid.cells[place]].leeway[measure]
                yield self._target(place, measure, promised)

    def _is_told(self, cell: Cell, past: Past) -> bool:
        changed = past.changes.get(cell, {}).keys()
        return len(changed) < 2 and bool(self._grid.amounts.get(cell, {}).keys() - changed)

    def _target(self, place: Place, measure: int, promised: float | None) -> Target:
        limits = self._limits_of(place, measure)
        sheet = self._grid.sheets[measure]
        return Target(place, measure, sheet, limits, ~self._everywhere, promised)

    def _limits_of(self, place: Place, measure: int) -> Limits:
        since = [number for number, each in enumerate(self._past) if each.was_hidden[place]]
        key = (measure, *since)
        if key not in self._limits:
            past = [self._past[number] for number in since]
            changed = ((each.sheets[measure], ~each.was_hidden, each.bounds) for each in past)
            whole = (self._grid.sheets[measure], self._everywhere, True)
            self._limits[key] = Limits((whole, *changed))
        return self._limits[key]


class Changes:
    """What the table says of an earlier one. Where nobody changed there is nothing to alter; what
    was hidden and has no returns now is as good as hidden, and as much to be kept as it was."""

    def __init__(self, grid: Grid, past: Past):
        self._grid = grid
        self._past = past
        here = grid.mask(grid.amounts)
        everywhere = np.ones(grid.size, dtype=np.bool_)
        both = zip(grid.sheets, past.sheets, strict=True)
        self._free = past.was_hidden & ~here
        self._limits = [
            Limits(((now, here, True), (change, everywhere, past.bounds))) for now, change in both
        ]

    def targets(self, hidden: Iterable[Place]) -> Iterator[Target]:
        places = _sensitive_places(self._grid, self._past.changes, hidden)
        gone = [
            self._grid.places[cell]
            for cell in self._past.hidden
            if cell in self._past.unabsorbed
            and cell in self._past.changes
            and cell not in self._grid.amounts
        ]
        for measure, sheet in enumerate(self._past.sheets):
            for place in _largest_first(places, sheet):
                yield Target(place, measure, sheet, self._limits[measure], self._free)
            for place in _largest_first(gone, sheet):
                promised = self._past.hidden[self._grid.cells[place]].leeway[measure]
                yield Target(place, measure, sheet, self._limits[measure], self._free, promised)


def _sensitive_places(grid: Grid, amounts: Amounts, places: Iterable[Place]) -> list[Place]:
    return [place for place in places if fault(amounts.get(grid.cells[place], {}))]


def _largest_first(places: Iterable[Place], sheet: Sheet) -> list[Place]:
    """What keeps a large cell keeps small ones too."""
    return sorted(places, key=lambda place: -sheet.sums[place])
