"""What was released of complaints of the areas that hold a point: the newest row of each table."""

from datetime import datetime
from typing import Any

from geo_api.database.connections import Reads
from geo_api.features import released_complaints_sql as sql

Json = dict[str, Any]
TABLES = sql.TABLES
# The views that they follow from, for caches.
VIEWS = (*TABLES, "complaint_areas")


def newest_rows(reads: Reads, lon: float, lat: float, at: datetime) -> list[Json]:
    """A row of each table whose period was over at `at`, as JSON has it; `homes` null where there
    are too few to be shown. Nothing of it is nearer to the point than its area."""
    return [row for (row,) in reads.fetch(sql.NEWEST, {"lon": lon, "lat": lat, "at": at})]
