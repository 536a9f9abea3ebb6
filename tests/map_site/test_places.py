"""The names and outlines that come with the maps: complete, where they belong, and small."""

import gzip
import json
from pathlib import Path
from typing import Any

import brotli
import geopandas as gpd
import pytest
import shapely

from map_site.assets import STATIC

PLACES = json.loads((STATIC / "places.json").read_bytes())
WATERS = json.loads((STATIC / "waters.json").read_bytes())
DEMO_PROVINCES = Path(__file__).parents[2] / "geo_api" / "demo" / "provinces.geojson"
DISTRICTS = "admin_boundaries/tha_adm2_district_simplified.topojson.gz"
PROVINCES = "admin_boundaries/tha_adm1_province.topojson"
NEAR_DEG = 0.05  # 5 km: how far the demo's outlines are off along some borders


def towns() -> gpd.GeoDataFrame:
    rows = [(str(code or ""), *rest) for code, *rest in PLACES["towns"]]
    return frame(rows, ["code", "th", "en", "lon", "lat", "rank"])


def frame(rows: list[tuple[Any, ...]], columns: list[str]) -> gpd.GeoDataFrame:
    made = gpd.GeoDataFrame(rows, columns=columns)
    points = gpd.points_from_xy(made.lon / PLACES["grid"], made.lat / PLACES["grid"])
    return made.set_geometry(points, crs=4326)


def labelled_provinces() -> gpd.GeoDataFrame:
    rows = [(str(row[0]), *row[1:6]) for row in PLACES["provinces"]]
    return frame(rows, ["code", "th", "en", "lon", "lat", "rank"])


def topology(path: Path) -> gpd.GeoDataFrame:
    prefix = "/vsigzip/" if path.suffix == ".gz" else ""
    return gpd.read_file(f"{prefix}{path}").set_crs(4326, allow_override=True)


def test_there_are_about_900_towns_with_names_in_thai_and_english_and_no_populations() -> None:
    named = towns()

    assert 850 <= len(named) <= 1000
    assert named.th.str.fullmatch(r"[\u0e00-\u0e7f\- ]+").all()
    assert named.en.str.fullmatch(r"[A-Z][A-Za-z'\- ]+").all()
    assert set(named["rank"]) == {0, 1, 2, 3, 4}
    assert not named.duplicated(["code", "th"]).any()
    assert {len(row) for row in PLACES["towns"]} == {6}


def test_towns_lie_in_their_own_provinces() -> None:
    outlines = gpd.read_file(DEMO_PROVINCES).set_index("code").geometry
    coded = towns().query("code != ''")

    own = outlines.loc[coded.code.str[:2]].reset_index(drop=True)

    distances_deg = shapely.distance(own.values, coded.geometry.values)
    assert (distances_deg == 0).mean() > 0.95
    assert (distances_deg < NEAR_DEG).mean() > 0.99


def test_towns_lie_in_their_own_districts(shared_data: Path) -> None:
    districts = topology(shared_data / DISTRICTS)[["ADM2_PCODE", "geometry"]]
    coded = towns().query("code != ''")

    found = coded.sjoin(districts).ADM2_PCODE.str.removeprefix("TH")

    assert (found == coded.code.loc[found.index]).sum() >= len(coded) - 3


def test_all_77_provinces_are_labelled_within_themselves(shared_data: Path) -> None:
    provinces = topology(shared_data / PROVINCES)[["ADM1_PCODE", "geometry"]]
    labelled = labelled_provinces()

    found = labelled.sjoin(provinces)

    assert len(labelled) == len(found) == 77
    assert ("TH" + found.code == found.ADM1_PCODE).all()


def test_only_bangkok_has_a_short_name() -> None:
    assert [row[6:] for row in PLACES["provinces"] if len(row) > 6] == [["กรุงเทพฯ", "Bangkok"]]


def test_seas_are_named_at_sea_and_neighbours_on_their_land() -> None:
    land = gpd.read_file(STATIC / "neighbours.geojson").set_index("name_th").geometry
    everywhere = land.union_all()

    assert all(not everywhere.contains(point) for row in PLACES["seas"] for point in points(row))
    assert all(land[row[0]].contains(point) for row in PLACES["abroad"] for point in points(row))


def points(row: list[Any]) -> list[shapely.Point]:
    degrees = [number / PLACES["grid"] for number in row[2:]]
    return [shapely.Point(pair) for pair in zip(degrees[::2], degrees[1::2], strict=True)]


def test_rivers_begin_around_thailand_and_the_mekong_borders_it() -> None:
    lines = [vertices(line) for line in WATERS["rivers"]]
    lakes = [vertices(rings[0]) for rings in WATERS["lakes"]]

    together = shapely.MultiLineString([line for line in lines if len(line) > 1])
    assert shapely.box(96.5, 4.9, 106.7, 21.1).contains(together)
    chao_phraya_at_ayutthaya = shapely.Point(100.55, 14.35)
    assert together.distance(chao_phraya_at_ayutthaya) < 0.1
    songkhla_lake = shapely.Point(100.4, 7.45)
    assert any(shapely.Polygon(lake).distance(songkhla_lake) < 0.1 for lake in lakes)


def vertices(line: list[int]) -> list[tuple[float, float]]:
    lon = lat = 0
    found = []
    for dlon, dlat in zip(line[::2], line[1::2], strict=True):
        lon, lat = lon + dlon, lat + dlat
        found.append((lon / WATERS["grid"], lat / WATERS["grid"]))
    return found


@pytest.mark.parametrize(
    ("name", "most"), [("places.json", 22_000), ("waters.json", 25_000)], ids=str
)
def test_what_every_map_loads_is_small(name: str, most: int) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes())) <= most


def test_the_neighbours_outlines_are_small() -> None:
    assert len(brotli.compress((STATIC / "neighbours.geojson").read_bytes())) <= 15_000


def test_licences_lie_beside_the_data() -> None:
    licences = STATIC / "licences"

    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (licences / "gshhg/COPYING.LESSER").read_text()
    assert "GNU GENERAL PUBLIC LICENSE" in (licences / "gshhg/COPYING").read_text()
    sources = (licences / "SOURCES.txt").read_text()
    assert all(source in sources for source in ("GeoNames", "GeoThai", "GSHHG", "Natural Earth"))
