"""Answers to one question: which factories may have caused this complaint, and how likely is none?

Two answers: `single` reads this complaint alone, with what was learnt of distances, kinds and
winds on other days; `pooled` weighs factories by what complaints of other days say of them. Where
the wind cannot tell, neither is given, and the reason is. A screening, no proof.

No part of a pass can be left out because its own complaints are as they were. Each half of all days
is weighed by what was fitted to the other half, whose sample is drawn by their number; intensities
of factories and the factor of "none" are of all folds but the own; and the usual winds, by which
every wind is judged, are of all hours measured. So a complaint or an hour more changes every answer
of other days in some digit, and an answer kept from before would be of another model than its
neighbours. What a pass costs is bounded instead: the fits see at most _SAMPLE complaints of each
half, whatever there are; weighing and the steps of intensities go once, and `pooling._STEPS` times,
over pairs within `pairs.REACH_M`, so that cost and memory grow with complaints × factories near.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.methods import ellipsoid, wind
from layers.methods.attribution import evidence as evidences
from layers.methods.attribution.fitting import Model, fit, weigh
from layers.methods.attribution.pairs import (
    REACH_M,
    Complaints,
    Factories,
    Floats,
    Integers,
    Texts,
    pairs,
)
from layers.methods.attribution.pooling import FOLDS, Weighed, fold_of, intensities, time_of_day

METHOD = "wind attribution 1: contrast of directions, gamma intensities, folds by day"
# What the wind carries; of the rest it tells nothing.
AIRBORNE = frozenset({"odour", "dust_smoke", "chemical_vapour"})
# Why there is no answer, beside the reasons of `wind`.
CATEGORY, TIME, PLACE, NO_FACTORY = "category", "time", "place", "no_factory"
REASONS = (
    CATEGORY,
    TIME,
    PLACE,
    wind.CALM,
    wind.NO_WIND,
    wind.OLD_WIND,
    wind.FAR_STATION,
    NO_FACTORY,
)
_SAMPLE = 12_000
_AT_ONCE = 40_000
_THAI_TIME_H = 7
_SHARED_BY, _SHARED_PART = 20, 0.01
_NO_FACTORIES, _NO_WEIGHTS = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)


@dataclass(frozen=True)
class Answers:
    """By complaint: the wind at its hour, `reason` (None where answered) and the shares of "none of
    these"; by pair of answered complaints the factory and its shares. Shares of a complaint's
    factories and of none add up to 1. `before` is what distance and kind alone would give."""

    winds: wind.Wind
    reason: Texts
    none_before: Floats
    none_single: Floats
    none_pooled: Floats
    complaint: Integers
    factory: NDArray[np.int32]
    before: Floats
    single: Floats
    pooled: Floats


def attribute(complaints: Complaints, factories: Factories, stations: wind.Stations) -> Answers:
    """The answers to all complaints."""
    reason, winds = reasons(complaints, factories, stations)
    asked = np.flatnonzero(reason == None)  # noqa: E711
    # Those of one half of all days, then the others: each is weighed by what the other tells.
    asked = asked[np.argsort(_is_first_half(complaints.at[asked]), kind="stable")]
    weighed = _weighed(complaints.take(asked), factories, stations)
    intensity, rest = intensities(weighed, len(factories.lon))
    single, pooled = weighed.top, weighed.top * intensity
    shares, nones = [], []
    for weight, factor in ((weighed.before, 1.0), (single, 1.0), (pooled, rest)):
        share, none = _shares(weighed, weight, weighed.none * factor)
        of_all = np.full(len(complaints), np.nan)
        of_all[asked] = none
        shares.append(share)
        nones.append(of_all)
    pair = asked[weighed.complaint]
    return Answers(
        winds,
        reason,
        nones[0],
        nones[1],
        nones[2],
        pair,
        weighed.factory,
        shares[0],
        shares[1],
        shares[2],
    )


def reasons(
    complaints: Complaints, factories: Factories, stations: wind.Stations
) -> tuple[Texts, wind.Wind]:
    """(why there is no answer to each, None where there is; the winds at the hours of report)."""
    hour = wind.hour_of(complaints.at)
    winds = wind.at(stations, complaints.lon, complaints.lat, hour)
    reason = winds.reason.copy()
    reason[(reason == None) & ~_has_factory(complaints, factories)] = NO_FACTORY  # noqa: E711
    reason[is_shared_place(complaints.lon, complaints.lat)] = PLACE
    reason[is_stamped(complaints.at)] = TIME
    reason[~np.isin(complaints.category, list(AIRBORNE))] = CATEGORY
    return reason, winds


def is_stamped(at: NDArray[np.datetime64]) -> wind.Booleans:
    """Whether a time is a whole hour of the day that more reports have than chance gives it (one
    moment in 3,600 is one): a clerk's noon, of which nobody knows the hour."""
    whole = at == at.astype("datetime64[h]")
    hour = at.astype("datetime64[h]").astype(np.int64) % 24
    found = np.bincount(hour[whole], minlength=24)
    by_chance = np.bincount(hour, minlength=24) / 3600
    shared = found > 5 + 5 * by_chance
    return np.asarray(whole & shared[hour], dtype=bool)


