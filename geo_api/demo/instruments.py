"""What the simulated stations write of the true wind: vanes that are mounted askew, cups that stop
in light air, loggers that know whole metres a second alone, gaps, and dead instruments."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo_api.demo.clock import Clock
from geo_api.demo.ground import Array
from geo_api.demo.true_wind import Hourly

# All seven Thai stations of shared/data/air_quality_air4thai that measure wind write whole metres a
# second; 3 of 10 write 0 for ever.
WHOLE_SHARE, DEAD_SHARE = 0.5, 0.08
# Degrees by which vanes are off: most a little, and some by much.
_BIAS_DEG, _MUCH_DEG, _MUCH_SHARE = 6.0, 25.0, 0.12
_NOISE_DEG, _SPEED_SHARE = 6.0, 0.1
# Cups stand still below this, and the vane points to where it last did.
_STARTS_M_S = 0.3
# Single gaps: hours missing, and how long one lasts; and outages of days.
_GAP_SHARE, _GAP_H, _OUTAGES, _OUTAGE_H = 0.04, 3, 3, 120


@dataclass(frozen=True)
class Readings:
    """`from_deg` and `speed_m_s` by station (rows) and hour (columns), NaN where nothing was
    written; and of each station what is wrong with its instrument."""

    from_deg: Array
    speed_m_s: Array
    instruments: pd.DataFrame


def read(seed: int, clock: Clock, wind: Hourly, ids: Array) -> Readings:
    """What stations write of the wind of each hour at their places."""
    rng = np.random.default_rng([seed, 60])
    made = _instruments(rng, ids)
    shape = wind.speed_m_s.shape
    bias, factor = (made[name].to_numpy()[:, None] for name in ("bias_deg", "speed_factor"))
    speed = wind.speed_m_s * factor * rng.normal(1, 0.05, shape)
    from_deg = wind.from_deg + bias + rng.normal(0, _NOISE_DEG, shape)
    still = speed < _STARTS_M_S
    speed = np.where(
        still, 0.0, np.where(made["whole_m_s"].to_numpy()[:, None], speed.round(), speed)
    )
    from_deg = np.where(still, np.nan, np.round(from_deg) % 360)
    from_deg = _last(from_deg)
    dead = made["dead"].to_numpy()
    speed[dead], from_deg[dead] = 0.0, 0.0
    missing = _gaps(rng, shape)
    speed[missing], from_deg[missing] = np.nan, np.nan
    return Readings(from_deg, np.round(speed, 1), made)


def _instruments(rng: np.random.Generator, ids: Array) -> pd.DataFrame:
    count = len(ids)
    much = rng.random(count) < _MUCH_SHARE
    # In turn and not by chance, so that even few stations have some of each.
    turn = rng.permutation(count)
    return pd.DataFrame(
        {
            "station_id": ids,
            "bias_deg": np.round(rng.normal(0, np.where(much, _MUCH_DEG, _BIAS_DEG)), 1),
            "speed_factor": np.round(rng.normal(1, _SPEED_SHARE, count).clip(0.7, 1.3), 2),
            "whole_m_s": turn < count * WHOLE_SHARE,
            "dead": turn >= count - max(1, round(count * DEAD_SHARE)),
        }
    )


def _last(values: Array) -> Array:
    """Each row with its gaps filled by what came before; by 0 where nothing did."""
    column = np.where(np.isnan(values), 0, np.arange(values.shape[1]))
    last = np.maximum.accumulate(column, axis=1)
    return np.nan_to_num(np.take_along_axis(values, last, axis=1))


def _gaps(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    stations, hours = shape
    missing = np.zeros(shape, dtype=bool)
    for count, mean_h in (
        (int(hours * _GAP_SHARE / _GAP_H), _GAP_H),
        (_OUTAGES, _OUTAGE_H),
    ):
        first = rng.integers(0, hours, (stations, count))
        length = rng.geometric(1 / mean_h, (stations, count))
        change = np.zeros((stations, hours + 1), dtype=np.int32)
        row = np.broadcast_to(np.arange(stations)[:, None], first.shape)
        np.add.at(change, (row, first), 1)
        np.add.at(change, (row, np.minimum(first + length, hours)), -1)
        missing |= np.cumsum(change[:, :-1], axis=1) > 0
    return missing
