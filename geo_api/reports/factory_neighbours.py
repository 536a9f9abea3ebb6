"""What is near a factory: fires gathered by land use and direction, and factories."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from geo_api.database.connections import Reads
from geo_api.reports import factory_sql as sql
from geo_api.reports import factory_words as words
from layers.methods.upwind import UPWIND_DEG
from layers.model import Layer, Text
from layers.reports.factory import Neighbour
from layers.reports.measures import Place

FACTORIES_WITHIN_M = 5_000
MOST_FACTORIES = 60
# Fires no farther apart than this are told as one: about two pixels of MODIS.
GAP_M = 2_000


@dataclass(frozen=True)
class Neighbours:
    """Those upwind first, then by distance; and how many there were of each."""

    listed: tuple[Neighbour, ...] = ()
    found: dict[str, int] = field(default_factory=dict)
    fires: int = 0
    fires_of_day: int = 0
    fires_upwind: int = 0
    fires_upwind_of_day: int = 0
    land_use: dict[str, int] = field(default_factory=dict)
    land_use_upwind: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Fires:
    """Fires gathered into one neighbour, `of_day` of them of the last 24 hours."""

    neighbour: Neighbour
    of_day: int


def neighbours_of(
    reads: Reads, layers: Mapping[str, Layer], values: Mapping[str, Any]
) -> Neighbours:
    """`values` are the factory's `id`, `lon`, `lat`, the `day`, its `day_start`, `at`, `since`
    when fires count, `from_deg` of the wind and `radius_m`."""
    values = {
        **values,
        "upwind_deg": UPWIND_DEG,
        "gap_m": GAP_M,
        "plane": f"+proj=aeqd +lat_0={values['lat']!r} +lon_0={values['lon']!r} +datum=WGS84"
        " +units=m",
    }
    fires = [_fires(layers, row, values["at"]) for row in reads.fetch(sql.FIRES, values)]
    factories = reads.fetch(
        sql.FACTORIES, values | {"radius_m": FACTORIES_WITHIN_M, "most": MOST_FACTORIES}
    )
    upwind = [one for one in fires if one.neighbour.upwind]
    listed = [
        *(one.neighbour for one in fires),
        *map(_factory, factories),
    ]
    return Neighbours(
        listed=tuple(sorted(listed, key=lambda one: (one.upwind is not True, one.distance_m))),
        found={
            "hotspots": _count(fires),
            "factories": factories[0][-1] if factories else 0,
        },
        fires=_count(fires),
        fires_of_day=sum(one.of_day for one in fires),
        fires_upwind=_count(upwind),
        fires_upwind_of_day=sum(one.of_day for one in upwind),
        land_use=_by_land_use(fires),
        land_use_upwind=_by_land_use(upwind),
    )


def _fires(layers: Mapping[str, Layer], row: tuple[Any, ...], at: datetime) -> _Fires:
    (land_use, upwind, count, of_day, nearest_m, farthest_m, bearing, id, oldest, newest, frp,
     confidence, places, code, name_th, name_en) = row  # fmt: skip
    district = Place(code, Text(name_th, name_en)) if code else None
    return _Fires(
        Neighbour(
            layer="hotspots",
            id=id if count == 1 else None,
            title=words.fires(land_use, district, count),
            detail=words.when_seen(
                *(at, oldest, newest),
                confidence=words.named(layers, "hotspots", "confidence", confidence),
                frp_mw=frp,
            ),
            count=count,
            distance_m=nearest_m,
            farthest_m=farthest_m,
            bearing_deg=bearing,
            upwind=upwind,
            kind=land_use,
            observed_at=newest,
            places=tuple((lon, lat) for lon, lat in places),
        ),
        of_day,
    )


def _factory(row: tuple[Any, ...]) -> Neighbour:
    id, name, kind, workers, lon, lat, distance_m, bearing, upwind, level, _ = row
    return Neighbour(
        layer="factories",
        id=id,
        title=Text(name, name),
        detail=words.factory(kind, workers, level),
        count=1,
        distance_m=distance_m,
        farthest_m=distance_m,
        bearing_deg=bearing,
        upwind=upwind,
        kind="certified" if level else None,
        observed_at=None,
        places=((lon, lat),),
    )


def _count(fires: Iterable[_Fires]) -> int:
    return sum(one.neighbour.count for one in fires)


def _by_land_use(fires: Iterable[_Fires]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in fires:
        kind = one.neighbour.kind or "unknown"
        counts[kind] = counts.get(kind, 0) + one.neighbour.count
    return counts
