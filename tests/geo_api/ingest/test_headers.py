"""Where a table's header is found, how its names are understood, and what is said of others."""

import json
from pathlib import Path

import pytest

from geo_api.ingest.payloads import Findings, one_by_one, parts
from layers.model import Format, Record, UnexpectedPayload
from layers.sources import source_named
from tests.geo_api.ingest.files import delimited, workbook

FACTORIES = (
    Format(
        "csv",
        frozenset({"REG_NO", "NAME", "LAT", "LNG"}),
        frozenset({"HP"}),
        ignored=frozenset({"NOTE"}),
        synonyms={"เลขทะเบียน": "REG_NO", "ชื่อ โรงงาน": "NAME", "ละติจูด": "LAT", "lon": "LNG"},
    ),
)
HEADER = ["REG_NO", "NAME", "HP", "LAT", "LNG"]
ROWS = [["1", "ก", "5", "13.5", "100.5"], ["2", "ข", "6", "13.6", "100.6"]]


def read(path: Path, content: str | bytes) -> tuple[list[Record], Findings]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    findings = Findings()
    found = parts(path, path.name, FACTORIES, findings)
    return [record for part in found for record in one_by_one(part.batches)], findings


def places(records: list[Record]) -> list[tuple[str, str, str]]:
    return [(r.values["REG_NO"], r.values["LAT"], r.values["LNG"]) for r in records]


WANTED = [("1", "13.5", "100.5"), ("2", "13.6", "100.6")]


@pytest.mark.parametrize(
    "header",
    [
        ["reg_no", "name", "hp", "lat", "lng"],
        ["Reg No", "Name ", "HP", " Lat.", "LNG"],
        ["REG\nNO", "NAME", "HP", "LAT", "LNG"],
        ["เลขทะเบียน", "ชื่อโรงงาน", "HP", "ละติจูด", "LON"],
        ["เลขทะเบียน (reg_no)", "NAME (ชื่อ)", "กำลัง [HP]", "LAT (องศา)", "lon(WGS 84)"],
    ],
)
def test_names_are_known_by_case_spaces_and_synonyms(header: list[str], tmp_path: Path) -> None:
    records, findings = read(tmp_path / "f.csv", delimited([header, *ROWS]))

    assert places(records) == WANTED
    assert findings.columns == {}


def test_a_header_stands_below_titles_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    titles = [["ทะเบียนโรงงาน", "", "", "", ""], ["ข้อมูล ณ วันที่ 1 พ.ค. 2566"], []]

    records, _ = read(tmp_path / "f.csv", delimited([*titles, HEADER, *ROWS]))

    assert [record.line for record in records] == [5, 6]


def test_names_merged_over_two_rows_are_one_header(tmp_path: Path) -> None:
    upper = ["REG_NO", "NAME", "HP", "พิกัด", ""]
    lower = ["", "", "(แรงม้า)", "LAT", "LNG"]
    sheet = workbook([upper, lower, *ROWS], merged=["A1:A2", "B1:B2", "D1:E1"])

    assert places(read(tmp_path / "f.csv", delimited([upper, lower, *ROWS]))[0]) == WANTED
    assert places(read(tmp_path / "f.xlsx", sheet)[0]) == WANTED


def test_cells_merged_downwards_say_the_same_in_every_row(tmp_path: Path) -> None:
    sheet = workbook([HEADER, ROWS[0], ["2", "", "6", "13.6", "100.6"]], merged=["B2:B3"])

    records, _ = read(tmp_path / "f.xlsx", sheet)

    assert [record.values["NAME"] for record in records] == ["ก", "ก"]


@pytest.mark.parametrize("word", ["รวม", "รวมทั้งสิ้น 2 แห่ง", "Total", "ยอดรวม:", "Grand total"])
@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_a_total_is_left_out_and_said(word: str, extension: str, tmp_path: Path) -> None:
    table = [HEADER, *ROWS, [word, "", "11", "", ""]]
    content = workbook(table) if extension == "xlsx" else delimited(table)

    records, findings = read(tmp_path / f"f.{extension}", content)

    assert places(records) == WANTED
    assert list(findings.notes) == [f"f.{extension} line 4 is a total: left out"]


def test_a_factory_called_as_a_total_is_a_factory(tmp_path: Path) -> None:
    records, findings = read(
        tmp_path / "f.csv", delimited([HEADER, ["1", "รวม", "5", "13.5", "100.5"]])
    )

    assert [record.values["NAME"] for record in records] == ["รวม"]
    assert findings.notes == {}


def test_unknown_repeated_and_nameless_columns_are_told_once_by_name(tmp_path: Path) -> None:
    header = [*HEADER, "หมายเหตุ", "HP", "", "", "NOTE", "ลำดับ"]
    rows = [[*row, "x", "99", "", "y", "n", "1"] for row in ROWS]

    records, findings = read(tmp_path / "f.csv", delimited([header, *rows]))

    assert places(records) == WANTED
    assert [record.values["HP"] for record in records] == ["5", "6"]
    assert list(findings.columns) == ["หมายเหตุ", "HP (repeated)", "column 9 (no name)"]


