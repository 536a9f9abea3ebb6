"""The page about the tests is true: its fixtures and files are those there are."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
FIXTURE = re.compile(r"@pytest\.fixture.*\ndef (\w+)")


def test_every_fixture_that_it_names_is_there() -> None:
    files = (ROOT / "tests").rglob("conftest.py")
    there = {name for file in files for name in FIXTURE.findall(file.read_text(encoding="utf-8"))}

    rows = re.findall(r"^\| (`.*?`) \|", PAGE, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}

    assert len(named) > 10
    assert named - there == set()


def test_every_file_that_it_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/.]+)`", PAGE))

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
