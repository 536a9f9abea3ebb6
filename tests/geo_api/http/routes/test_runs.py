"""A row's Run, and what it read."""

from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Session

from tests.makers import insert


def run(connection: Session, source: str, **values: object) -> int:
    """A Run that succeeded; its number."""
    told = {"input": "a file of ours", "status": "succeeded", "message": "words of ours", **values}
    insert(connection, "run", source=source, finished_at="2026-03-01T02:00:00Z", **told)
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM run")
        [(number,)] = cursor.fetchall()
    return int(number)


def test_a_run_names_the_runs_that_it_computed_from_and_nothing_of_its_own_words(
    client: TestClient, connection: Session
) -> None:
    read = run(connection, "firms")
    made = run(connection, "fire_events", method_version=2, data_as_of="2026-03-01T01:00:00Z")
    insert(connection, "run_input", run_id=made, input_run_id=read)

    told = client.get(f"/api/runs/{made}").json()

    assert {name: told[name] for name in ("run", "source", "status", "method_version")} == {
        "run": made,
        "source": "fire_events",
        "status": "succeeded",
        "method_version": 2,
    }
    assert told["data_as_of"].startswith("2026-03-01T01:00:00")
    [one] = told["inputs"]
    assert (one["run"], one["source"]) == (read, "firms")
    assert "of ours" not in client.get(f"/api/runs/{made}").text


def test_a_reading_of_a_source_read_no_run(client: TestClient, connection: Session) -> None:
    assert client.get(f"/api/runs/{run(connection, 'firms')}").json()["inputs"] == []


def test_a_number_that_no_run_has_is_said_with_the_remedy(client: TestClient) -> None:
    answer = client.get("/api/runs/987654", headers={"Accept": "application/json"})

    assert answer.status_code == 404
    assert answer.json()["detail"] == (
        "there is no run 987654: give the run_id of a row, as in /api/runs/1"
    )
