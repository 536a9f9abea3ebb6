"""Reports that come at the same time, and again: as many complaints as there were reports."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.complaints.intake import receive
from geo_api.complaints.photos import PhotoStore
from geo_api.database.connections import WRITER, WritePool
from geo_api.database.logins import login_url
from layers.casework.intake import NewComplaint, Position
from tests.geo_api.complaints.pictures import picture

REPORTS, TIMES, AT_ONCE = 20, 4, 8


@pytest.fixture
def pool(fresh_url: str) -> Iterator[WritePool]:
    opened = WritePool(login_url(fresh_url, WRITER), AT_ONCE)
    yield opened
    opened.close()


def test_each_report_that_many_send_at_once_is_one_complaint_with_one_answer(
    pool: WritePool, fresh: Connection, tmp_path: Path
) -> None:
    store = PhotoStore(tmp_path)
    now = datetime.now(UTC)
    photo = picture()

    def send(number: int) -> tuple[int, str, bool]:
        new = NewComplaint("form", "odour", position=Position(100.2, 13.5), photos=(photo,))
        sent = receive(pool, replace(new, client_id=f"{number:032}"), store, now)
        return number, sent.ticket_id, sent.is_new

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(send, [n for n in range(REPORTS) for _ in range(TIMES)]))

    assert len({answer[:2] for answer in answers}) == REPORTS
    assert sum(is_new for _, _, is_new in answers) == REPORTS
    with fresh.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*), (SELECT count(*) FROM complaint_photo),
                (SELECT count(*) FROM complaint_event)
            FROM complaint
            """
        )
        assert cursor.fetchone() == (REPORTS,) * 3
    assert len(list(tmp_path.rglob("*.jpg"))) == REPORTS
