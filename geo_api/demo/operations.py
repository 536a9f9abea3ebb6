"""The simulated returns beside energy: what factories made, their water and their workers."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from geo_api.demo.green import YEARS, reporting
from layers.sources.operation_returns import ALL_TOGETHER

# Of a thousand returns so many have slipped by a thousand, and so many were revised.
_SLIPPED, _REVISED = 2, 20
_KG_PER_HORSEPOWER, _M3_PER_WORKER = 4_000, 60


def report(seed: int, year: int, factories: pd.DataFrame) -> pd.DataFrame:
    """A row per factory, item and year of the five before `year`; of the factories that return
    their energy, whom the same seed chooses."""
    rng = np.random.default_rng([seed, 51])
    tables = [
        _of_year(rng, year - YEARS + number, factories[reports])
        for number, reports in enumerate(reporting(seed, factories).T)
    ]
    every = pd.concat(tables, ignore_index=True)
    slipped = rng.random(len(every)) < _SLIPPED / 1000
    every.loc[slipped & (every["item"] != "workers"), ["quantity", "given_quantity"]] *= 1000
    again = every[rng.random(len(every)) < _REVISED / 1000]
    later = [day + timedelta(days=60) for day in again["returned_on"]]
    revised = again.assign(quantity=again["quantity"] * 1.02, returned_on=later)
    revised = revised.assign(given_quantity=revised["quantity"])
    return pd.concat([every, revised], ignore_index=True).assign(source="demo")


def _of_year(rng: np.random.Generator, year: int, factories: pd.DataFrame) -> pd.DataFrame:
    horsepower, workers = (factories[name].to_numpy() for name in ("horsepower", "workers"))
    noise = rng.lognormal(0, 0.1, (2, len(factories)))
    made = np.round(horsepower * _KG_PER_HORSEPOWER * noise[0])
    water = np.round(workers * _M3_PER_WORKER * noise[1])
    day = [date(year + 1, 1, 10) + timedelta(days=int(n)) for n in rng.integers(0, 90, len(made))]
    items = (
        ("product", factories["product"].to_numpy(), made, "kg"),
        ("water", ALL_TOGETHER, water, "m3"),
        ("workers", ALL_TOGETHER, workers, "person"),
    )
    frames = [
        pd.DataFrame(
            {
                "factory_ref": factories["id"].to_numpy(),
                "item": item,
                "code": code,
                "period_start": date(year, 1, 1),
                "period_end": date(year, 12, 31),
                "returned_on": day,
                "quantity": quantity.astype(float),
                "unit": unit,
                "given_quantity": quantity.astype(float),
                "given_unit": unit,
            }
        )
        for item, code, quantity, unit in items
    ]
    return pd.concat(frames, ignore_index=True)
