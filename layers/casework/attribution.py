"""Which factories may have caused a complaint: what is told of it, for staff alone."""

from dataclasses import dataclass
from datetime import datetime

NOT_COMPUTED = "not_computed"


@dataclass(frozen=True)
class Candidate:
    """A factory within reach. The bearing is that of the factory from the complaint, degrees
    clockwise from north. Shares are of this complaint's cause: by distance and kind alone, with
    this complaint's wind, and with what complaints of other days tell. `leads` has the likeliest,
    and those in its line that cannot be told from it: several are a group, and none has won."""

    factory: str
    name: str | None
    distance_m: float
    bearing_deg: float
    share_before: float
    share_single: float
    share_pooled: float
    leads: bool


@dataclass(frozen=True)
class Attribution:
    """`reason` says why there is no answer, and is None where there is one; `none_single` and
    `none_pooled` are the shares of "none of these". `others` is how many factories within reach are
    not among the candidates, `others_single` and `others_pooled` are their shares together: with
    those of the candidates and of none they make 1. The wind is that of the complaint's hour at its
    place, `wind_age_h` old and measured `station_m` away; None where it is not known.
    `is_screening` is always true: no answer is proof."""

    complaint: str
    reason: str | None
    none_single: float | None = None
    none_pooled: float | None = None
    others: int | None = None
    others_single: float | None = None
    others_pooled: float | None = None
    wind_speed_m_s: float | None = None
    wind_from_deg: float | None = None
    wind_age_h: float | None = None
    station_m: float | None = None
    method: str | None = None
    computed_at: datetime | None = None
    run_id: int | None = None
    candidates: tuple[Candidate, ...] = ()
    is_screening: bool = True

    @property
    def leading(self) -> tuple[Candidate, ...]:
        """The likeliest factory, or the group that it cannot be told from."""
        return tuple(one for one in self.candidates if one.leads)
