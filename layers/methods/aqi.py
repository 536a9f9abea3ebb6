"""Air quality indices: from a pollutant's mean to its index and class, never without its name.

Thailand: PCD's notice B.E. 2566 (Royal Gazette vol. 140 special part 157 ง), in force from
2023-06-01, and for PM2.5 before that day the table it replaced. United States: EPA-454/B-24-002 of
May 2024, PM2.5 alone, and its NowCast, which is no part of the Thai index. The same air has other
numbers elsewhere: 37.5 µg/m³ is 100 in Thailand and 106 in the United States.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

Pollutant = Literal["pm25_24h", "pm10_24h", "o3_8h", "co_8h", "no2_1h", "so2_1h"]
AqiClass = Literal["very_good", "good", "moderate", "unhealthy_start", "unhealthy"]
IndexName = Literal["thai_2023", "thai_2018", "us_epa_2024", "us_epa_2024_nowcast"]

# Hours that a 24-hour mean must have. No notice found states it; three quarters is customary.
LEAST_HOURS = 18
NOTICE_OF_2023 = date(2023, 6, 1)
# The notice that it replaced, of 24 September B.E. 2561: what was printed earlier is another index.
NOTICE_OF_2018 = date(2018, 9, 24)

NOWCAST_HOURS = 12
_NOWCAST_LEAST_WEIGHT = 0.5
_NOWCAST_NEWEST, _NOWCAST_LEAST_OF_NEWEST = 3, 2

_CLASSES: tuple[tuple[int, AqiClass], ...] = (
    (25, "very_good"),
    (50, "good"),
    (100, "moderate"),
    (200, "unhealthy_start"),
)
_INDEX_BINS = ((0, 25), (26, 50), (51, 100), (101, 200))


class MixedIndices(ValueError):
    """Sub-indices of different tables were to be one index."""


@dataclass(frozen=True)
class Index:
    """An index with its name; `value` None is more than `highest`, beyond which its source gives
    no formula."""

    name: IndexName
    value: int | None
    highest: int

    def __str__(self) -> str:
        return f">{self.highest}" if self.value is None else str(self.value)


@dataclass(frozen=True)
class _Table:
    """Upper ends of the bins that have one; the next bin begins one `step` above."""

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
_US_PM25 = _table("0.1", "9.0", "35.4", "55.4", "125.4", "225.4", "325.4")
_US_INDEX_BINS = ((0, 50), (51, 100), (101, 150), (151, 200), (201, 300), (301, 500))


def thai_index(pollutant: Pollutant, value: float, day: date) -> Index:
    """`thai_aqi` with the name of the table that `day` chose. Raises ValueError for a day before
    NOTICE_OF_2018 and for a value below 0."""
    if day < NOTICE_OF_2018:
        raise ValueError(f"no table is known for {day}, the first is of {NOTICE_OF_2018}")
    name: IndexName = "thai_2023" if day >= NOTICE_OF_2023 else "thai_2018"
    return Index(name, thai_aqi(pollutant, value, day), _INDEX_BINS[-1][1])


def overall(sub_indices: Mapping[Pollutant, Index]) -> tuple[Index, Pollutant]:
    """The index of a place and hour, the highest of its pollutants', and whose it is, the first
    where several are as high. Raises MixedIndices, and ValueError where there are none."""
    if not sub_indices:
        raise ValueError("no sub-index, no index")
    if len(names := {index.name for index in sub_indices.values()}) > 1:
        raise MixedIndices(f"indices of different tables cannot be compared: {sorted(names)}")

    def height(pollutant: Pollutant) -> float:
        value = sub_indices[pollutant].value
        return float("inf") if value is None else value

    highest = max(sub_indices, key=height)
    return sub_indices[highest], highest


def thai_aqi(pollutant: Pollutant, value: float, day: date) -> int | None:
    """The index, 0 to 200, of a mean over the period in the pollutant's name.

    `day` is the Thai calendar day of the reading. Above the table's last bin the index is more
    than 200 and no published rule says how much: None; `thai_aqi_class` still answers. The value
    is rounded to the table's step and the index to a whole number, both half up, which gives the
    numbers that PCD publishes. Raises ValueError for a value below 0.
    """
    old = pollutant == "pm25_24h" and day < NOTICE_OF_2023
    table = _PM25_BEFORE_2023 if old else _TABLES[pollutant]
    return _index(table, _INDEX_BINS, _in_steps(value, table.step, ROUND_HALF_UP))


def us_index(pm25_24h: float) -> Index:
    """The index of the United States for a 24-hour mean of PM2.5 in µg/m³, cut to a tenth. Above
    325.4 µg/m³, the anchor of 500, there is no number. Raises ValueError for a value below 0."""
    rounded = _in_steps(pm25_24h, _US_PM25.step, ROUND_DOWN)
    value = _index(_US_PM25, _US_INDEX_BINS, rounded)
    return Index("us_epa_2024", value, _US_INDEX_BINS[-1][1])


def us_nowcast_index(hourly_pm25: Sequence[float | None]) -> Index | None:
    """`us_index` of the NowCast, None where that cannot be told."""
    mean = nowcast(hourly_pm25)
    if mean is None:
        return None
    index = us_index(mean)
    return Index("us_epa_2024_nowcast", index.value, index.highest)


def nowcast(hourly_pm25: Sequence[float | None]) -> float | None:
    """The weighted mean of twelve hours of PM or fewer, oldest first, in their unit: an hour's
    weight falls by the factor max(0.5, lowest / highest) with each hour of age. None stands for a
    missing hour; None is told unless two of the newest three are there. AirNow cuts it to a tenth.

    AirNow FAQ, "How is the NowCast algorithm used". Raises ValueError for more hours than twelve
    and for a value below 0.
    """
    if len(hourly_pm25) > NOWCAST_HOURS:
        raise ValueError(f"a NowCast is of {NOWCAST_HOURS} hours, got {len(hourly_pm25)}")
    known = [(age, x) for age, x in enumerate(reversed(hourly_pm25)) if x is not None]
    if sum(age < _NOWCAST_NEWEST for age, _ in known) < _NOWCAST_LEAST_OF_NEWEST:
        return None
    lowest, highest = min(x for _, x in known), max(x for _, x in known)
    _refuse_negative(lowest)
    weight = max(_NOWCAST_LEAST_WEIGHT, lowest / highest) if highest else 1.0
    return sum(weight**age * x for age, x in known) / sum(weight**age for age, _ in known)


def pm25_standard(day: date) -> float:
    """The highest 24-hour mean of PM2.5 in µg/m³ that the standard of the Thai day allows: where
    the class "moderate" ends, index 100, by either table."""
    table = _PM25_BEFORE_2023 if day < NOTICE_OF_2023 else _TABLES["pm25_24h"]
    return float(table.upper[2])


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


def _in_steps(value: float, step: Decimal, rounding: str) -> Decimal:
    _refuse_negative(value)
    return (Decimal(str(value)) / step).quantize(Decimal(1), rounding) * step


def _refuse_negative(value: float) -> None:
    if not value >= 0:
        raise ValueError(f"a concentration cannot be negative, got {value:g}")


def _index(table: _Table, bins: tuple[tuple[int, int], ...], value: Decimal) -> int | None:
    """Linear between the ends of a bin; None above the last."""
    low = Decimal(0)
    for high, (index_low, index_high) in zip(table.upper, bins, strict=True):
        if value <= high:
            index = (index_high - index_low) * (value - low) / (high - low) + index_low
            return int(index.quantize(Decimal(1), ROUND_HALF_UP))
        low = high + table.step
    return None
