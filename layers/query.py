"""Query: one question about a layer, written to a URL by the client and read back by the server."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

DEFAULT_LIMIT = 100
MAX_LIMIT = 10_000

# RFC 3339, section 5.6; fromisoformat alone would also take week dates and local times.
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
# float alone would also take 1_000 and the digits of other scripts.
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)


class BadQuery(ValueError):
    """A parameter cannot be used as given; the message names the value and the remedy."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class Box(NamedTuple):
    """WGS84 degrees; west > east where the box crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def parts(self) -> tuple["Box", ...]:
        """The box itself, or its two sides of the antimeridian."""
        if self.west <= self.east:
            return (self,)
        return (self._replace(east=180.0), self._replace(west=-180.0))


class Interval(NamedTuple):
    """From `start` to `end`, both included, in UTC; None where it is open."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True)
class Query:
    """At most `limit` features, in the order of their ids, that meet `bbox` and `during`.

    `cursor` is a server's mark of where the last page ended; nobody else looks inside.
    """

    limit: int = DEFAULT_LIMIT
    bbox: Box | None = None
    during: Interval | None = None
    cursor: str | None = None

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "Query":
        """Reads the parameters `limit`, `bbox`, `datetime` and `cursor`; raises BadQuery."""
        return cls(
            limit=limit_of(params.get("limit")),
            bbox=_box(params["bbox"]) if "bbox" in params else None,
            during=_interval(params["datetime"]) if "datetime" in params else None,
            cursor=params.get("cursor"),
        )

    def following(self, cursor: str) -> "Query":
        """The same question about the page after."""
        return replace(self, cursor=cursor)

    def to_params(self) -> dict[str, str]:
        """The parameters that `from_params` reads back as this query."""
        params = {"limit": str(self.limit)}
        if self.bbox:
            params["bbox"] = ",".join(map(repr, self.bbox))
        if self.during:
            params["datetime"] = "/".join(
                # isoformat and not strftime, which would drop the zeros of early years.
                time.isoformat().replace("+00:00", "Z") if time else ".."
                for time in self.during
            )
        if self.cursor is not None:
            params["cursor"] = self.cursor
        return params


def limit_of(text: str | None, default: int = DEFAULT_LIMIT) -> int:
    """A whole number from 1; more than MAX_LIMIT means MAX_LIMIT. Raises BadQuery."""
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]+", text) or not text.strip("0"):
        raise BadQuery("limit", f"limit must be a whole number from 1, got {text!r}")
    digits = text.lstrip("0")
    return MAX_LIMIT if len(digits) > 9 else min(int(digits), MAX_LIMIT)


def number_of(name: str, text: str, low: float, high: float) -> float:
    """A finite number within [low, high]; raises BadQuery."""
    number = _number(text)
    if not low <= number <= high:
        raise BadQuery(name, f"{name} must be a number from {low:g} to {high:g}, got {text!r}")
    return number


def instant_of(name: str, text: str) -> datetime:
    """An instant as in RFC 3339, in UTC; raises BadQuery."""
    try:
        if not _INSTANT.fullmatch(text):
            raise ValueError
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadQuery(
            name,
            f"{name} takes a time with its zone, as 2026-01-31T17:00:00Z or"
            f" 2026-02-01T00:00:00%2B07:00 (a plus sign in a URL is %2B), got {text!r}",
        ) from None


def _number(text: str) -> float:
    """NaN where the text is no decimal number."""
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def _box(text: str) -> Box:
    """Four numbers, or six of which the heights are of no use to flat data."""
    numbers = [_number(part) for part in text.split(",")]
    if len(numbers) not in (4, 6) or not all(map(math.isfinite, numbers)):
        raise BadQuery("bbox", f"bbox must be four numbers or six, got {text!r}")
    half = len(numbers) // 2
    box = Box(*numbers[:2], *numbers[half : half + 2])
    if not (-90 <= box.south <= box.north <= 90 and abs(box.west) <= 180 and abs(box.east) <= 180):
        raise BadQuery(
            "bbox",
            "bbox must be west,south,east,north in degrees, longitudes within ±180, latitudes"
            f" within ±90 and south below north, got {text!r}",
        )
    return box


def _interval(text: str) -> Interval:
    ends = text.split("/")
    if len(ends) == 1:
        instant = instant_of("datetime", text)
        return Interval(instant, instant)
    if len(ends) != 2:
        raise BadQuery("datetime", f"datetime is one time or start/end, got {text!r}")
    start, end = (None if t in ("", "..") else instant_of("datetime", t) for t in ends)
    if start and end and start > end:
        raise BadQuery("datetime", f"datetime must not end before it starts, got {text!r}")
    return Interval(start, end)
