"""The one wind that the page of a case speaks of: that of the hour in which it happened."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from layers.casework.attribution import Attribution
from layers.casework.cases import Surroundings
from layers.methods.wind import CALM_M_S, end_of_hour
from map_site import numbers
from map_site.rendering import Words


@dataclass(frozen=True)
class CaseWind:
    """`from_deg` is None in a calm, below `CALM_M_S`. `station_m` is how far off it was measured,
    `age_h` how old the reading was when the hour `until` (UTC) ended."""

    speed_m_s: float
    from_deg: float | None
    until: datetime
    station_m: float
    age_h: float


def wind_of(at: datetime, attribution: Attribution, near: Surroundings | None) -> CaseWind | None:
    """What the attribution went by, so that the page never says of it what that did not; where it
    knew of none, the reading of the same hour of the station that speaks for the place. `at` is
    when it happened. None where nobody knows."""
    until = end_of_hour(at)
    found = attribution
    if found.wind_speed_m_s is not None and found.station_m is not None:
        speed, from_deg = found.wind_speed_m_s, found.wind_from_deg
        return _judged(speed, from_deg, until, found.station_m, found.wind_age_h or 0)
    told = near.wind if near else None
    if told is None or told.get("speed_m_s") is None:
        return None
    read_at = datetime.fromisoformat(str(told["observed_at"]))
    age_h = max(0.0, (until - read_at).total_seconds() / 3600)
    return _judged(told["speed_m_s"], told.get("from_deg"), until, told["distance_m"], age_h)


def _judged(
    speed: float, from_deg: float | None, until: datetime, station_m: float, age_h: float
) -> CaseWind:
    return CaseWind(speed, from_deg if speed >= CALM_M_S else None, until, station_m, age_h)


def wind_words(wind: CaseWind | None, word: Words, language: str) -> str:
    """It in words."""
    if wind is None:
        return word("desk.wind_unknown")
    direction = numbers.direction(wind.from_deg)
    if direction is None:
        return word("desk.wind_calm")
    return word(
        "attribution.wind",
        first=numbers.moment(wind.until - timedelta(hours=1), language),
        last=numbers.clock(wind.until, language),
        direction=direction[language],
        speed=numbers.decimal(wind.speed_m_s),
        distance=numbers.distance(wind.station_m, language),
        age=numbers.decimal(wind.age_h, 0),
    )
