"""What is said of a row that cannot be read, and that its neighbours are none the worse for it."""

from pathlib import Path

import pytest

from geo_api.ingest.payloads import records
from layers.model import BadValue, Format, Record

FORMATS = (Format("csv", frozenset({"id", "name", "place"})),)


def read(folder: Path, *lines: str, header: str = "id,name,place") -> list[Record]:
    path = folder / "rows.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return list(records(path, FORMATS))


def sound(found: list[Record]) -> list[str]:
    return [record.values["id"] for record in found if record.values and not record.fault]


def problem_of(record: Record) -> BadValue:
    with pytest.raises(BadValue) as told:
        record.check()
    return told.value


def test_too_many_or_too_few_cells_say_how_many_were_wanted(tmp_path: Path) -> None:
    found = read(tmp_path, "a,b,c,d,e", "f,g", "h,i,j,,", "k,l,m")

    assert sound(found) == ["h", "k"]
    assert [problem_of(record).detail for record in found[:2]] == [
        "too many: 3 wanted, 5 found",
        "too few: 3 wanted, 2 found",
    ]


@pytest.mark.parametrize(
    "after",
    [
        ["b,y,z", "c,y,z"],  # no other quote in the file
        ["b,y,z", 'c,"y",z'],  # closed by the next one
        ["b,y,z", 'c,"y, w",z'],
        ['b,"y",z', 'c,y,"z"'],
        ["b,y,z", 'c,"",z'],
        [*[f"b{n},y,z" for n in range(2000)], 'c,"y",z'],  # closed a long way on
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_an_unclosed_quote_spoils_its_own_line_alone(
    after: list[str], delimiter: str, tmp_path: Path
) -> None:
    lines = ["a,x,y", 'q,"ชื่อ,ที่', *after]
    plain = [line.replace(", ", "، ").replace(",", delimiter) for line in lines]

    found = read(tmp_path, *plain, header=f"id{delimiter}name{delimiter}place")

    assert sound(found) == ["a", *[line.partition(",")[0] for line in after]]
    (spoilt,) = [record for record in found if record.fault]
    assert (spoilt.line, spoilt.raw) == (3, plain[1])
    assert problem_of(spoilt).reason == "a quote is opened and not closed"
    assert problem_of(spoilt).detail.startswith("it opens in line 3, column name")


def test_several_lines_of_one_cell_are_one_record(tmp_path: Path) -> None:
    found = read(tmp_path, 'a,"1', "2", '3",x', "b,y,z")

    assert [record.values["name"] for record in found] == ["1\n2\n3", "y"]
    assert [record.line for record in found] == [2, 5]


@pytest.mark.parametrize("line", ['b,"y"s,z', 'b,y "q" y,z', 'b,5" pipe,z'])
def test_quotes_that_are_marks_are_read_as_such(line: str, tmp_path: Path) -> None:
    found = read(tmp_path, "a,x,y", line, "c,x,y")

    assert sound(found) == ["a", "b", "c"]


def test_empty_rows_are_none(tmp_path: Path) -> None:
    found = read(tmp_path, "a,x,y", ",,", "", " , ,", "b,x,y", ",,,,")

    assert sound(found) == ["a", "b"]
    assert len(found) == 2
