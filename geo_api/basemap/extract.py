"""What the basemap shows, read from an extract of OpenStreetMap (.osm.pbf or .osm) by GDAL.

Layers and their property `kind` are named as in the basemaps of Protomaps, so that the same rules
draw a file made elsewhere.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_BATCH = 20_000
_DECIMALS = 6  # 10 cm; tiles of zoom 14 have 60 cm
_TAG = re.compile(r'"(name:\w\w)"=>"((?:[^"\\]|\\.)*)"')  # as GDAL writes other tags: HSTORE

# By OpenStreetMap's tag: the kind, and the first zoom where it is drawn.
Kinds = Mapping[str, tuple[str, int]]
ROADS: Kinds = {
    "motorway": ("highway", 6),
    "trunk": ("highway", 6),
    "primary": ("major_road", 7),
    "secondary": ("major_road", 9),
    "tertiary": ("minor_road", 11),
    "motorway_link": ("highway", 11),
    "trunk_link": ("highway", 11),
    "primary_link": ("major_road", 11),
    "secondary_link": ("major_road", 12),
    "tertiary_link": ("minor_road", 13),
    "unclassified": ("minor_road", 12),
    "residential": ("minor_road", 13),
}
RAILWAYS: Kinds = {"rail": ("rail", 9)}
WATERWAYS: Kinds = {"river": ("river", 7), "canal": ("canal", 10), "stream": ("stream", 13)}
WATERS: Kinds = {"water": ("water", 7)}
LAND_USES: Kinds = {"industrial": ("industrial", 10)}
PLACES: Kinds = {
    "city": ("locality", 6),
    "town": ("locality", 8),
    "village": ("locality", 12),
    "suburb": ("neighbourhood", 12),
    "hamlet": ("locality", 13),
}


class UnreadableExtract(ValueError):
    """The file is no extract of OpenStreetMap."""


@dataclass(frozen=True)
class Theme:
    """A layer of tiles: features of GDAL's `geometry` layer whose `tag` is among `kinds`."""

    layer: str
    geometry: str
    tag: str
    kinds: Kinds


THEMES = (
    Theme("landuse", "multipolygons", "landuse", LAND_USES),
    Theme("water", "multipolygons", "natural", WATERS),
    Theme("water", "lines", "waterway", WATERWAYS),
    Theme("roads", "lines", "highway", ROADS),
    Theme("roads", "lines", "railway", RAILWAYS),
    Theme("places", "points", "place", PLACES),
)


def write_features(
    extract: Path, folder: Path, say: Callable[[str], None] = lambda _: None
) -> dict[str, Path]:
    """A file of GeoJSON features, a line each, in `folder` for each layer of tiles that has any.

    The extract is read as a stream, once for each theme. Raises UnreadableExtract.
    """
    files: dict[str, Path] = {}
    for theme in THEMES:
        path = folder / f"{theme.layer}.geojsonl"
        count = 0
        with path.open("a", encoding="utf-8") as file:
            for feature in features(extract, theme):
                file.write(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) + "\n")
                count += 1
        say(f"{theme.layer}, {theme.tag}: {count:,}")
        if count:
            files[theme.layer] = path
    return files


def features(extract: Path, theme: Theme) -> Iterator[dict[str, Any]]:
    """GeoJSON features of a theme, as tippecanoe reads them. Raises UnreadableExtract."""
    # It brings pandas along, half a second, which no other command of `fahsai` needs.
    import pyogrio
    import shapely
    from pyogrio.errors import DataLayerError, DataSourceError

    tags = ", ".join(f"'{value}'" for value in theme.kinds)
    try:
        with pyogrio.open_arrow(
            extract,
            layer=theme.geometry,
            columns=["name", theme.tag, "other_tags"],
            where=f'"{theme.tag}" IN ({tags})',
            batch_size=_BATCH,
            use_pyarrow=True,
        ) as (meta, batches):
            for batch in batches:
                geometries = shapely.from_wkb(batch[meta["geometry_name"] or "wkb_geometry"])
                texts = shapely.to_geojson(shapely.set_precision(geometries, 10**-_DECIMALS))
                columns = (batch[name].to_pylist() for name in ("name", theme.tag, "other_tags"))
                for text, name, value, other in zip(texts, *columns, strict=True):
                    yield _feature(text, theme.kinds[value], value, _names(name, other))
    except (DataSourceError, DataLayerError) as problem:
        raise UnreadableExtract(
            f"{extract} cannot be read as an extract of OpenStreetMap (.osm.pbf or .osm): {problem}"
        ) from problem


def _feature(
    geometry: str, kind: tuple[str, int], value: str, names: dict[str, str]
) -> dict[str, Any]:
    return {
        "type": "Feature",
        "tippecanoe": {"minzoom": kind[1]},
        "properties": {"kind": kind[0], "kind_detail": value} | names,
        "geometry": json.loads(geometry),
    }


def _names(name: str | None, other_tags: str | None) -> dict[str, str]:
    """`name`, and `name:th` and `name:en` where they are tagged."""
    found = {key: re.sub(r"\\(.)", r"\1", text) for key, text in _TAG.findall(other_tags or "")}
    told = {key: found[key] for key in ("name:th", "name:en") if key in found}
    return ({"name": name} if name else {}) | told
