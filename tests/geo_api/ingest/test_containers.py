"""One table gives the same records, whatever file it is saved in, for every source."""

import random
from pathlib import Path
from typing import Any

import pytest

from geo_api.ingest.payloads import Findings, one_by_one, parts
from layers.model import Delivery, Format, Rejected, Row
from layers.sources import source_named
from tests.geo_api.ingest.files import Rows, delimited, every_container, shapefile, zipped
from tests.layers.sources.reading import RECEIVED, SAMPLES

WRITTEN = {
    "diw": """
FID|DISPFACREG|FACTYPE|FNAME|ONAME|OBJECT|FADDR|FAMPNAME|FPROVNAME|HP|FFLAG|LAT|LNG
74000000125607|3-53(1)-130/60สค|05301|บริษัท ก จำกัด|บริษัท ก จำกัด|ตัด, พับ|9|เมือง|ระยอง|7.5|1|13.5|100.2
|3-53(1)-131/60รย|05301|บริษัท "สอง" จำกัด|บริษัท สอง จำกัด|ผลิต|9/2|เมือง|ระยอง|7|1|12.7105|101.1467
""",
    "firms": """
latitude|longitude|bright_ti4|scan|track|acq_date|acq_time|satellite|confidence|version|bright_ti5|frp|daynight
17.51886|97.39788|335.42|0.44|0.39|2026-04-23|703|N|n|2.0NRT|305.15|6.38|D
17.53848|97.59299|335.23|0.45|0.39|2026-04-23|703|N|n|2.0NRT|301.22|5.01|D
""",
    "traffy": """
ticket_id|type|comment|coords|timestamp|state
2026-AAAAAA|{กลิ่น}|กลิ่นเหม็น; มาก|100.5,13.7|2026-11-20 05:00:00+00|เสร็จสิ้น
2026-BBBBBB|{ถนน}|หลุม|100.6,13.8|2026-11-20 06:00:00+00|รอรับเรื่อง
""",
    "green_industry": """
registration_no|level|issued_on|certificate_no
3-53(1)-130/60สค|3|2566-05-01|ก-1
3-53(1)-131/60รย|4|01/05/2566|
""",
    "factory_returns": """
registration_no|year|energy|quantity|unit
3-53(1)-130/60สค|2566|diesel|1200.5|ลิตร
3-53(1)-131/60รย|2023|grid_electricity|5000|kWh
""",
    "air4thai": """
station_id|name_th|area_th|lat|lon|kind
28t|การเคหะ, ดินแดง|กรุงเทพฯ|13.7625|100.5502|GROUND
31t|ศูนย์ราชการ|ระยอง|12.6721|101.2757|GROUND
""",
    "industrial_estates": """
id|name_th|lat|lon|operations
1|นิคมอุตสาหกรรมบางปู|13.52|100.65|กนอ.
2|นิคมอุตสาหกรรม, ลาดกระบัง|13.75|100.8|ร่วม
""",
}  # fmt: skip
TABLES: dict[str, Rows] = {
    source: [line.split("|") for line in written.strip().splitlines()]
    for source, written in WRITTEN.items()
}


def results(source: str, path: Path) -> tuple[list[dict[str, Any]], Findings]:
    """The values of the rows that a file gives, and what was found beside; none is rejected."""
    declared, findings = source_named(source), Findings()
    found: list[Row | Rejected] = []
    for part in parts(path, path.name, declared.formats, findings):
        delivery = Delivery(part.name, RECEIVED)
        found += declared.parse(one_by_one(part.batches), delivery)
    assert [one for one in found if isinstance(one, Rejected) and not one.stored] == []
    return [row.values for row in found if isinstance(row, Row)], findings


