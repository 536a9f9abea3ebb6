"""Reads how fire products write times, satellites, confidence and the grade of processing."""

import re
from datetime import UTC, datetime
from functools import lru_cache

from layers.cleaning.dates import thai_date

# FIRMS: a letter, or for NOAA-20 a digit; the names are those that people and other portals write.
# The value is what we store.
_SATELLITES = {
    "N": ("VIIRS", "N"),
    "1": ("VIIRS", "N20"),
    "N20": ("VIIRS", "N20"),
    "N21": ("VIIRS", "N21"),
    "T": ("MODIS", "T"),
    "Terra": ("MODIS", "T"),
    "A": ("MODIS", "A"),
    "Aqua": ("MODIS", "A"),
    "Suomi-NPP": ("VIIRS", "N"),
    "NPP": ("VIIRS", "N"),
    "SNPP": ("VIIRS", "N"),
    "NOAA-20": ("VIIRS", "N20"),
    "NOAA-21": ("VIIRS", "N21"),
}
_BY_NAME = {re.sub(r"[ _-]", "", name).upper(): found for name, found in _SATELLITES.items()}
_CLASSES = {
    "l": "low",
    "low": "low",
    "n": "nominal",
    "nominal": "nominal",
    "h": "high",
    "high": "high",
}
_CLOCK = re.compile(r"(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::00|\.0)?")
# URT before RT: the one ends in the other.
_HASTY = ("NRT", "URT", "RT")


@lru_cache(maxsize=4096)
def utc_minute(day: str, time: str) -> datetime:
    """A day as `thai_date` reads it, of either era, and `559`, `0559`, `05:59` or `05:59:00`.

    A product writes a minute thousands of times over, hence the cache. Raises ValueError.
    """
    # A spreadsheet leaves 7 of 0007.
    found = _CLOCK.fullmatch(time.zfill(3) if time.isdecimal() else time)
    if found is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        raise ValueError(f"{time!r} is not HHMM or HH:MM")
    date = thai_date(day)
    hour, minute = int(found["hour"]), int(found["minute"])
    return datetime(date.year, date.month, date.day, hour, minute, tzinfo=UTC)


def satellite(written: str) -> tuple[str, str]:
    """(instrument, satellite): VIIRS on N (Suomi NPP), N20, N21; MODIS on T (Terra), A (Aqua).

    Raises ValueError for one that we do not know.
    """
    found = _SATELLITES.get(written) or _BY_NAME.get(re.sub(r"[ _-]", "", written).upper())
    if found is None:
        raise ValueError(f"{written!r} is none of {', '.join(_SATELLITES)}")
    return found


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
