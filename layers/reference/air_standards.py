"""Ambient air standards by the day on which they hold."""

from dataclasses import dataclass
from datetime import date

from layers.reference import rows


class NoStandard(LookupError):
    """No standard is known of the day that was asked about."""


@dataclass(frozen=True)
class AirStandard:
    """The highest mean that a standard allows, in `unit`, and who says so."""

    value: float
    unit: str
    source: str


def standard_on(pollutant: str, averaging: str, day: date) -> AirStandard:
    """That of a day (Thai time); `averaging` as in 24h. Raises NoStandard."""
    for row in rows("air_standards"):
        first = date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min
        last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        if (row["pollutant"], row["averaging"]) == (pollutant, averaging) and first <= day <= last:
            return AirStandard(float(row["value"]), row["unit"], row["source"])
    raise NoStandard(f"no {averaging} standard of {pollutant} is known for {day}")
