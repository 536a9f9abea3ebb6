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
    """A layer and its features, of which there are `count`, as the JSON of layers.draw.PageData;
    `apart` of them are of the classes that the layer counts apart. A layer with times has data of
    the days from `known_from` to `known_to`."""

    layer: Layer
    features: str
    count: int
    apart: int = 0
    known_from: date | None = None
    known_to: date | None = None


@dataclass(frozen=True)
class OfflineMap:
    """`first` and `last` are days of 08:00 to 08:00, both included. `box` is what is seen at first:
    west, south, east, north. `place` names a province where it shows that alone. `made_at` is UTC;
    `address` that of the site, without a slash at its end,
    and `path` that of the map within it."""

    carried: Sequence[Carried]
    first: date
    last: date
    place: Text | None
    box: Box
    made_at: datetime
    simulated: bool
    address: str
    path: str

    @property
    def known_from(self) -> date | None:
        """The first day of which there are data of any layer; None where there are none."""
        return min((one.known_from for one in self.carried if one.known_from), default=None)

    @property
    def known_to(self) -> date | None:
        """The last such day."""
        return max((one.known_to for one in self.carried if one.known_to), default=None)
