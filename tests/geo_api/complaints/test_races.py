"""Officers who decide at once: one is heard, the other told; nothing is half done."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from geo_api.accounts.credentials import staff_of
from geo_api.complaints import workflow
from geo_api.database.connections import STAFF, WritePool
from geo_api.database.logins import login_url
from layers.casework.cases import CaseChanged, Incomplete, Move
from layers.casework.staff import Staff
from tests.makers import complaint, session_of, staff_account

TIMES = 8


@pytest.fixture
def writes(fresh_url: str) -> Iterator[WritePool]:
    """Connections of staff, of which each thread takes its own."""
    pool = WritePool(login_url(fresh_url, STAFF), 4)
    yield pool
    pool.close()


def officer(fresh: Connection, writes: WritePool) -> Staff:
    token = session_of(fresh, staff_account(fresh))
    fresh.commit()
    return staff_of(writes, token)


def at_once(*tasks: Callable[[], None]) -> list[Exception | None]:
    """What each raised, all having begun together."""
    together = threading.Barrier(len(tasks))
    raised: list[Exception | None] = [None] * len(tasks)

    def run(number: int) -> None:
        together.wait()
        try:
            tasks[number]()
        except Exception as problem:
            raised[number] = problem

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_of_two_who_decide_at_once_one_is_heard_and_the_other_told(
    fresh: Connection, writes: WritePool
) -> None:
    people = [officer(fresh, writes) for _ in range(2)]
    for number in range(TIMES):
        id = f"case-{number}"
        complaint(fresh, id, "2026-03-01", province_code="74")
        fresh.commit()

        acknowledge = Move("received", "acknowledged")
        reject = Move("received", "rejected", why="ไม่ใช่โรงงาน")
        raised = at_once(
            partial(workflow.transition, writes, people[0], id, acknowledge),
            partial(workflow.transition, writes, people[1], id, reject),
        )

        told = [one for one in raised if one is not None]
        assert [type(one) for one in told] == [CaseChanged], raised
        with fresh.cursor() as cursor:
            cursor.execute(
                "SELECT c.state, array_agg(e.to_state) FROM complaint AS c"
                " JOIN complaint_event AS e ON e.complaint_id = c.id WHERE c.id = %s GROUP BY 1",
                (id,),
            )
            [(state, story)] = cursor.fetchall()
        fresh.commit()
        assert story == [state]


def test_two_complaints_never_become_each_other_s_duplicate(
    fresh: Connection, writes: WritePool
) -> None:
    people = [officer(fresh, writes) for _ in range(2)]
    for number in range(TIMES):
        one, other = f"one-{number}", f"other-{number}"
        for id in (one, other):
            complaint(fresh, id, "2026-03-01", province_code="74")
        fresh.commit()

        raised = at_once(
            partial(workflow.merge, writes, people[0], one, other, "", None),
            partial(workflow.merge, writes, people[1], other, one, "", None),
        )

        told = [problem for problem in raised if problem is not None]
        assert [type(problem) for problem in told] == [Incomplete], raised
        with fresh.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM complaint WHERE duplicate_of IS NOT NULL AND id IN %s",
                ((one, other),),
            )
            assert cursor.fetchall() == [(1,)]
        fresh.commit()


def test_what_was_done_while_a_merge_waits_is_told_to_its_author(
    fresh: Connection, writes: WritePool
) -> None:
    author, colleague = (officer(fresh, writes) for _ in range(2))
    for id in ("one", "other"):
        complaint(fresh, id, "2026-03-01", province_code="74")
    fresh.commit()
    with fresh.cursor() as cursor, ThreadPoolExecutor() as threads:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('complaint.duplicate_of'))")
        merging = threads.submit(workflow.merge, writes, author, "one", "other", "", 0)
        while not _is_waited_for(cursor):
            assert not merging.done()
        workflow.note(writes, colleague, "one", "ไม่ใช่เรื่องเดียวกัน")
        fresh.commit()

        assert isinstance(merging.exception(), CaseChanged)


def _is_waited_for(cursor: Cursor) -> bool:
    cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    return cursor.fetchone() != (0,)
