"""Describes the vector tiles of a layer: TileJSON 3.0.0, and OGC's tileset metadata (17-083r4)."""

from html import escape
from typing import Any

from geo_api.database.connections import Reads
from geo_api.features.items import THAILAND
from geo_api.tiles import point_counts_sql
from geo_api.tiles import sql as tiles_sql
from geo_api.tiles.tile_matrix_set import CRS_URI, LAST_ZOOM, MATRIX_SET_URI, Tile
from layers.model import Layer, Text
from layers.query import Box

Json = dict[str, Any]
Properties = dict[str, Text]

# A 4096th of a tile is then 15 cm, about the precision of the places, and 60 cm.
_POINTS_ZOOM = 16
_AREAS_ZOOM = 14

_COUNT = Text("จำนวนจุดในช่อง", "Points in the cell")
_ID = Text("รหัส", "Id")
_OBSERVED_AT = Text("เวลาที่ตรวจพบ (UTC)", "Observed at (UTC)")
_CELLS = Text(
    f"ไทล์ที่มีมากกว่า {tiles_sql.MOST_FEATURES:,} จุด แสดงจำนวนจุดเป็นช่องตาราง (count) แทนแต่ละจุด"
    " ผลรวมครบทุกระดับซูม",
    f"Where a tile has more than {tiles_sql.MOST_FEATURES:,} points it has cells with their count"
    " instead; the counts of every zoom add up to all",
)
_FOREMOST = Text(
    "ไทล์ที่มีมากเกินไป แสดงเท่าที่บรรจุได้ตามลำดับ {order}; กับ summary=true"
    " ชั้น {summary} บอกจำนวนทั้งหมด (total) และที่แสดง (shown)",
    "Where a tile has too many it shows as many as fit, by {order}; with summary=true its"
    " layer {summary} tells how many there are in total and how many are shown",
)
_OF_TILE = Text("จำนวนในแต่ละไทล์", "How many there are in a tile")
_SUMMARY = {
    "total": Text("จำนวนทั้งหมดในไทล์", "Features in the tile"),
    "shown": Text("จำนวนที่แสดง", "Features shown"),
}


def tilejson(reads: Reads, layer: Layer, template: str, *, with_summary: bool = False) -> Json:
    """`template` is the address of a tile, with {z}, {x} and {y}."""
    last_zoom = _AREAS_ZOOM if layer.geometry == "area" else _POINTS_ZOOM
    west, south, east, north = bounds = _bounds(reads, layer)
    return {
        "tilejson": "3.0.0",
        "name": _bilingual(layer.title),
        "description": _bilingual(layer.description),
        # Viewers put it into their pages as HTML.
        "attribution": escape(layer.attribution),
        "scheme": "xyz",
        "tiles": [template],
        "minzoom": 0,
        "maxzoom": last_zoom,
        "bounds": bounds,
        "center": [(west + east) / 2, (south + north) / 2, 5],
        "vector_layers": vector_layers(layer, with_summary=with_summary),
    }


def vector_layers(layer: Layer, *, with_summary: bool = False) -> list[Json]:
    """What is in a tile, as TileJSON tells it."""
    return [
        {
            "id": name,
            "description": _bilingual(_generalised(layer, name)),
            "fields": {name: _bilingual(title) for name, title in properties.items()},
        }
        for name, properties in _layers(layer, with_summary).items()
    ]


def tileset(layer: Layer, language: str, *, with_summary: bool = False) -> Json:
    """The metadata but for the links."""
    return {
        "title": layer.title[language],
        "description": layer.description[language],
        "attribution": layer.attribution,
        "license": layer.licence,
        "dataType": "vector",
        "crs": CRS_URI,
        "tileMatrixSetURI": MATRIX_SET_URI,
        "layers": [
            _within(name, 2 if layer.geometry == "area" and name == layer.name else 0)
            | {"description": _generalised(layer, name)[language]}
            | {"propertiesSchema": _schema(properties, language)}
            for name, properties in _layers(layer, with_summary).items()
        ],
    }


def _within(name: str, dimension: int) -> Json:
    return {
        "id": name,
        "dataType": "vector",
        "geometryDimension": dimension,
        "minTileMatrix": "0",
        "maxTileMatrix": str(LAST_ZOOM),
    }


def _schema(properties: Properties, language: str) -> Json:
    titles = {name: {"title": title[language]} for name, title in properties.items()}
    return {"type": "object", "properties": titles}


def _layers(layer: Layer, with_summary: bool) -> dict[str, Properties]:
    """The layers within a tile, with the properties of their features."""
    declared = {field.name: field for field in layer.fields}
    titles = {"id": _ID, "observed_at": _OBSERVED_AT}
    titles |= {name: _with_unit(field.title, field.unit) for name, field in declared.items()}
    carried = {name: titles[name] for name in tiles_sql.carried(layer)}
    if not tiles_sql.in_cells(layer):
        further = {tiles_sql.summary(layer): _SUMMARY} if with_summary else {}
        return {layer.name: carried} | further
    named = declared[layer.style.by].values if layer.style.by else {}
    counts = {
        tiles_sql.counting(value): Text(f"{_COUNT.th}: {title.th}", f"{_COUNT.en}: {title.en}")
        for value in tiles_sql.classes(layer)
        if (title := named.get(value, Text(value, value)))
    }
    return {layer.name: carried | {"count": _COUNT} | counts}


def _generalised(layer: Layer, name: str) -> Text:
    """What a layer within a tile shows where all features would be too many."""
    if name != layer.name:
        return _OF_TILE
    if tiles_sql.in_cells(layer):
        return _CELLS
    told = {"order": layer.tiling.order or "id", "summary": tiles_sql.summary(layer)}
    return Text(_FOREMOST.th.format(**told), _FOREMOST.en.format(**told))


def _bounds(reads: Reads, layer: Layer) -> Box:
    """What the tiles cover: Thailand, and what the layer shows beyond."""
    found = (
        _bounds_of_counts(reads, layer)
        if layer.tiling.point_counts
        else _bounds_of_features(reads, layer)
    )
    if found is None:
        return Box(*THAILAND)
    ends = list(zip(found, THAILAND, strict=True))
    return Box(*map(min, ends[:2]), *map(max, ends[2:]))


def _bounds_of_features(reads: Reads, layer: Layer) -> Box | None:
    [found] = reads.fetch(tiles_sql.bounds(layer))
    return None if None in found else Box(*found)


def _bounds_of_counts(reads: Reads, layer: Layer) -> Box | None:
    """To the edges of the cells that hold points."""
    [(west, east, north, south)] = reads.fetch(point_counts_sql.corners(layer))
    if west is None:
        return None
    first, last = (
        Tile(point_counts_sql.COARSEST, west, north).box,
        Tile(point_counts_sql.COARSEST, east, south).box,
    )
    return Box(first.west, last.south, last.east, first.north)


def _with_unit(title: Text, unit: str | None) -> Text:
    return Text(f"{title.th} ({unit})", f"{title.en} ({unit})") if unit else title


def _bilingual(text: Text) -> str:
    return text.th if text.th == text.en else f"{text.th} / {text.en}"
