"""Boundaries: the real COD-AB files whole, and a hand-made file of what goes wrong."""

import gzip
import json
import zipfile
from pathlib import Path

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.boundaries import SOURCE
from tests.makers import factory, province

FAULTY = Path(__file__).parents[2] / "samples/boundaries/districts_with_a_bow_tie.geojson"


def test_the_files_of_cod_ab_give_77_provinces_928_districts_and_7425_sub_districts(
    fresh: Connection, shared_data: Path
) -> None:
    folder = shared_data / "admin_boundaries"
    files = (
        folder / "tha_adm1_province.topojson",
        folder / "tha_adm2_district_simplified.topojson.gz",
        folder / "tha_admbnda_adm3_rtsd_20220121.zip",
    )

    first, second = load(fresh, *files), load(fresh, *files)

    assert (first.inserted, first.quarantined, first.warnings) == (77 + 928 + 7425, 0, 0)
    assert (second.inserted, second.updated, second.unchanged) == (0, 0, 77 + 928 + 7425)
    assert rows(
        fresh,
        "SELECT s.name_th, d.name_th, p.name_th FROM subdistrict AS s"
        " JOIN district AS d ON d.code = s.district_code"
        " JOIN province AS p ON p.code = d.province_code WHERE s.code = '100101'",
    ) == [("พระบรมมหาราชวัง", "พระนคร", "กรุงเทพมหานคร")]


def test_another_list_of_provinces_changes_outlines_and_no_name(
    fresh: Connection, shared_data: Path
) -> None:
    folder = shared_data / "admin_boundaries"
    named = "SELECT code, name_th, name_en, region FROM published.provinces ORDER BY id"
    load(fresh, folder / "tha_adm1_province.topojson")
    before = rows(fresh, named)

    tally = load(fresh, folder / "provinces_opengisdata.geojson.gz")

    assert (tally.inserted, tally.updated) == (0, 77)
    assert rows(fresh, named) == before
    assert ("31", "บุรีรัมย์", "Buri Ram", "northeast") in before


def test_an_invalid_outline_is_repaired_and_said(fresh: Connection) -> None:
    load(fresh, FAULTY)

    assert rows(
        fresh,
        "SELECT ST_IsValid(geom), round(ST_Area(geom)::numeric, 4)::text FROM district"
        " WHERE code = '7402'",
    ) == [(True, "0.0050")]
    assert rows(fresh, "SELECT line, detail FROM quarantine WHERE stored") == [
        (2, "7402: Self-intersection[100.25 13.65]")
    ]


def test_metres_unknown_codes_and_lines_are_quarantined(fresh: Connection) -> None:
    tally = load(fresh, FAULTY)

    assert (tally.inserted, tally.quarantined, tally.warnings) == (2, 3, 1)
    assert rows(fresh, "SELECT line, reason FROM quarantine WHERE NOT stored ORDER BY line") == [
        (3, "outline lies outside Thailand"),
        (4, "ADM2_PCODE names no province"),
        (5, "geometry is not an outline"),
    ]


def test_a_surveyed_outline_replaces_a_simulated_one(fresh: Connection, shared_data: Path) -> None:
    province(fresh, "74", source="demo")

    load(fresh, shared_data / "admin_boundaries" / "tha_adm1_province.topojson")

    assert rows(fresh, "SELECT DISTINCT source FROM published.provinces") == [("boundaries",)]


def test_a_simulated_outline_does_not_replace_a_surveyed_one(connection: Connection) -> None:
    province(connection, "74", source="boundaries")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE province SET source = 'demo' WHERE code = '74'")

    assert rows(connection, "SELECT source FROM province") == [("boundaries",)]


def test_outlines_that_come_late_place_the_factories_there_are(connection: Connection) -> None:
    factory(connection, "inside", lon=100.25, lat=13.55, province_code=None)
    factory(connection, "outside", lon=104.0, lat=15.0, province_code=None)

    province(connection, "74")

    assert rows(connection, "SELECT id, province_code FROM factory ORDER BY id") == [
        ("inside", "74"),
        ("outside", None),
    ]


def test_a_zip_that_holds_the_country_as_well_is_read_for_its_provinces(
    fresh: Connection, tmp_path: Path
) -> None:
    import geopandas
    from shapely.geometry import box

    square = [box(100.2, 13.5, 100.3, 13.6)]
    country = {"ADM0_EN": ["Thailand"], "ADM0_PCODE": ["TH"]}
    names = {"ADM1_EN": ["Samut Sakhon"], "ADM1_TH": ["สมุทรสาคร"], "ADM1_PCODE": ["TH74"]}
    for name, columns in (("adm0", country), ("adm1", names)):
        frame = geopandas.GeoDataFrame(columns, geometry=square, crs=4326).to_crs(32647)
        frame.to_file(tmp_path / f"{name}.shp", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "tha.zip", "w") as archive:
        for part in sorted(tmp_path.glob("adm*")):
            archive.write(part, part.name)

    load(fresh, tmp_path / "tha.zip")

    assert rows(fresh, "SELECT code, round(ST_XMin(geom)::numeric, 4)::text FROM province") == [
        ("74", "100.2000")
    ]


def test_a_new_column_is_news_and_its_rows_are_stored(fresh: Connection, tmp_path: Path) -> None:
    document = json.loads(FAULTY.read_text(encoding="utf-8"))
    document["features"][0]["properties"]["ADM2_MOOD"] = "sunny"
    path = tmp_path / "news.geojson.gz"
    path.write_bytes(gzip.compress(json.dumps(document).encode()))

    tally = load(fresh, path)

    assert list(tally.unknown_columns) == ["ADM2_MOOD"]
    assert "ADM2_MOOD" in str(tally)
    assert rows(fresh, "SELECT count(*) FROM district") == [(2,)]
    assert rows(fresh, "SELECT message FROM run") == [
        ("columns not read, for they are not known: ADM2_MOOD",)
    ]


def load(connection: Connection, *files: Path) -> Tally:
    return ingest(connection, SOURCE, file_payloads(files), "files")


def rows(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
