"""How well PM2.5 between stations is told: kriging, inverse distance, the nearest and the mean.

python -m bench.pm25_surface [--demo SCALE] [--real FOLDER]

Each station is left out with all its times, and told by the others. The band of kriging should hold
68 of 100. Times are days (18 hours at least), and every third hour.
"""

import argparse
import gzip
import io
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from layers.methods import pm25_surface as chosen_for
from layers.methods.aqi import LEAST_HOURS
from layers.methods.interpolation import Samples, inverse_distance, nearest_m
from layers.methods.kriging import Floats, Kriging, Variogram, sets
from layers.methods.surfaces import Measured, told_at

REAL = Path(__file__).resolve().parents[1] / "../shared/data/air_quality_air4thai"
UNTIL = datetime(2026, 4, 1, tzinfo=UTC)
_LAST_DAYS = 90
# Beside that of the surfaces, shorter and longer, smoother and rougher ones.
_OTHERS = ((50e3, 0.1), (100e3, 0.1), (800e3, 0.1), (200e3, 0.02), (200e3, 0.5), (200e3, 1.0))
_ANYWHERE_M = 2e6

Told = Callable[[Measured, float, float, int], tuple[Floats, Floats]]


def main() -> int:
    """Prints a table for each world; exits with 1 if kriging is worse than the nearest or mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", type=float, default=0.2)
    parser.add_argument("--real", type=Path, default=REAL)
    given = parser.parse_args()
    beaten = True
    for name, hours in _worlds(given.demo, given.real):
        for kind, measured, nugget in _kinds(hours):
            ours = Variogram(chosen_for.RANGE_M, nugget)
            beaten &= _table(f"{name}, {kind}", measured, ours)
    return 0 if beaten else 1


def say(line: str) -> None:
    """A line of the table."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _worlds(scale: float, folder: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    """Hourly PM2.5 (µg/m³) by Thai time of the hour's end, a column per (lon, lat)."""
    yield f"demo, scale {scale:g}", demo_hours(scale)
    if folder.is_dir():
        yield "Air4Thai, 9 stations of the east, 12 weeks", real_hours(folder)


def demo_hours(scale: float) -> pd.DataFrame:
    """The last days of the simulated world."""
    from geo_api.demo.world import make

    tables = make(1, scale, UNTIL, lambda _: None).tables
    stations = tables["air_station"].set_index("id")
    found = tables["air_measurement"].pivot(
        index="observed_at", columns="station_id", values="pm25_1h"
    )
    found.index = pd.to_datetime(found.index).tz_convert("Asia/Bangkok").tz_localize(None)
    found.columns = pd.MultiIndex.from_frame(stations.loc[found.columns, ["lon", "lat"]])
    return found.iloc[-24 * _LAST_DAYS :]


def real_hours(folder: Path) -> pd.DataFrame:
    """The files of stations whose place is known."""
    places = pd.read_csv(folder / "stations.csv").set_index("station_id")
    columns = {}
    for file in sorted(folder.glob("air4thai_*.csv.gz")):
        station = file.name.split("_")[1]
        if station in places.index and np.isfinite(places["lon"][station]):
            frame = pd.read_csv(io.BytesIO(gzip.decompress(file.read_bytes())))
            at = pd.to_datetime(frame["DATETIMEDATA"])
            place = (places["lon"][station], places["lat"][station])
            columns[place] = pd.Series(frame["PM25"].to_numpy(), at)
    found = pd.DataFrame(columns)
    return found.where(found >= 0)


def _kinds(hours: pd.DataFrame) -> Iterator[tuple[str, Measured, float]]:
    lon, lat = (hours.columns.get_level_values(level).to_numpy() for level in (0, 1))
    # An hour that ends at midnight is of the day before.
    days = (hours.index - pd.Timedelta(seconds=1)).floor("D")
    grouped = hours.groupby(days)
    daily = grouped.mean().where(grouped.count() >= LEAST_HOURS)
    yield "days", Measured(lon, lat, daily.to_numpy().T), chosen_for.NUGGET_OF_DAY
    yield "hours", Measured(lon, lat, hours.to_numpy()[::3].T), chosen_for.NUGGET_OF_HOUR


