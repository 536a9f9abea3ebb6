"""The factory that a visit found to be the cause: named, kept in the history, and seen by few."""

from typing import Any

import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.accounts.credentials import as_holder, staff_of
from geo_api.database.connections import PrivateWrites
from geo_api.inspections.inspections import DatabaseInspections
from layers.casework.inspections import NO_CAUSE, REFUSED, STORED, InspectionNotFound
from layers.casework.staff import Staff
from tests.geo_api.inspections.edits import again, asked_of, edit
from tests.makers import complaint, factory, session_of, staff_account


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def officer(connection: Connection, private: PrivateWrites, code: str = "74") -> Staff:
    account = staff_account(connection, province_code=code)
    return staff_of(private.staff, session_of(connection, account))


@pytest.fixture
def asked(private: PrivateWrites, connection: Connection) -> DatabaseInspections:
    complaint(connection, "case", "2026-03-01", lon=100.25, lat=13.55, province_code="74")
    factory(connection, "3-106-1", lon=100.252, lat=13.55, name="บริษัท บ่อพัก จำกัด")
    factory(connection, "3-106-2", lon=100.251, lat=13.55, name="บริษัท ชื่อซ้ำ จำกัด")
    factory(connection, "3-106-3", lon=101.5, lat=12.7, name="บริษัท ชื่อซ้ำ จำกัด")
    return asked_of(private.staff)


@pytest.mark.parametrize("cause", ["3-106-1", "บริษัท บ่อพัก จำกัด"])
def test_a_cause_is_named_by_its_number_or_its_whole_name(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites, cause: str
) -> None:
    sent = edit(cause=cause)

    [receipt] = asked.sync(officer(connection, private), [sent])

    assert receipt.status == STORED
    found = asked.inspection(officer(connection, private), sent.inspection)
    assert found.revisions[0].content.cause == "3-106-1"
    assert found.names == {"3-106-1": "บริษัท บ่อพัก จำกัด"}
    assert rows(connection, "SELECT cause_factory_id FROM inspection") == [("3-106-1",)]
    told = rows(
        connection,
        "SELECT detail ->> 'cause_factory' FROM complaint_event WHERE kind = 'inspection'",
    )
    assert told == [("3-106-1",)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"cause": "บริษัท ไม่มี"}, "no factory has this number"),
        ({"cause": "บริษัท ชื่อซ้ำ จำกัด"}, "several have the name"),
        ({"cause": "3-106-1", "finding": NO_CAUSE}, "only where a cause was found"),
        ({"cause": ""}, "1 to 300"),
        ({"cause": "\ud800"}, "1 to 300"),
    ],
)
def test_what_names_no_one_factory_is_refused_and_nothing_is_kept(
    asked: DatabaseInspections,
    connection: Connection,
    private: PrivateWrites,
    content: dict[str, Any],
    said: str,
) -> None:
    [receipt] = asked.sync(officer(connection, private), [edit(**content)])

    assert receipt.status == REFUSED and receipt.why is not None and said in receipt.why.en
    assert rows(connection, "SELECT count(*) FROM inspection_revision") == [(0,)]


def test_who_was_named_before_stays_in_the_history(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    who = officer(connection, private)
    first = edit(cause="3-106-1")

    asked.sync(who, [first, again(first, cause="3-106-2"), again(first, cause="3-106-2")])

    kept = rows(connection, "SELECT cause_factory_id FROM inspection_revision ORDER BY received_at")
    assert kept == [("3-106-1",), ("3-106-2",), ("3-106-2",)]
    told = rows(
        connection,
        "SELECT detail ->> 'cause_factory' FROM complaint_event WHERE kind = 'inspection'"
        " ORDER BY id",
    )
    assert told == [("3-106-1",), ("3-106-2",)]
    with (
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
        as_holder(asked.writes, who.credential) as transaction,
    ):
        transaction.execute("UPDATE inspection_revision SET cause_factory_id = NULL")


def test_the_cause_is_seen_by_who_sees_the_case(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    sent = edit(cause="3-106-3")
    asked.sync(officer(connection, private), [sent])

    with pytest.raises(InspectionNotFound):
        asked.inspection(officer(connection, private, "21"), sent.inspection)


def test_the_factories_near_a_case_are_offered_the_nearest_first(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    target = asked.target(officer(connection, private), complaint="case", factory=None)

    assert [one.id for one in target.near] == ["3-106-2", "3-106-1"]
    assert target.near[0].distance_m == pytest.approx(108, abs=1)
