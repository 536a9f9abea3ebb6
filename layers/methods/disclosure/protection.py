"""Which cells of a table to hide: the sensitive ones, and others that keep them from being told.

For each sensitive cell we look for a hypercube of hidden cells: one code or total beside the
cell's own in each dimension, all corners hidden. Adding an amount to the cell, and taking it from
or adding it to the other corners in turn, leaves every published sum as it is, so that nobody can
tell the true table from the altered one (Hundepool et al. 2012, section 4.4, the hypercube method).
That is proof, and needs no linear programme: `attack` has no part in choosing. Where there is none
the cheapest is hidden: that with the smallest sums, so that small cells go before totals.

Who reports in a corner knows part of it, and is not deceived by that part; the only one there is
not deceived at all. For each reporter that a hypercube does not hold against, another is found.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Literal

import numpy as np

from layers.methods.disclosure.hypercubes import Place, cheapest, slab
from layers.methods.disclosure.rule import Floats, P, fault, leeway
from layers.methods.disclosure.sheets import Bools, Limits, Sheet
from layers.methods.disclosure.table import Amounts, Cell, Table, all_cells, changes

Reason = Literal["few", "dominated", "changed", "kept", "secondary"]


@dataclass(frozen=True)
class Earlier:
    """A table that was published before, and which of its cells were not."""

    table: Table
    hidden: frozenset[Cell]


def hidden_cells(
    table: Table, earlier: Sequence[Earlier] = (), kept: frozenset[Cell] = frozenset()
) -> dict[Cell, Reason]:
    """The cells to hide and why; `kept` are hidden whatever they hold.

    The difference to each earlier table is guarded as a table of its own: a cell is hidden where
    fewer than five reporters changed, or where one dominates the change, and so is what would tell
    it. A cell that was hidden stays so where nobody changed: it would tell what it was.
    """
    grid = _Grid(table)
    past = [_Past(grid, each, table) for each in earlier]
    hiding = _Hiding(grid, past)
    for cell, reason in _sensitive(table, past, kept):
        hiding.hide(grid.places[cell], reason)
    # What is hidden later only adds to the hypercubes there are, so that one pass is enough.
    hiding.secure(_Levels(grid, past), np.zeros(grid.size, dtype=np.bool_))
    for each in past:
        gone = each.was_hidden & ~grid.mask(table.amounts)
        hiding.secure(_Changes(grid, each), gone)
    return {grid.cells[place]: reason for place, reason in hiding.reasons.items()}


class _Grid:
    """The places of a table's cells, and the sheets of its measures."""

    def __init__(self, table: Table):
        self.measures = range(len(table.measures))
        self.size: Place = tuple(len(codes) + 1 for codes in table.dimensions)
        places = product(*map(range, self.size))
        self.cells = dict(zip(places, all_cells(table.dimensions), strict=True))
        self.places = {cell: place for place, cell in self.cells.items()}
        self.amounts = table.amounts
        self.sheets = self.sheets_of(table.amounts)

    def sheets_of(self, amounts: Amounts) -> list[Sheet]:
        return [Sheet(self.places, self.size, amounts, measure) for measure in self.measures]

    def mask(self, cells: Iterable[Cell]) -> Bools:
        mask = np.zeros(self.size, dtype=np.bool_)
        for cell in cells:
            mask[self.places[cell]] = True
        return mask


class _Past:
    """An earlier table, and what has changed since."""

    def __init__(self, grid: _Grid, earlier: Earlier, table: Table):
        self.hidden = earlier.hidden
        self.was_hidden = grid.mask(earlier.hidden)
        self.changes = changes(earlier.table.amounts, table.amounts)
        self.sheets = grid.sheets_of(self.changes)


def _sensitive(
    table: Table, past: Sequence[_Past], kept: frozenset[Cell]
) -> Iterator[tuple[Cell, Reason]]:
    for cell, amounts in table.amounts.items():
        if found := fault(amounts):
            yield cell, found
        for each in past:
            if fault(each.changes.get(cell, {})):
                yield cell, "changed"
            elif cell in each.hidden and cell not in each.changes:
                yield cell, "kept"
    for cell in kept:
        yield cell, "kept"


