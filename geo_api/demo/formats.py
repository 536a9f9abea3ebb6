"""How the simulated world writes times, and arrays of stations and hours as rows."""

import numpy as np
import pandas as pd

from geo_api.demo.clock import HOUR_S, Clock
from geo_api.demo.ground import Array


def times(clock: Clock, seconds: Array) -> pd.Series:
    """Moments (seconds since the clock's start) as text, in UTC."""
    start = pd.Timestamp(clock.start).tz_convert(None)
    text: pd.Series = pd.Series(start + pd.to_timedelta(seconds, unit="s")).dt.strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )
    return text


def hourly(clock: Clock, stations: pd.DataFrame, hours: Array, **values: Array) -> pd.DataFrame:
    """Long form of arrays by station and hour, at some hours; an hour's mean carries the time of
    its end."""
    observed = times(clock, (hours + 1.0) * HOUR_S).to_numpy()
    columns = {name: array[:, hours].ravel() for name, array in values.items()}
    return pd.DataFrame(
        {
            "station_id": np.repeat(stations["id"].to_numpy(), len(hours)),
            "observed_at": np.tile(observed, len(stations)),
            **columns,
        }
    )
