"""A map for where there is no network: what it shows, and the features that it carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from layers.model import Layer, Text

# As many draw without a halt on a phone, and make a file of about 8 MB.
MOST_FEATURES = 50_000
# A row of each area for every period: too much to carry, and their page has them all.
COUNTED_ONLY = (
    *("complaint_months", "complaint_quarters", "complaint_years"),
    "complaints_dealt_with",
)

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Carried:
    """A layer and its features, of which there are `count`, as the JSON of layers.draw.PageData."""

    layer: Layer
    features: str
    count: int


@dataclass(frozen=True)
class OfflineMap:
    """`first` and `last` are days of 08:00 to 08:00, both included; there are data of time from
    `known_from` to `known_to`, None where there are none. `box` is what is seen at first: west,
    south, east, north. `place` names a province where it shows that alone. `made_at` is UTC;
    `address` that of the site, without a slash at its end,
    and `path` that of the map within it."""

    carried: Sequence[Carried]
    first: date
    last: date
    known_from: date | None
    known_to: date | None
    place: Text | None
    box: Box
    made_at: datetime
    simulated: bool
    address: str
    path: str