class _Levels:
    """What the table says itself. A cell that was hidden before is no longer kept by one that was
    shown, but for what changed there: the rest of it is known."""

    def __init__(self, grid: _Grid, past: Sequence[_Past]):
        self.amounts: Amounts = grid.amounts
        self.sheets = grid.sheets
        self._past = past
        self._everywhere = np.ones(grid.size, dtype=np.bool_)
        self._limits: dict[tuple[int, ...], Limits] = {}

    def limits(self, place: Place, measure: int) -> Limits:
        since = [number for number, each in enumerate(self._past) if each.was_hidden[place]]
        key = (measure, *since)
        if key not in self._limits:
            changed = ((self._past[n].sheets[measure], ~self._past[n].was_hidden) for n in since)
            whole = (self.sheets[measure], self._everywhere)
            self._limits[key] = Limits((whole, *changed))
        return self._limits[key]


class _Changes:
    """What the table says of an earlier one. Where nobody changed there is nothing to alter."""

    def __init__(self, grid: _Grid, past: _Past):
        self.amounts: Amounts = past.changes
        self.sheets = past.sheets
        here = grid.mask(grid.amounts)
        everywhere = np.ones(grid.size, dtype=np.bool_)
        both = zip(grid.sheets, past.sheets, strict=True)
        self._limits = [Limits(((now, here), (change, everywhere))) for now, change in both]

    def limits(self, place: Place, measure: int) -> Limits:
        return self._limits[measure]


@dataclass(frozen=True)
class _Target:
    """A hidden cell that is sensitive, in one measure; `free` are cells as good as hidden."""

    place: Place
    sheet: Sheet
    limits: Limits
    free: Bools

    def needs(self, seen_by: str | None) -> tuple[float, float, str]:
        """By how much it must seem possible to who looks on that the cell is higher, and lower;
        and the reporter that is guarded, the largest other one."""
        others = self.sheet.others(self.place, seen_by)
        if not others:
            return 0.0, 0.0, ""
        own = None if seen_by is None else self.sheet.parts[self.place].get(seen_by, 0.0)
        above, below = leeway(others.values(), own)
        guarded = next(iter(others))
        if len(others) == 1:
            together = P * self.sheet.alone_in_line(self.place, guarded, seen_by)
            above, below = max(above, together), min(together, others[guarded])
        return above, below, guarded


class _Hiding:
    """The cells hidden so far, with the cost of hiding each other one."""

    def __init__(self, grid: _Grid, past: Sequence[_Past]):
        self.reasons: dict[Place, Reason] = {}
        self._grid = grid
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

    def secure(self, layer: _Levels | _Changes, free: Bools) -> None:
        """Hides what keeps the hidden cells of a layer that are sensitive; `free` are cells as good
        as hidden."""
        cells = self._grid.cells
        targets = [place for place in self.reasons if fault(layer.amounts.get(cells[place], {}))]
        for measure, sheet in enumerate(layer.sheets):
            # What keeps a large cell keeps small ones too.
            for place in sorted(targets, key=lambda place: -sheet.sums[place]):
                target = _Target(place, sheet, layer.limits(place, measure), free)
                self._secure_cell(target)

    def _secure_cell(self, target: _Target) -> None:
        """First against outsiders, then against each who is not deceived by what deceives them."""
        above, below, guarded = target.needs(None)
        corners = self._secure_against(None, target)
        known = (
            target.limits.not_deceived(corner, guarded, max(above, below)) for corner in corners
        )
        for reporter in sorted(set(chain.from_iterable(known))):
            self._secure_against(reporter, target)

    def _secure_against(self, seen_by: str | None, target: _Target) -> list[Place]:
        """Gives the corners that deceive; none where all is hidden that there is to hide."""
        above, below, guarded = target.needs(seen_by)
        if not above and not below:
            return []
        slack = target.limits.slack(seen_by, guarded)
        cost = np.where(target.free, 0.0, self._cost)
        both = cheapest(target.place, above, below, slack, cost)
        if both and not both.cost:
            return list(both.corners)
        # It may take one to go up and another to go down, which are cheaper.
        ways = [(above, 0.0), (0.0, below)]
        found = [cheapest(target.place, *way, slack, cost) for way in ways if any(way)]
        corners = [corner for each in found if each for corner in each.corners]
        for corner in corners if all(found) else slab(target.place, self._grid.size):
            if np.isfinite(self._cost[corner]):
                self.hide(corner, "secondary")
        return corners if all(found) else []