def is_shared_place(lon: Floats, lat: Floats) -> wind.Booleans:
    """Whether a place stands for a town or village: at the very same coordinates are at least 20
    complaints, and one in a hundred of all within 4 km. No home
    complains so often among so many."""
    from scipy.spatial import cKDTree

    places = np.column_stack([lon, lat])
    _, place, count = np.unique(places, axis=0, return_inverse=True, return_counts=True)
    place = place.reshape(-1)
    often = np.flatnonzero(count >= _SHARED_BY)
    shared = np.zeros(len(count), dtype=bool)
    if len(often):
        first = np.searchsorted(place, often, sorter=np.argsort(place, kind="stable"))
        one_of = np.argsort(place, kind="stable")[first]
        everyone = ellipsoid.cartesian_m(lon, lat)
        around = cKDTree(everyone).query_ball_point(everyone[one_of], REACH_M, return_length=True)
        shared[often] = count[often] >= _SHARED_PART * around
    return shared[place]


def _has_factory(complaints: Complaints, factories: Factories) -> wind.Booleans:
    from scipy.spatial import cKDTree

    if not len(factories.lon):
        return np.zeros(len(complaints), dtype=bool)
    tree = cKDTree(ellipsoid.cartesian_m(factories.lon, factories.lat))
    metres, _ = tree.query(ellipsoid.cartesian_m(complaints.lon, complaints.lat))
    return np.asarray(metres <= REACH_M)


def _day(at: NDArray[np.datetime64]) -> Integers:
    local = at + np.timedelta64(_THAI_TIME_H, "h")
    return local.astype("datetime64[D]").astype(np.int64)


def _is_first_half(at: NDArray[np.datetime64]) -> wind.Booleans:
    return fold_of(_day(at)) < FOLDS // 2


def _weighed(complaints: Complaints, factories: Factories, stations: wind.Stations) -> Weighed:
    """All complaints, which are in the order of their halves."""
    usual = evidences.usual_directions(stations)
    first = _is_first_half(complaints.at)
    count, none = np.zeros(len(complaints), dtype=np.int64), np.zeros(len(complaints))
    parts: list[list[Any]] = [[_NO_FACTORIES, *[_NO_WEIGHTS] * 3]]
    for rows, others in ((~first, first), (first, ~first)):
        model = _model(complaints.take(others), factories, usual)
        for some in np.array_split(np.flatnonzero(rows), rows.sum() // _AT_ONCE + 1):
            asked = complaints.take(some)
            near = pairs(asked, factories)
            before, top, low, none[some] = weigh(model, asked, factories, near, usual)
            count[some] = np.diff(near.start)
            parts.append([near.factory, before, top, low])
    factory, before, top, low = (np.concatenate(column) for column in zip(*parts, strict=True))
    start = np.concatenate([[0], np.cumsum(count)])
    local = complaints.at + np.timedelta64(_THAI_TIME_H, "h")
    time = time_of_day(local.astype("datetime64[h]").astype(np.int64) % 24)
    day = _day(complaints.at)
    return Weighed(start, factory, before, top, low, none, day, time)


def _model(complaints: Complaints, factories: Factories, usual: evidences.Usual) -> Model:
    """Learnt of a sample that depends on nothing but the number of complaints."""
    chosen = np.random.default_rng(len(complaints)).permutation(len(complaints))[:_SAMPLE]
    sample = complaints.take(np.sort(chosen))
    return fit(sample, factories, pairs(sample, factories), usual)


def _shares(of: Weighed, weight: Floats, none: Floats) -> tuple[Floats, Floats]:
    """(of each pair, of "none" by complaint)."""
    row = of.complaint
    total = np.bincount(row, weight, len(none)) + none
    return weight / total[row], none / total
