"""The simulated fires: events by crop and season, seen by satellites at their pass times."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo_api.demo.clock import Clock
from geo_api.demo.ground import Array, moved, provinces


@dataclass(frozen=True)
class Fuel:
    """What burns (with GISTDA's word and code), in which provinces, around which day of the year,
    how widely spread, its share of all detections, and its median radiative power."""

    land_use: str
    land_use_th: str
    land_use_code: str
    provinces: tuple[str, ...]
    peak_day: int
    spread_days: int
    share: int
    power_mw: float


CANE = ("41", "40", "36", "46", "30", "60", "62", "72", "71", "16", "67")
PADDY = ("14", "72", "60", "66", "65", "18", "15", "26", "44", "45")
FOREST = ("58", "50", "52", "55", "54", "63", "71", "57", "53")
MAIZE = ("55", "67", "42", "57", "63", "56")
ELSEWHERE = ("30", "34", "31", "80", "90", "40")
# Cane burns with its harvest, December to March; paddy after harvest; forest when it is driest.
FUELS = (
    Fuel("sugarcane", "อ้อย", "A203", CANE, 25, 30, 22, 4.0),
    Fuel("paddy", "นาข้าว", "A101", PADDY, 350, 35, 22, 2.5),
    Fuel("forest", "พื้นที่ป่า", "F000", FOREST, 80, 20, 34, 6.0),
    Fuel("maize", "ข้าวโพดและไร่หมุนเวียน", "A202", MAIZE, 95, 22, 16, 4.5),
    Fuel("other", "อื่น ๆ", "O000", ELSEWHERE, 60, 60, 6, 1.5),
)
OUT_OF_SEASON_SHARE = 0.03

# Satellite, instrument, solar hour of its day pass (the night pass is 12 h later), relative yield.
PLATFORMS = (
    ("N", "VIIRS", 13.47, 30),
    ("N20", "VIIRS", 12.63, 30),
    ("N21", "VIIRS", 13.05, 28),
    ("A", "MODIS", 13.5, 7),
    ("T", "MODIS", 10.5, 5),
)
NIGHT_SHARE = 0.3
_SECONDS_A_DAY = 86_400


def burn(seed: int, clock: Clock, count: int) -> pd.DataFrame:
    """`count` detections: lon, lat, seconds since the clock's start, and what a product reports.

    Detections come in events of about four within 1.5 km and two days, so that they cluster.
    """
    rng = np.random.default_rng([seed, 4])
    share = np.array([fuel.share for fuel in FUELS], dtype=float)
    numbers = rng.multinomial(count, share / share.sum())
    burnt = [
        _of_fuel(rng, clock, fuel, int(number))
        for fuel, number in zip(FUELS, numbers, strict=True)
        if number
    ]
    frame = pd.concat(burnt, ignore_index=True)
    return frame.sort_values(["seconds", "lon", "lat"], kind="stable", ignore_index=True)


def _of_fuel(rng: np.random.Generator, clock: Clock, fuel: Fuel, count: int) -> pd.DataFrame:
    size = rng.geometric(0.25, size=count)
    event = np.repeat(np.arange(count), size)[:count]
    events = int(event[-1]) + 1
    lon, lat = provinces().scatter(rng, list(fuel.provinces), [1.0] * len(fuel.provinces), events)
    day = _days(rng, clock, events, fuel)
    lon, lat = moved(
        lon[event], lat[event], rng.uniform(0, 360, count), np.abs(rng.normal(0, 700, count))
    )
    lon, lat = np.round(lon, 5), np.round(lat, 5)
    later = rng.choice([0, 0, 0, 1, 1, 2], size=count)
    platform = rng.choice(len(PLATFORMS), size=count, p=_yield())
    night = rng.random(count) < NIGHT_SHARE
    day = np.minimum(day[event] + later, (clock.hours - 1) // 24)
    return _reported(
        rng, lon, lat, _seconds(clock, day, lon, platform, night), platform, night
    ).assign(
        land_use=fuel.land_use,
        land_use_th=fuel.land_use_th,
        land_use_code=fuel.land_use_code,
        frp_mw=np.round(fuel.power_mw * rng.lognormal(0, 0.9, count), 2),
    )


def _days(rng: np.random.Generator, clock: Clock, count: int, fuel: Fuel) -> Array:
    """Days on which fires begin: a bell around the peak each year, and a few at any time."""
    of_year = clock.day_of_year()[::24]
    away = np.abs((of_year - fuel.peak_day + 182.6) % 365.25 - 182.6)
    weight = np.exp(-0.5 * (away / fuel.spread_days) ** 2)
    weight = weight / weight.sum() + OUT_OF_SEASON_SHARE / len(weight)
    return rng.choice(len(weight), size=count, p=weight / weight.sum())


def _yield() -> Array:
    weights = np.array([platform[3] for platform in PLATFORMS], dtype=float)
    return weights / weights.sum()


def _seconds(
    clock: Clock,
    day: Array,
    lon: Array,
    platform: Array,
    night: Array,
) -> Array:
    """Whole minutes: the platform's solar pass time there, the same for a whole pass."""
    solar = np.array([entry[2] for entry in PLATFORMS])[platform] + np.where(night, 12.0, 0.0)
    # A swath is 3,000 km wide, so that the clock of a pass wanders by up to half an hour.
    wander = ((day * 97 + platform * 31 + night * 53) % 61 - 30) / 60
    utc = (solar + wander - np.round(lon / 2) * 2 / 15) % 24
    # The world's day begins at 17:00 UTC.
    minutes = np.round((utc - 17) % 24 * 60)
    seconds = day * float(_SECONDS_A_DAY) + minutes * 60
    # The last day may be under way: a pass still to come is moved to the day before.
    return np.where(seconds < clock.hours * 3600, seconds, seconds - _SECONDS_A_DAY)


def _reported(
    rng: np.random.Generator,
    lon: Array,
    lat: Array,
    seconds: Array,
    platform: Array,
    night: Array,
) -> pd.DataFrame:
    count = len(lon)
    viirs = np.array([entry[1] == "VIIRS" for entry in PLATFORMS])[platform]
    classes = rng.choice(["low", "nominal", "high"], size=count, p=[0.06, 0.88, 0.06])
    edge = rng.beta(1, 3, count)  # 0 at nadir, 1 at the swath's edge
    pixel_km = np.where(viirs, 0.375, 1.0)
    return pd.DataFrame(
        {
            "lon": lon,
            "lat": lat,
            "seconds": seconds,
            "satellite": np.array([entry[0] for entry in PLATFORMS])[platform],
            "instrument": np.where(viirs, "VIIRS", "MODIS"),
            "confidence": pd.Series(classes).where(viirs),
            "confidence_pct": np.where(viirs, np.nan, rng.integers(20, 100, count)),
            "brightness_k": np.round(rng.normal(337, 9, count), 2),
            "scan_km": np.round(pixel_km * (1 + edge), 2),
            "track_km": np.round(pixel_km * (1 + edge * 0.6), 2),
            "daynight": np.where(night, "N", "D"),
        }
    )