def _table(title: str, measured: Measured, ours: Variogram) -> bool:
    say(f"\n{title}: {len(measured.lon)} stations, {measured.value.shape[1]} times")
    others = {_name(one): _kriging(one) for one in (Variogram(*other) for other in _OTHERS)}
    tried = _METHODS | {"kriging, ours": _kriging(ours)} | others
    errors = {name: _line(name, *_left_out(measured, told)) for name, told in tried.items()}
    return errors["kriging, ours"] <= min(errors["nearest"], errors["mean"])


def _left_out(measured: Measured, told: Told) -> tuple[Floats, Floats]:
    """The error of every station, and the band, by station and time."""
    found = [told(measured, *_place(measured, one), one) for one in range(len(measured.lon))]
    estimate, band = (np.array(part) for part in zip(*found, strict=True))
    return estimate - measured.value, band


def _name(one: Variogram) -> str:
    return f"kriging {one.range_m / 1000:g} km {one.nugget:g}"


def _place(measured: Measured, station: int) -> tuple[float, float]:
    return float(measured.lon[station]), float(measured.lat[station])


def _line(name: str, error: Floats, band: Floats) -> float:
    known = np.isfinite(error)
    rmse = float(np.sqrt(np.mean(error[known] ** 2)))
    line = f"  {name:22} rmse {rmse:6.2f}  mae {np.abs(error[known]).mean():6.2f}"
    line += f"  bias {error[known].mean():+6.2f}  n {known.sum()}"
    if np.isfinite(band).any():
        within = np.mean(np.abs(error[known]) <= band[known])
        line += f"  within the band {100 * within:.1f} %, mean band ±{np.nanmean(band[known]):.1f}"
    say(line)
    return rmse


def _mean(measured: Measured, _lon: float, _lat: float, one: int) -> tuple[Floats, Floats]:
    value = measured.without(one).value
    known = np.isfinite(value)
    found = np.full(value.shape[1], np.nan)
    np.divide(np.nansum(value, axis=0), known.sum(axis=0), out=found, where=known.any(axis=0))
    return found, np.full_like(found, np.nan)


def _idw(power: float) -> Told:
    def told(measured: Measured, lon: float, lat: float, one: int) -> tuple[Floats, Floats]:
        rest = measured.without(one)
        found = np.full(rest.value.shape[1], np.nan)
        for time, values in enumerate(rest.value.T):
            known = np.isfinite(values)
            samples = Samples(rest.lon[known], rest.lat[known], values[known])
            if known.any():
                place = np.array([lon]), np.array([lat])
                found[time] = inverse_distance(samples, *place, power, _ANYWHERE_M)[0]
        return found, np.full_like(found, np.nan)

    return told


def _nearest(measured: Measured, lon: float, lat: float, one: int) -> tuple[Floats, Floats]:
    rest = measured.without(one)
    here = np.array([lon]), np.array([lat])
    stations = [
        Samples(rest.lon[n : n + 1], rest.lat[n : n + 1], here[0]) for n in range(len(rest.lon))
    ]
    far = [nearest_m(station, *here)[0] for station in stations]
    in_order = rest.value[np.argsort(far)]
    first = np.isfinite(in_order).argmax(axis=0)
    found: Floats = in_order[first, np.arange(in_order.shape[1])]
    return found, np.full_like(found, np.nan)


def _kriging(variogram: Variogram) -> Told:
    def told(measured: Measured, lon: float, lat: float, one: int) -> tuple[Floats, Floats]:
        rest, place = measured.without(one), (np.array([lon]), np.array([lat]))
        value, band = np.full((2, rest.value.shape[1]), np.nan)
        for which, times in sets(rest.value):
            if which.sum() < chosen_for.LEAST_STATIONS:
                continue
            model = Kriging(rest.lon[which], rest.lat[which], variogram)
            found = told_at(model, model.at(*place), rest.value[np.ix_(which, times)])
            value[times], band[times] = found.value[0], found.standard_error[0]
        return value, band

    return told


_METHODS: dict[str, Told] = {
    "mean": _mean,
    "nearest": _nearest,
    "inverse distance": _idw(1),
    "inverse distance ^2": _idw(2),
}

if __name__ == "__main__":
    sys.exit(main())
