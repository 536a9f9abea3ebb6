"""Reads how fire products write times, satellites, confidence and the grade of processing."""

from datetime import UTC, datetime
from functools import lru_cache

# FIRMS: a letter, or for NOAA-20 a digit; MODIS also by name. The value is what we store.
_SATELLITES = {
    "N": ("VIIRS", "N"),
    "1": ("VIIRS", "N20"),
    "N20": ("VIIRS", "N20"),
    "N21": ("VIIRS", "N21"),
    "T": ("MODIS", "T"),
    "Terra": ("MODIS", "T"),
    "A": ("MODIS", "A"),
    "Aqua": ("MODIS", "A"),
}
_CLASSES = {
    "l": "low",
    "low": "low",
    "n": "nominal",
    "nominal": "nominal",
    "h": "high",
    "high": "high",
}
# URT before RT: the one ends in the other.
_HASTY = ("NRT", "URT", "RT")


@lru_cache(maxsize=4096)
def utc_minute(day: str, time: str) -> datetime:
    """`2026-04-21` (also with slashes, or midnight after a T) and `559`, `0559` or `05:59`.

    A product writes a minute thousands of times over, hence the cache. Raises ValueError.
    """
    clock = time.replace(":", "").zfill(4)
    if not (clock.isdecimal() and len(clock) == 4):
        raise ValueError(f"{time!r} is not HHMM or HH:MM")
    written = day.removesuffix("T00:00:00").replace("/", "-")
    date = datetime.strptime(written, "%Y-%m-%d")
    return date.replace(hour=int(clock[:2]), minute=int(clock[2:]), tzinfo=UTC)


def satellite(written: str) -> tuple[str, str]:
    """(instrument, satellite): VIIRS on N (Suomi NPP), N20, N21; MODIS on T (Terra), A (Aqua).

    Raises ValueError for one that we do not know.
    """
    if written not in _SATELLITES:
        raise ValueError(f"{written!r} is none of {', '.join(_SATELLITES)}")
    return _SATELLITES[written]


def confidence_class(written: str) -> str:
    """`low`, `nominal` or `high`: VIIRS alone has classes, MODIS percents, and neither can be
    expressed as the other. Raises ValueError."""
    found = _CLASSES.get(written) or _CLASSES.get(written.lower())
    if found is None:
        raise ValueError(f"{written!r} is not low, nominal or high")
    return found


@lru_cache(maxsize=256)
def processing(version: str) -> str:
    """`2.0NRT` is NRT, `6.1URT` URT, `6.1RT` RT; a collection's number alone, as `6.1`, is SP."""
    return next((grade for grade in _HASTY if version.endswith(grade)), "SP")
