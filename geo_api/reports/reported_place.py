"""A place of which there is a report: what it is called and where it lies."""

from dataclasses import dataclass
from typing import Any

from geo_api.database.connections import Reads
from geo_api.reports import place_sql as sql
from geo_api.reports.surroundings import text_of
from layers.reports.measures import NotReported, Place
from layers.reports.place import Circle


@dataclass(frozen=True)
class ReportedPlace:
    """`above` are the areas that hold it, the widest first; `lon`, `lat` lie in it. Where only a
    point is known of it, `circle` is what is reported of."""

    kind: str
    place: Place
    region: str | None
    above: tuple[Place, ...]
    bounds: tuple[float, float, float, float]
    lon: float
    lat: float
    circle: Circle | None

    @property
    def province(self) -> str | None:
        """The code of the province that it is, or lies in."""
        return (
            self.place.code
            if self.kind == "province"
            else self.above[0].code
            if self.above
            else None
        )

    @property
    def values(self) -> dict[str, Any]:
        """What statements about it take."""
        return {
            "code": self.place.code,
            "estate_m": sql.ESTATE_RADIUS_M,
            "province": self.province,
        }


def reported_place(reads: Reads, kind: str, code: str) -> ReportedPlace:
    """Raises NotReported."""
    if kind not in sql.KINDS:
        raise NotReported(f"no places of kind {kind!r}; there are: {', '.join(sql.KINDS)}")
    rows = reads.fetch(sql.place(kind), {"code": code, "estate_m": sql.ESTATE_RADIUS_M})
    if not rows:
        listed = f"/api/reports/lists/{kind} lists those there are"
        raise NotReported(f"no {kind} has the code {code!r}; {listed}")
    (own, name_th, name_en, region, above, above_th, above_en,
     west, south, east, north, lon, lat, point_lon, point_lat) = rows[0]  # fmt: skip
    return ReportedPlace(
        kind=kind,
        place=Place(own, text_of(name_th, name_en, own)),
        region=region,
        above=(Place(above, text_of(above_th, above_en, above)),) if above else (),
        bounds=(west, south, east, north),
        lon=lon,
        lat=lat,
        circle=None
        if point_lon is None
        else Circle(point_lon, point_lat, float(sql.ESTATE_RADIUS_M)),
    )
