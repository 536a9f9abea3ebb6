"""What is in the files: the same features as in GeoJSON, whole, typed and told of."""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree

import geopandas
import pandas as pd
import pyarrow
import pyarrow.ipc
import pyarrow.parquet
import pyogrio
import pytest
import shapely

from geo_api.database.connections import owner_connection
from layers.catalog import catalog
from tests.geo_api.exports.conftest import MANY, NOON, ODD_NAME, World
from tests.makers import insert

Frame: TypeAlias = geopandas.GeoDataFrame
Save = Callable[..., Path]
Read = Callable[..., Frame]

KML = "{http://www.opengis.net/kml/2.2}"


def from_arrow(path: Path) -> Frame:
    return Frame.from_arrow(pyarrow.ipc.open_stream(path.read_bytes()).read_all())


def from_csv(path: Path) -> Frame:
    rows = pd.read_csv(path, dtype={"id": str})
    shapes = (
        shapely.points(rows["lon"], rows["lat"]) if "lon" in rows else shapely.from_wkt(rows["wkt"])
    )
    return Frame(rows, geometry=shapes, crs=4326)


def from_geojson_seq(path: Path) -> Frame:
    texts = path.read_text(encoding="utf-8").split("\x1e")
    assert texts.pop(0) == ""
    assert all(text.endswith("}\n") for text in texts)
    features = [json.loads(text) for text in texts]
    return Frame.from_features(
        [f | {"properties": {"id": f["id"], **f["properties"]}} for f in features], crs=4326
    )


READERS: Mapping[str, Callable[[Path], Frame]] = {
    "geojsonseq": from_geojson_seq,
    "csv": from_csv,
    "kml": geopandas.read_file,
    "arrow": from_arrow,
    "parquet": geopandas.read_parquet,
    "fgb": geopandas.read_file,
    "gpkg": geopandas.read_file,
}
every_format = pytest.mark.parametrize("f", READERS)
typed_format = pytest.mark.parametrize("f", ["arrow", "parquet", "fgb", "gpkg"])


@pytest.fixture
def saved(world: World, tmp_path: Path) -> Save:
    """Downloads the items of a layer in the format `f` into a file."""

    def save(layer: str, f: str, **params: object) -> Path:
        answer = world.get(layer, f=f, **params)
        assert answer.status_code == 200, answer.text
        path = tmp_path / f"{layer}.{f}"
        path.write_bytes(answer.content)
        return path

    return save


@pytest.fixture
def read(saved: Save) -> Read:
    """The same as a frame, in the order of the ids unless it is of another."""

    def read(layer: str, f: str, **params: object) -> pd.DataFrame:
        found = READERS[f](saved(layer, f, **params))
        if f not in ("parquet", "fgb") or "sortby" in params:
            return found
        return found.sort_values("id", ignore_index=True)  # the file has it along a curve

    return read


@every_format
def test_a_file_has_the_features_of_the_items_in_their_order(
    f: str, world: World, read: Read
) -> None:
    for layer in ("factories", "provinces", "hotspots"):
        items = world.get(layer).json()["features"]

        found = read(layer, f)

        assert list(found["feature_id" if f == "kml" else "id"]) == [
            str(item["id"]) for item in items
        ]
        for shape, item in zip(found.geometry, items, strict=True):
            assert shape.normalize().equals_exact(
                shapely.geometry.shape(item["geometry"]).normalize(), 1e-6
            )
        assert found.crs == "EPSG:4326"


@every_format
def test_thai_text_and_odd_signs_arrive_as_they_are(f: str, read: Read) -> None:
    assert list(read("factories", f)["Name" if f == "kml" else "name"]) == [
        ODD_NAME,
        "=HYPERLINK(1)",
    ]


@typed_format
def test_times_are_instants_in_utc_and_missing_values_missing(f: str, read: Read) -> None:
    fires, works = read("hotspots", f), read("factories", f)

    assert fires["observed_at"][0] == pd.Timestamp(NOON)
    assert str(fires["observed_at"].dt.tz) == "UTC"
    assert fires["frp_mw"].isna().tolist() == [True, False, True]
    assert fires["frp_mw"][1] == 12.5
    assert pd.Timestamp(works["updated_on"][0]) == pd.Timestamp(2026, 1, 31)
    assert works["workers"][0] == 7
    assert works.loc[1, ["updated_on", "workers", "province_code"]].isna().all()


