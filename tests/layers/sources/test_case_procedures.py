"""An office's own deadlines and steps, of which the product ships none."""

from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.case_procedures import SOURCE

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "case_procedures"


def load(connection: Connection, name: str) -> Tally:
    return ingest(connection, SOURCE, file_payloads([SAMPLES / name]), name)


@pytest.mark.parametrize(
    ("name", "rows", "reason"),
    [
        ("deadlines.csv", 2, "category is not one of those known"),
        ("procedures.csv", 3, "to_state is not one of those known"),
    ],
)
def test_what_an_office_delivers_is_kept_once_and_what_is_unknown_refused(
    name: str, rows: int, reason: str, fresh: Connection
) -> None:
    first, second = load(fresh, name), load(fresh, name)

    assert (first.inserted, first.quarantined, first.reasons) == (rows, 1, {reason: 1})
    assert (second.inserted, second.updated, second.unchanged) == (0, 0, rows)


def test_the_product_ships_no_deadline_and_no_procedure(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source FROM complaint_deadline UNION ALL SELECT source FROM procedure_step"
        )
        assert cursor.fetchall() == []
