"""What PostgreSQL shows to whom: by the credential alone, whatever is asked."""

import hashlib

import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.accounts.credentials import as_holder, staff_of
from geo_api.database.connections import PrivateWrites
from layers.casework.staff import NotSignedIn
from tests.makers import complaint, session_of, staff_account


def cases(connection: Connection) -> None:
    for id, code in (("in-rayong", "21"), ("in-saraburi", "19"), ("nowhere", None)):
        complaint(connection, id, "2026-03-01", province_code=code)


def seen(private: PrivateWrites, credential: str) -> set[str]:
    with as_holder(private.staff, credential) as transaction:
        return {id for (id,) in transaction.fetch("SELECT id FROM complaint")}


@pytest.mark.parametrize(
    ("role", "province", "expected"),
    [
        ("officer", "21", {"in-rayong"}),
        ("analyst", None, set()),
        ("national", None, {"in-rayong", "in-saraburi", "nowhere"}),
        ("admin", None, {"in-rayong", "in-saraburi", "nowhere"}),
    ],
)
def test_staff_see_the_cases_of_their_province_or_all(
    role: str,
    province: str | None,
    expected: set[str],
    connection: Connection,
    private: PrivateWrites,
) -> None:
    cases(connection)
    account = staff_account(connection, role=role, province_code=province)

    token = session_of(connection, account)

    assert seen(private, token) == expected


def test_a_credential_that_nobody_holds_or_has_ended_opens_nothing(
    connection: Connection, private: PrivateWrites
) -> None:
    cases(connection)
    national = staff_account(connection, role="national")
    ended = session_of(connection, national, expires_at="2020-01-01")
    disabled = session_of(
        connection, staff_account(connection, role="national", disabled_at="2026-01-01")
    )

    for credential in ("", "guessed", ended, disabled, hashlib.sha256(ended.encode()).hexdigest()):
        assert seen(private, credential) == set()
        with pytest.raises(NotSignedIn):
            staff_of(private.staff, credential)


def test_an_officer_writes_into_the_story_of_no_case_of_another_province(
    connection: Connection, private: PrivateWrites
) -> None:
    cases(connection)
    token = session_of(connection, staff_account(connection, role="officer", province_code="21"))
    note = (
        "INSERT INTO complaint_event (complaint_id, kind, account_id, why)"
        " VALUES (%(id)s, 'note', signed_in_account(), 'seen')"
    )

    with as_holder(private.staff, token) as transaction:
        assert transaction.execute(note, {"id": "in-rayong"}) == 1
    with (
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
        as_holder(private.staff, token) as transaction,
    ):
        transaction.execute(note, {"id": "in-saraburi"})


def test_a_case_changes_by_what_is_written_into_its_story_alone(
    connection: Connection, private: PrivateWrites
) -> None:
    cases(connection)
    token = session_of(connection, staff_account(connection, role="admin"))

    for column in ("state", "is_spam", "assigned_to", "province_code", "category"):
        with (
            pytest.raises(psycopg2.errors.InsufficientPrivilege),
            as_holder(private.staff, token) as transaction,
        ):
            transaction.execute(f"UPDATE complaint SET {column} = NULL")


@pytest.mark.parametrize("table", ["audit_log", "complaint_event"])
def test_what_was_noted_is_not_changed_even_by_the_owner(
    table: str, connection: Connection
) -> None:
    complaint(connection, "case", "2026-03-01")
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit(NULL, 'sign_in', 'account 1')")
        cursor.execute("INSERT INTO complaint_event (complaint_id, kind) VALUES ('case', 'note')")
        for change in (f"DELETE FROM {table}", f"TRUNCATE {table}"):
            cursor.execute("SAVEPOINT before")
            with pytest.raises(psycopg2.errors.InsufficientPrivilege, match=f"{table} keeps"):
                cursor.execute(change)
            cursor.execute("ROLLBACK TO SAVEPOINT before")