def test_times_in_text_are_iso_8601_in_utc(saved: Save) -> None:
    rows = pd.read_csv(saved("hotspots", "csv"))
    kml = saved("hotspots", "kml", limit=1).read_text(encoding="utf-8")

    assert rows["observed_at"][0] == "2026-02-01T05:30:15.25Z"
    assert "<TimeStamp><when>2026-02-01T05:30:15.25Z</when></TimeStamp>" in kml


@typed_format
def test_a_feature_that_lies_nowhere_is_in_the_file_too(f: str, world: World, read: Read) -> None:
    with closing(owner_connection(world.database)) as connection, connection:
        with connection.cursor() as cursor:
            cursor.execute("SELECT min(id) FROM run")
            [(run,)] = cursor.fetchall()
            cursor.execute("DELETE FROM season_comparison")
        for kind, area in (("country", "TH"), ("province", "74")):
            insert(
                connection, "season_comparison", season=2024, area_kind=kind, area_code=area,
                land_use="all", this_season=2025, first_day="2024-12-01", last_day="2024-12-02",
                detections=5, by_satellite="N", satellites="N", abstained="few", method="m",
                source="season_comparison", run_id=run,
            )  # fmt: skip

    found = read("season_comparison", f)

    assert sorted(found["geometry"].isna()) == [False, True]
    assert tuple(found.geometry.total_bounds) == (100, 13.4, 100.5, 13.8)


@pytest.mark.parametrize("f", ["csv", "arrow", "parquet", "fgb", "gpkg"])
def test_an_empty_answer_is_a_whole_file_with_every_column(f: str, saved: Save) -> None:
    path = saved("factories", f, bbox="0,0,1,1")

    found = pd.read_csv(path) if f == "csv" else READERS[f](path)
    assert len(found) == 0
    assert {"id", "name", "horsepower"} <= set(found.columns)


def test_an_empty_answer_is_a_whole_file_also_without_columns(saved: Save) -> None:
    sequence = saved("factories", "geojsonseq", bbox="0,0,1,1")
    document = ElementTree.parse(saved("factories", "kml", bbox="0,0,1,1"))

    assert sequence.read_bytes() == b""
    assert document.find(f".//{KML}Document/{KML}name") is not None
    assert document.find(f".//{KML}Placemark") is None


@every_format
def test_the_other_parameters_hold(f: str, read: Read) -> None:
    later = f"{NOON.isoformat().replace('+00:00', 'Z')}/.."
    asked = {"properties": "frp_mw", "sortby": "-observed_at", "limit": 2, "datetime": later}

    found = read("hotspots", f, bbox="97,5,99,8", **asked)

    assert list(found["feature_id" if f == "kml" else "id"]) == ["h0000002", "h0000001"]
    assert "land_use_th" not in found


@pytest.mark.parametrize("f", ["arrow", "parquet", "fgb", "gpkg", "csv"])
def test_coordinates_come_in_the_crs_that_is_asked_for(f: str, saved: Save) -> None:
    path = saved("factories", f, crs="http://www.opengis.net/def/crs/EPSG/0/32647")

    if f == "csv":
        rows = pd.read_csv(path)
        found = Frame(geometry=shapely.points(rows["x"], rows["y"]), crs=32647)
    else:
        found = READERS[f](path).sort_values("id", ignore_index=True)
    assert found.crs == "EPSG:32647"
    expected = Frame(geometry=[shapely.Point(100.25, 13.55)], crs=4326).to_crs(32647)
    assert found.geometry[0].distance(expected.geometry[0]) < 0.01


@every_format
def test_geometry_can_be_left_out(f: str, saved: Save) -> None:
    path = saved("factories", f, skipGeometry="true")

    if f == "csv":
        assert {"lon", "lat"}.isdisjoint(pd.read_csv(path).columns)
    if f == "parquet":
        schema = pyarrow.parquet.read_schema(path)
        assert "geometry" not in schema.names
        assert b"geo" not in schema.metadata
    if f in ("fgb", "gpkg"):
        assert len(pyogrio.read_dataframe(path)) == 2
    if f == "kml":
        assert ElementTree.parse(path).find(f".//{KML}Point") is None


