"""Worlds of which the effect of certification is known: complaints drawn at random."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Table = NDArray[np.float64]

MONTHS = 72
PROVINCES = 12
# Small, medium and large: shares of factories, and complaints a month.
SHARES = (0.5, 0.3, 0.2)
RATES = (0.1, 0.17, 0.33)
FIRST_CERTIFIED, LAST_CERTIFIED = 30, 60
DIP_MONTHS = 6
GROWN_AFTER = 24


@dataclass(frozen=True)
class World:
    """What happens to the certified. `effect` is the ratio less 1, from certification on; if it
    `grows`, it begins at none and is half as much again after two years. `trend` is a month's,
    before and after, `dip` that of the half-year before. Where they are `selected`, it is the large
    that get certificates, and complaints of the large fall for all."""

    name: str
    effect: float = 0.0
    grows: bool = False
    trend: float = 0.0
    dip: float = 0.0
    selected: bool = False
    factories: int = 800


NULL = World("null")
FALL = World("fall", effect=-0.3)
GROWING_FALL = World("fall_growing", effect=-0.3, grows=True)
NULL_SELECTED = World("null_selected", selected=True)
FALL_SELECTED = World("fall_selected", effect=-0.3, selected=True)
SLOW_TREND = World("trend_0.5", trend=-0.005)
TREND = World("trend_1", trend=-0.01)
DIP = World("dip", dip=-0.4)
WORLDS = (NULL, FALL, GROWING_FALL, NULL_SELECTED, FALL_SELECTED, SLOW_TREND, TREND, DIP)


@dataclass(frozen=True)
class Simulated:
    """A panel, and its effect: complaints expected after, over those without certification, −1."""

    frame: pd.DataFrame
    truth: float


def simulate(world: World, seed: int) -> Simulated:
    """The same for the same seed. Months differ by province and season; factories by a gamma
    distribution within their stratum; and a month's counts scatter more than Poisson's."""
    random = np.random.default_rng(seed)
    many = world.factories
    province = random.integers(0, PROVINCES, many)
    stratum = random.choice(3, many, p=SHARES)
    chances = np.array([0.12, 0.25, 0.5] if world.selected else [0.25] * 3)
    chosen = random.random(many) < chances[stratum]
    since = np.arange(MONTHS) - random.integers(FIRST_CERTIFIED, LAST_CERTIFIED, many)[:, None]
    without = _without(world, random, province, stratum)
    without = np.where(chosen[:, None], without * _before(world, since), without)
    after = chosen[:, None] & (since >= 0)
    expected = np.where(after, without * _ratio(world, since), without)
    complaints = random.poisson(expected * random.gamma(1 / 0.33, 0.33, expected.shape))
    truth = float(expected[after].sum() / without[after].sum() - 1)
    return Simulated(_frame(complaints, since, chosen, province, stratum), truth)


def _without(
    world: World,
    random: np.random.Generator,
    province: NDArray[np.int64],
    stratum: NDArray[np.int64],
) -> Table:
    """Expected complaints by factory and month, before anything that certified ones have."""
    months = np.arange(MONTHS)
    own = np.array(RATES)[stratum] * random.gamma(1.0, 1.0, world.factories)
    season = 0.2 * np.sin(2 * np.pi * months / 12)
    by_province = np.exp(season + random.normal(0, 0.25, (PROVINCES, MONTHS)))[province]
    falls = np.array([0.0, -0.004, -0.01] if world.selected else [0.0] * 3)
    return np.asarray(own[:, None] * by_province * np.exp(falls[stratum][:, None] * months))


def _before(world: World, since: NDArray[np.int64]) -> Table:
    dips = np.where((since < 0) & (since >= -DIP_MONTHS), 1 + world.dip, 1.0)
    return np.asarray((1 + world.trend) ** since * dips)


def _ratio(world: World, since: NDArray[np.int64]) -> Table:
    grown = np.clip(since / GROWN_AFTER, 0, 1) * 1.5 if world.grows else np.ones(since.shape)
    return np.asarray(1 + world.effect * grown)


def _frame(
    complaints: NDArray[np.int64],
    since: NDArray[np.int64],
    chosen: NDArray[np.bool_],
    province: NDArray[np.int64],
    stratum: NDArray[np.int64],
) -> pd.DataFrame:
    months = pd.date_range("2019-01-01", periods=MONTHS, freq="MS").to_numpy()
    certified = months[(-since[:, 0]).clip(0, MONTHS - 1)]
    many = len(complaints)
    return pd.DataFrame(
        {
            "factory": np.repeat(np.arange(many), MONTHS),
            "month": np.tile(months, many),
            "complaints": complaints.ravel(),
            "certified": np.repeat(np.where(chosen, certified, np.datetime64("NaT")), MONTHS),
            "province": np.repeat(province, MONTHS),
            "stratum": np.repeat(stratum, MONTHS),
        }
    )
