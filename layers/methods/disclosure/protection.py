"""Which cells of a table to hide: the sensitive ones, and others that keep them from being told.

For each sensitive cell we look for a hypercube of hidden cells: one code or total beside the
cell's own in each dimension, all corners hidden. Adding an amount to the cell, and taking it from
or adding it to the other corners in turn, leaves every published sum as it is, so that nobody can
tell the true table from the altered one (Hundepool et al. 2012, chapter 4: the hypercube method).
That is proof, and needs no linear programme: `attack` has no part in choosing. Where there is none
the cheapest is hidden: that with the smallest sums, so that small cells go before totals.

Of totals whose cells are never published the alteration may be spread over the cells below them: a
sum of hypercubes. What was published before of the same year bounds an alteration by what changed
since, for amounts are known to have been added alone; of another year it says only where nothing
changed.

Who reports in a corner knows part of it, and is not deceived by that part; the only one there is
not deceived at all. For each reporter that a hypercube does not hold against, another is found.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from layers.methods.disclosure.hypercubes import (
    Found,
    Place,
    Slack,
    cheapest,
    cheapest_spread,
    slab,
)
from layers.methods.disclosure.past import Earlier, Grid, Hidden, Past, Reason
from layers.methods.disclosure.rule import Floats, fault
from layers.methods.disclosure.table import TOTAL, Cell, Table
from layers.methods.disclosure.targets import Changes, Levels, Target


def hidden_cells(
    table: Table, earlier: Sequence[Earlier] = (), kept: Collection[Cell] = ()
) -> dict[Cell, Hidden]:
    """The cells to hide; `kept` are hidden whatever they hold.

    The difference to each earlier table is guarded as a table of its own: a cell is hidden where
    fewer than five reporters changed, or where one dominates the change, and so is what would tell
    it. A cell that was hidden stays so where nobody changed, or too few, and is kept as well as it
    was: it would tell what it was, and then what it was to keep.
    """
    grid = Grid(table)
    past = [Past(grid, each, table) for each in earlier]
    hiding = _Hiding(grid, past, totals_only=table.totals_only)
    for cell, reason in _sensitive(table, past, kept):
        hiding.hide(grid.places[cell], reason)
    # What is hidden later only adds to the hypercubes there are, so that one pass is enough.
    levels = Levels(grid, past)
    layers: list[Levels | Changes] = [levels, *(Changes(grid, each) for each in past)]
    for layer in layers:
        for target in layer.targets(hiding.reasons):
            hiding.secure(target)
    for each in past:
        for target in levels.kept_since(each):
            hiding.secure(target)
    return hiding.result()


def _sensitive(
    table: Table, past: Sequence[Past], kept: Collection[Cell]
) -> Iterator[tuple[Cell, Reason]]:
    for cell, amounts in table.amounts.items():
        if found := fault(amounts):
            yield cell, found
        for each in past:
            if fault(each.changes.get(cell, {})):
                yield cell, "changed"
            elif each.tells(cell):
                yield cell, "kept"
    for cell in kept:
        yield cell, "kept"
    if table.totals_only:
        for cell in table.amounts:
            if TOTAL not in cell:
                yield cell, "inner"


class _Hiding:
    """The cells hidden so far, with the cost of hiding each other one."""

    def __init__(self, grid: Grid, past: Sequence[Past], *, totals_only: bool):
        self.reasons: dict[Place, Reason] = {}
        self._leeway: dict[Place, list[float]] = {}
        self._grid = grid
        self._totals_only = totals_only
        # A cell costs its share of all, over the measures, and a little for being a cell; where
        # nobody reports there is nothing to hide, for that is known.
        whole = [max(float(sheet.sums.flat[-1]), 1e-300) for sheet in grid.sheets]
        shares = [sheet.sums / most for sheet, most in zip(grid.sheets, whole, strict=True)]
        self._cost: Floats = np.where(grid.mask(grid.amounts), sum(shares) + 1e-6, np.inf)
        for each in past:
            # What was hidden last time is hidden again rather than something else.
            self._cost[each.was_hidden] /= 1e3

    def hide(self, place: Place, reason: Reason) -> None:
        self.reasons.setdefault(place, reason)
        if np.isfinite(self._cost[place]):
            self._cost[place] = 0.0

    def secure(self, target: Target) -> None:
        """First against outsiders, then against each who is not deceived by what deceives them."""
        above, below, guarded = target.needs(None)
        corners = self._secure_against(None, target)
        known = (
            target.limits.not_deceived(corner, guarded, max(above, below)) for corner in corners
        )
        for reporter in sorted(set(chain.from_iterable(known))):
            self._secure_against(reporter, target)

    def _secure_against(self, seen_by: str | None, target: Target) -> list[Place]:
        """Gives the corners that deceive; none where all is hidden that there is to hide."""
        above, below, guarded = target.needs(seen_by)
        if not above and not below:
            return []
        slack = target.limits.slack(seen_by, guarded)
        cost = np.where(target.free, 0.0, self._cost)
        most = max(above, below)
        self._promise(target, {target.place: most})
        both = self._cheapest(target.place, above, below, slack, cost)
        if both and not both.cost:
            return self._keep(target, [both], most)
        # It may take one to go up and another to go down, which are cheaper.
        ways = [(above, 0.0), (0.0, below)]
        found = [self._cheapest(target.place, *way, slack, cost) for way in ways if any(way)]
        if all(found):
            return self._keep(target, [each for each in found if each], most)
        everything = list(slab(target.place, self._grid.size))
        self._keep(target, [Found(0.0, tuple(everything), (1.0,) * len(everything))], most)
        return []

    def _cheapest(
        self, place: Place, above: float, below: float, slack: Slack, cost: Floats
    ) -> Found | None:
        cube = cheapest(place, above, below, slack, cost)
        if not self._totals_only or (cube and not cube.cost):
            return cube
        spread = cheapest_spread(place, above, below, slack, cost)
        found = [each for each in (cube, spread) if each]
        return min(found, key=lambda each: each.cost, default=None)

    def _keep(self, target: Target, found: Iterable[Found], most: float) -> list[Place]:
        """Hides the corners, and gives them."""
        corners: list[Place] = []
        for each in found:
            corners += each.corners
            for corner in each.corners:
                if np.isfinite(self._cost[corner]):
                    self.hide(corner, "secondary")
            shares = zip(each.corners, each.shares, strict=True)
            self._promise(target, {corner: share * most for corner, share in shares})
        return corners

    def _promise(self, target: Target, leeways: Mapping[Place, float]) -> None:
        for place, leeway in leeways.items():
            kept = self._leeway.setdefault(place, [0.0] * len(self._grid.sheets))
            kept[target.measure] = max(kept[target.measure], leeway)

    def result(self) -> dict[Cell, Hidden]:
        nothing = [0.0] * len(self._grid.sheets)
        return {
            self._grid.cells[place]: Hidden(reason, tuple(self._leeway.get(place, nothing)))
            for place, reason in self.reasons.items()
        }
