"""The analysts' client: asks a Fahsai service and gives GeoDataFrames.

client = Client("http://127.0.0.1:8000")
fires = client.hotspots(bbox=(99, 15, 101, 17), start="2026-01-01", end="2026-01-31")
fires.attrs["attribution"]
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial
from typing import Any

import geopandas
from shapely.geometry.base import BaseGeometry

from layers.client.frames import arrow_frame, frame
from layers.client.service import NoAnswer, Refused, Service
from layers.query import MAX_LIMIT, Box, Interval, Query
from layers.times import THAI_TIME

__all__ = ["Client", "NoAnswer", "Refused"]

Moment = str | date | datetime

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)


class Client:
    """Every layer is a method too: `client.hotspots(…)` is `client.layer("hotspots", …)`.

    What fails for a reason that may pass is asked again, up to `attempts` times with growing waits;
    `timeout_s` is how long the next bytes of an answer may take.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8000",
        *,
        attempts: int = 5,
        timeout_s: float = 60,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._service = Service(attempts, timeout_s, sleep)

    def layers(self) -> dict[str, str]:
        """The layers of features by name, with their English titles."""
        return {name: found["titles"]["en"] for name, found in self._collections.items()}

    def layer(
        self,
        name: str,
        *,
        bbox: Sequence[float] | None = None,
        polygon: BaseGeometry | None = None,
        start: Moment | None = None,
        end: Moment | None = None,
        limit: int | None = None,
    ) -> geopandas.GeoDataFrame:
        """Every feature of a layer in the order of their ids.

        `bbox` is west, south, east, north and `polygon` a shape (both WGS84); features that touch
        it count. `start` and `end` are included: instants with their zone, or days in Thai time,
        `end` being the whole day. At most `limit` features come. `attrs` tell where the frame
        comes from. Raises Refused, NoAnswer, and ValueError for a time without a zone.
        """
        if polygon is not None:
            bbox = polygon.bounds if bbox is None else bbox
        query = Query(
            limit=limit,
            bbox=None if bbox is None else Box(*map(float, bbox)),
            during=_during(start, end),
        )
        url = f"{self.base_url}/ogc/collections/{name}/items"
        found = self._service.read(url, query.to_params() | {"f": "arrow"}, arrow_frame)
        if polygon is not None:
            found = found[found.intersects(polygon)].reset_index(drop=True)
        found.attrs |= {"source": _providers(found), "url": url}
        return found

    def near(
        self,
        *,
        lon: float | None = None,
        lat: float | None = None,
        factory: str | None = None,
        radius_m: float | None = None,
        hours: float | None = None,
        at: datetime | None = None,
        layers: Sequence[str] | None = None,
        limit: int | None = MAX_LIMIT,
    ) -> geopandas.GeoDataFrame:
        """What is near a place or a factory, by distance: `layer`, `distance_m` (geodesic),
        `bearing_deg`, `upwind`, and each layer's own columns. `attrs` hold the rest of the answer:
        the place, the wind, the air, and per layer how many were found and how fresh its data are.
        """
        given = {
            "lon": lon,
            "lat": lat,
            "factory": factory,
            "radius_m": radius_m,
            "hours": hours,
            "at": None if at is None else _instant(at).isoformat(),
            "layers": None if layers is None else ",".join(layers),
            "limit": limit,
        }
        params = {key: str(value) for key, value in given.items() if value is not None}
        url = f"{self.base_url}/api/near"
        answer = self._service.get(url, params)
        found = frame(answer["features"], ("layer", "distance_m", "bearing_deg", "upwind"))
        rest = {key: value for key, value in answer.items() if key not in ("type", "features")}
        found.attrs = {"url": url, "retrieved_at": _now(), **rest}
        return found

    def __getattr__(self, name: str) -> Callable[..., geopandas.GeoDataFrame]:
        if name.startswith("_") or name not in self._collections:
            raise AttributeError(f"{type(self).__name__} has no layer {name!r}")
        return partial(self.layer, name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._collections]

    @cached_property
    def _collections(self) -> dict[str, dict[str, Any]]:
        answer = self._service.get(f"{self.base_url}/ogc/collections", {})
        return {found["id"]: found for found in answer["collections"]}


def _providers(found: geopandas.GeoDataFrame) -> list[str]:
    """Each once; what several providers reported names them in a list, or with commas between."""
    named = found.get("source", found.get("sources"))
    lists = [] if named is None else named.dropna().explode().dropna().unique()
    return sorted({name for names in lists for name in names.split(", ")})


def _during(start: Moment | None, end: Moment | None) -> Interval | None:
    if start is None and end is None:
        return None
    return Interval(
        None if start is None else _instant(start),
        None if end is None else _instant(end, last_of_day=True),
    )


def _instant(moment: Moment, last_of_day: bool = False) -> datetime:
    """In UTC; a day means its midnight in Thai time, or with `last_of_day` its last moment."""
    if isinstance(moment, str):
        day = len(moment) == len("2026-01-31")
        moment = date.fromisoformat(moment) if day else datetime.fromisoformat(moment)
    if not isinstance(moment, datetime):
        midnight = datetime(moment.year, moment.month, moment.day, tzinfo=THAI_TIME)
        moment = midnight + _DAY - _TICK if last_of_day else midnight
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone; give one, as 2026-01-31T07:00+07:00, or a day")
    return moment.astimezone(UTC)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
