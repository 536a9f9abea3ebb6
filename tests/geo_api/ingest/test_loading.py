"""A run: all of it or nothing, what it says of itself, and what a kill leaves behind."""

import gzip
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import owner_connection
from geo_api.database.runs import RunFailed, Tally
from geo_api.ingest.loading import TooFewRows, file_payloads, ingest
from layers.model import Delivery, Source
from tests.geo_api.database.servers import wait_until
from tests.geo_api.ingest.probe_source import PROBE, create_probe, csv_file

SCRIPT_TIMEOUT_S = 60
NOT_A_NUMBER = "'none' is not a number: write digits, as in 1234.5"
KILLED = """
import sys, time
from pathlib import Path
from geo_api.database.connections import owner_connection
from geo_api.ingest.loading import file_payloads, ingest
from tests.geo_api.ingest.probe_source import PROBE

def payloads():
    yield from file_payloads([Path(sys.argv[2])])
    print("half-way", flush=True)
    time.sleep(60)

ingest(owner_connection(sys.argv[1]), PROBE, payloads(), "killed")
"""
MEASURED = """
import resource, sys
from pathlib import Path
from geo_api.database.connections import owner_connection
from geo_api.ingest.loading import file_payloads, ingest
from tests.geo_api.ingest.probe_source import PROBE

connection = owner_connection(sys.argv[1])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
tally = ingest(connection, PROBE, file_payloads([Path(sys.argv[2])]), "large")
print(tally.inserted, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
connection.close()
"""


@pytest.fixture
def ready(fresh: Connection) -> Connection:
    create_probe(fresh)
    return fresh


def load(connection: Connection, path: Path, source: Source = PROBE) -> Tally:
    return ingest(connection, source, file_payloads([path]), path.name)


def fetched(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def stored(connection: Connection) -> list[tuple[Any, ...]]:
    return fetched(connection, "SELECT id, n FROM probe ORDER BY id")


def test_new_changed_and_unchanged_rows_are_told_apart(ready: Connection, tmp_path: Path) -> None:
    load(ready, csv_file(tmp_path, "a,1", "b,2"))

    tally = load(ready, csv_file(tmp_path, "a,1", "b,3", "c,4", "c,5"))

    assert (tally.inserted, tally.updated, tally.unchanged, tally.merged) == (1, 1, 1, 1)
    assert stored(ready) == [("a", 1), ("b", 3), ("c", 5)]
    [(first,), (second,)] = fetched(ready, "SELECT id FROM run ORDER BY id")
    assert fetched(ready, "SELECT id, run_id FROM probe ORDER BY id") == [
        ("a", first),
        ("b", second),
        ("c", second),
    ]


def test_a_row_that_a_trigger_keeps_as_it_was_is_not_changed(
    ready: Connection, tmp_path: Path
) -> None:
    load(ready, csv_file(tmp_path, "a,1", "b,2"))
    with ready.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RETURN CASE WHEN NEW.id = ''a'' THEN NULL ELSE NEW END; END';"
            "CREATE TRIGGER keeps BEFORE UPDATE ON probe FOR EACH ROW EXECUTE FUNCTION keep()"
        )

    tally = load(ready, csv_file(tmp_path, "a,7", "b,8"))

    assert (tally.inserted, tally.updated, tally.unchanged) == (0, 1, 1)
    assert stored(ready) == [("a", 1), ("b", 8)]


def test_reading_a_file_again_changes_nothing(ready: Connection, tmp_path: Path) -> None:
    path = csv_file(tmp_path, "a,1", "b,none")
    load(ready, path)

    again = load(ready, path)

    assert (again.inserted, again.updated, again.unchanged, again.quarantined) == (0, 0, 1, 1)
    assert fetched(ready, "SELECT count(*) FROM quarantine") == [(1,)]


def test_a_bad_row_is_quarantined_with_its_line_reason_and_text(
    ready: Connection, tmp_path: Path
) -> None:
    tally = load(ready, csv_file(tmp_path, "a,1", "b,none", "c", "d,odd"))

    few = "too few: 2 wanted, 1 found"
    assert fetched(
        ready, "SELECT file, line, reason, detail, raw, stored FROM quarantine ORDER BY line"
    ) == [
        ("probe.csv", 3, "n is not a number", NOT_A_NUMBER, "b,none", False),
        ("probe.csv", 4, "cells do not fit the header", few, "c", False),
        ("probe.csv", 5, "n is odd", "stored without", "d,odd", True),
    ]
    assert (tally.read, tally.sound, tally.quarantined, tally.warnings) == (4, 2, 2, 1)
    assert stored(ready) == [("a", 1), ("d", None)]


def test_too_few_rows_fail_the_run_and_write_nothing(ready: Connection, tmp_path: Path) -> None:
    path = csv_file(tmp_path, "a,1", "b,none")

    with pytest.raises(TooFewRows, match="1 sound rows of 2 read, at least 2 needed"):
        load(ready, path, replace(PROBE, min_rows=2))

    assert stored(ready) == []
    # Whoever mends the file needs to know where.
    assert fetched(ready, "SELECT line, reason FROM quarantine") == [(3, "n is not a number")]
    ((status, message),) = fetched(ready, "SELECT status, message FROM run")
    assert status == "failed"
    assert "nothing was changed" in message
    assert "1 × n is not a number" in message


def test_a_new_column_is_told_by_its_name_and_the_rest_is_stored(
    ready: Connection, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "a,1,2,", "b,2,3,", header="id,n,surprise,")

    tally = load(ready, path)

    assert stored(ready) == [("a", 1), ("b", 2)]
    assert str(tally).endswith("columns not read, for they are not known: surprise")
    assert fetched(ready, "SELECT status, message FROM run") == [
        ("succeeded", "columns not read, for they are not known: surprise")
    ]


