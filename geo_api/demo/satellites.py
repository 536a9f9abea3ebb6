"""What satellites see of a fire: each at its passes, in pixels that grow to the edge of the swath.

Passes repeat as orbits do, so that all that one pass sees was seen within minutes.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo_api.demo.clock import DAY_S, Clock
from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, Array

_EARTH_KM = 6_371.0


@dataclass(frozen=True)
class Platform:
    """A satellite by FIRMS's letter: its instrument, the solar hour of its day pass (the night pass
    is 12 h later), how often it sees a fire that it could, altitude and half a swath (km), and its
    pixel below (km)."""

    letter: str
    instrument: str
    solar_hour: float
    sees: float
    altitude_km: float
    half_swath_km: float
    pixel_km: float


# Pass times: Terra 10:30, Aqua 13:30, S-NPP 13:28 (shared/domain/FACTS.md §6); NOAA-20 and 21 fly
# in the same plane, about 50 and 25 minutes before it.
PLATFORMS = (
    Platform("N", "VIIRS", 13.47, 0.9, 829, 1530, 0.375),
    Platform("N20", "VIIRS", 12.63, 0.9, 829, 1530, 0.375),
    Platform("N21", "VIIRS", 13.05, 0.9, 829, 1530, 0.375),
    Platform("A", "MODIS", 13.5, 0.35, 705, 1165, 1.0),
    Platform("T", "MODIS", 10.5, 0.30, 705, 1165, 1.0),
)
# Neighbouring orbits of a day lie so far apart at 15° N, and from day to day move on by a share.
_ORBITS_APART_KM, _PRECESSION = 2_720.0, 0.2727
_MIDDLE_LON = 101.0
# VIIRS adds up 3, 2 and then 1 samples along the scan, changing at these scan angles, so that its
# pixels stay within 0.32 and 0.8 km (as in shared/data/hotspots_firms).
_SAMPLES_CHANGE_DEG = (31.59, 44.68)
_KM_A_MINUTE = 400.0


def passes(clock: Clock, day: Array, lon: Array, lat: Array) -> pd.DataFrame:
    """Every pass over places (their row number is `row`) on days (since the clock's start):
    `platform`, `night`, `seconds`, `scan_km` and `track_km` of a pixel there."""
    parts = []
    for number, platform in enumerate(PLATFORMS):
        for night in (False, True):
            away_km = _from_nadir(day, lon, number, night)
            scan, track = footprint(platform, away_km)
            nadir_lon = lon - away_km * 1000 / M_PER_DEGREE_LON
            solar = platform.solar_hour + (12 if night else 0)
            north_min = (lat - 15) * M_PER_DEGREE_LAT / 1000 / _KM_A_MINUTE
            utc_h = solar - nadir_lon / 15 + (north_min if not night else -north_min) / 60
            # The world's day begins at 17:00 UTC.
            seconds = day * float(DAY_S) + np.round((utc_h - 17) % 24 * 60) * 60
            frame = pd.DataFrame(
                {
                    "row": np.arange(len(lon)),
                    "platform": number,
                    "night": night,
                    "seconds": seconds,
                    "scan_km": scan,
                    "track_km": track,
                }
            )
            parts.append(frame[np.abs(away_km) <= platform.half_swath_km])
    found = pd.concat(parts, ignore_index=True)
    return found[found["seconds"] < clock.seconds]


def _from_nadir(day: Array, lon: Array, platform: int, night: bool) -> Array:
    """How far east of the nearest track a place lies (km)."""
    begins = (day * _PRECESSION + platform * 0.37 + night * 0.61) % 1
    east_km = (lon - _MIDDLE_LON) * M_PER_DEGREE_LON / 1000 + begins * _ORBITS_APART_KM
    return (east_km + _ORBITS_APART_KM / 2) % _ORBITS_APART_KM - _ORBITS_APART_KM / 2


def footprint(platform: Platform, away_km: Array) -> tuple[Array, Array]:
    """(scan, track) of a pixel (km) so far from the track, by the geometry of a sphere."""
    centre = np.abs(away_km) / _EARTH_KM
    height = _EARTH_KM * (1 - np.cos(centre)) + platform.altitude_km
    across = _EARTH_KM * np.sin(centre)
    angle = np.arctan2(across, height)
    track = platform.pixel_km * np.hypot(across, height) / platform.altitude_km
    scan = track / np.cos(angle + centre)
    if platform.instrument == "VIIRS":
        samples = 3 - np.searchsorted(_SAMPLES_CHANGE_DEG, np.degrees(angle))
        scan = scan * samples / 3
    return np.round(scan, 2), np.round(track, 2)


def pixels(found: pd.DataFrame, lon: Array, lat: Array) -> tuple[Array, Array]:
    """The middle (EPSG:4326, five decimals) of the pixel of its pass in which each place lies."""
    start = (found["seconds"].to_numpy() // 60 * 0.754_877 + found["platform"].to_numpy() * 0.3) % 1
    middles = []
    for value, metres, size_km in (
        (lon, M_PER_DEGREE_LON, found["scan_km"].to_numpy()),
        (lat, M_PER_DEGREE_LAT, found["track_km"].to_numpy()),
    ):
        size = size_km * 1000 / metres
        middles.append(np.round((np.floor(value / size + start) + 0.5 - start) * size, 5))
    return middles[0], middles[1]
