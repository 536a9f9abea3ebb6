"""The panel that is asked: which factories can be compared, and what a month of each has seen."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.methods.green_effect.finding import Counts

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

COLUMNS = ("factory", "month", "complaints", "certified", "province", "stratum")


class UnfitPanel(ValueError):
    """The table is not a panel: says which column, and what it must be."""


@dataclass(frozen=True)
class Panel:
    """An element for each unit and month. A month is a number, year × 12 + month − 1. `since` is
    months since certification, negative before, NaN of a unit that was not certified."""

    unit: Ints
    month: Ints
    complaints: Floats
    since: Floats
    province: Ints
    stratum: Ints

    @property
    def certified(self) -> Mask:
        """Rows of units that are certified within their months, or later."""
        return np.isfinite(self.since)

    @property
    def after(self) -> Mask:
        """Rows from the month of certification on."""
        return self.since >= 0

    @property
    def cohort(self) -> Ints:
        """The year of certification; 0 of a unit that was not certified."""
        certified = np.where(self.certified, self.month - self.since, 0)
        return np.asarray(certified // 12, dtype=np.int64)

    @property
    def year(self) -> Ints:
        """The calendar year."""
        return self.month // 12

    @property
    def weight(self) -> Floats:
        """The mean complaints of a row's unit by month."""
        return (np.bincount(self.unit, self.complaints) / np.bincount(self.unit))[self.unit]

    @property
    def province_month(self) -> Ints:
        """A label for each province and month."""
        return _labels(self.province, self.month)

    @property
    def stratum_month(self) -> Ints:
        """A label for each stratum and month."""
        return _labels(self.stratum, self.month)

    def of(self, rows: Mask) -> "Panel":
        """Those rows alone, their units numbered anew."""
        names = ("month", "complaints", "since", "province", "stratum")
        columns = {name: getattr(self, name)[rows] for name in names}
        return Panel(unit=np.unique(self.unit[rows], return_inverse=True)[1], **columns)


def prepare(frame: pd.DataFrame) -> tuple[Panel, Counts]:
    """The panel without factories that never had a complaint, which tell nothing of a ratio, nor
    those certified before it begins. Raises UnfitPanel.

    `frame` has COLUMNS, a row for each factory and month that it was there, also without a
    complaint; `month` and `certified` are days of which the month counts, `certified` is none for
    factories that are not.
    """
    month, certified = _checked(frame)
    unit = np.unique(frame["factory"].to_numpy(), return_inverse=True)[1]
    complaints = frame["complaints"].to_numpy(dtype=np.float64)
    since = month - certified
    whole = Panel(
        unit=unit,
        month=month.astype(np.int64),
        complaints=complaints,
        since=since,
        province=np.unique(frame["province"].astype(str), return_inverse=True)[1],
        stratum=np.unique(frame["stratum"].astype(str), return_inverse=True)[1],
    )
    first = np.full(unit.max(initial=-1) + 1, np.inf)
    np.minimum.at(first, unit, month)
    before = certified <= first[unit]
    loud = np.bincount(unit, complaints)[unit] > 0 if len(unit) else np.zeros(0, dtype=bool)
    kept = whole.of(loud & ~before)
    counts = Counts(
        certified=_units(whole, whole.after & ~before),
        certified_before=_units(whole, before),
        with_complaints=_units(kept, kept.after),
        complaints_before=int(kept.complaints[kept.since < 0].sum()),
        complaints_after=int(kept.complaints[kept.after].sum()),
        compared_with=_units(kept, ~kept.certified),
    )
    return kept, counts


def summed(panel: Panel) -> Panel:
    """The units that were not certified, summed by province, stratum and the months that they have.

    Sums of Poisson counts are Poisson, and what such units share in each month is told by their sum
    alone: no estimate changes, and a country's factories become a few hundred units.
    """
    others = ~panel.certified
    if not others.any():
        return panel
    table = pd.DataFrame({name: getattr(panel, name) for name in Panel.__annotations__})
    months = table.groupby("unit")["month"].agg(["min", "max", "size"])
    spans = months.groupby(["min", "max", "size"]).ngroup().to_numpy()
    keys = [panel.province, panel.stratum, spans[panel.unit]]
    group = table.groupby(keys).ngroup().to_numpy() + panel.unit.max() + 1
    table["unit"] = np.where(others, group, panel.unit)
    of = table.groupby(["unit", "month"], as_index=False)
    rows = of.agg({"complaints": "sum", "since": "first", "province": "first", "stratum": "first"})
    units = np.unique(rows["unit"], return_inverse=True)[1]
    columns = {name: rows[name].to_numpy() for name in Panel.__annotations__}
    return replace(Panel(**columns), unit=units)


def _labels(one: Ints, other: Ints) -> Ints:
    return np.unique(one * (other.max() + 1) + other, return_inverse=True)[1]


def _units(panel: Panel, rows: Mask) -> int:
    return len(np.unique(panel.unit[rows]))


def _checked(frame: pd.DataFrame) -> tuple[Floats, Floats]:
    """Months and months of certification, NaN for none."""
    if missing := [name for name in COLUMNS if name not in frame]:
        raise UnfitPanel(f"the panel needs a column {missing[0]}")
    counts = frame["complaints"].to_numpy(dtype=np.float64)
    if not (np.isfinite(counts).all() and (counts >= 0).all()):
        raise UnfitPanel("complaints must be counts: 0 where there was none, no row where unknown")
    month, certified = _numbers(frame["month"]), _numbers(frame["certified"])
    if np.isnan(month).any():
        raise UnfitPanel("month must be a day of the month, in every row")
    if pd.DataFrame({"factory": frame["factory"].to_numpy(), "month": month}).duplicated().any():
        raise UnfitPanel("a factory must have one row for a month")
    said = pd.Series(certified).groupby(frame["factory"].to_numpy()).nunique(dropna=False)
    if (said > 1).any():
        raise UnfitPanel("certified must be the same in all rows of a factory")
    return month, certified


def _numbers(days: pd.Series) -> Floats:
    times = pd.to_datetime(days)
    numbers = times.dt.year * 12 + times.dt.month - 1
    return np.asarray(numbers.to_numpy(dtype=np.float64, na_value=np.nan))
