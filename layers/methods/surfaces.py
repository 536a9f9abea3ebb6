"""Surfaces of a concentration between stations, time after time, each with its uncertainty and with
how well it tells the stations that are left out.

What is kriged are the roots of concentrations: their spread is more alike in clean and in dirty
air, so that haze in one part of a country leaves what is known of the others as it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.methods.interpolation import Samples, nearest_m
from layers.methods.kriging import WITHIN, Estimate, Floats, Kriging, Variogram, Weights, sets

Places = NDArray[np.intp]

# Of fewer stations, how far each is missed tells less than Student's t does: our choice.
LEAST_TO_COUNT = 20


@dataclass(frozen=True)
class Measured:
    """What stations (degrees WGS84) measured at some times: `value` is stations × times, NaN where
    a station did not measure."""

    lon: Floats
    lat: Floats
    value: Floats

    def without(self, station: int) -> "Measured":
        """The other stations alone."""
        rest = np.arange(len(self.lon)) != station
        return Measured(self.lon[rest], self.lat[rest], self.value[rest])


@dataclass(frozen=True)
class Told:
    """Concentrations (places × times) and their standard errors: ± as much holds 68 % of what
    stations there would measure."""

    value: Floats
    standard_error: Floats


@dataclass(frozen=True)
class Surface:
    """The estimate at each place and its standard error, both NaN where nothing is estimated.
    `far_m` is the distance to the nearest of the `stations`; `rmse` the error of leaving each out,
    and `within` the share of those that lay in their band."""

    time: int
    value: Floats
    standard_error: Floats
    far_m: Floats
    stations: int
    rmse: float
    within: float


@dataclass(frozen=True)
class Limits:
    """Where nothing is estimated: at fewer than `least` stations, farther than `reach_m` from each,
    and where the standard error exceeds `error` and also its `share` of the value."""

    least: int
    reach_m: float
    error: float
    share: float

    def exceeded(self, value: Floats, standard_error: Floats, far_m: Floats) -> NDArray[np.bool_]:
        """Where one of them is."""
        unsure = standard_error > np.maximum(self.error, self.share * value)
        found: NDArray[np.bool_] = unsure | (far_m > self.reach_m)
        return found


def surfaces(
    measured: Measured,
    variogram: Variogram,
    lon: Floats,
    lat: Floats,
    limits: Limits,
    times: Places | None = None,
) -> Iterator[Surface]:
    """A surface over the places (degrees, one dimension) at each of the times, or at all, in no
    order; none of a time with too few stations."""
    wanted = np.arange(measured.value.shape[1]) if times is None else times
    for which, of in sets(measured.value):
        known = np.intersect1d(of, wanted)
        if which.sum() >= limits.least and len(known):
            yield from _estimated(measured, which, known, variogram, (lon, lat), limits)


def told_at(model: Kriging, weights: Weights, known: Floats) -> Told:
    """What is told of the places of the weights by stations that measured `known` (stations ×
    times)."""
    roots = np.sqrt(known)
    variance = np.outer(weights.variance, model.sill(roots))
    value, deviation = _squared(Estimate(weights.weights @ roots, variance))
    return Told(value, _width(model, known) * deviation)


def told_left_out(model: Kriging, known: Floats) -> Told:
    """What is told of each station by the others, with the band that follows from the others."""
    value, deviation = _squared(model.leave_one_out(np.sqrt(known)))
    return Told(value, _width_left_out(model, known) * deviation)


def _squared(roots: Estimate) -> tuple[Floats, Floats]:
    """Mean and deviation of the square of a normal variable."""
    squared = roots.value**2
    variance = 4 * squared * roots.variance + 2 * roots.variance**2
    return squared + roots.variance, np.sqrt(variance)


def _width(model: Kriging, known: Floats) -> Floats:
    """So many deviations to either side hold 68 %, at each time: of so many of the stations, each
    left out, they did (Vovk, Gammerman and Shafer (2005): Algorithmic Learning in a Random World).
    A deviation holds more than 68 % where a few stations in smoke have most of the variance."""
    stations, times = known.shape
    if stations < LEAST_TO_COUNT:
        return np.full(times, model.width)
    missed = np.sort(_missed(model, known), axis=0)
    place, part = _place(stations)
    found: Floats = missed[place] + part * (missed[place + 1] - missed[place])
    return found


def _width_left_out(model: Kriging, known: Floats) -> Floats:
    """The same for each station, of the others (stations × times)."""
    stations, _ = known.shape
    if stations < LEAST_TO_COUNT:
        return np.full(known.shape, model.width)
    missed = _missed(model, known)
    in_order, rank = np.sort(missed, axis=0), missed.argsort(axis=0).argsort(axis=0)
    place, part = _place(stations - 1)
    lower, upper = (
        np.where(at < rank, in_order[at], in_order[at + 1]) for at in (place, place + 1)
    )
    found: Floats = lower + part * (upper - lower)
    return found


def _place(count: int) -> tuple[int, float]:
    """Where among so many, in order, lies the one that a further one exceeds in 32 of 100: a place
    from 0, and the part of the way to the next."""
    at = WITHIN * (count + 1) - 1
    return int(at), at - int(at)


def _missed(model: Kriging, known: Floats) -> Floats:
    """By how many deviations each station is missed when it is left out."""
    value, deviation = _squared(model.leave_one_out(np.sqrt(known)))
    missed = np.zeros(known.shape)
    np.divide(np.abs(value - known), deviation, out=missed, where=deviation > 0)
    return missed


def _estimated(
    measured: Measured,
    which: NDArray[np.bool_],
    times: Places,
    variogram: Variogram,
    places: tuple[Floats, Floats],
    limits: Limits,
) -> Iterator[Surface]:
    lon, lat = places
    stations = measured.lon[which], measured.lat[which]
    known = measured.value[np.ix_(which, times)]
    model = Kriging(*stations, variogram)
    far_m = nearest_m(Samples(*stations, known), lon, lat)
    left_out = told_left_out(model, known)
    near = far_m <= limits.reach_m
    weights = model.at(lon[near], lat[near]) if near.any() else None
    for place, time in enumerate(times):
        value, error = np.full((2, len(lon)), np.nan)
        if weights is not None:
            told = told_at(model, weights, known[:, [place]])
            value[near], error[near] = told.value[:, 0], told.standard_error[:, 0]
        gone = ~near | limits.exceeded(value, error, far_m)
        value[gone] = error[gone] = np.nan
        missed = left_out.value[:, place] - known[:, place]
        within = np.mean(np.abs(missed) <= left_out.standard_error[:, place])
        rmse = np.sqrt(np.mean(missed**2))
        yield Surface(int(time), value, error, far_m, len(known), float(rmse), float(within))
