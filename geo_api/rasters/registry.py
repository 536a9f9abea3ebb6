"""Layers that are rasters: which there are, declared or registered, and which days of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from geo_api.database.connections import Reads
from geo_api.rasters.days import EVERY_DAY, Days
from geo_api.rasters.sql import RASTER_LAYERS, RASTERS
from layers.model import Field, Layer, LayerNotFound, Style, Text
from layers.times import thai_midnight

# The published views that answers about rasters follow from.
VIEWS = ("rasters", "raster_layers")


class RasterNotFound(LookupError):
    """The layer has no raster of the day that was asked for."""


@dataclass(frozen=True)
class Raster:
    """One day of a layer, or one hour (1 to 24, by its end in Thai time) of a day; `path` is
    relative to the home, `rmse` in the layer's unit.

    `within_error` is the share of the stations, left out, that lay within the standard error.
    `inputs` name the runs that it was made from. `nearest_m` is how far a point that was asked
    about lies from where the day was measured.
    """

    day: date
    hour: int | None
    path: str
    bounds: tuple[float, float, float, float]
    method: Text
    stations: int | None
    rmse: float | None
    within_error: float | None
    simulated: bool
    made_at: datetime
    run_id: int
    inputs: Sequence[Mapping[str, Any]]
    nearest_m: float | None

    @property
    def starts_at(self) -> datetime:
        """When the day or the hour begins, in Thai time."""
        midnight = thai_midnight(self.day)
        return midnight if self.hour is None else midnight + timedelta(hours=self.hour - 1)

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.starts_at + timedelta(hours=24 if self.hour is None else 1)

    @property
    def name(self) -> str:
        """2026-01-31, or 2026-01-31 08:00 for the hour that ends then."""
        return f"{self.day}" if self.hour is None else f"{self.day} {self.hour:02d}:00"

    @property
    def query(self) -> str:
        """What asks for this one in an address."""
        if self.hour is None:
            return f"day={self.day}"
        return f"datetime={self.ends_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def raster_layers(reads: Reads, declared: Mapping[str, Layer]) -> dict[str, Layer]:
    """Every raster layer by name: those `declared` in code, and those that were registered."""
    found = {name: layer for name, layer in declared.items() if layer.raster}
    registered = (registered_layer(*row) for row in reads.fetch(RASTER_LAYERS))
    return {layer.name: layer for layer in registered} | found


def raster_layer(reads: Reads, declared: Mapping[str, Layer], name: str) -> Layer:
    """Raises LayerNotFound, naming the layers that are rasters."""
    if name in declared and declared[name].raster:
        return declared[name]
    found = raster_layers(reads, declared)
    if name not in found:
        raise LayerNotFound(f"no raster layer {name!r}; there are: {', '.join(sorted(found))}")
    return found[name]


def rasters(reads: Reads, layer: Layer, days: Days = EVERY_DAY) -> list[Raster]:
    """Those there are, newest first."""
    return [_raster(*row) for row in reads.fetch(RASTERS, _day_range(layer, days, None))]


def rasters_at(
    reads: Reads, layer: Layer, days: Days, lon: float, lat: float, most: int | None
) -> list[Raster]:
    """The newest `most` of the days, or all, each with the distance of a point (WGS84). Raises
    RasterNotFound where there is none."""
    values = _day_range(layer, days, most) | {"lon": lon, "lat": lat}
    return _require_rasters(layer, days, [_raster(*row) for row in reads.fetch(RASTERS, values)])


def raster(reads: Reads, layer: Layer, days: Days = EVERY_DAY) -> Raster:
    """The newest of the days. Raises RasterNotFound."""
    rows = reads.fetch(RASTERS, _day_range(layer, days, 1))
    return _require_rasters(layer, days, [_raster(*row) for row in rows])[0]


def file_of(found: Raster, home: Path) -> Path:
    """The day's GeoTIFF. Raises RasterNotFound where someone took the file away."""
    path = home / found.path
    if not path.is_file():
        raise RasterNotFound(f"the file of {found.day} is gone; make it again, or register it")
    return path


def registered_layer(
    name: str,
    title_th: str,
    title_en: str,
    unit: str | None,
    licence: str,
    attribution: str,
    breaks: Sequence[float],
    colors: Sequence[str],
) -> Layer:
    """The declaration of a layer that the command registered; its classes are named by their
    range, and it has one field, `value`."""
    title = Text(title_th, title_en)
    names = [f"class_{number}" for number in range(1, len(colors) + 1)]
    classes = dict(zip(names, ranges(breaks, unit), strict=True))
    return Layer(
        name=name,
        title=title,
        description=title,
        licence=licence,
        attribution=attribution,
        style=Style(
            color=colors[0],
            by="value",
            colors=dict(zip(names, colors, strict=True)),
            breaks=tuple(breaks),
        ),
        sources=(),
        stale_after=timedelta(days=366),
        fields=(Field("value", title, unit=unit, values=classes),),
        geometry="raster",
        timed=True,
        near=False,
    )


def ranges(breaks: Sequence[float], unit: str | None) -> list[Text]:
    """The names of the classes that breaks part."""
    after = f" {unit}" if unit else ""
    inner = [f"> {low:g} – {high:g}" for low, high in pairwise(breaks)]
    told = [f"≤ {breaks[0]:g}", *inner, f"> {breaks[-1]:g}"]
    return [Text(f"{words}{after}", f"{words}{after}") for words in told]


def _day_range(layer: Layer, days: Days, most: int | None) -> dict[str, Any]:
    asked = {"layer": layer.name, "first": days.first, "last": days.last, "most": most}
    times = {"timed": days.timed, "from": days.start, "until": days.end}
    return asked | times | {"lon": None, "lat": None}


def _require_rasters(layer: Layer, days: Days, found: list[Raster]) -> list[Raster]:
    if not found:
        of = "" if days == EVERY_DAY else f" of {days}"
        raise RasterNotFound(
            f"{layer.name} has no raster{of}; /api/rasters/{layer.name} lists its days"
        )
    return found


def _raster(
    day: date,
    hour: int | None,
    path: str,
    bounds: list[float],
    method_th: str,
    method_en: str,
    *known: Any,
) -> Raster:
    west, south, east, north = bounds
    method = Text(method_th, method_en)
    return Raster(day, hour, path, (west, south, east, north), method, *known)
