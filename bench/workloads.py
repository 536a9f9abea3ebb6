"""What is asked of ours and of a peer, and how much faster ours must be: the table of requests."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from urllib.parse import quote

from bench import checks
from bench.world import Fire, World
from geo_api.tiles.sql import carried
from layers.catalog import catalog

# Degrees from the middle of a box to its sides.
_HALF_A_FACTORY_BOX = 0.25
_HALF_A_FIRE_BOX = 0.5
_RADIUS_M = 20_000
_PAGES = 20
_RASTER_ZOOMS = range(5, 10)

Paths = Callable[[World], Sequence[str]]
# Reads both answers to one question and says how they are alike; raises checks.Differs.
Check = Callable[[bytes, bytes], str]


@dataclass(frozen=True)
class Workload:
    """`ours` and `theirs` give as many paths, in the same order of questions. Ours answers each
    anew, unless `kept`. `goals` are the least ratios of ours to the `peer`, to `postgis` or to
    `fixed`, a body of the same size from our own server."""

    name: str
    title: str
    ours: Paths
    goals: Mapping[str, float]
    peer: Literal["tipg", "titiler"] | None = None
    theirs: Paths | None = None
    check: Check | None = None
    floor: Literal["statements", "one statement", "window read"] | None = "statements"
    kept: bool = False


def _items(layer: str, *asked: str) -> str:
    return f"/ogc/collections/{layer}/items?{'&'.join(asked)}"


def _tipg(layer: str, *asked: str) -> str:
    return f"/collections/published.{layer}/items?{'&'.join(asked)}"


def _box(lon: float, lat: float, half: float) -> str:
    sides = (lon - half, lat - half, lon + half, lat + half)
    return f"bbox={','.join(f'{side:.4f}' for side in sides)}"


def _week(fire: Fire) -> str:
    return "datetime=" + "/".join(f"{time:%Y-%m-%dT%H:%M:%SZ}" for time in fire.week)


def _factory_boxes(world: World) -> list[str]:
    return [_box(lon, lat, _HALF_A_FACTORY_BOX) for _, lon, lat in world.factories[:100]]


def _fire_boxes(world: World) -> list[tuple[str, str]]:
    return [(_box(fire.lon, fire.lat, _HALF_A_FIRE_BOX), _week(fire)) for fire in world.fires]


def _near(fire: Fire) -> str:
    _, at = fire.week
    asked = (
        f"factory={fire.factory}",
        f"radius_m={_RADIUS_M}",
        "hours=168",
        f"at={at:%Y-%m-%dT%H:%M:%SZ}",
    )
    return f"/api/near?{'&'.join(asked)}"


def _place(fire: Fire) -> str:
    return f"POINT({fire.factory_lon!r} {fire.factory_lat!r})"


def _within(fire: Fire) -> str:
    within = f"within_m(geom, {_place(fire)}, {_RADIUS_M})"
    return _items("hotspots", f"filter={quote(within)}", _week(fire), "limit=1000")


def _tipg_within(fire: Fire) -> str:
    """By PostGIS' own functions, all of which tipg hands through."""
    within = f"st_dwithin(geography(geom), geography({_place(fire)}), {_RADIUS_M})"
    return _tipg("hotspots", f"filter={quote(within)}", _week(fire), "limit=1000")


def _tiles(layer: str) -> Paths:
    return lambda world: [f"/tiles/{layer}/{z}/{x}/{y}.mvt" for z, x, y in world.tiles(layer)]


def _tipg_tiles(layer: str) -> Paths:
    return lambda world: [
        f"/collections/published.{layer}/tiles/WebMercatorQuad/{z}/{x}/{y}"
        f"?properties={','.join(carried(catalog()[layer]))}"
        for z, x, y in world.tiles(layer)
    ]


def _raster_tiles(world: World) -> list[str]:
    return [
        f"/tiles/pm25_surface/{z}/{x}/{y}.png"
        for z, x, y in world.tiles("factories", _RASTER_ZOOMS)
    ]