@pytest.mark.parametrize("source", TABLES)
def test_a_table_says_the_same_in_every_container(source: str, tmp_path: Path) -> None:
    table = TABLES[source]
    plain = tmp_path / "plain.csv"
    plain.write_text(delimited(table), encoding="utf-8")
    wanted, _ = results(source, plain)
    assert len(wanted) >= len(table) - 1

    for kind, (name, content) in every_container(table, tmp_path).items():
        (tmp_path / name).write_bytes(content)
        found, findings = results(source, tmp_path / name)

        assert (kind, found) == (kind, wanted)
        assert (kind, list(findings.columns)) == (kind, [])


def written(chance: random.Random) -> str:
    """A cell: what is text to one program is a number, a date or a sign to another."""
    return chance.choice(
        [
            *("ก", "บริษัท ก จำกัด", "a,b", "a;b", 'x "y" z', "05301", "1e5", "1.50", "-0", "007"),
            *("", "", "TRUE", "2566-01-02", "01/02/2566", "๑๒๓", "a|b", "'x", "น้ำ"),
        ]
    )


@pytest.mark.parametrize("seed", range(12))
def test_random_tables_say_the_same_in_every_container(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    header = ["id", "name", "ชื่อ", "Remark"][: chance.randint(2, 4)]
    rows = [
        [f"r{number}", *[written(chance) for _ in header[1:]]]
        for number in range(chance.randint(2, 30))
    ]
    formats = (Format("csv", frozenset(header)),)

    def read(name: str, content: bytes) -> list[list[str]]:
        (tmp_path / name).write_bytes(content)
        found = parts(tmp_path / name, name, formats)
        records = [record for part in found for record in one_by_one(part.batches)]
        # What is no value is an empty cell in one file and null in another.
        return [[record.values[column] or "" for column in header] for record in records]

    wanted = read("plain.csv", delimited([header, *rows]).encode())

    assert len(wanted) == len(rows)
    for kind, (name, content) in every_container([header, *rows], tmp_path).items():
        assert (kind, read(name, content)) == (kind, wanted)


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_shapefile_is_read_with_its_thai_text_in_degrees(
    encoding: str, declared: bool, tmp_path: Path
) -> None:
    header, *rows = TABLES["air4thai"]
    found = shapefile([header, *rows], tmp_path, encoding)
    if not declared:
        del found["points.cpg"]
    (tmp_path / "s.zip").write_bytes(zipped({f"ชั้น/{n}": part for n, part in found.items()}))

    stations, findings = results("air4thai", tmp_path / "s.zip")

    assert [station["name_th"] for station in stations] == [row[1] for row in rows]
    assert [round(station["lon"], 4) for station in stations] == [100.5502, 101.2757]
    assert list(findings.columns) == []


def test_the_older_workbooks_of_excel_are_read() -> None:
    factories, findings = results("diw", SAMPLES / "files" / "register.xls")

    assert [factory["horsepower"] for factory in factories[:2]] == [100, 110]
    assert {str(factory["updated_on"]) for factory in factories} == {"2023-05-01"}
    assert len(factories) == 8
    assert (findings.columns, findings.notes) == ({}, {})


def test_a_zipped_shapefile_of_firms_is_read(tmp_path: Path) -> None:
    header = "lat lon BRIGHTNESS ACQ_DATE ACQ_TIME SATELLITE CONFIDENCE VERSION BRIGHT_T31 FRP"
    row = "17.51886 97.39788 335.42 2026-04-23 0703 N n 2 305.15 6.38"
    found = shapefile([header.split(), row.split()], tmp_path, "utf-8")
    (tmp_path / "DL_FIRE_SV-C2_1.zip").write_bytes(zipped({**found, "Readme.txt": "FIRMS"}))

    ((detection,), findings) = results("firms", tmp_path / "DL_FIRE_SV-C2_1.zip")

    assert (detection["brightness_k"], detection["background_k"]) == (335.42, 305.15)
    assert (round(detection["lon"], 5), round(detection["lat"], 5)) == (97.39788, 17.51886)
    assert detection["processing"] == "SP"
    assert (findings.columns, findings.notes) == ({}, {})
