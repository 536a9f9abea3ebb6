"""The simulated Green Industry certificates and yearly energy returns."""

from datetime import timedelta

import numpy as np
import pandas as pd

from geo_api.demo.ground import Array
from geo_api.demo.weather import Clock

CERTIFIED_SHARE = 0.25
REPORTING_SHARE = 0.7
# The planted truth: energy use falls by this share with every year.
YEARLY_SAVING = 0.03


def certify(seed: int, clock: Clock, factories: pd.DataFrame) -> pd.DataFrame:
    """Certificates: one for each level a factory reached, a year or so apart."""
    rng = np.random.default_rng([seed, 7])
    chosen = np.flatnonzero(rng.random(len(factories)) < CERTIFIED_SHARE)
    highest = rng.choice([1, 2, 3, 4, 5], size=len(chosen), p=[0.3, 0.34, 0.25, 0.09, 0.02])
    first_day = rng.integers(0, max(1, clock.hours // 24 - 60), len(chosen))
    rows = []
    for factory, top, day in zip(chosen, highest, first_day, strict=True):
        issued = (clock.start + timedelta(days=int(day), hours=7)).date()
        for level in range(max(1, top - 1), top + 1):
            if issued <= clock.end.date():
                rows.append((factories["id"].iat[factory], level, issued))
            issued += timedelta(days=int(rng.integers(200, 420)))
    return pd.DataFrame(rows, columns=["factory_id", "level", "issued_on"])


def reached_level(
    clock: Clock, factories: pd.DataFrame, certificates: pd.DataFrame, level: int
) -> Array:
    """Seconds since the clock's start at which each factory first held `level`; inf for never."""
    start = (clock.start + timedelta(hours=7)).date()
    first = certificates[certificates["level"] >= level].groupby("factory_id")["issued_on"].min()
    days = first.map(lambda issued: (issued - start).days * 86_400.0)
    return factories["id"].map(days).fillna(np.inf).to_numpy(dtype=float)


def report(seed: int, year: int, factories: pd.DataFrame) -> pd.DataFrame:
    """Fuel and electricity of each reporting factory in the three years before `year`."""
    rng = np.random.default_rng([seed, 8])
    chosen = np.flatnonzero(rng.random(len(factories)) < REPORTING_SHARE)
    ids = factories["id"].to_numpy()[chosen]
    power_kw = factories["horsepower"].to_numpy()[chosen] * 0.7457
    kwh = power_kw * rng.uniform(1500, 5000, len(chosen))
    litres = kwh * rng.uniform(0.0, 0.06, len(chosen))
    sugar = factories["factory_class"].to_numpy()[chosen] == "01100"
    tables = []
    for back, past in enumerate(range(year - 1, year - 4, -1)):
        more = (1 + YEARLY_SAVING) ** back
        tables += [
            _returned(ids, past, "grid_electricity", kwh * more, "kWh"),
            _returned(ids, past, "diesel", litres * more, "litre"),
            _returned(ids[sugar], past, "bagasse", kwh[sugar] * 30 * more, "kg"),
        ]
    return pd.concat(tables, ignore_index=True)


def _returned(
    ids: Array,
    year: int,
    energy: str,
    quantity: Array,
    unit: str,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "factory_ref": ids,
            "year": year,
            "energy": energy,
            "quantity": np.round(quantity, 1),
            "unit": unit,
        }
    )
