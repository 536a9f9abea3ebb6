"""What wrk says, and what a script of pgbench may hold."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Header, Response

from bench.floors import as_one, script
from bench.load import LoadFailed, Reading, ask, median, told
from tests.serving import serving

SAID = '{"requests": 300, "seconds": 3.0, "bytes": 6000, "p50_ms": 2.5, "p99_ms": 9, "failed": 0}'


@pytest.fixture
def seen() -> list[tuple[str, str | None]]:
    return []


@pytest.fixture
def base(seen: list[tuple[str, str | None]]) -> Iterator[str]:
    app = FastAPI()

    @app.get("/{path}")
    async def answer(path: str, if_none_match: str | None = Header(None)) -> Response:
        seen.append((path, if_none_match))
        return Response(status_code=404 if path == "missing" else 200)

    with serving(app) as address:
        yield address


def test_a_reading_is_requests_a_second_and_the_bytes_of_one_answer() -> None:
    reading = told(f"Running 3s test\n{SAID}\n")

    assert reading == Reading(per_s=100, p50_ms=2.5, p99_ms=9, bytes=20)


def test_one_failed_request_spoils_a_reading() -> None:
    with pytest.raises(LoadFailed, match="1 of 300"):
        told(SAID.replace('"failed": 0', '"failed": 1'))


def test_a_median_is_taken_of_each_number_by_itself() -> None:
    readings = [Reading(1, 30, 5, 7), Reading(2, 10, 5, 7), Reading(3, 20, 5, 7)]

    assert median(readings) == Reading(2, 20, 5, 7)


@pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not installed: setup/bench brings it")
def test_wrk_asks_for_each_address_in_turn_with_its_etag(
    base: str, seen: list[tuple[str, str | None]], tmp_path: Path
) -> None:
    paths = tmp_path / "paths"
    paths.write_text('/a\n/b\t"etag"\n/c\n')

    reading = ask(base, paths, connections=1, seconds=1, first=1)

    assert reading.per_s > 0
    # wrk's first request is one of its own, to see whether anybody answers.
    assert seen[1:5] == [("b", '"etag"'), ("c", None), ("a", None), ("b", '"etag"')]


@pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not installed: setup/bench brings it")
def test_an_answer_that_is_an_error_fails_the_reading(base: str, tmp_path: Path) -> None:
    paths = tmp_path / "paths"
    paths.write_text("/missing\n")

    with pytest.raises(LoadFailed):
        ask(base, paths, connections=1, seconds=1)


def test_pgbench_sees_no_variable_in_a_text() -> None:
    text = "SELECT to_char(now(), 'HH24:MI:SS'), 'it''s:so', '12:30'::time"

    assert script([text]) == (
        "SELECT to_char(now(), 'HH24'||chr(58)||'MI'||chr(58)||'SS'),"
        " 'it''s'||chr(58)||'so', '12:30'::time;\n"
    )


def test_several_statements_become_one_that_answers_all() -> None:
    assert as_one(["SELECT 1", " SELECT 2; "]) == [
        "SELECT (SELECT string_agg(q::text, '') FROM (SELECT 1) AS q),"
        " (SELECT string_agg(q::text, '') FROM (SELECT 2) AS q)"
    ]
