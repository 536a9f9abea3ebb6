"""Fires by the zone of a sugar mill beside what it declared, for those who look into it.

For staff alone: how a mill ranks follows from a proxy, and is no finding about it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode


class MillNotFound(LookupError):
    """No mill has the number, or nothing is known of it in the season."""


@dataclass(frozen=True)
class MillPeriod:
    """A season, or a half of a month of it; fields as those of the layer mill_burning. `expected`
    fires are those that the burnt cane declared would be of at the mean of the mills that declared;
    `residual` is the Freeman–Tukey deviate, and `rank` its place among `ranked` mills, 1 being that
    with most fires beyond what is expected. `abstained` says why there is none."""

    span: str
    first_day: date
    last_day: date
    fires: float | None
    fires_low: float | None
    fires_high: float | None
    fires_nearest: int | None
    declared: str
    declared_days: int
    fresh_t: float | None
    burnt_t: float | None
    burnt_pct: float | None
    burnt_pct_told: float | None
    daily_cap_pct: float | None
    season_cap_pct: float | None
    days_told: int
    days_above_cap: int | None
    expected: float | None
    residual: float | None
    rank: int | None
    ranked: int | None
    abstained: str | None
    method: str
    run_id: int
    computed_at: datetime


@dataclass(frozen=True)
class MillAccount:
    """Of a mill in a season its periods in their order, the season first."""

    mill: str
    factory_id: str | None
    name: str
    province_code: str | None
    season: int
    periods: tuple[MillPeriod, ...]

    @property
    def map(self) -> str:
        """The page on burning at the time of what is told."""
        of = self.periods[-1] if len(self.periods) == 1 else self.periods[0]
        asked = {"from": of.first_day, "to": of.last_day, "province": self.province_code or ""}
        return f"/maps/burning?{urlencode({name: one for name, one in asked.items() if one})}"
