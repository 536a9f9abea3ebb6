"""The analysts' client: asks a Fahsai service and gives GeoDataFrames.

client = Client("http://127.0.0.1:8000")
fires = client.hotspots(bbox=(99, 15, 101, 17), start="2026-01-01", end="2026-01-31")
fires.attrs["attribution"]
client.statistics("hotspots", by=["province", "month"], values="mean:frp_mw", land_use="forest")
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Any

import geopandas
import pandas as pd

from layers.client.areas import bounds_of, nearest_m, widened
from layers.client.changes import changes
from layers.client.citations import NotAsCited, cite, cite_of, cited
from layers.client.frames import arrow_frame, frame
from layers.client.hot_spots import hot_spots
from layers.client.moments import Moment, as_of_text, instant, report_days, warn_outside
from layers.client.rasters import Areas, Places, raster_days, raster_means, raster_values
from layers.client.selection import Selection
from layers.client.service import NoAnswer, Refused, Service
from layers.query import MAX_LIMIT, Box, Query

__all__ = ["Client", "NoAnswer", "NotAsCited", "Refused", "hot_spots", "report_days"]

_FIRST = 5


class Client:
    """Every layer is a method too: `client.hotspots(…)` is `client.layer("hotspots", …)`.

    `base_url` is the service's, with or without /ogc; titles are in `lang`, "th" or "en". What
    fails for a reason that may pass is asked again, up to `attempts` times with growing waits;
    `timeout_s` is how long the next bytes of an answer may take.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8000",
        *,
        lang: str = "en",
        attempts: int = 5,
        timeout_s: float = 60,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if lang not in ("th", "en"):
            raise ValueError(f"lang is th or en, got {lang!r}")
        self.base_url = base_url.rstrip("/").removesuffix("/ogc")
        self.lang = lang
        self._service = Service(attempts, timeout_s, sleep)

    def layers(self) -> dict[str, str]:
        """The layers of features by name, with their titles."""
        return {name: found["titles"][self.lang] for name, found in self._collections.items()}

    def layer(
        self,
        name: str,
        /,
        *,
        columns: str | Sequence[str] | None = None,
        within_m: float | None = None,
        of: str | geopandas.GeoDataFrame | None = None,
        limit: int | None = None,
        **selection: Any,
    ) -> geopandas.GeoDataFrame:
        """Every feature of a layer in the order of their ids; at most `limit`.

        What is selected, all of which must hold: `bbox`, west, south, east, north, or `polygon`, a
        shape (both WGS84) or a GeoDataFrame, which a feature must touch; `start` and `end`, both
        included: instants with their zone, or days in Thai time, `end` being the whole day;
        `filter`, a condition in CQL2; and properties with the one value they must have, as in
        land_use="forest". `as_of` gives what was published then: an instant with its zone, or a
        version of the data, which `attrs` of such a frame tell.

        `columns` are those wanted. With `within_m` those alone come that are at most so many metres
        from a feature `of` another layer, named or given as a frame; `distance_m` says how far the
        nearest is. `attrs` tell where the frame comes from. Raises Refused, NoAnswer, and
        ValueError for a time without a zone or of the Buddhist era, and for a property with no
        value or several.
        """
        asked = Selection.of(**selection)
        if (within_m is None) != (of is None):
            raise ValueError("within_m and of go together: within_m=2000, of='factories'")
        if limit is not None and limit < 1:
            raise ValueError(f"limit is a whole number from 1, got {limit}")
        if within_m is None or of is None:
            # The first of a shape's box may all lie outside the shape.
            asked_for = limit if asked.shape is None else None
            return _first(self._read(name, asked, asked.query(asked_for, columns)), limit)
        others = self._shapes(of, asked.around(within_m))
        if not len(others):
            return self._read(name, asked, asked.query(1, columns)).head(0)
        around = widened(bounds_of(others), within_m)
        found = self._read(name, asked, asked.query(None, columns, around))
        metres = nearest_m(found.geometry.values, others.values, within_m)
        near = found.assign(distance_m=metres).dropna(subset="distance_m")
        return _first(near, limit).reset_index(drop=True)

    def head(self, name: str, /, n: int = _FIRST, **selection: Any) -> geopandas.GeoDataFrame:
        """The first features, to see what there is; arguments as of `layer`."""
        return self.layer(name, limit=n, **selection)

    def count(self, name: str, /, **selection: Any) -> int:
        """How many features there are, counted in the database; what is selected as of `layer`.
        Warns as `statistics`."""
        return int(self.statistics(name, **selection)["count"].sum())

    def statistics(
        self,
        name: str,
        /,
        *,
        by: str | Sequence[str] = (),
        values: str | Sequence[str] = (),
        **selection: Any,
    ) -> pd.DataFrame:
        """A row for each group of features, computed in the database: how many, and `values` such
        as "mean:frp_mw" (mean, sum, min, max, median). `by` names what groups are of: province,
        district, day, month, year (in Thai time), or properties. What is selected is as of `layer`.
        Warns where the time asked for reaches a day out of `attrs["first"]` to `attrs["newest"]`,
        the layer's observations: nothing there does not say that there was nothing.
        """
        asked = Selection.of(**selection)
        params = asked.counted().to_params()
        keys = {"by": by, "values": values}
        params |= {k: v if isinstance(v, str) else ",".join(v) for k, v in keys.items() if v}
        url = f"{self.base_url}/api/statistics/{name}"
        answer = self._service.get(url, params)
        if asked.during and (answer["first"] or self._collections[name]["timed"]):
            warn_outside(name, asked.during, answer["first"], answer["newest"])
        found = pd.DataFrame(answer.pop("groups"), columns=[*answer["by"], *answer["values"]])
        cite = cite_of(self.base_url, f"/api/statistics/{name}", params, answer)
        found.attrs = {"url": url, "retrieved_at": _now(), **answer, "cite": cite}
        return found

    def changes(
        self,
        name: str,
        /,
        *,
        since: Moment | int,
        until: Moment | int | None = None,
        **selection: Any,
    ) -> geopandas.GeoDataFrame:
        """Every feature of a layer that was shown otherwise at two times, instants with their zone
        or versions of the data; without `until` at the newest version. What is selected is as of
        `layer`: what no longer meets it was removed from it.

        `change` is added, removed or changed. Columns hold what is so later, or of a removed one
        what was; `fields` are those that changed, and `before` tells their former values.
        `attrs["counts"]` says how many of each there are. Raises as `layer`.
        """
        if "as_of" in selection:
            raise ValueError("changes are between two times: give since and until, not as_of")
        times = {"since": as_of_text(since), "until": as_of_text(until)}
        params = Selection.of(**selection).counted().to_params()
        params |= {key: text for key, text in times.items() if text is not None}
        found = changes(self._service, f"{self.base_url}/ogc/collections/{name}/changes", params)
        found.attrs["retrieved_at"] = _now()
        return found

    def near(
        self,
        *,
        lon: float | None = None,
        lat: float | None = None,
        factory: str | None = None,
        radius_m: float | None = None,
        hours: float | None = None,
        at: Moment | None = None,
        as_of: Moment | int | None = None,
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
            "at": None if at is None else instant(at).isoformat(),
            "as_of": as_of_text(as_of),
            "layers": None if layers is None else ",".join(layers),
            "limit": limit,
        }
        params = {key: str(value) for key, value in given.items() if value is not None}
        url = f"{self.base_url}/api/near"
        answer = self._service.get(url, params)
        found = frame(answer["features"], ("layer", "distance_m", "bearing_deg", "upwind"))
        rest = {key: value for key, value in answer.items() if key not in ("type", "features")}
        told = {"asOf": answer["at"]} | rest if at is None else rest
        cite = cite_of(self.base_url, "/api/near", params, told)
        found.attrs = {"url": url, "retrieved_at": _now(), **rest, "cite": cite}
        return found

    def cite(self, found: pd.DataFrame) -> dict[str, Any]:
        """The citation of a frame that this client read: its short `address`, `sha256`, `text` in
        both languages and `bibtex`. The service keeps it from now on; `attrs["cite"]` has it too.
        Until then `attrs["cite"]` has what can be said without asking: the version of the data, its
        time, and an address at which anybody can have it cited. Of a frame chosen by a `polygon` or
        `within_m` the rows are cited that it was chosen from."""
        found.attrs["cite"] = cite(self._service, self.base_url, found.attrs["cite"])
        return dict(found.attrs["cite"])

    def cited(
        self, citation: str, *, part: int = 0, verify: bool = True
    ) -> pd.DataFrame | geopandas.GeoDataFrame:
        """The rows or numbers of a citation, its code or its address, as they were; of a page the
        `part` of the rows behind it. Their SHA-256 is worked out here. Raises NotAsCited where they
        are not the same; without `verify` what is left of them comes all the same. Raises
        ValueError for a part that there is not."""
        return cited(self._service, self.base_url, citation, part, verify)

    def air_by_day(self, start: str, end: str, province: str | None = None) -> pd.DataFrame:
        """Of each station and day the 24-hour mean of PM2.5 (µg/m³) that ends at 08:00 of it in
        Thailand, as on the pages and as fires by day are counted; no row where a station did not
        report enough. Days as 2026-01-31, both included."""
        asked = {"from": start, "to": end} | ({"province": province} if province else {})
        url = f"{self.base_url}/api/daily-counts/air_stations"
        answer = self._service.get(url, asked)
        wide = pd.DataFrame(answer["pm25_24h"], index=pd.date_range(start, end, name="day"))
        found = wide.astype(float).melt(
            var_name="station_id", value_name="pm25_24h", ignore_index=False
        )
        found = found.dropna().reset_index().sort_values(["day", "station_id"], ignore_index=True)
        found.attrs = {"url": url, "retrieved_at": _now(), "simulated": answer["simulated"]}
        return found

    def raster_days(self, name: str) -> pd.DataFrame:
        """The days or hours of a raster layer, newest first, with the address of each one's
        GeoTIFF; `attrs` tell what its values are. An hour is called by its end, 1 to 24."""
        return raster_days(self._service, self.base_url, name, self.lang)

    def raster_at(
        self,
        name: str,
        places: Places,
        *,
        day: str | None = None,
        start: Moment | None = None,
        end: Moment | None = None,
        minus: str | None = None,
    ) -> pd.DataFrame:
        """The values of a raster layer at points, a frame of them or pairs of lon and lat: on the
        newest day (or hour), on `day`, or on every one from `start` to `end`; with `minus` what
        they are more than on that day. A row for each `place` (its label in the frame, or its
        number) and day; `value` and `standard_error`, in the layer's unit, are missing where there
        is no data."""
        return raster_values(
            self._service, self.base_url, name, places, day, start, end, minus, self.lang
        )

    def raster_of(
        self,
        name: str,
        areas: Areas,
        *,
        collection: str = "districts",
        day: str | None = None,
        minus: str | None = None,
    ) -> pd.DataFrame:
        """The means of a raster layer over areas, ids of a `collection` or a frame of polygons, on
        the newest day (or hour) or on `day`, with `minus` less those of that day. A row for each
        `area`; `coverage` is the share of it that has a value."""
        return raster_means(
            self._service, self.base_url, name, areas, collection, day, minus, self.lang
        )

    def __getattr__(self, name: str) -> Callable[..., geopandas.GeoDataFrame]:
        if name.startswith("_") or name not in self._collections:
            raise AttributeError(f"{type(self).__name__} has no layer {name!r}")
        return partial(self.layer, name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._collections]

    def _read(self, name: str, asked: Selection, query: Query) -> geopandas.GeoDataFrame:
        url = f"{self.base_url}/ogc/collections/{name}/items"
        found = self._service.read(url, query.to_params() | {"f": "arrow"}, arrow_frame)
        attrs = found.attrs
        if asked.shape is not None:
            found = found[found.intersects(asked.shape)].reset_index(drop=True)
        cite = cite_of(self.base_url, f"/ogc/collections/{name}/items", query.to_params(), attrs)
        found.attrs = attrs | {"source": _providers(found), "url": url, "cite": cite}
        return found

    def _shapes(self, of: str | geopandas.GeoDataFrame, within: Box | None) -> geopandas.GeoSeries:
        """The shapes of a layer, or of a frame in WGS84."""
        if isinstance(of, str):
            return self._read(of, Selection(), Selection(bounds=within).query(None, ())).geometry
        bounds_of(of)  # raises where it has no CRS, or no shape
        return of.to_crs(4326).geometry

    @cached_property
    def _collections(self) -> dict[str, dict[str, Any]]:
        answer = self._service.get(f"{self.base_url}/ogc/collections", {})
        return {found["id"]: found for found in answer["collections"]}


def _providers(found: geopandas.GeoDataFrame) -> list[str]:
    """Each once; what several providers reported names them in a list, or with commas between."""
    named = found.get("source", found.get("sources"))
    lists = [] if named is None else named.dropna().explode().dropna().unique()
    return sorted({name for names in lists for name in names.split(", ")})


def _first(found: geopandas.GeoDataFrame, limit: int | None) -> geopandas.GeoDataFrame:
    return found if limit is None else found.head(limit)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
