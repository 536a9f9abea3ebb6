"""Thai air quality index: from a pollutant's mean to its index and class.

Breakpoints: PCD's notice B.E. 2566 (Royal Gazette vol. 140 special part 157 ง), in force from
2023-06-01, and for PM2.5 before that day the table it replaced. Not the index of any other
country: 37.5 µg/m³ is 100 here and 106 in the United States.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Pollutant = Literal["pm25_24h", "pm10_24h", "o3_8h", "co_8h", "no2_1h", "so2_1h"]
AqiClass = Literal["very_good", "good", "moderate", "unhealthy_start", "unhealthy"]

# Hours that a 24-hour mean must have. No notice found states it; three quarters is customary.
LEAST_HOURS = 18
NOTICE_OF_2023 = date(2023, 6, 1)

_CLASSES: tuple[tuple[int, AqiClass], ...] = (
    (25, "very_good"),
    (50, "good"),
    (100, "moderate"),
    (200, "unhealthy_start"),
)
_INDEX_BINS = ((0, 25), (26, 50), (51, 100), (101, 200))


@dataclass(frozen=True)
class _Table:
    """Upper ends of the four bins that have one; the next bin begins one `step` above."""

    step: Decimal
    upper: tuple[Decimal, ...]


def _table(step: str, *upper: str) -> _Table:
    return _Table(Decimal(step), tuple(map(Decimal, upper)))


# µg/m³ for PM, ppb for O3, NO2 and SO2, ppm for CO.
_TABLES: Mapping[Pollutant, _Table] = {
    "pm25_24h": _table("0.1", "15.0", "25.0", "37.5", "75.0"),
    "pm10_24h": _table("1", "50", "80", "120", "180"),
    "o3_8h": _table("1", "35", "50", "70", "120"),
    "co_8h": _table("0.1", "4.4", "6.4", "9.0", "30.0"),
    "no2_1h": _table("1", "60", "106", "170", "340"),
    "so2_1h": _table("1", "100", "200", "300", "400"),
}
_PM25_BEFORE_2023 = _table("1", "25", "37", "50", "90")


def thai_aqi(pollutant: Pollutant, value: float, day: date) -> int | None:
    """The index, 0 to 200, of a mean over the period in the pollutant's name.

    `day` is the Thai calendar day of the reading. Above the table's last bin the index is more
    than 200 and no published rule says how much: None; `thai_aqi_class` still answers. The value
    is rounded to the table's step and the index to a whole number, both half up, which gives the
    numbers that PCD publishes. Raises ValueError for a value below 0.
    """
    if value < 0:
        raise ValueError(f"a concentration cannot be negative, got {value:g}")
    old = pollutant == "pm25_24h" and day < NOTICE_OF_2023
    table = _PM25_BEFORE_2023 if old else _TABLES[pollutant]
    rounded = (Decimal(str(value)) / table.step).quantize(Decimal(1), ROUND_HALF_UP) * table.step
    low = Decimal(0)
    for high, (index_low, index_high) in zip(table.upper, _INDEX_BINS, strict=True):
        if rounded <= high:
            index = (index_high - index_low) * (rounded - low) / (high - low) + index_low
            return int(index.quantize(Decimal(1), ROUND_HALF_UP))
        low = high + table.step
    return None


def class_starts(pollutant: Pollutant, day: date) -> tuple[float, ...]:
    """The lowest value of each of the five classes, ascending; values are of the table's step."""
    old = pollutant == "pm25_24h" and day < NOTICE_OF_2023
    table = _PM25_BEFORE_2023 if old else _TABLES[pollutant]
    return (0.0, *(float(upper + table.step) for upper in table.upper))


def thai_aqi_class(index: int | None) -> AqiClass:
    """The class of an index; None is an index above 200."""
    if index is None:
        return "unhealthy"
    return next((name for highest, name in _CLASSES if index <= highest), "unhealthy")
