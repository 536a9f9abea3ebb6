"""The provinces that a report has a row of, and the one with the most."""

from collections.abc import Mapping
from dataclasses import dataclass

from geo_api.database.connections import Reads
from geo_api.reports import brief_sql as sql
from layers.model import Text
from layers.reports.measures import Place


@dataclass(frozen=True)
class Area:
    """A province and its region."""

    place: Place
    region: str


# By the province's code.
Areas = Mapping[str, Area]


def areas(reads: Reads) -> Areas:
    """All provinces that are known."""
    return {
        code: Area(Place(code, Text(name_th, name_en)), region)
        for code, name_th, name_en, region in reads.fetch(sql.PROVINCES)
    }


def highest(values: Mapping[str, float | None], areas: Areas) -> tuple[Place | None, float | None]:
    """The province with the most, and how much that is; of several the one with the lowest code,
    and none where all have none."""
    known = {code: value for code, value in values.items() if value and code in areas}
    if not known:
        return None, None
    code = min(known, key=lambda one: (-known[one], one))
    return areas[code].place, known[code]
