"""The simulated Green Industry certificates and yearly energy returns."""

from datetime import timedelta

import numpy as np
import pandas as pd

from geo_api.demo.clock import Clock
from geo_api.demo.ground import Array

CERTIFIED_SHARE = 0.3
# How much likelier the large are certified: the share grows with this power of a factory's rank.
SELECTION = 1.2
LEVEL_SHARES = (0.25, 0.3, 0.3, 0.12, 0.03)
# How long a real one is valid is in nothing that we read.
VALID_DAYS = 3 * 365
REPORTING_SHARE, STOPPING_SHARE = 0.7, 0.08
YEARS = 5
# The planted truth: energy use falls by this share with every year, and by that for good from the
# year after a factory reaches the level that has an effect.
YEARLY_SAVING, CERTIFIED_SAVING = 0.03, 0.08
_NOISE = 0.06


def certify(seed: int, clock: Clock, factories: pd.DataFrame) -> pd.DataFrame:
    """Certificates, of the large more often: one for each level a factory reached, a year or so
    apart."""
    rng = np.random.default_rng([seed, 7])
    rank = factories["horsepower"].rank(pct=True).to_numpy()
    share = CERTIFIED_SHARE * (1 + SELECTION) * rank**SELECTION
    chosen = np.flatnonzero(rng.random(len(factories)) < share)
    highest = rng.choice([1, 2, 3, 4, 5], size=len(chosen), p=LEVEL_SHARES)
    days = clock.hours // 24
    first_day = rng.integers(-days // 4, max(1, days * 6 // 10), len(chosen))
    rows = []
    for factory, top, day in zip(chosen, highest, first_day, strict=True):
        issued = (clock.start + timedelta(days=int(day), hours=7)).date()
        for level in range(max(1, top - 1), top + 1):
            if issued <= clock.end.date():
                expires = issued + timedelta(days=VALID_DAYS)
                rows.append((factories["id"].iat[factory], level, issued, expires))
            issued += timedelta(days=int(rng.integers(200, 420)))
    return pd.DataFrame(rows, columns=["factory_id", "level", "issued_on", "expires_on"])


def reached_level(
    clock: Clock, factories: pd.DataFrame, certificates: pd.DataFrame, level: int
) -> Array:
    """Seconds since the clock's start at which each factory first held `level`; inf for never."""
    start = (clock.start + timedelta(hours=7)).date()
    first = certificates[certificates["level"] >= level].groupby("factory_id")["issued_on"].min()
    days = first.map(lambda issued: (issued - start).days * 86_400.0)
    return factories["id"].map(days).fillna(np.inf).to_numpy(dtype=float)


def reporting(seed: int, factories: pd.DataFrame) -> Array:
    """By factory and year, the oldest first, whether it reports: each year some stop and as many
    others begin."""
    rng = np.random.default_rng([seed, 8])
    drawn = rng.random((len(factories), YEARS))
    beginning = STOPPING_SHARE * REPORTING_SHARE / (1 - REPORTING_SHARE)
    reports = drawn < REPORTING_SHARE
    for year in range(1, YEARS):
        stays = drawn[:, year] >= STOPPING_SHARE
        reports[:, year] = np.where(reports[:, year - 1], stays, drawn[:, year] < beginning)
    return reports


def report(seed: int, year: int, factories: pd.DataFrame, certified_year: Array) -> pd.DataFrame:
    """Fuel and electricity of each reporting factory in the five years before `year`;
    `certified_year` is that in which each factory reached the level that has an effect, inf for
    never."""
    rng = np.random.default_rng([seed, 9])
    count = len(factories)
    ids = factories["id"].to_numpy()
    kwh = factories["horsepower"].to_numpy() * 0.7457 * rng.uniform(1500, 5000, count)
    litres = kwh * rng.uniform(0.0, 0.06, count)
    noise = rng.lognormal(0, _NOISE, (count, YEARS))
    is_sugar = factories["factory_class"].to_numpy() == "01103"
    tables = []
    for number, reports in enumerate(reporting(seed, factories).T):
        past = year - YEARS + number
        used = (1 + YEARLY_SAVING) ** (YEARS - 1 - number) * noise[:, number]
        used = used * np.where(past > certified_year, 1 - CERTIFIED_SAVING, 1.0)
        sugar = reports & is_sugar
        tables += [
            _returned(ids[reports], past, "grid_electricity", (kwh * used)[reports], "kWh"),
            _returned(ids[reports], past, "diesel", (litres * used)[reports], "litre"),
            _returned(ids[sugar], past, "bagasse", (kwh * used * 30)[sugar], "kg"),
        ]
    return pd.concat(tables, ignore_index=True)


def certified_years(clock: Clock, seconds: Array) -> Array:
    """The calendar years of seconds since the clock's start; inf stays inf."""
    days = pd.to_timedelta(np.where(np.isfinite(seconds), seconds, 0), unit="s")
    years = (pd.Timestamp(clock.start) + days).tz_convert("Asia/Bangkok").year.to_numpy(dtype=float)
    return np.where(np.isfinite(seconds), years, np.inf)


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
