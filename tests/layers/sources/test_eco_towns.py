"""Eco-industrial towns: areas by gazetted names, levels, outlines that stand in their place."""

import json
from pathlib import Path
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.eco_towns import SOURCE
from tests.layers.sources.reading import parsed, values_of, written
from tests.makers import box, insert, province

AREAS = """phase,no,province_code,municipality_or_zone_th,district_th,subdistricts_th,\
target_level_by_2570,source,adm3_pcodes
1,7,74,เทศบาลนครอ้อมน้อย,กระทุ่มแบน,อ้อมน้อย;สวนหลวง,5,"MOI 2561; table P-66",TH740201;TH740202
1 (added),19,74,,เมืองสมุทรสาคร,,,MOI 2566,
2,4,74,,เมืองสมุทรสาคร,ท่าทราย;โกรกกราก,3,MOI 2565,TH740103;TH749999
"""
LEVELS = "eco_town_id,ปี,ระดับ,ผู้ประเมิน\n1-7,2564,3,กรมโรงงานอุตสาหกรรม\n1-7,2565,4,\n2-4,2565,0,\n"


def load(connection: Connection, folder: Path, name: str, content: str) -> Tally:
    file = folder / name
    file.write_text(content)
    return ingest(connection, SOURCE, file_payloads([file]), name)


def boundaries(connection: Connection) -> None:
    province(connection, "74", wkt=box(100, 13, 101, 14))
    insert(
        connection, "district", code="7401", province_code="74", name_th="เมืองสมุทรสาคร",
        name_en="Mueang", source="boundaries", wkt=multi(box(100, 13, 100.5, 14)),
    )  # fmt: skip
    for n, code in enumerate(("740201", "740202", "740103")):
        insert(
            connection, "subdistrict", code=code, district_code=code[:4], name_th=code,
            name_en=code, source="boundaries",
            wkt=multi(box(100.5 + n / 10, 13, 100.6 + n / 10, 13.1)),
        )  # fmt: skip
    connection.commit()


def multi(polygon: str) -> str:
    return polygon.replace("POLYGON(", "MULTIPOLYGON((") + ")"


def towns(connection: Connection, columns: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {columns} FROM published.eco_towns ORDER BY id")
        return {id: values for id, *values in cursor}


def test_an_outline_is_made_of_the_parts_that_the_notice_names(
    fresh: Connection, tmp_path: Path
) -> None:
    boundaries(fresh)

    tally = load(fresh, tmp_path, "areas.csv", AREAS)

    assert (tally.inserted, tally.quarantined) == (3, 0)
    assert towns(fresh, "name_th, extent, target_level, target_year") == {
        "1-19": ["เมืองสมุทรสาคร", "illustrative", None, None],
        "1-7": ["เทศบาลนครอ้อมน้อย", "gazetted", 5, 2027],
        "2-4": ["เมืองสมุทรสาคร", "partly_gazetted", 3, 2027],
    }
    with fresh.cursor() as cursor:
        cursor.execute("SELECT id, round(ST_Area(geom)::numeric, 4) FROM published.eco_town_areas")
        assert {id: float(area) for id, area in cursor} == {"1-7": 0.02, "2-4": 0.01}


def test_boundaries_that_come_later_give_the_outline_then(
    fresh: Connection, tmp_path: Path
) -> None:
    load(fresh, tmp_path, "areas.csv", AREAS)
    assert towns(fresh, "extent") == {}

    boundaries(fresh)

    assert towns(fresh, "extent")["1-7"] == ["gazetted"]


def test_a_supplied_outline_stands_in_the_place_of_what_names_give(
    fresh: Connection, tmp_path: Path
) -> None:
    boundaries(fresh)
    load(fresh, tmp_path, "areas.csv", AREAS)
    ring = [[100.2, 13.2], [100.4, 13.2], [100.4, 13.4], [100.2, 13.4], [100.2, 13.2]]
    feature = {
        "type": "Feature",
        "properties": {"eco_town_id": "1-19"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }

    load(
        fresh, tmp_path, "outlines.geojson",
        json.dumps({"type": "FeatureCollection", "features": [feature]}),
    )  # fmt: skip

    assert towns(fresh, "extent, ST_AsText(geom, 6)")["1-19"] == ["supplied", "POINT(100.3 13.3)"]


def test_the_newest_level_counts_and_none_is_not_level_0(fresh: Connection, tmp_path: Path) -> None:
    boundaries(fresh)
    load(fresh, tmp_path, "areas.csv", AREAS)

    load(fresh, tmp_path, "levels.csv", LEVELS)

    assert towns(fresh, "level, level_year") == {
        "1-19": [None, None],
        "1-7": [4, 2022],
        "2-4": [0, 2022],
    }


def test_what_is_no_level_and_a_code_elsewhere_are_quarantined(
    fresh: Connection, tmp_path: Path
) -> None:
    header, first, *_ = AREAS.splitlines()
    elsewhere = first.replace("TH740201", "TH110201")

    areas = load(fresh, tmp_path, "areas.csv", f"{header}\n{elsewhere}\n2,9,74,ก,,,,,\n")
    levels = load(fresh, tmp_path, "levels.csv", f"{LEVELS}1-7,2563,6,\n1-7,2555,1,\n")

    assert areas.reasons == {"adm3_pcodes is not in the province of the row": 1}
    assert levels.reasons == {"level is not 0 to 5": 1, "year is out of range": 1}


def test_the_list_of_54_areas_is_whole_and_again_changes_nothing(
    fresh: Connection, shared_data: Path
) -> None:
    file = shared_data / "eco_town_areas" / "eco_town_areas.csv"

    def loaded() -> Tally:
        return ingest(fresh, SOURCE, file_payloads([file]), file.name)

    assert (loaded().inserted, loaded().unchanged) == (54, 54)
    with fresh.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE area_codes <> '{}'), count(DISTINCT province_code),"
            " count(*) FILTER (WHERE target_level IS NULL) FROM eco_town"
        )
        assert cursor.fetchone() == (51, 39, 1)


def test_a_town_is_known_by_its_numbers_however_they_are_written(tmp_path: Path) -> None:
    lines = ["๑,๕,๗๔", "1.0,7,74.0", "2,1.5,TH74"]
    file = written(tmp_path / "towns.csv", "\n".join(["phase,no,province_code", *lines]))

    found, rejected = parsed(SOURCE, file)

    towns = values_of(found, "eco_town")
    assert [(town["id"], town["province_code"]) for town in towns] == [("1-5", "74"), ("1-7", "74")]
    assert [(one.reason, one.detail) for one in rejected] == [("no is not a number", "'1.5'")]


def test_a_level_names_its_town_however_it_is_written(tmp_path: Path) -> None:
    file = written(tmp_path / "levels.csv", "eco_town_id,year,level\n ๑ - ๕,๒๕๖๗,๓\n")

    (level,) = values_of(parsed(SOURCE, file)[0], "eco_town_level")

    assert (level["eco_town_id"], level["year"], level["level"]) == ("1-5", 2024, 3)
