"""What waits in the quarantine, by source and reason, with the way to mend it; never what it says.

What a row holds may be a person's, so that readers get its place alone: `fahsai quarantine` tells
the rest to whoever runs the service.
"""

from itertools import groupby
from typing import Any

from geo_api.database.connections import Reads
from geo_api.features.freshness_sql import QUARANTINE_PLACES
from layers.model import Text
from layers.model.remedies import remedy_of
from layers.sources import sources

Json = dict[str, Any]
# Of one reason so many places are told.
MOST_PLACES = 20


def waiting(reads: Reads) -> Json:
    """Sources by name, each with its reasons, the commonest first, their numbers and places."""
    rows = reads.fetch(QUARANTINE_PLACES, {"most": MOST_PLACES})
    found = {
        name: _source(
            name, [list(of_reason) for _, of_reason in groupby(of_source, lambda r: r[1])]
        )
        for name, of_source in groupby(rows, lambda row: row[0])
    }
    return {"rows": sum(source["rows"] for source in found.values()), "sources": found}


def _source(name: str, reasons: list[list[tuple[Any, ...]]]) -> Json:
    told = [_reason(rows) for rows in reasons]
    declared = sources().get(name)
    return {
        "title": _both(declared.title) if declared else None,
        "rows": sum(one["rows"] for one in told),
        "reasons": sorted(told, key=lambda one: -int(one["rows"])),
    }


def _reason(rows: list[tuple[Any, ...]]) -> Json:
    _, reason, _, _, count = rows[0]
    known = remedy_of(reason)
    return {
        "reason": reason,
        "words": _both(known.reason),
        "remedy": _both(known.remedy),
        "rows": count,
        "places": [{"file": file, "line": line} for _, _, file, line, _ in rows],
    }


def _both(text: Text) -> Json:
    return {"th": text.th, "en": text.en}
