"""The map itself: its peak, its ridge, how sure they are, and whether there is anything to tell."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.methods.source_area.evidence import (
    BEARINGS,
    Evidence,
    Receptors,
    Reports,
    Upwind,
    evidence_of,
    upwind_of,
)
from layers.methods.source_area.plane import Plane, log_likelihood
from layers.methods.source_area.ridge import Ridge, ridge_of

Floats = NDArray[np.float64]
Table = NDArray[np.float32]

# Why nothing is told.
FEW_REPORTS, SHORT_PERIOD, NO_WIND = "few_reports", "short_period", "no_wind"
NOT_THE_WIND, ROTATED_FITS = "not_the_wind", "rotated_winds_fit"
# Below these nothing is tried, our choice; the share is of the reports.
LEAST_REPORTS, LEAST_DAYS, LEAST_WITH_WIND = 30, 10, 0.5
# Winds of other days: if one of so many does as well, it is chance in more than one of 20.
SHIFTS = 19
# All winds turned by each of these must not explain the reports better, by more than what winds a
# little turned do in the real case of the tests: else rays cross elsewhere by chance, or the vanes
# are wrong.
ROTATIONS_DEG, ROTATED_MORE = tuple(range(30, 360, 30)), 1.1
BOOTSTRAPS = 100
# How far all winds may be off together, as a standard deviation: a vane's alignment, and the turn
# of the wind between ten metres and the plume. Our choice; no resampling of days would know of it.
BIAS_DEG = 10.0
# A place is in the band where so many of the resamplings explain the reports by it at least as well
# as by the peak.
BAND = 0.05


@dataclass(frozen=True)
class SourceArea:
    """`log_ratio` and `support`, (cells, cells) from south-west, row by row: the log likelihood
    ratio of a source there, and the share of resamplings in which it is at least that of the peak.
    `reason` says why nothing may be concluded; the map is then for diagnosis alone, and None where
    nothing was computed. `shifted` and `rotated` are the peaks of winds that are not those of the
    reports. `peak` is (lon, lat)."""

    reason: str | None
    reports: int
    without_wind: int
    days: int
    plane: Plane
    log_ratio: Floats | None = None
    support: Floats | None = None
    peak: tuple[float, float] | None = None
    ridge: Ridge | None = None
    shifted: tuple[float, ...] = ()
    rotated: tuple[float, ...] = ()


def locate(
    receptors: Receptors,
    reports: Reports,
    plane: Plane,
    *,
    bootstraps: int = BOOTSTRAPS,
    seed: int = 0,
) -> SourceArea:
    """Where the reports come from. The same for the same seed."""
    distinct, upwind = reports.distinct(), upwind_of(receptors)
    evidence = evidence_of(upwind, distinct)
    days = len(np.unique(evidence.day))
    told = (len(evidence.day), evidence.without_wind, days, plane)
    reason = _too_little(upwind, evidence, days)
    if reason:
        return SourceArea(reason, *told)
    search = _Search(receptors, plane)
    [log_ratio] = search.maps(resampled(evidence, len(receptors.lon), 0, seed))
    peak = int(log_ratio.argmax())
    rng = np.random.default_rng(seed)
    support = search.support(evidence, receptors.is_monitor, peak, bootstraps, rng)
    shifted = search.shifted(upwind, distinct)
    rotated = search.rotated(evidence)
    grid = (plane.cells, plane.cells)
    east, north = (float(axis[peak]) for axis in plane.places_m)
    lon, lat = plane.degrees(np.array(east), np.array(north))
    in_band = (support >= BAND).reshape(grid)
    height = log_ratio.reshape(grid)
    return SourceArea(
        _chance(float(log_ratio[peak]), shifted, rotated),
        *told,
        height,
        support.reshape(grid),
        (float(lon), float(lat)),
        ridge_of(plane, height, in_band, search.middle_m(evidence), (east, north)),
        shifted,
        rotated,
    )


def compare_places(
    receptors: Receptors,
    reports: Reports,
    lon: Floats,
    lat: Floats,
    *,
    bootstraps: int = BOOTSTRAPS,
    seed: int = 0,
) -> Floats:
    """(1 + bootstraps, places): the log likelihood ratio of a source at each place, of the days as
    they were and of resampled ones. For checks by sites that are known; it says of none that it is
    the source."""
    evidence = evidence_of(upwind_of(receptors), reports.distinct())
    plane = Plane(float(receptors.lon.mean()), float(receptors.lat.mean()), 1.0, 1)
    tables = resampled(evidence, len(receptors.lon), bootstraps, seed)
    return _Search(receptors, plane).at(tables, *plane.metres(lon, lat))


def resampled(
    evidence: Evidence, receptors: int, bootstraps: int, seed: int | np.random.Generator
) -> Table:
    """(1 + bootstraps, receptors, BEARINGS, EXCESS): sums over the days with reports, as they were
    and drawn with replacement."""
    days, of_day = np.unique(evidence.day, return_inverse=True)
    drawn = _draws(np.random.default_rng(seed), len(days), bootstraps)
    weights = np.vstack((np.ones(len(days)), drawn)).astype(np.float32)[:, of_day]
    flat = evidence.log_ratio.reshape(len(evidence.day), -1)
    tables = np.zeros((1 + bootstraps, receptors, flat.shape[1]), dtype=np.float32)
    for receptor in np.unique(evidence.receptor):
        mine = evidence.receptor == receptor
        tables[:, receptor] = weights[:, mine] @ flat[mine]
    return tables.reshape(1 + bootstraps, receptors, *evidence.log_ratio.shape[1:])


def _draws(rng: np.random.Generator, of: int, bootstraps: int) -> Floats:
    """(bootstraps, of): how often each is drawn, with replacement, in as many draws."""
    return rng.multinomial(of, np.full(of, 1 / max(of, 1)), size=bootstraps).astype(np.float64)


def _turned(tables: Table, by_deg: Floats) -> Table:
    """Each table (first axis) as it were with all winds turned; linear between bearings."""
    steps = by_deg * BEARINGS / 360
    whole = np.floor(steps).astype(np.int64)
    part = (steps - whole).astype(np.float32)[:, None, None, None]
    at = (np.arange(BEARINGS)[None] - whole[:, None]) % BEARINGS
    rows = np.arange(len(tables))[:, None]
    near = np.swapaxes(tables, 1, 2)[rows, at]
    next_one = np.swapaxes(tables, 1, 2)[rows, (at - 1) % BEARINGS]
    return np.ascontiguousarray(np.swapaxes(near + part * (next_one - near), 1, 2))


class _Search:
    """The receptors on a plane; complaints share one strength, monitors another."""

    def __init__(self, receptors: Receptors, plane: Plane) -> None:
        self.plane = plane
        self.east_m, self.north_m = plane.metres(receptors.lon, receptors.lat)
        self.groups = [
            group for group in (~receptors.is_monitor, receptors.is_monitor) if group.any()
        ]

    def at(self, tables: Table, east_m: Floats, north_m: Floats) -> Floats:
        """(tables, places)."""
        found: Floats = sum(
            (
                log_likelihood(
                    tables[:, group], (self.east_m[group], self.north_m[group]), east_m, north_m
                )
                for group in self.groups
            ),
            start=np.zeros((len(tables), len(east_m))),
        )
        return found

    def maps(self, tables: Table) -> Floats:
        """(tables, cells)."""
        return self.at(tables, *self.plane.places_m)

    def support(
        self,
        evidence: Evidence,
        is_monitor: NDArray[np.bool_],
        peak: int,
        bootstraps: int,
        rng: np.random.Generator,
    ) -> Floats:
        """By cell the share of resamplings, of days and of places of complaint, with winds turned
        as far as they may be off, in which it explains the reports at least as well as the peak."""
        tables = resampled(evidence, len(is_monitor), bootstraps, rng)[1:]
        weights = np.ones((bootstraps, len(is_monitor)))
        homes = np.flatnonzero(~is_monitor & np.isin(np.arange(len(is_monitor)), evidence.receptor))
        weights[:, homes] = _draws(rng, len(homes), bootstraps)
        tables = _turned(tables, rng.normal(0, BIAS_DEG, bootstraps))
        maps = self.maps(tables * weights.astype(np.float32)[:, :, None, None])
        share: Floats = (maps >= maps[:, [peak]]).mean(axis=0)
        return share

    def shifted(self, upwind: Upwind, reports: Reports) -> tuple[float, ...]:
        """The peaks with the winds of other days."""
        receptors, (_, hours) = len(upwind.by_hour), upwind.windy_hours
        # Weather lasts for days: none nearer than three.
        shifts = np.unique(np.linspace(3, hours // 24 - 3, SHIFTS).astype(int))
        tables = [
            resampled(evidence_of(upwind, reports, int(shift)), receptors, 0, 0) for shift in shifts
        ]
        return tuple(map(float, self.maps(np.concatenate(tables)).max(axis=1)))

    def rotated(self, evidence: Evidence) -> tuple[float, ...]:
        """The peaks with all winds turned, which turns the bearings of the tables."""
        table = resampled(evidence, len(self.east_m), 0, 0)
        turned = np.array(ROTATIONS_DEG, dtype=np.float64)
        tables = _turned(np.repeat(table, len(turned), axis=0), turned)
        return tuple(map(float, self.maps(tables).max(axis=1)))

    def middle_m(self, evidence: Evidence) -> tuple[float, float]:
        """The mean place of the reports."""
        east, north = self.east_m[evidence.receptor], self.north_m[evidence.receptor]
        return float(east.mean()), float(north.mean())


def _too_little(upwind: Upwind, evidence: Evidence, days: int) -> str | None:
    found = len(evidence.day)
    if found + evidence.without_wind < LEAST_REPORTS:
        return FEW_REPORTS
    if found < LEAST_WITH_WIND * (found + evidence.without_wind):
        return NO_WIND
    if upwind.windy_hours[1] // 24 < SHIFTS + 5:
        return SHORT_PERIOD
    return FEW_REPORTS if found < LEAST_REPORTS or days < LEAST_DAYS else None


def _chance(peak: float, shifted: tuple[float, ...], rotated: tuple[float, ...]) -> str | None:
    if peak <= max(shifted):
        return NOT_THE_WIND
    return ROTATED_FITS if max(rotated) > ROTATED_MORE * peak else None
