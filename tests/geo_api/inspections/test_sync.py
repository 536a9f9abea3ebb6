"""Edits that phones send: stored once, kept beside what contradicts them, seen by few."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from typing import Any
from uuid import uuid4

import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.accounts.credentials import as_holder, staff_of
from geo_api.database.connections import STAFF, PrivateWrites, Transaction, WritePool, Writes
from geo_api.database.logins import login_url
from geo_api.inspections.inspections import DatabaseInspections
from layers.casework.inspections import (
    ALREADY_STORED,
    CONFLICT,
    NO_CAUSE,
    NOT_ACCESSIBLE,
    REFUSED,
    STORED,
    Edit,
    Fix,
    InspectionNotFound,
    Receipt,
)
from layers.casework.staff import NotAllowed, Staff
from tests.geo_api.inspections.edits import HERE, REQUIRED, VISITED, again, asked_of, edit
from tests.makers import complaint, factory, session_of, staff_account


def officer(connection: Connection, private: PrivateWrites, code: str = "74") -> Staff:
    account = staff_account(connection, province_code=code)
    return staff_of(private.staff, session_of(connection, account))


def statuses(receipts: Any) -> list[str]:
    return [receipt.status for receipt in receipts]


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.fixture
def asked(private: PrivateWrites, connection: Connection) -> DatabaseInspections:
    complaint(connection, "case", "2026-03-01", province_code="74")
    complaint(connection, "elsewhere", "2026-03-01", province_code="21")
    factory(connection, "works", lon=100.25, lat=13.55, province_code="74")
    return asked_of(private.staff)


def test_what_is_sent_twice_is_one(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    staff = officer(connection, private)
    sent = [edit(), edit(factory="works")]

    first, second = asked.sync(staff, sent), asked.sync(staff, sent)

    assert statuses(first) == [STORED, STORED]
    assert statuses(second) == [ALREADY_STORED, ALREADY_STORED]
    assert rows(connection, "SELECT count(*) FROM inspection_revision") == [(2,)]
    assert rows(connection, "SELECT count(*) FROM inspection_answer") == [(2 * len(REQUIRED),)]


@dataclass(frozen=True)
class _BreaksAfter:
    """Connections of which the one after so many transactions breaks before it commits."""

    writes: Writes
    left: list[int]

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self.writes.transaction() as transaction:
            yield transaction
            self.left[0] -= 1
            if self.left[0] < 0:
                raise ConnectionError("the server went away")


def test_a_batch_that_breaks_in_the_middle_is_whole_when_it_is_sent_again(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    staff = officer(connection, private)
    sent = [edit(), edit(), edit()]
    # One transaction reads the checklists; of the edits, the second breaks.
    breaking = asked_of(_BreaksAfter(private.staff, [2]))
    with pytest.raises(ConnectionError):
        breaking.sync(staff, sent)
    kept = rows(connection, "SELECT count(*) FROM inspection_revision")

    receipts = asked.sync(staff, sent)

    assert kept == [(1,)]
    assert statuses(receipts) == [ALREADY_STORED, STORED, STORED]
    assert rows(connection, "SELECT count(*), count(revision_id) FROM inspection") == [(3, 3)]


def test_two_edits_of_the_same_one_are_both_kept_and_shown_until_somebody_chooses(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    first_phone, second_phone = (officer(connection, private) for _ in range(2))
    begun = edit(finding=None, order_section=None, order_number=None)
    one, other = again(begun, finding=NO_CAUSE), again(begun, finding=NOT_ACCESSIBLE)
    asked.sync(first_phone, [begun, one])

    [receipt] = asked.sync(second_phone, [other])

    assert receipt.status == CONFLICT
    assert [(r.id, r.content.finding) for r in receipt.others] == [(one.revision, NO_CAUSE)]
    stored = asked.inspection(first_phone, begun.inspection)
    assert stored.in_conflict and set(stored.heads) == {one.revision, other.revision}
    assert stored.standing == one.revision  # what came first stands

    choice = replace(again(other), based_on=(one.revision, other.revision))
    [chosen] = asked.sync(first_phone, [choice])

    stored = asked.inspection(second_phone, begun.inspection)
    assert chosen.status == STORED
    assert stored.heads == (choice.revision,) and stored.standing == choice.revision
    assert [r.id for r in stored.revisions] == [e.revision for e in (begun, one, other, choice)]


def test_two_phones_that_send_at_once_lose_nothing(fresh: Connection, fresh_url: str) -> None:
    complaint(fresh, "case", "2026-03-01", province_code="74")
    token = session_of(fresh, staff_account(fresh))
    fresh.commit()
    pool = WritePool(login_url(fresh_url, STAFF), 4)
    asked, staff = asked_of(pool), staff_of(pool, token)
    begun = edit(finding=None)
    asked.sync(staff, [begun])
    sides = [again(begun, notes=f"เครื่อง {number}") for number in range(8)]
    twice = [*sides, *sides]

    with ThreadPoolExecutor(4) as phones:
        told = [one for [one] in phones.map(lambda sent: asked.sync(staff, [sent]), twice)]

    stored = asked.inspection(staff, begun.inspection)
    pool.close()
    assert REFUSED not in statuses(told)
    assert len(stored.revisions) == 9 and len(stored.heads) == 8
    assert rows(fresh, "SELECT heads FROM inspection") == [(8,)]


def test_of_a_contradiction_what_stands_is_not_replaced_by_edits_of_the_other_side(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    staff = officer(connection, private)
    begun = edit(finding=None)
    stands, beside = again(begun, finding=NO_CAUSE), again(begun, finding=NOT_ACCESSIBLE)
    asked.sync(staff, [begun, stands, beside])

    receipts = asked.sync(staff, [again(beside), again(stands, notes="ต่อ")])

    assert statuses(receipts) == [CONFLICT, CONFLICT]
    assert rows(connection, "SELECT finding, heads FROM inspection") == [(NO_CAUSE, 2)]


def test_the_distance_is_from_the_fix_to_the_point_of_the_register(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    staff = officer(connection, private)
    sent = edit(factory="works", fix=Fix(100.26, 13.56, 12.5, VISITED))
    asked.sync(staff, [sent])
    with connection.cursor() as cursor:  # the register corrects itself later
        cursor.execute("UPDATE factory SET geom = ST_SetSRID(ST_MakePoint(101, 14), 4326)")

    [stored] = asked.inspections_of(staff, factory="works")

    [revision] = stored.revisions
    # GeographicLib's inverse on WGS84, as pyproj 3.7 has it, from (100.25, 13.55).
    assert revision.distance_m == pytest.approx(1547.7651908, abs=1e-4)
    assert revision.registered_precision == "government"
    assert revision.content.fix == sent.content.fix


def test_without_a_fix_the_reason_is_kept_and_there_is_no_distance(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    staff = officer(connection, private)

    asked.sync(staff, [edit(factory="works", fix=None, no_fix="refused")])

    [stored] = asked.inspections_of(staff, factory="works")
    assert stored.revisions[0].content.no_fix == "refused"
    assert stored.revisions[0].distance_m is None


def test_the_finding_becomes_part_of_the_story_of_the_case(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    staff = officer(connection, private)
    begun = edit(finding=None)

    asked.sync(staff, [begun, again(begun, finding=NO_CAUSE), again(begun, notes="ที่สอง")])

    told = "SELECT complaint_id, kind, account_id, detail ->> 'finding' FROM complaint_event"
    assert rows(connection, told) == [("case", "inspection", staff.account_id, NO_CAUSE)]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (edit("elsewhere"), "not in your province"),
        (edit("elsewhere", "works"), "not in your province"),
        (edit("unknown"), "no such case"),
        (edit(None, "unknown"), "no such case or factory"),
        (edit(None, None), "say which case or factory"),
        (replace(edit(), checklist_version=9), "no such version"),
        (edit(answers={**REQUIRED, "odour": "awful"}), "odour cannot be 'awful': give none, faint"),
        (edit(answers={**REQUIRED, "noise": "loud"}), "noise cannot be 'loud': give a number"),
        (edit(answers={**REQUIRED, "nonsense": "1"}), "no item 'nonsense'"),
        (edit(answers={"met": "yes"}), "needs answers to: working, place_agrees"),
        (edit(based_on=(uuid4(),)), "send that first"),
        (edit(notes="a\0b"), "notes must have 1 to 4000 characters"),
    ],
)
def test_what_cannot_be_stored_is_refused_by_name_and_takes_nothing_from_the_others(
    sent: Edit,
    why: str,
    asked: DatabaseInspections,
    connection: Connection,
    private: PrivateWrites,
) -> None:
    staff = officer(connection, private)

    refused, stored = asked.sync(staff, [sent, edit()])

    assert (refused.status, stored.status) == (REFUSED, STORED)
    assert refused.why is not None and why in refused.why.en
    assert rows(connection, "SELECT count(*) FROM inspection") == [(1,)]


def test_a_finding_that_was_taken_back_is_no_evidence(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    who = officer(connection, private)
    found = edit()
    asked.sync(who, [found])
    before = rows(connection, "SELECT has_evidence('case')")
    asked.sync(who, [again(found, finding=None, order_section=None, order_number=None)])

    assert before == [(True,)]
    assert rows(connection, "SELECT has_evidence('case')") == [(False,)]


def test_an_offset_that_no_zone_has_takes_nothing_from_the_others(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    far = timezone(timedelta(hours=20))
    odd = replace(edit(), device_at=VISITED.astimezone(far), started_at=VISITED.astimezone(far))

    receipts = asked.sync(officer(connection, private), [odd, edit()])

    assert statuses(receipts) == [STORED, STORED]
    [(device_at,)] = rows(
        connection,
        f"SELECT device_at FROM inspection_revision WHERE id = '{odd.revision}'",
    )
    assert device_at == VISITED


def test_an_id_with_other_content_or_of_another_case_is_refused(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    staff = officer(connection, private)
    sent = edit()
    asked.sync(staff, [sent])

    changed = replace(sent, content=replace(sent.content, notes="แก้"))
    moved = replace(again(sent), complaint=None, factory="works")

    told = [receipt.why for receipt in asked.sync(staff, [changed, moved])]
    assert [why and why.en.partition(":")[2] for why in told] == [
        " save it as a new revision",
        " begin a new one",
    ]


def test_who_cannot_get_in_need_not_answer_what_is_seen_inside(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    staff = officer(connection, private)

    assert statuses(asked.sync(staff, [edit(finding=NOT_ACCESSIBLE, answers={})])) == [STORED]


def test_an_inspection_is_seen_in_its_province_alone(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    here, there = officer(connection, private), officer(connection, private, "21")
    of_case, of_factory = edit(), edit(None, "works")
    asked.sync(here, [of_case, of_factory])

    for sent in (of_case, of_factory):
        assert asked.inspection(here, sent.inspection).id == sent.inspection
        with pytest.raises(InspectionNotFound):
            asked.inspection(there, sent.inspection)
        [receipt] = asked.sync(there, [again(sent)])
        assert receipt.status == REFUSED and receipt.others == ()
    for table in ("inspection", "inspection_revision", "inspection_answer", "inspection_photo"):
        with as_holder(private.staff, there.credential) as transaction:
            assert transaction.fetch(f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.parametrize("role", ["analyst"])
def test_who_does_not_work_on_cases_records_no_visit(
    role: str, asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    token = session_of(connection, staff_account(connection, role=role))

    with pytest.raises(NotAllowed):
        asked.sync(staff_of(private.staff, token), [edit()])


@pytest.mark.parametrize("table", ["inspection_revision", "inspection_answer"])
def test_what_was_recorded_is_changed_by_nobody(
    table: str, asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    asked.sync(officer(connection, private), [edit()])

    with (
        connection.cursor() as cursor,
        pytest.raises(psycopg2.errors.InsufficientPrivilege, match=f"{table} keeps"),
    ):
        cursor.execute(f"DELETE FROM {table}")


def test_an_answer_is_not_added_to_an_edit_that_was_stored_before(
    fresh: Connection, fresh_url: str
) -> None:
    complaint(fresh, "case", "2026-03-01", province_code="74")
    token = session_of(fresh, staff_account(fresh))
    fresh.commit()
    pool = WritePool(login_url(fresh_url, STAFF), 1)
    sent = edit()
    asked_of(pool).sync(staff_of(pool, token), [sent])
    statement = "INSERT INTO inspection_answer VALUES (%(revision)s, 'seen', '\"later\"')"

    with (
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
        as_holder(pool, token) as transaction,
    ):
        transaction.execute(statement, {"revision": str(sent.revision)})
    pool.close()


def test_a_receipt_says_nothing_of_what_is_not_refused(
    asked: DatabaseInspections, connection: Connection, private: PrivateWrites
) -> None:
    sent = edit(fix=HERE)
    [receipt] = asked.sync(officer(connection, private), [sent])

    assert receipt == Receipt(
        str(sent.inspection), str(sent.revision), STORED, None, (sent.revision,), ()
    )
