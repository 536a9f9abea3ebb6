"""Sums over a grid of cells, and by how much whoever looks on can believe them altered."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from layers.methods.disclosure.hypercubes import Place, Slack
from layers.methods.disclosure.rule import Floats
from layers.methods.disclosure.table import Amounts, Cell

Bools = NDArray[np.bool_]


class Sheet:
    """The sums of one measure, and who has which part of them."""

    def __init__(self, places: Mapping[Cell, Place], size: Place, amounts: Amounts, measure: int):
        self.sums: Floats = np.zeros(size)
        # By place, the largest first: they know most of it.
        self.parts: dict[Place, dict[str, float]] = {}
        self.held: dict[str, list[Place]] = {}
        for cell, reporters in amounts.items():
            parts = {name: float(vector[measure]) for name, vector in reporters.items()}
            place = places[cell]
            self.parts[place] = dict(sorted(parts.items(), key=lambda part: -part[1]))
            self.sums[place] = sum(parts.values())
            for name in parts:
                self.held.setdefault(name, []).append(place)

    def unknown(self, place: Place, reporters: Collection[str]) -> float:
        """What others hold there; 0, too, where the difference is but rounding."""
        parts, whole = self.parts[place], float(self.sums[place])
        rest = whole
        for reporter in reporters:
            rest -= parts.get(reporter, 0.0)
        return rest if rest > 1e-9 * whole else 0.0

    def others(self, place: Place, reporter: str | None) -> dict[str, float]:
        parts = self.parts[place]
        if reporter not in parts:
            return parts
        return {name: part for name, part in parts.items() if name != reporter}

    def alone_in_line(self, place: Place, reporter: str, seen_by: str | None) -> float:
        """The sum of what `reporter` has in cells of one line with `place` where, but for who looks
        on, nobody else is: the greatest of the lines through it. Together they may be told where
        none of them can be."""
        sums = [self.parts[place][reporter]] * len(place)
        held = self.held[reporter]
        for other in held if len(held) > 2 ** len(place) else ():
            apart = [d for d, (a, b) in enumerate(zip(place, other, strict=True)) if a != b]
            if len(apart) == 1 and len(self.others(other, seen_by)) == 1:
                dimension = apart[0]
                total = self.sums.shape[dimension] - 1
                if total not in (place[dimension], other[dimension]):
                    sums[dimension] += self.parts[other][reporter]
        return max(sums)


@dataclass(frozen=True)
class Limits:
    """What bounds an alteration of a cell: each sheet, in the cells where it holds. One that is not
    of `bounds` says only where there is anything to alter."""

    sheets: tuple[tuple[Sheet, Bools, bool], ...]

    @cached_property
    def _of_outsiders(self) -> Floats:
        slack = np.full(self.sheets[0][0].sums.shape, np.inf)
        for sheet, holds, bounds in self.sheets:
            most = sheet.sums if bounds else np.where(sheet.sums > 0, np.inf, 0.0)
            np.minimum(slack, most, out=slack, where=holds)
        return slack

    def slack(self, seen_by: str | None, guarded: str) -> Slack:
        """What can be altered for who looks on, None for an outsider. What goes against the cell
        of the reporter that is guarded must be others': its own total would not change."""
        knowing = () if seen_by is None else (seen_by,)
        return Slack(self._without(knowing), self._without((*knowing, guarded)))

    def _without(self, reporters: Sequence[str]) -> Floats:
        slack = self._of_outsiders.copy()
        for sheet, holds, bounds in self.sheets:
            for place in {place for name in reporters for place in sheet.held.get(name, ())}:
                if holds[place]:
                    unknown = sheet.unknown(place, reporters)
                    slack[place] = min(slack[place], unknown if bounds or not unknown else np.inf)
        return slack

    def not_deceived(self, place: Place, guarded: str, need: float) -> Iterator[str]:
        """The reporters that know too much of a cell to believe it altered by `need`, none of it
        being the guarded one's."""
        for sheet, holds, bounds in self.sheets:
            if holds[place]:
                least = max(need, 1e-300) if bounds else 1e-300
                for reporter in sheet.parts.get(place, {}):
                    if sheet.unknown(place, (reporter, guarded)) >= least:
                        break
                    yield reporter
