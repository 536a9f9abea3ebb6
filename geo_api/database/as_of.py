"""What was published at a former time: the same statements over rows as they were.

A time is mapped to the version of the data that was the newest then, in the order of commits, and
always to the same one: a time that has not passed yet is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg2.errors import NumericValueOutOfRange
from psycopg2.sql import Composed

from geo_api.database import as_of_sql as sql
from geo_api.database.connections import Reads, Statement, Values
from geo_api.database.listening import Listener
from layers.query import BadQuery, instant_of

# What an answer as of a former time depends on that may still change.
ERASURES = "history_erasures"

_VERSION = re.compile("[0-9]{1,18}")


class TooEarly(BadQuery):
    """Asked for a time before anything is kept of a view, which is since `began` (UTC)."""

    def __init__(self, parameter: str, view: str, began: datetime) -> None:
        super().__init__(
            parameter, f"{parameter} of {view} goes back to {_told(began)}, not further"
        )
        self.began = began


@dataclass(frozen=True)
class AsOf:
    """A version of the data, and the time that `now` is then, in UTC."""

    version: int
    time: datetime

    def as_json(self) -> dict[str, Any]:
        """As answers tell it."""
        return {"asOf": self.time.isoformat().replace("+00:00", "Z"), "dataVersion": self.version}


@dataclass(frozen=True, eq=False)
class AsOfReads:
    """Reads views as they were; those alone that `published.history` names."""

    present: Reads
    as_of: AsOf

    @property
    def url(self) -> str:
        """See Reads."""
        return self.present.url

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        """See Reads."""
        return self.present.fetch(
            sql.prefixed(settings_of(self.as_of), sql.of_former_views(statement)), values
        )

    def ping(self) -> str | None:
        """See Reads."""
        return self.present.ping()

    def listen(self) -> Listener | None:
        """See Reads."""
        return self.present.listen()


def settings_of(as_of: AsOf) -> Composed:
    """What a transaction must be set to that reads the views of former rows."""
    return sql.settings(as_of.version, as_of.time.isoformat())


def as_of_reads(
    reads: Reads, text: str | None, views: Sequence[str], parameter: str = "as_of"
) -> AsOfReads:
    """For the `views` as of a time or a version, as the parameter stands in an address; None is the
    newest version. Raises BadQuery for one that was not yet, and for a view of which nothing of
    then is kept."""
    if text is None:
        [(newest,)] = reads.fetch(sql.NEWEST)
        text = str(newest)
    found = _of_version if _VERSION.fullmatch(text) else _at
    former = AsOfReads(reads, found(reads, text, parameter))
    require_history(former, views, parameter)
    return former


def require_history(reads: AsOfReads, views: Sequence[str], parameter: str = "as_of") -> None:
    """Raises BadQuery for a view of which nothing of then is kept."""
    as_of = reads.as_of
    for view in views:
        rows = reads.present.fetch(sql.HISTORY_OF, {"view": view})
        if not rows:
            raise BadQuery(
                parameter, f"{parameter} is not to be had of {view}: no history of it is kept"
            )
        [(since, began)] = rows
        if as_of.version < since or as_of.time < began:
            raise TooEarly(parameter, view, began)


def history_began(reads: Reads, view: str) -> datetime | None:
    """Since when it is known what the view showed; None where it is not kept."""
    rows = reads.fetch(sql.HISTORY_OF, {"view": view})
    return rows[0][1] if rows else None


def present_of(reads: Reads) -> Reads:
    """Those that read rows as they are now."""
    return reads.present if isinstance(reads, AsOfReads) else reads


def _at(reads: Reads, text: str, parameter: str) -> AsOf:
    time = instant_of(parameter, text)
    [(now, version)] = reads.fetch(sql.COMMIT_AT, {"time": time})
    if time > now:
        raise BadQuery(
            parameter, f"{parameter} must be a time that has passed; it is {_told(now)} now"
        )
    # Before anything was kept: the views' own beginning tells it.
    return AsOf(version or 0, time)


def _of_version(reads: Reads, text: str, parameter: str) -> AsOf:
    try:
        [(newest, committed_at)] = reads.fetch(sql.COMMIT_OF, {"version": int(text)})
    except NumericValueOutOfRange:
        newest, committed_at = None, None
    if committed_at is None:
        raise BadQuery(parameter, f"there is no data version {text}; the newest is {newest}")
    return AsOf(int(text), committed_at)


def _told(time: datetime) -> str:
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")
