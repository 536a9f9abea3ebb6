"""What the simulated sugar mills declare by halves of months: more burnt where more burned.

Some mills never declare, some leave halves out, and a few declare less burnt cane than others.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from geo_api.demo.clock import Clock
from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, Array
from layers.cleaning.seasons import fortnight_of
from layers.reference.mills import MILL_CLASS

# Seasons of the simulated world: they begin and end on the same days, as no real ones did.
_FIRST, _LAST = (12, 10), (4, 5)
_SILENT_SHARE, _MISSING_SHARE, _UNDERTOLD_SHARE = 0.15, 0.06, 0.1
_UNDERTOLD = 0.3
_CANE_T_PER_DAY = 13_000
# Burnt cane per fire beside a mill, and what nobody saw burn; of the fresh cane of the half.
_REACH_KM, _UNSEEN_SHARE = 25, 0.02


def declare(seed: int, clock: Clock, factories: pd.DataFrame, burnt: pd.DataFrame) -> pd.DataFrame:
    """A row per mill and half that it declares; the same arguments give the same rows."""
    rng = np.random.default_rng([seed, 62])
    mills = factories[factories["factory_class"] == MILL_CLASS].reset_index(drop=True)
    halves = _halves(clock)
    fires = _fires(clock, mills, burnt, halves)
    size = rng.lognormal(0, 0.4, len(mills))[:, None] * _CANE_T_PER_DAY
    days = np.array([(last - first).days + 1 for _, first, last in halves])
    cane = size * days * rng.uniform(0.8, 1.1, fires.shape)
    per_fire = 0.2 * cane.sum() / max(fires.sum(), 1)
    share = np.clip(fires * per_fire / cane + _UNSEEN_SHARE * rng.random(fires.shape), 0, 0.85)
    share *= np.where(rng.random(len(mills)) < _UNDERTOLD_SHARE, _UNDERTOLD, 1.0)[:, None]
    told = (rng.random(len(mills)) >= _SILENT_SHARE)[:, None]
    mill, half = np.nonzero(told & (rng.random(fires.shape) >= _MISSING_SHARE))
    return pd.DataFrame(
        {
            "mill_ref": mills["id"].to_numpy()[mill],
            "season": [halves[n][0] for n in half],
            "first_day": [halves[n][1] for n in half],
            "last_day": [halves[n][2] for n in half],
            "cumulative": False,
            "fresh_t": np.round((cane * (1 - share))[mill, half], 1),
            "burnt_t": np.round((cane * share)[mill, half], 1),
            "source": "demo",
        }
    )


def _halves(clock: Clock) -> list[tuple[int, date, date]]:
    """Season, first day and last of each half of a month that is over."""
    start, end = ((at + timedelta(hours=7)).date() for at in (clock.start, clock.end))
    found = []
    for season in range(start.year - 1, end.year + 1):
        day, last_day = date(season, *_FIRST), date(season + 1, *_LAST)
        while day <= last_day:
            last = min(fortnight_of(day)[1], last_day)
            if day > start and last < end:
                found.append((season, day, last))
            day = last + timedelta(days=1)
    return found


def _fires(
    clock: Clock, mills: pd.DataFrame, burnt: pd.DataFrame, halves: list[tuple[int, date, date]]
) -> Array:
    """Of each mill and half the detections on cane land around it, fewer the farther."""
    cane = burnt[burnt["land_use"] == "sugarcane"]
    day = (pd.Timestamp(clock.start) + pd.to_timedelta(cane["seconds"], unit="s")).dt.tz_convert(
        "Asia/Bangkok"
    )
    local = day.dt.tz_localize(None).to_numpy().astype("datetime64[D]")
    lon, lat = cane["lon"].to_numpy(), cane["lat"].to_numpy()
    fires = np.zeros((len(mills), len(halves)))
    for number, (_, first, last) in enumerate(halves):
        now = (local >= np.datetime64(first)) & (local <= np.datetime64(last))
        away_km = (
            np.hypot(
                (lon[now] - mills["lon"].to_numpy()[:, None]) * M_PER_DEGREE_LON,
                (lat[now] - mills["lat"].to_numpy()[:, None]) * M_PER_DEGREE_LAT,
            )
            / 1000
        )
        fires[:, number] = np.exp(-away_km / _REACH_KM).sum(axis=1)
    return fires
