"""Boundaries: the real COD-AB files whole, and a hand-made file of what goes wrong."""

import gzip
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.runs import RunFailed, Tally
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


MINISTRY = {"AMPHOE_T": "อ.บ้านแพ้ว", "AMPHOE_E": "Ban Phaeo"}
SCHEMES: dict[str, tuple[Mapping[str, object], str, tuple[object, ...]]] = {
    "province's code and two digits": (
        MINISTRY | {"AMP_CODE": "3", "PROV_CODE": 74},
        "district",
        ("7403", "บ้านแพ้ว", "Ban Phaeo"),
    ),
    "four digits": (
        {"AMP_CODE": "7403", "AMP_NAM_T": "บ้านแพ้ว", "AMP_NAM_E": "Ban Phaeo", "AREA": 1.5},
        "district",
        ("7403", "บ้านแพ้ว", "Ban Phaeo"),
    ),
    "gistda": (
        {"ap_idn": 7403, "ap_tn": "บ้านแพ้ว", "ap_en": "Ban Phaeo", "pv_idn": 74},
        "district",
        ("7403", "บ้านแพ้ว", "Ban Phaeo"),
    ),
    "no english": (
        {"T_CODE": "1", "A_CODE": "3", "P_CODE": "74", "T_NAME_T": "ต.บ้านแพ้ว"},
        "subdistrict",
        ("740301", "บ้านแพ้ว", "บ้านแพ้ว"),
    ),
    "opengisdata": (
        {"tam_code": "740301", "tam_th": "บ้านแพ้ว", "tam_en": "Ban Phaeo", "amp_code": "7403"},
        "subdistrict",
        ("740301", "บ้านแพ้ว", "Ban Phaeo"),
    ),
    "gadm": (
        {"GID_1": "THA.58_1", "GID_0": "THA", "COUNTRY": "Thailand", "NAME_1": "SamutSakhon"}
        | {"NL_NAME_1": "สมุทรสาคร", "HASC_1": "TH.SS", "CC_1": "NA", "ISO_1": "NA"},
        "province",
        ("74", "สมุทรสาคร", "Samut Sakhon"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_outlines_are_read_by_the_columns_of_others(
    scheme: str, encoding: str, fresh: Connection, tmp_path: Path
) -> None:
    values, table, wanted = SCHEMES[scheme]
    path = outlines(tmp_path, values, encoding)

    load(fresh, path)

    assert rows(fresh, f"SELECT code, name_th, name_en FROM {table}") == [wanted]


def test_a_list_without_english_names_takes_none_away(fresh: Connection, tmp_path: Path) -> None:
    district = {"AMP_CODE": "7403", "AMP_NAM_T": "บ้านแพ้ว"}
    load(fresh, outlines(tmp_path, district | {"AMP_NAM_E": "Ban Phaeo"}, "utf-8"))

    tally = load(fresh, outlines(tmp_path, district, "utf-8"))

    assert rows(fresh, "SELECT name_en FROM district") == [("Ban Phaeo",)]
    assert tally.reasons["no English name: the Thai one stands for it"] == 1


@pytest.mark.parametrize("level", [2, 3])
def test_the_districts_of_gadm_are_refused_with_the_reason(
    level: int, fresh: Connection, tmp_path: Path
) -> None:
    values = {"GID_1": "THA.1_1", "NAME_1": "AmnatCharoen"} | {
        f"{what}_{n}": "NA" if what == "CC" else "x"
        for n in range(2, level + 1)
        for what in ("GID", "NAME", "NL_NAME", "TYPE", "CC")
    }

    with pytest.raises(RunFailed, match=r"GADM has no codes .* ใช้ GADM ระดับ 1"):
        load(fresh, outlines(tmp_path, values, "utf-8"))


def outlines(folder: Path, values: Mapping[str, object], encoding: str) -> Path:
    """A zipped shapefile, in UTM, of one square with these attributes."""
    import geopandas
    from shapely.geometry import box

    columns = {name: [value] for name, value in values.items()}
    square = [box(100.2, 13.5, 100.3, 13.6)]
    frame = geopandas.GeoDataFrame(columns, geometry=square, crs=4326).to_crs(32647)
    frame.to_file(folder / "outlines.shp", encoding=encoding)
    with zipfile.ZipFile(folder / "outlines.zip", "w") as archive:
        for part in sorted(folder.glob("outlines.[!z]*")):
            archive.write(part, f"ขอบเขต/{part.name}")
    return folder / "outlines.zip"


def load(connection: Connection, *files: Path) -> Tally:
    return ingest(connection, SOURCE, file_payloads(files), "files")


def rows(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
