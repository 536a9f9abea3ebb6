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

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
class Hidden:
    """Why a cell is hidden, and, by measure, by how much it must seem possible that it is more or
    less: what it takes to keep itself and those that it is to keep."""

    reason: Reason
    leeway: tuple[float, ...]


@dataclass(frozen=True)
class Earlier:
    """A table that was published before, and which of its cells were not."""

    table: Table
    hidden: Mapping[Cell, Hidden]


def hidden_cells(
    table: Table, earlier: Sequence[Earlier] = (), kept: Collection[Cell] = ()
) -> dict[Cell, Hidden]:
    """The cells to hide; `kept` are hidden whatever they hold.

    The difference to each earlier table is guarded as a table of its own: a cell is hidden where
    fewer than five reporters changed, or where one dominates the change, and so is what would tell
    it. A cell that was hidden stays so where nobody changed, or too few, and is kept as well as it
    was: it would tell what it was, and then what it was to keep.
    """
    grid = _Grid(table)
    past = [_Past(grid, each, table) for each in earlier]
    hiding = _Hiding(grid, past)
    for cell, reason in _sensitive(table, past, kept):
        hiding.hide(grid.places[cell], reason)
    # What is hidden later only adds to the hypercubes there are, so that one pass is enough.
    levels = _Levels(grid, past)
    layers: list[_Levels | _Changes] = [levels, *(_Changes(grid, each) for each in past)]
    for layer in layers:
        for target in layer.targets(hiding.reasons):
            hiding.secure(target)
    for each in past:
        for target in levels.kept_since(each):
            hiding.secure(target)
    return hiding.result()


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

    def tells(self, cell: Cell) -> bool:
        """Whether a cell that was hidden is what it was, or nearly so."""
        moved = self.changes.get(cell, {})
        return cell in self.hidden and (not moved or fault(moved) is not None)


def _sensitive(
    table: Table, past: Sequence[_Past], kept: Collection[Cell]
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


@dataclass(frozen=True)
class _Target:
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


class _Levels:
    """What the table says itself. A cell that was hidden before is no longer kept by one that was
    shown, but for what changed there: the rest of it is known."""

    def __init__(self, grid: _Grid, past: Sequence[_Past]):
        self._grid = grid
        self._past = past
        self._everywhere = np.ones(grid.size, dtype=np.bool_)
        self._limits: dict[tuple[int, ...], Limits] = {}

    def targets(self, hidden: Iterable[Place]) -> Iterator[_Target]:
        places = _sensitive_places(self._grid, self._grid.amounts, hidden)
        for measure, sheet in enumerate(self._grid.sheets):
            for place in _largest_first(places, sheet):
                yield self._target(place, measure, None)

    def kept_since(self, past: _Past) -> Iterator[_Target]:
        """What was hidden before and still tells what it was."""
        places = [
            self._grid.places[cell]
            for cell in past.hidden
            if cell in self._grid.amounts and past.tells(cell)
        ]
        for measure, sheet in enumerate(self._grid.sheets):
            for place in _largest_first(places, sheet):
                promised = past.hidden[self._grid.cells[place]].leeway[measure]
                yield self._target(place, measure, promised)

    def _target(self, place: Place, measure: int, promised: float | None) -> _Target:
        limits = self._limits_of(place, measure)
        sheet = self._grid.sheets[measure]
        return _Target(place, measure, sheet, limits, ~self._everywhere, promised)

    def _limits_of(self, place: Place, measure: int) -> Limits:
        since = [number for number, each in enumerate(self._past) if each.was_hidden[place]]
        key = (measure, *since)
        if key not in self._limits:
            changed = ((self._past[n].sheets[measure], ~self._past[n].was_hidden) for n in since)
            whole = (self._grid.sheets[measure], self._everywhere)
            self._limits[key] = Limits((whole, *changed))
        return self._limits[key]


class _Changes:
    """What the table says of an earlier one. Where nobody changed there is nothing to alter; what
    was hidden and has no returns now is as good as hidden."""

    def __init__(self, grid: _Grid, past: _Past):
        self._grid = grid
        self._past = past
        here = grid.mask(grid.amounts)
        everywhere = np.ones(grid.size, dtype=np.bool_)
        both = zip(grid.sheets, past.sheets, strict=True)
        self._free = past.was_hidden & ~here
        self._limits = [Limits(((now, here), (change, everywhere))) for now, change in both]

    def targets(self, hidden: Iterable[Place]) -> Iterator[_Target]:
        places = _sensitive_places(self._grid, self._past.changes, hidden)
        for measure, sheet in enumerate(self._past.sheets):
            for place in _largest_first(places, sheet):
                yield _Target(place, measure, sheet, self._limits[measure], self._free)


def _sensitive_places(grid: _Grid, amounts: Amounts, places: Iterable[Place]) -> list[Place]:
    return [place for place in places if fault(amounts.get(grid.cells[place], {}))]


def _largest_first(places: Iterable[Place], sheet: Sheet) -> list[Place]:
    """What keeps a large cell keeps small ones too."""
    return sorted(places, key=lambda place: -sheet.sums[place])


class _Hiding:
    """The cells hidden so far, with the cost of hiding each other one."""

    def __init__(self, grid: _Grid, past: Sequence[_Past]):
        self.reasons: dict[Place, Reason] = {}
        self._leeway: dict[Place, list[float]] = {}
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

    def secure(self, target: _Target) -> None:
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
            self._promise((target.place, *both.corners), target.measure, max(above, below))
            return list(both.corners)
        # It may take one to go up and another to go down, which are cheaper.
        ways = [(above, 0.0), (0.0, below)]
        found = [cheapest(target.place, *way, slack, cost) for way in ways if any(way)]
        corners = [corner for each in found if each for corner in each.corners]
        hides = corners if all(found) else list(slab(target.place, self._grid.size))
        for corner in hides:
            if np.isfinite(self._cost[corner]):
                self.hide(corner, "secondary")
        self._promise((target.place, *hides), target.measure, max(above, below))
        return corners if all(found) else []

    def _promise(self, places: Iterable[Place], measure: int, leeway: float) -> None:
        for place in places:
            kept = self._leeway.setdefault(place, [0.0] * len(self._grid.sheets))
            kept[measure] = max(kept[measure], leeway)

    def result(self) -> dict[Cell, Hidden]:
        nothing = [0.0] * len(self._grid.sheets)
        return {
            self._grid.cells[place]: Hidden(reason, tuple(self._leeway.get(place, nothing)))
            for place, reason in self.reasons.items()
        }
