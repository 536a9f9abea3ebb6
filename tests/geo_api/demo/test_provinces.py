"""The province outlines that come with the demo: simplified, but whole and in their places."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

import geo_api

OUTLINES = Path(geo_api.__file__).parent / "demo" / "provinces.geojson"
THAILAND = shapely.box(97.3, 5.6, 105.7, 20.5)
REGIONS = {
    "C": [*range(10, 20), 26, *range(60, 63), *range(64, 68), *range(72, 76)],
    "E": [*range(20, 26), 27],
    "NE": [*range(30, 50)],
    "N": [*range(50, 59)],
    "W": [63, 70, 71, 76, 77],
    "S": [*range(80, 87), *range(90, 97)],
}


@pytest.fixture(scope="module")
def provinces() -> gpd.GeoDataFrame:
    return gpd.read_file(OUTLINES).set_index("code")


def test_all_77_provinces_are_there_in_their_regions(provinces: gpd.GeoDataFrame) -> None:
    expected = {str(code): region for region, codes in REGIONS.items() for code in codes}

    assert len(provinces) == 77
    assert provinces["region"].to_dict() == expected


def test_names_are_thai_and_english(provinces: gpd.GeoDataFrame) -> None:
    named = provinces[["name_th", "name_en"]]

    assert named["name_th"].str.fullmatch("[ก-๙]+").all()
    assert named["name_en"].str.fullmatch("[A-Z][A-Za-z ]+").all()
    assert named["name_th"].is_unique
    assert named["name_en"].is_unique
    assert named.loc["16"].tolist() == ["ลพบุรี", "Lopburi"]


def test_outlines_are_valid_and_neither_overlap_nor_leave_gaps(
    provinces: gpd.GeoDataFrame,
) -> None:
    together = provinces.union_all()

    assert provinces.is_valid.all()
    assert provinces.geometry.is_valid_coverage()
    assert not any(part.interiors for part in shapely.get_parts(together))
    assert together.within(THAILAND)


def test_the_file_stays_small_and_says_where_it_comes_from() -> None:
    written = OUTLINES.read_text(encoding="utf-8")

    assert len(written.encode()) <= 300_000
    assert '"origin": "Natural Earth' in written.splitlines()[0]


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        pytest.param(100.50, 13.75, "10", id="Bangkok"),
        pytest.param(98.99, 18.79, "50", id="Chiang Mai"),
        pytest.param(100.47, 7.01, "90", id="Hat Yai"),
        pytest.param(101.25, 12.68, "21", id="Rayong"),
        pytest.param(103.65, 18.36, "38", id="Bueng Kan, a province since 2011"),
    ],
)
def test_a_city_lies_in_its_province(
    provinces: gpd.GeoDataFrame, lon: float, lat: float, code: str
) -> None:
    found = provinces[provinces.contains(shapely.Point(lon, lat))]

    assert list(found.index) == [code]


def test_each_outline_holds_the_middle_of_the_official_province(
    provinces: gpd.GeoDataFrame, shared_data: Path
) -> None:
    official = gpd.read_file(shared_data / "admin_boundaries" / "tha_adm1_province.topojson")
    middles = official.set_index(
        official["ADM1_PCODE"].str.removeprefix("TH")
    ).representative_point()

    outlines = provinces.geometry.loc[middles.index]

    assert len(middles) == 77
    assert outlines.contains(middles.set_crs(outlines.crs, allow_override=True)).all()
