"""Complaints at their exact places, for the map of whoever may see them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from geo_api.accounts.credentials import as_holder
from geo_api.complaints import case_map_sql as sql
from geo_api.database.connections import Writes
from layers.casework.categories import CATEGORIES
from layers.casework.staff import ANALYST, NotAllowed, Staff
from layers.casework.states import STATES
from layers.model import Text
from layers.query import Box

MOST_CASES = 5000
WORLD = Box(-180.0, -90.0, 180.0, 90.0)
_ALWAYS = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class CaseMapQuery:
    """At most `limit`, reported from `since` to before `until`; all of either side where that is
    None. `language` is that of the titles."""

    language: str = "th"
    limit: int = MOST_CASES
    box: Box = WORLD
    since: datetime | None = None
    until: datetime | None = None


def case_map(writes: Writes, staff: Staff, asked: CaseMapQuery) -> str:
    """GeoJSON, the newest first: `is_whole` unless there are more than `limit`, and
    `without_place` counts those of the time that have an address alone. Raises NotAllowed for whom
    an empty map would say that there are none."""
    if staff.role == ANALYST or "read" not in staff.scopes:
        raise NotAllowed("complaints are for officers of their province and national staff to see")
    values = {
        **asked.box._asdict(),
        "since": asked.since or _ALWAYS[0],
        "until": asked.until or _ALWAYS[1],
        "most": asked.limit,
        "categories": _titles(CATEGORIES, asked.language),
        "states": _titles(STATES, asked.language),
    }
    with as_holder(writes, staff.credential) as transaction:
        [(document,)] = transaction.fetch(sql.CASES, values)
    return str(document)


def _titles(named: Mapping[str, Text], language: str) -> str:
    return json.dumps({code: text[language] for code, text in named.items()})
