"""Towns of Thailand, to say near which of them something lies."""

from dataclasses import dataclass
from functools import cache

from layers.reference import rows


@dataclass(frozen=True)
class Town:
    """Degrees WGS 84, to some hundred metres; the district's code is empty of Bangkok."""

    district_code: str
    name_th: str
    name_en: str
    lon: float
    lat: float


@cache
def towns() -> tuple[Town, ...]:
    """Those that the maps name, seats of districts mostly."""
    return tuple(
        Town(
            row["district_code"],
            row["name_th"],
            row["name_en"],
            float(row["lon"]),
            float(row["lat"]),
        )
        for row in rows("towns")
    )