def colormap() -> str:
    """The layer's classes as titiler takes them: from a value to below another, and its colour."""
    style = catalog()["pm25_surface"].style
    # Ours classes what it shows, which is rounded to one decimal.
    ends = pairwise((-1e6, *(end + 0.05 for end in style.breaks), 1e6))
    colors = [[*bytes.fromhex(color.removeprefix("#")), 255] for color in style.colors.values()]
    return json.dumps(list(zip(ends, colors, strict=True)), separators=(",", ":"))


def _titiler_tiles(world: World) -> list[str]:
    asked = f"url={quote(str(world.raster))}&colormap={quote(colormap())}&tilesize=256&bidx=1"
    return [
        f"/cog/tiles/WebMercatorQuad/{z}/{x}/{y}.png?{asked}&resampling=bilinear"
        for z, x, y in world.tiles("factories", _RASTER_ZOOMS)
    ]


WORKLOADS = (
    Workload(
        "feature",
        "one feature by id",
        lambda world: [f"/ogc/collections/factories/items/{id}" for id, *_ in world.factories],
        {"tipg": 2},
        "tipg",
        lambda world: [
            f"/collections/published.factories/items/{id}" for id, *_ in world.factories
        ],
        checks.same_feature,
    ),
    Workload(
        "page",
        "100 factories",
        lambda world: world.pages("factories", 100, _PAGES),
        {"tipg": 5},
        "tipg",
        lambda _: [_tipg("factories", "limit=100", f"offset={100 * n}") for n in range(_PAGES)],
        checks.same_features,
    ),
    Workload(
        "box",
        "100 factories in a 0.5° box",
        lambda world: [_items("factories", "limit=100", box) for box in _factory_boxes(world)],
        {"tipg": 4},
        "tipg",
        lambda world: [_tipg("factories", "limit=100", box) for box in _factory_boxes(world)],
        checks.same_features,
    ),
    Workload(
        "box-and-week",
        "hotspots, 1° box and one week, limit 1000",
        lambda world: [_items("hotspots", "limit=1000", *asked) for asked in _fire_boxes(world)],
        {"tipg": 6, "postgis": 0.75},
        "tipg",
        lambda world: [_tipg("hotspots", "limit=1000", *asked) for asked in _fire_boxes(world)],
        checks.same_features,
    ),
    Workload(
        "radius",
        "hotspots within 20 km of a factory, 7 days",
        lambda world: [_within(fire) for fire in world.fires],
        {"tipg": 4, "postgis": 0.75},
        "tipg",
        lambda world: [_tipg_within(fire) for fire in world.fires],
        checks.same_features,
    ),
    Workload(
        "near",
        "/api/near 20 km, all layers",
        lambda world: [_near(fire) for fire in world.fires],
        {"postgis": 0.75},
        floor="one statement",
    ),
    Workload(
        "factory-tiles",
        "factory tiles z5–z12, first asked",
        _tiles("factories"),
        {"tipg": 2},
        "tipg",
        _tipg_tiles("factories"),
        checks.tiles,
    ),
    Workload(
        "hotspot-tiles",
        "hotspot tiles z5–z12, first asked, 2 M points",
        _tiles("hotspots"),
        {"tipg": 5},
        "tipg",
        _tipg_tiles("hotspots"),
        checks.tiles,
    ),
    Workload(
        "tiles-again",
        "the same tiles again",
        _tiles("hotspots"),
        {"fixed": 0.8},
        floor=None,
        kept=True,
    ),
    Workload(
        "raster-tiles",
        "PM2.5 raster tiles from a COG, 256 px, colour map",
        _raster_tiles,
        {"titiler": 5},
        "titiler",
        _titiler_tiles,
        checks.same_picture,
        floor="window read",
    ),
)


def paths_of(name: str, world: World) -> Sequence[str]:
    """What the workload of that name asks of ours."""
    return next(workload for workload in WORKLOADS if workload.name == name).ours(world)