def test_the_sheet_that_is_the_table_is_read_and_others_are_not(tmp_path: Path) -> None:
    sheet = workbook([["คำอธิบาย"], ["HP", "แรงม้า"]], [HEADER, *ROWS])

    assert places(read(tmp_path / "f.xlsx", sheet)[0]) == WANTED


def test_a_missing_column_is_named_alone(tmp_path: Path) -> None:
    with pytest.raises(UnexpectedPayload) as refused:
        read(tmp_path / "f.csv", delimited([row[:4] for row in [HEADER, *ROWS]]))

    said = str(refused.value)
    assert "f.csv lacks the column LNG; needed: LAT, LNG, NAME, REG_NO" in said
    assert "f.csv ขาดคอลัมน์ LNG" in said
    assert "looks like" not in said


@pytest.mark.parametrize(
    ("given", "asked"),
    [("firms/live.csv", "diw"), ("diw/live.csv", "firms"), ("traffy/fondue.csv", "air4thai")],
)
def test_a_file_of_another_source_is_known_for_it(given: str, asked: str) -> None:
    path = Path(__file__).resolve().parents[2] / "samples" / given

    with pytest.raises(UnexpectedPayload) as refused:
        list(parts(path, path.name, source_named(asked).formats))

    source = given.partition("/")[0]
    assert f"looks like a file of the source {source}: fahsai ingest {source}" in str(refused.value)


def test_a_table_without_a_header_is_not_quoted(tmp_path: Path) -> None:
    with pytest.raises(UnexpectedPayload) as refused:
        read(tmp_path / "f.csv", "1,นายสมชาย ใจดี,Mr Somchai\n2,นางสาวสมหญิง,x\n")

    assert "no header that is known; found: 3 columns that are not known" in str(refused.value)
    assert not [word for word in ("สมชาย", "Somchai") if word in str(refused.value)]


def test_a_header_in_the_midst_of_joined_files_is_no_record(tmp_path: Path) -> None:
    records, _ = read(tmp_path / "f.csv", delimited([HEADER, ROWS[0], HEADER, ROWS[1]]))

    assert places(records) == WANTED
    assert [record.line for record in records] == [2, 4]


def test_lines_drawn_between_rows_are_no_records(tmp_path: Path) -> None:
    line = ["-----", "---", "---", "---", "---"]

    records, _ = read(tmp_path / "f.csv", delimited([HEADER, line, *ROWS, line]))

    assert places(records) == WANTED


def test_a_hidden_sheet_is_read_where_no_other_is_the_table(tmp_path: Path) -> None:
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook([HEADER, *ROWS], [HEADER, *ROWS[:1]])))
    book.worksheets[0].sheet_state = "hidden"
    book.save(tmp_path / "one.xlsx")
    book.remove(book.worksheets[1])
    book.create_sheet("ว่าง")
    book.save(tmp_path / "none.xlsx")

    assert places(read_file(tmp_path / "one.xlsx")) == WANTED[:1]
    assert places(read_file(tmp_path / "none.xlsx")) == WANTED


def test_formulas_that_nobody_computed_are_told_and_not_taken_for_empty(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "f.xlsx"
    path.write_bytes(workbook([HEADER, *ROWS]))
    assert read(path, path.read_bytes())[1].notes == {}

    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A2"] = "=1+1"
    book.save(path)
    [told] = read(path, path.read_bytes())[1].notes

    assert told.startswith("f.xlsx: formulas without their value are read as empty")


def read_file(path: Path) -> list[Record]:
    return read(path, path.read_bytes())[0]


def test_the_xml_of_excel_2003_is_read_with_the_cells_it_leaves_out(tmp_path: Path) -> None:
    rows = "".join(
        f'<Row><Cell><Data ss:Type="String">{a}</Data></Cell><Cell><Data>{b}</Data></Cell>'
        f'<Cell ss:Index="4"><Data>{d}</Data></Cell><Cell><Data>{e}</Data></Cell></Row>'
        for a, b, _, d, e in [HEADER, *ROWS]
    )
    names = 'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    document = f'<?xml version="1.0"?><Workbook {names}><Table>{rows}</Table></Workbook>'

    records, findings = read(tmp_path / "f.xls", document)

    assert places(records) == WANTED
    assert findings.columns == {}


@pytest.mark.parametrize("by_row", [True, False])
def test_columns_as_data_frames_write_them_are_records(by_row: bool, tmp_path: Path) -> None:
    columns = {name: [row[place] for row in ROWS] for place, name in enumerate(HEADER)}
    content = {name: dict(enumerate(c)) for name, c in columns.items()} if by_row else columns

    records, _ = read(tmp_path / "f.json", json.dumps(content))

    assert places(records) == WANTED