def test_geoparquet_says_what_it_holds(saved: Save) -> None:
    points = pyarrow.parquet.ParquetFile(saved("factories", "parquet"))
    areas = pyarrow.parquet.ParquetFile(saved("provinces", "parquet"))

    geo, of_areas = (json.loads(file.metadata.metadata[b"geo"]) for file in (points, areas))
    column = geo["columns"]["geometry"]
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["Point"])
    assert column["bbox"] == [99.5, 7.125, 100.25, 13.55]
    assert column["crs"]["id"] == {"authority": "EPSG", "code": 4326}
    assert of_areas["columns"]["geometry"]["geometry_types"] == ["MultiPolygon"]


def test_a_small_box_of_a_parquet_file_reads_little_of_it(crowd: World, tmp_path: Path) -> None:
    path = tmp_path / "hotspots.parquet"
    path.write_bytes(crowd.get("hotspots", f="parquet").content)
    west, south, east, north = box = (100.0, 10.0, 100.2, 10.2)

    found = geopandas.read_parquet(path, bbox=box)
    told = pyarrow.parquet.ParquetFile(path).metadata
    groups = [told.row_group(number) for number in range(told.num_row_groups)]
    read = 0
    for group in groups:
        ends = {
            group.column(n).path_in_schema: group.column(n).statistics
            for n in range(group.num_columns)
            if group.column(n).path_in_schema.startswith("bbox.")
        }
        read += (
            ends["bbox.xmin"].min <= east
            and ends["bbox.xmax"].max >= west
            and ends["bbox.ymin"].min <= north
            and ends["bbox.ymax"].max >= south
        )

    whole = geopandas.read_parquet(path)
    assert 1 <= read <= len(groups) // 3, f"{read} of {len(groups)} row groups"
    assert len(found) == len(whole.cx[west:east, south:north]) > 0
    assert "bbox" not in whole.columns and len(whole) == MANY


@pytest.mark.parametrize("params", [{}, {"limit": 2}, {"sortby": "-frp_mw"}])
def test_a_flatgeobuf_has_its_index_unless_an_order_was_asked_for(
    params: dict[str, object], saved: Save
) -> None:
    told = pyogrio.read_info(saved("hotspots", "fgb", **params))

    assert told["capabilities"]["fast_spatial_filter"] == ("sortby" not in params)


def test_columns_say_what_they_mean(saved: Save) -> None:
    told = pyarrow.parquet.read_schema(saved("factories", "parquet")).field("horsepower").metadata

    declared = next(f for f in catalog()["factories"].fields if f.name == "horsepower")
    assert told[b"title_th"].decode() == declared.title.th
    assert told[b"title_en"].decode() == declared.title.en
    assert told[b"unit"].decode() == declared.unit


def test_a_file_says_where_it_comes_from(saved: Save) -> None:
    origins = [
        pyarrow.parquet.read_schema(saved("hotspots", "parquet")).metadata[b"fahsai"],
        pyarrow.ipc.open_stream(saved("hotspots", "arrow").read_bytes()).schema.metadata[b"fahsai"],
        pyogrio.read_info(saved("hotspots", "gpkg"))["layer_metadata"]["fahsai"],
    ]
    documents = [
        saved("hotspots", "kml").read_bytes(),
        # Its header is in front, uncompressed.
        saved("hotspots", "fgb").read_bytes(),
    ]

    for origin in map(json.loads, origins):
        assert origin["layer"] == "hotspots"
        assert origin["attribution"] == "NASA FIRMS/LANCE; GISTDA"
        assert origin["simulated"] is True
        assert datetime.fromisoformat(origin["retrieved_at"]).tzinfo
    for document in documents:
        for told in ("จุดความร้อน / Hotspots", "NASA FIRMS/LANCE; GISTDA", "Simulated data"):
            assert told.encode() in document


def test_csv_for_excel_begins_with_its_mark_and_holds_no_formula(saved: Save) -> None:
    plain = saved("factories", "csv").read_bytes()
    excel = saved("factories", "csv", bom="1")

    rows = pd.read_csv(excel, encoding="utf-8-sig")
    assert excel.read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert list(rows["name"]) == [ODD_NAME, "'=HYPERLINK(1)"]
    assert rows["workers"][0] == 7
    assert plain.startswith(b"id,")
    assert b"=HYPERLINK(1)" in plain
    assert b"'=HYPERLINK(1)" not in plain
