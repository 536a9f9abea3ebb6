"""The state machine of complaints: what is declared happens, nothing else, and it is all told."""

import random
from itertools import product
from typing import Any

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.accounts.credentials import as_holder
from geo_api.complaints import workflow
from geo_api.database.connections import PrivateWrites
from layers.casework.cases import CaseChanged, CaseNotFound, Incomplete, Move, NotATransition
from layers.casework.staff import NotAllowed, Staff
from layers.casework.states import (
    DUPLICATE,
    REQUIREMENTS,
    STATES,
    closed_states,
    transition_between,
    transitions,
)
from layers.query import BadQuery
from tests.geo_api.complaints.conftest import Signed
from tests.makers import complaint, insert, staff_account


def row(connection: Connection, id: str) -> tuple[str, bool, str | None]:
    """The state, whether it is closed, and its original."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, closed_at IS NOT NULL, duplicate_of FROM complaint WHERE id = %s", (id,)
        )
        [found] = cursor.fetchall()
    return found[0], found[1], found[2]


def story(connection: Connection, id: str) -> list[tuple[str, str | None, str | None, str | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, from_state, to_state, why FROM complaint_event WHERE complaint_id = %s"
            " ORDER BY id",
            (id,),
        )
        return cursor.fetchall()


def case_in(connection: Connection, state: str, id: str = "case", **more: Any) -> str:
    complaint(connection, id, "2026-03-01", province_code="74", state=state, **more)
    return id


def move(from_state: str, to_state: str, **more: Any) -> Move:
    told = {"why": "เหตุผล", "recipient": "เทศบาล", "order_number": "อก 1/2569", **more}
    return Move(from_state, to_state, **told)


def test_the_declaration_is_what_the_database_enforces(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT from_state, to_state, roles, requires, closes FROM complaint_transition"
        )
        enforced = {(a, b, tuple(r), tuple(q), c) for a, b, r, q, c in cursor.fetchall()}

    assert enforced == {
        (one.from_state, one.to_state, one.roles, one.requires, one.closes) for one in transitions()
    }


def test_every_state_is_reached_named_and_either_an_end_or_not() -> None:
    named = {state for one in transitions() for state in (one.from_state, one.to_state)}

    assert named == set(STATES)
    for one in transitions():
        assert one.closes == (one.to_state in closed_states())


def test_a_random_walk_of_anybody_makes_no_transition_but_those_declared(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    chance = random.Random(14)
    people = [signed("officer", province_code="74"), signed("national"), signed("admin")]
    case_in(connection, "received")
    state, made = "received", 0

    for _ in range(300):
        who, to = chance.choice(people), chance.choice([*STATES, "nowhere"])
        try:
            workflow.transition(private.staff, who, "case", move(state, to))
        except (NotATransition, NotAllowed, Incomplete):
            assert row(connection, "case")[0] == state
            continue
        declared = transition_between(state, to)
        assert declared is not None and who.role in declared.roles
        state, made = to, made + 1
        assert row(connection, "case")[:2] == (state, declared.closes)

    assert made > 20
    assert len(story(connection, "case")) == made


@pytest.mark.parametrize("role", ["officer", "national", "admin"])
def test_the_database_refuses_by_itself_what_is_not_declared_for_the_role(
    role: str, connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    who = signed(role)
    case_in(connection, "received", "other")
    for from_state, to_state in product(STATES, STATES):
        declared = transition_between(from_state, to_state)
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT here")
            case_in(connection, from_state)
            try:
                with as_holder(private.staff, who.credential) as transaction:
                    transaction.execute(
                        "INSERT INTO complaint_event"
                        " (complaint_id, kind, from_state, to_state, account_id, why, detail)"
                        " VALUES ('case', %(kind)s, %(from)s, %(to)s, signed_in_account(), 'x',"
                        """ '{"recipient": "x", "order_number": "x", "duplicate_of": "other"}')""",
                        {"kind": _kind(from_state, to_state), "from": from_state, "to": to_state},
                    )
                done = True
            except psycopg2.DatabaseError as problem:
                assert (problem.pgcode or "").startswith("CW")
                done = False
            cursor.execute("ROLLBACK TO SAVEPOINT here")
        undoes = from_state == DUPLICATE
        assert done == (declared is not None and role in declared.roles and not undoes)


def _kind(from_state: str, to_state: str) -> str:
    if to_state == DUPLICATE:
        return "merged"
    return "unmerged" if from_state == DUPLICATE else "transition"


def test_not_even_the_owner_leaves_a_state_by_what_is_not_declared(connection: Connection) -> None:
    case_in(connection, "received")

    with (
        connection.cursor() as cursor,
        pytest.raises(
            psycopg2.DatabaseError, match="no transition leads from received to reopened"
        ),
    ):
        cursor.execute("UPDATE complaint SET state = 'reopened'")


@pytest.mark.parametrize("evidence", ["order", "earlier order", "photo", "inspection"])
def test_a_case_is_resolved_with_evidence_alone(
    evidence: str, connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    officer = signed()
    case_in(connection, "action_ordered")
    closing = Move("action_ordered", "resolved")

    with pytest.raises(Incomplete, match="evidence: an inspection with a finding") as refused:
        workflow.transition(private.staff, officer, "case", closing)
    assert refused.value.missing == ("evidence",)

    if evidence == "order":
        closing = Move("action_ordered", "resolved", order_number="อก 0305/12")
    elif evidence == "photo":
        photo(connection, "report")
        with pytest.raises(Incomplete):
            workflow.transition(private.staff, officer, "case", closing)
        photo(connection, "evidence")
    else:
        kind, name = (
            ("inspection", "finding") if evidence == "inspection" else ("note", "order_number")
        )
        noted(connection, kind, f'{{"{name}": " \u200b\u00a0\u2060"}}')
        with pytest.raises(Incomplete):
            workflow.transition(private.staff, officer, "case", closing)
        noted(connection, kind, f'{{"{name}": "ถังเก็บรั่ว"}}')
    workflow.transition(private.staff, officer, "case", closing)

    assert row(connection, "case") == ("resolved", True, None)


def photo(connection: Connection, kind: str) -> None:
    id = ("0" if kind == "report" else "1") * 32
    size = {"width": 1, "height": 1, "sha256": b""}
    insert(connection, "complaint_photo", id=id, complaint_id="case", kind=kind, **size)


def noted(connection: Connection, kind: str, detail: str) -> None:
    insert(connection, "complaint_event", complaint_id="case", kind=kind, detail=detail)


def test_what_was_evidence_before_a_case_was_reopened_is_none_after(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    officer = signed()
    case_in(connection, "action_ordered")
    for one in (
        move("action_ordered", "resolved"),
        Move("resolved", "reopened", why="ยังมีกลิ่น"),
        Move("reopened", "inspecting"),
    ):
        workflow.transition(private.staff, officer, "case", one)

    assert row(connection, "case") == ("inspecting", False, None)
    with pytest.raises(Incomplete):
        workflow.transition(private.staff, officer, "case", Move("inspecting", "resolved"))


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        (Move("received", "rejected"), ("reason",)),
        (Move("received", "rejected", why=" \n"), ("reason",)),
        (Move("received", "forwarded", why="ไม่ใช่โรงงาน"), ("recipient",)),
        (Move("received", "forwarded"), ("reason", "recipient")),
    ],
)
def test_what_a_transition_requires_and_lacks_is_named(
    asked: Move,
    missing: tuple[str, ...],
    connection: Connection,
    private: PrivateWrites,
    signed: Signed,
) -> None:
    case_in(connection, "received")

    with pytest.raises(Incomplete) as refused:
        workflow.transition(private.staff, signed(), "case", asked)

    assert refused.value.missing == missing
    assert story(connection, "case") == []


def test_the_second_of_two_officers_is_told_what_the_first_did(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    first, second = signed(), signed()
    case_in(connection, "received")
    workflow.note(private.staff, first, "case", "โทรถามแล้ว")
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM complaint_event")
        [(seen,)] = cursor.fetchall()
    workflow.assign(private.staff, first, "case", first.account_id, "", seen)

    with pytest.raises(CaseChanged, match="something was done since"):
        workflow.assign(private.staff, second, "case", second.account_id, "", seen)
    workflow.transition(private.staff, first, "case", Move("received", "acknowledged"))
    with pytest.raises(CaseChanged, match="now acknowledged"):
        workflow.transition(private.staff, second, "case", move("received", "rejected"))

    assert [kind for kind, *_ in story(connection, "case")] == ["note", "assigned", "transition"]


def test_rejections_are_reopened_by_others_than_officers(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    case_in(connection, "rejected")

    with pytest.raises(NotAllowed, match="is for: national, admin"):
        workflow.transition(private.staff, signed(), "case", move("rejected", "reopened"))
    workflow.transition(private.staff, signed("national"), "case", move("rejected", "reopened"))

    assert row(connection, "case") == ("reopened", False, None)


def test_a_merge_is_undone_to_the_state_before(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    officer = signed()
    case_in(connection, "inspecting")
    case_in(connection, "received", "original")

    workflow.merge(private.staff, officer, "case", "original", "ผู้ร้องคนเดียวกัน", None)
    assert row(connection, "case") == ("duplicate", True, "original")
    workflow.unmerge(private.staff, officer, "case", "คนละเรื่อง", None)

    assert row(connection, "case") == ("inspecting", False, None)
    assert story(connection, "case") == [
        ("merged", "inspecting", "duplicate", "ผู้ร้องคนเดียวกัน"),
        ("unmerged", "duplicate", "inspecting", "คนละเรื่อง"),
    ]


def test_nothing_is_merged_into_itself_a_duplicate_or_what_is_not_seen(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    officer = signed()
    for id in ("case", "second", "third"):
        case_in(connection, "received", id)
    complaint(connection, "elsewhere", "2026-03-01", province_code="21")
    workflow.merge(private.staff, officer, "second", "third", "", None)

    for original in ("case", "second", "elsewhere", "unknown", "x\0"):
        with pytest.raises(Incomplete) as refused:
            workflow.merge(private.staff, officer, "case", original, "", None)
        assert refused.value.missing == ("original",)
    with pytest.raises(Incomplete):
        workflow.merge(private.staff, officer, "third", "case", "", None)
    with connection.cursor() as cursor, pytest.raises(psycopg2.DatabaseError) as past:
        cursor.execute(
            "INSERT INTO complaint_event (complaint_id, kind, from_state, to_state, account_id,"
            " detail) VALUES ('case', 'merged', 'received', 'duplicate', %s, %s)",
            (officer.account_id, '{"duplicate_of": "elsewhere"}'),
        )
    assert past.value.pgcode == "CW003"


def test_nothing_is_merged_into_what_was_closed_before_it_was_reported(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    officer = signed()
    case_in(connection, "received")
    case_in(connection, "resolved", "over", closed_at="2026-02-28")
    case_in(connection, "resolved", "since", closed_at="2026-03-05")

    with pytest.raises(Incomplete) as refused:
        workflow.merge(private.staff, officer, "case", "over", "", None)
    assert refused.value.missing == ("original",)
    assert "not closed before" in REQUIREMENTS["original"].en
    workflow.merge(private.staff, officer, "case", "since", "", None)

    assert row(connection, "case") == ("duplicate", True, "since")


def test_a_case_is_assigned_to_who_works_in_its_province(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    officer, national = signed(), signed("national")
    elsewhere, analyst = signed("officer", province_code="21"), signed("analyst")
    gone = staff_account(connection, disabled_at="2026-01-01")
    case_in(connection, "received")

    for nobody in (elsewhere.account_id, analyst.account_id, gone, 0):
        with pytest.raises(Incomplete):
            workflow.assign(private.staff, officer, "case", nobody, "", None)
    for who in (national.account_id, officer.account_id, None):
        workflow.assign(private.staff, officer, "case", who, "", None)
        with connection.cursor() as cursor:
            cursor.execute("SELECT assigned_to FROM complaint WHERE id = 'case'")
            assert cursor.fetchall() == [(who,)]


def test_spam_is_marked_and_unmarked(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    officer = signed()
    case_in(connection, "received")

    for is_spam in (True, False):
        workflow.mark_spam(private.staff, officer, "case", is_spam, "โฆษณา", None)
        with connection.cursor() as cursor:
            cursor.execute("SELECT is_spam FROM complaint WHERE id = 'case'")
            assert cursor.fetchall() == [(is_spam,)]


@pytest.mark.parametrize("id", ["elsewhere", "unknown", "x\0", "' OR true --"])
def test_another_provinces_case_and_none_are_the_same_to_an_officer(
    id: str, connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    complaint(connection, "elsewhere", "2026-03-01", province_code="21")
    officer = signed()

    with pytest.raises(CaseNotFound, match="no complaint"):
        workflow.note(private.staff, officer, id, "x")
    with pytest.raises(CaseNotFound, match="no complaint"):
        workflow.transition(private.staff, officer, id, Move("received", "acknowledged"))
    with pytest.raises(CaseNotFound, match="no complaint"):
        workflow.merge(private.staff, officer, id, "unknown", "", None)


def test_analysts_and_keys_that_only_read_change_nothing(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    case_in(connection, "received")
    officer = signed()
    reading = Staff(
        officer.account_id, "", "officer", "74", frozenset({"read"}), officer.credential
    )

    for who in (signed("analyst"), reading):
        with pytest.raises(NotAllowed):
            workflow.note(private.staff, who, "case", "x")


def test_staff_write_nothing_in_the_name_of_another_or_of_the_service(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    officer, other = signed(), signed()
    case_in(connection, "received")

    for kind, account in (("note", other.account_id), ("recurred", officer.account_id)):
        with (
            pytest.raises(psycopg2.errors.InsufficientPrivilege),
            as_holder(private.staff, officer.credential) as transaction,
        ):
            transaction.execute(
                "INSERT INTO complaint_event (complaint_id, kind, account_id)"
                " VALUES ('case', %(kind)s, %(account)s)",
                {"kind": kind, "account": account},
            )


@pytest.mark.parametrize("words", ["\x1b[31mคืน", "a\u202eb", "\x07"])
def test_words_that_nobody_sees_are_refused_of_staff_too(
    words: str, connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    case_in(connection, "received")

    with pytest.raises(BadQuery, match="control characters"):
        workflow.note(private.staff, signed(), "case", words)