def test_a_files_time_of_change_says_nothing_of_its_receipt(
    ready: Connection, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "a,1")
    os.utime(path, (0, 0))
    kept = path.rename(tmp_path / "copy.csv")
    (tmp_path / "20261120T101500000000Z-0123456789ab.gz").write_bytes(gzip.compress(b"id,n\na,1\n"))
    now = datetime(2026, 11, 29, 1, tzinfo=UTC)

    ((_, delivery),) = file_payloads([kept], now)
    ((_, answer),) = file_payloads([tmp_path / "20261120T101500000000Z-0123456789ab.gz"], now)

    assert delivery.received_at == now
    assert answer.received_at == datetime(2026, 11, 20, 10, 15, tzinfo=UTC)


def test_a_value_the_table_has_no_column_for_fails_the_run(
    ready: Connection, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "a,1,x", header="id,n,extra")

    with pytest.raises(RunFailed, match="staged_probe has no column extra"):
        load(ready, path)


def test_what_the_database_refuses_fails_the_run_and_quotes_no_row(
    ready: Connection, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "a,1", ",987654")

    with pytest.raises(RunFailed, match='null value in column "id"'):
        load(ready, path)

    ((message,),) = fetched(ready, "SELECT message FROM run WHERE status = 'failed'")
    assert "987654" not in message
    assert stored(ready) == []


def test_a_value_that_the_database_refuses_is_not_quoted_either(
    ready: Connection, tmp_path: Path
) -> None:
    with ready.cursor() as cursor:
        cursor.execute("ALTER TABLE staging.probe ALTER id TYPE integer USING 0")
    ready.commit()

    with pytest.raises(RunFailed, match="the database refused a value"):
        load(ready, csv_file(tmp_path, "นายสมชาย,1"))

    ((message,),) = fetched(ready, "SELECT message FROM run WHERE status = 'failed'")
    assert "สมชาย" not in message


def test_an_error_of_ours_is_recorded_by_its_kind_and_goes_on(
    ready: Connection, tmp_path: Path
) -> None:
    def broken(*_: object) -> Iterator[Any]:
        raise KeyError("a citizen's words")

    with pytest.raises(KeyError):
        load(ready, csv_file(tmp_path, "a,1"), replace(PROBE, parse=broken))

    assert fetched(ready, "SELECT status, message FROM run") == [
        ("failed", "an error of ours: KeyError")
    ]


def test_a_lost_database_fails_the_run(fresh_url: str, ready: Connection, tmp_path: Path) -> None:
    def payloads() -> Iterator[tuple[Path, Delivery]]:
        yield from file_payloads([csv_file(tmp_path, "a,1")])
        end_sessions_but_own(fresh_url)

    with pytest.raises(RunFailed, match="the database refused: "):
        ingest(ready, PROBE, payloads(), "lost")


def end_sessions_but_own(url: str) -> None:
    other = owner_connection(url)
    with other.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    other.close()


def test_a_killed_run_leaves_nothing_and_is_shown_as_interrupted(
    fresh_url: str, ready: Connection, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "a,1")
    process = begin(KILLED, fresh_url, path)
    assert process.stdout is not None
    assert process.stdout.readline() == "half-way\n"

    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=SCRIPT_TIMEOUT_S)
    wait_for_its_session_to_end(ready)

    assert stored(ready) == []
    load(ready, path)
    assert fetched(ready, "SELECT status, left(message, 11) FROM run ORDER BY id") == [
        ("failed", "interrupted"),
        ("succeeded", None),
    ]
    assert stored(ready) == [("a", 1)]


def test_a_run_that_works_beside_another_is_not_taken_for_killed(
    fresh_url: str, ready: Connection, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "a,1")
    process = begin(KILLED, fresh_url, path)
    assert process.stdout is not None
    process.stdout.readline()

    load(ready, path)

    assert fetched(ready, "SELECT status FROM run ORDER BY id") == [("running",), ("succeeded",)]
    process.kill()
    process.communicate(timeout=SCRIPT_TIMEOUT_S)


def wait_for_its_session_to_end(connection: Connection) -> None:
    others = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
    wait_until(lambda: fetched(connection, others) == [(0,)])


def test_a_large_file_needs_little_memory(
    fresh_url: str, ready: Connection, tmp_path: Path
) -> None:
    filler = "ก" * 200
    lines = (f"{number},{number / 7},{filler}" for number in range(100_000))
    path = csv_file(tmp_path, *lines, header="id,n,filler")
    assert path.stat().st_size > 60e6

    process = begin(MEASURED, fresh_url, path)
    told, errors = process.communicate(timeout=SCRIPT_TIMEOUT_S)

    assert errors == ""
    inserted, growth_kib = map(int, told.split())
    assert inserted == 100_000
    assert growth_kib < 60_000


def begin(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python of its own that runs the script; the caller ends it."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    )


def test_each_reason_is_told_with_the_first_line_it_was_met_in(
    ready: Connection, tmp_path: Path
) -> None:
    tally = load(ready, csv_file(tmp_path, "a,1", "b,none", "c,nil"))

    assert str(tally).endswith("; 2 × n is not a number (first: probe.csv line 3)")


def test_a_file_whose_name_is_no_text_is_read(ready: Connection, tmp_path: Path) -> None:
    path = csv_file(tmp_path, "a,1", "b,none")
    odd = path.rename(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.csv"))

    ingest(ready, PROBE, file_payloads([odd]), "odd")

    assert fetched(ready, "SELECT file, line FROM quarantine") == [("?.csv", 3)]
