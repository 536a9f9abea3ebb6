"""Lists of places and factories, searched and sorted, a page at a time."""

from dataclasses import dataclass

from layers.model import Text
from layers.reports.measures import Place

PAGE_SIZE = 50
MOST_PAGES = 100_000


@dataclass(frozen=True)
class ListedRow:
    """A place or factory with its numbers by column; None is not known."""

    place: Place
    within: Place | None
    values: dict[str, float | str | None]


@dataclass(frozen=True)
class Listing:
    """Rows `first` on, of `total` that match; `columns` name the values in their order, and `sort`
    the one sorted by, with a minus sign if falling."""

    kind: str
    words: str
    sort: str
    columns: dict[str, Text]
    rows: tuple[ListedRow, ...]
    first: int
    total: int
    simulated: bool
