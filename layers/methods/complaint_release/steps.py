"""By which areas and periods a table counts: the finest of its steps that the volume can fill."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Period = Literal["month", "quarter", "year"]
Area = Literal["subdistrict", "district", "province", "region", "country"]

MONTHS: Mapping[Period, int] = {"month": 1, "quarter": 3, "year": 12}
# Categories of complaints, each dealt with in time or not.
SPLIT_CELLS = 11 * 2


@dataclass(frozen=True)
class Step:
    """One choice of period and area."""

    period: Period
    area: Area

    def cells_a_year(self, areas: Mapping[Area, int], *, is_split: bool) -> int:
        """How many rows a year has, where there are as many areas of each kind."""
        return (
            areas.get(self.area, 0) * 12 // MONTHS[self.period] * (SPLIT_CELLS if is_split else 1)
        )


def chosen_step(
    ladder: Sequence[Step],
    yearly_homes: float,
    areas: Mapping[Area, int],
    *,
    least_mean: float,
    is_split: bool = False,
) -> Step:
    """The first step, finest first, whose rows would have `least_mean` homes on average; the last
    where none has. A kind of area of which there are none is passed over."""
    for step in ladder[:-1]:
        cells = step.cells_a_year(areas, is_split=is_split)
        if cells and yearly_homes / cells >= least_mean:
            return step
    return ladder[-1]


def periods(period: Period, year: int) -> Iterator[tuple[date, date]]:
    """Those of a year, each from its first day to before the day after its last."""
    months = MONTHS[period]
    for first in range(1, 13, months):
        after = first + months
        yield date(year, first, 1), date(year + after // 13, (after - 1) % 12 + 1, 1)
