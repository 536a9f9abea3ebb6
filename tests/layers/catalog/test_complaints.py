"""Complaints as the public sees them: a cell, a day or a month, and no way back to a person."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

REPORTED = datetime(2024, 2, 20, 17, 30, tzinfo=UTC)  # 00:30 on the 21st in Thailand


def receive(connection: Connection, *complaints: dict[str, Any], run: int = 1) -> None:
    """Merges complaints as a run does; defaults make them alike."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE IF EXISTS pg_temp.staged_complaint;"
            " CREATE TEMPORARY TABLE staged_complaint (LIKE staging.complaint INCLUDING GENERATED,"
            " seq bigint GENERATED ALWAYS AS IDENTITY)"
        )
        for number, changes in enumerate(complaints):
            cursor.execute(
                "INSERT INTO staged_complaint"
                " (source, ticket_id, category, status, reported_at, last_activity_at, lon, lat,"
                " text) VALUES ('traffy', %(ticket_id)s, %(category)s, %(status)s,"
                " %(reported_at)s, %(last_activity_at)s, %(lon)s, %(lat)s, %(text)s)",
                {
                    "ticket_id": f"{run}-{number}",
                    "category": "odour",
                    "status": "open",
                    "reported_at": REPORTED,
                    "last_activity_at": None,
                    "lon": 100.2812,
                    "lat": 13.5499,
                    "text": "กลิ่นเหม็น",
                }
                | changes,
            )
        cursor.execute("SELECT merge_complaint(%(run)s)", {"run": run})


def published(connection: Connection) -> list[tuple[Any, ...]]:
    """Precision, time and place of every published complaint."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT time_precision, observed_at, ST_X(geom), ST_Y(geom)"
            " FROM published.complaints ORDER BY 1, 2, 3"
        )
        return cursor.fetchall()


def test_a_lone_complaint_shows_its_month_and_the_centre_of_its_cell(
    connection: Connection,
) -> None:
    receive(connection, {})

    month = datetime(2024, 1, 31, 17, tzinfo=UTC)  # the 1st of February in Thailand
    assert published(connection) == [("month", month, 100.285, 13.545)]


def test_the_fifth_complaint_of_a_cell_and_month_lets_days_be_told(connection: Connection) -> None:
    receive(connection, *[{"lat": 13.541 + n / 1000} for n in range(4)])
    assert {row[0] for row in published(connection)} == {"month"}

    receive(connection, {}, run=2)

    day = datetime(2024, 2, 20, 17, tzinfo=UTC)
    assert {row[:2] for row in published(connection)} == {("day", day)}


def test_a_complaint_that_moves_away_leaves_the_others_in_their_month(
    connection: Connection,
) -> None:
    receive(connection, *[{}] * 5)

    later = REPORTED + timedelta(hours=1)
    receive(connection, {"ticket_id": "1-0", "lon": 100.9, "last_activity_at": later}, run=2)

    assert [(row[0], row[2]) for row in published(connection)] == [
        *[("month", 100.285)] * 4,
        ("month", 100.905),
    ]


def test_other_reports_count_for_nothing_and_are_not_published(connection: Connection) -> None:
    receive(connection, *[{"category": None, "text": None}] * 4, {})

    assert [row[0] for row in published(connection)] == ["month"]


def test_words_are_kept_apart_and_go_when_the_category_goes(connection: Connection) -> None:
    receive(connection, {})
    assert texts(connection) == ["กลิ่นเหม็น"]

    later = REPORTED + timedelta(hours=1)
    gone = {"ticket_id": "1-0", "category": None, "text": None, "last_activity_at": later}
    receive(connection, gone, run=2)

    assert (texts(connection), published(connection)) == ([], [])


def texts(connection: Connection) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM complaint_text")
        return [text for (text,) in cursor.fetchall()]


def test_an_older_state_does_not_undo_a_newer_one(connection: Connection) -> None:
    later = REPORTED + timedelta(days=1)
    receive(connection, {"status": "closed", "last_activity_at": later})

    receive(connection, {"ticket_id": "1-0", "last_activity_at": REPORTED}, run=2)

    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM published.complaints")
        assert cursor.fetchall() == [("closed",)]


def test_a_cell_is_at_least_a_kilometre_each_way(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_Distance(ST_Point(100, y)::geography, ST_Point(100.01, y)::geography) > 1000"
            " AND ST_Distance(ST_Point(100, y)::geography, ST_Point(100, y + 0.01)::geography)"
            " > 1000 FROM unnest(ARRAY[5.63, 20.46]) AS y"
        )

        assert cursor.fetchall() == [(True,), (True,)]


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ("geom && ST_MakeEnvelope(100, 13, 100.1, 13.1, 4326)", "complaint_public_geom"),
        (
            "ST_DWithin(geom::geography, ST_SetSRID(ST_Point(100, 13), 4326)::geography, 5000)",
            "complaint_public_geography",
        ),
        ("observed_at >= '2024-02-27+07'", "complaint_public_at"),
        ("id > 'ffff'", "complaint_p"),
    ],
)
def test_the_questions_of_the_api_reach_an_index(
    connection: Connection, condition: str, index: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO complaint (source, ticket_id, category, reported_at, geom, public_at)"
            " SELECT 'traffy', n::text, 'odour', t, ST_SetSRID(ST_MakePoint(98 + n % 600 * 0.01,"
            " 6 + n % 1300 * 0.01), 4326), t FROM generate_series(1, 5000) AS n,"
            " LATERAL (SELECT timestamptz '2024-01-01' + n * interval '16 minutes' AS t) AS u;"
            " ANALYZE complaint"
        )
        cursor.execute(f"EXPLAIN SELECT id FROM published.complaints WHERE {condition}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert index in plan
