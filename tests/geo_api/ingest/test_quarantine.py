"""What could not be stored: kept whatever becomes of the run, listed with a remedy, and mended."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.database.runs import RunFailed, Tally
from geo_api.features.quarantine import waiting
from geo_api.ingest import quarantine
from geo_api.ingest.loading import AllRejected, TooFewRows, file_payloads, ingest
from geo_api.ingest.quarantine import as_csv, as_text, waiting_rows
from layers.model import Source
from layers.sources import source_named
from tests.geo_api.ingest.probe_source import PROBE, create_probe, csv_file
from tests.makers import insert

KEYED = replace(PROBE, key=("id",))


@pytest.fixture
def ready(fresh: Connection) -> Connection:
    create_probe(fresh)
    return fresh


def load(connection: Connection, path: Path, source: Source = KEYED) -> Tally:
    return ingest(connection, source, file_payloads([path]), path.name)


def fetched(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def open_lines(connection: Connection) -> list[int]:
    return [
        line
        for (line,) in fetched(
            connection, "SELECT line FROM quarantine WHERE mended_at IS NULL ORDER BY line"
        )
    ]


def test_rows_of_a_run_that_failed_are_kept(ready: Connection, tmp_path: Path) -> None:
    with pytest.raises(TooFewRows):
        load(ready, csv_file(tmp_path, "a,1", "b,none"), replace(KEYED, min_rows=2))

    assert fetched(
        ready, "SELECT q.line, r.status FROM quarantine q JOIN run r ON r.id = q.run_id"
    ) == [(3, "failed")]


def test_a_run_of_which_nothing_is_sound_fails_and_keeps_every_row(
    ready: Connection, tmp_path: Path
) -> None:
    with pytest.raises(AllRejected, match=r"every row read was rejected \(2 of 2\)"):
        load(ready, csv_file(tmp_path, "a,x", "b,none"), replace(KEYED, min_rows=0))

    assert open_lines(ready) == [2, 3]


def test_a_line_that_is_sound_when_its_file_is_read_again_is_mended(
    ready: Connection, tmp_path: Path
) -> None:
    load(ready, csv_file(tmp_path, "a,1", "b,none", "c,nil"))

    load(ready, csv_file(tmp_path, "a,1", "b,2", "c,nil"))

    assert open_lines(ready) == [4]
    assert fetched(ready, "SELECT quarantined FROM published.freshness") == [(1,)]


def test_a_key_that_is_sound_in_another_file_is_mended(ready: Connection, tmp_path: Path) -> None:
    load(ready, csv_file(tmp_path, "a,1", "b,none", "c,nil"))

    (tmp_path / "later").mkdir()
    path = csv_file(tmp_path / "later", "b,2")
    load(ready, path.rename(path.with_name("mended.csv")))

    assert open_lines(ready) == [4]


def test_another_file_of_the_same_name_mends_nothing(ready: Connection, tmp_path: Path) -> None:
    load(ready, csv_file(tmp_path, "a,1", "b,none"))

    load(ready, csv_file(tmp_path, "c,3", "d,4"))  # of the next month
    assert open_lines(ready) == [3]

    load(ready, csv_file(tmp_path, "a,1", "b,2"))
    assert open_lines(ready) == []


def test_a_row_with_an_open_quote_is_mended_by_its_key(ready: Connection, tmp_path: Path) -> None:
    load(ready, csv_file(tmp_path, "a,1", 'b,"2', "c,3"))
    assert open_lines(ready) == [3]

    (tmp_path / "later").mkdir()
    path = csv_file(tmp_path / "later", "b,2")
    load(ready, path.rename(path.with_name("mended.csv")))

    assert open_lines(ready) == []


def test_one_that_comes_back_is_open_again(ready: Connection, tmp_path: Path) -> None:
    for cell in ("none", "2", "none"):
        load(ready, csv_file(tmp_path, "a,1", f"b,{cell}"))

    assert open_lines(ready) == [3]
    assert fetched(ready, "SELECT count(*) FROM quarantine") == [(1,)]


def test_a_run_that_failed_mends_nothing(ready: Connection, tmp_path: Path) -> None:
    load(ready, csv_file(tmp_path, "a,1", "b,none"))

    with pytest.raises(RunFailed):
        load(ready, csv_file(tmp_path, "b,2"), replace(KEYED, min_rows=2))

    assert open_lines(ready) == [3]


def test_no_more_than_so_many_of_a_reason_are_kept_and_the_run_says_so(
    ready: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MOST_PER_REASON", 3)

    tally = load(ready, csv_file(tmp_path, "a,1", *(f"b{n},none" for n in range(10)), "c"))

    assert tally.quarantined == 11
    assert open_lines(ready) == [3, 4, 5, 13]
    assert tally.notes == ["quarantine: 4 of 11 kept, the first 3 of each reason"]
    assert fetched(ready, "SELECT message FROM run") == [(tally.notes[0],)]


def test_old_rows_make_room(
    ready: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MOST_PER_SOURCE", 3)

    for name in "123456":
        path = csv_file(tmp_path, "a,1", "b,none")
        load(ready, path.rename(tmp_path / f"{name}.csv"))

    assert fetched(ready, "SELECT file FROM quarantine ORDER BY id") == [
        ("4.csv",),
        ("5.csv",),
        ("6.csv",),
    ]


def test_rows_are_listed_with_value_reason_and_remedy(ready: Connection, tmp_path: Path) -> None:
    load(ready, csv_file(tmp_path, "a,1", '"=cmd()",none', "c,10-20"))

    with ready.cursor() as cursor:
        rows = list(waiting_rows(cursor, "probe"))

    assert as_text(rows) == "\n".join(
        [
            "probe: 2 × n is not a number",
            "  Write digits alone, as in 1234.5: no unit, no range, no decimal comma",
            "  เขียนตัวเลขล้วน เช่น 1234.5 โดยไม่มีหน่วย ช่วงค่า หรือจุลภาคแทนจุดทศนิยม",
            "    probe.csv line 3: 'none' is not a number: write digits, as in 1234.5",
            "    probe.csv line 4: '10-20' is a range: give one number",
        ]
    )
    first, *_ = csv.DictReader(io.StringIO(as_csv(rows)))
    assert (first["file"], first["line"], first["reason"]) == (
        "probe.csv",
        "3",
        "n is not a number",
    )
    assert first["text"] == '"=cmd()",none'
    assert first["remedy_th"].startswith("เขียนตัวเลขล้วน")


def test_nothing_that_waits_is_said(ready: Connection) -> None:
    with ready.cursor() as cursor:
        assert as_text(waiting_rows(cursor, None)) == "Nothing waits in the quarantine."


def held_back(connection: Connection, lines: int) -> None:
    insert(connection, "run", source="traffy", input="x", status="succeeded")
    [(run_id,)] = fetched(connection, "SELECT max(id) FROM run")
    for line in range(lines):
        insert(
            connection,
            "quarantine",
            run_id=run_id,
            source="traffy",
            file="fondue.csv",
            line=line + 2,
            reason="coords are not in Thailand",
            detail="secret place",
            raw="secret words",
            stored=False,
        )


def test_readers_get_places_and_remedies_and_no_word_of_a_row(
    connection: Connection, reads: Reads, client: TestClient
) -> None:
    held_back(connection, 25)

    told = waiting(reads)

    (reason,) = told["sources"]["traffy"]["reasons"]
    assert (told["rows"], reason["rows"], len(reason["places"])) == (25, 25, 20)
    assert reason["places"][0] == {"file": "fondue.csv", "line": 2}
    for accept in ("text/html", "application/json"):
        answer = client.get("/quarantine?lang=th", headers={"Accept": accept})
        assert answer.status_code == 200
        assert "secret" not in answer.text
        assert "พิกัดอยู่นอกประเทศไทย" in answer.text


def test_the_page_of_the_status_leads_there(connection: Connection, client: TestClient) -> None:
    page = client.get("/status?lang=en", headers={"Accept": "text/html"}).text

    assert 'href="/quarantine?lang=en"' in page


def test_a_complaint_in_quarantine_has_no_words_even_for_the_staff(
    fresh: Connection, tmp_path: Path
) -> None:
    path = tmp_path / "fondue.csv"
    path.write_text(
        "ticket_id,type,comment,coords,timestamp,state\n"
        '1,{กลิ่น},คำร้องลับ,"0,0",2023-05-12 13:27:54+00,เสร็จสิ้น\n'
        '2,{กลิ่น},คำร้องลับ,"100.5,13.7",2023-05-12 13:27:54+00,เสร็จสิ้น\n'
    )

    load(fresh, path, source_named("traffy"))

    [(raw, detail)] = fetched(fresh, "SELECT raw, detail FROM quarantine")
    assert "คำร้องลับ" not in raw + detail
