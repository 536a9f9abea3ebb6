"""Which share of a provider's types of problems goes into which category; nothing is stored."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from geo_api.cli import main
from geo_api.ingest.problem_types import ProblemType, as_text, problem_types

HEADER = "ticket_id,type,comment,coords,timestamp,state\n"


def report(number: int, types: str, words: str) -> str:
    return f'T-{number},"{types}",{words},"100.5,13.7",2023-05-14 08:00:00+00,รอรับเรื่อง\n'


def test_a_complaint_counts_under_each_of_its_types_and_once_in_all(tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    file.write_text(
        HEADER
        + report(1, "{ถนน,กลิ่น}", "เหม็นมาก")
        + report(2, "{ถนน}", "ถนนเป็นหลุม")
        + report(3, "{}", "มีควันดำ"),
        encoding="utf-8",
    )

    found = problem_types(file)

    assert found.total == ProblemType("", 3, {"odour": 1, "(none)": 1, "dust_smoke": 1})
    assert found.types == (
        ProblemType("ถนน", 2, {"odour": 1, "(none)": 1}),
        ProblemType("(no type)", 1, {"dust_smoke": 1}),
        ProblemType("กลิ่น", 1, {"odour": 1}),
    )
    assert as_text([found]).splitlines() == [
        "reports.csv: 3 complaints, 2 (66.7%) of a category: odour 33.3%, dust_smoke 33.3%",
        "      2    50.0%  ถนน  odour 50.0%",
        "      1   100.0%  (no type)  dust_smoke 100.0%",
        "      1   100.0%  กลิ่น  odour 100.0%",
    ]


def test_both_real_exports_are_told_with_their_shares(shared_data: Path) -> None:
    files = sorted((shared_data / "complaints_traffy").glob("*.csv.gz"))

    told = CliRunner().invoke(main, ["categories", *map(str, files)])

    print(told.stdout)  # noqa: T201, it is what this test is read for
    heads = [line for line in told.stdout.splitlines() if ".csv.gz:" in line]
    assert [head.partition(": odour")[0] for head in heads] == [
        "fondue_2023-05-14_16.csv.gz: 1,000 complaints, 143 (14.3%) of a category",
        "teamchadchart_2023-05-11_12.csv.gz: 1,000 complaints, 131 (13.1%) of a category",
    ]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(range(256))])
def test_a_file_that_is_no_table_is_refused_in_a_line(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    file.write_bytes(content)

    told = CliRunner().invoke(main, ["categories", str(file)])

    assert told.exit_code == 1 and len(told.stderr.strip().splitlines()) == 1
    assert told.stderr.startswith("Error: ") and "reports.csv" in told.stderr
