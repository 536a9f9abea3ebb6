"""The log of what was done tells when it was tampered with, and where."""

import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.accounts.audit import BadSeal, BrokenLog, tail, verify
from geo_api.database.connections import PrivateWrites, Writes


def noted(connection: Connection, rows: int) -> None:
    with connection.cursor() as cursor:
        for number in range(1, rows + 1):
            cursor.execute("SELECT audit(NULL, 'test', %s, '{\"n\": 1.50}')", (f"row {number}",))


def tampered(connection: Connection, change: str) -> None:
    """As the owner of the database can, who takes the trigger off."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_log DISABLE TRIGGER USER")
        cursor.execute(change)
        cursor.execute("ALTER TABLE audit_log ENABLE TRIGGER USER")


def test_a_log_as_it_was_written_is_whole_and_tells_its_last_seal(
    connection: Connection, owner: Writes
) -> None:
    assert verify(owner).rows == 0
    noted(connection, 5)

    told = verify(owner)
    noted(connection, 2)

    assert (told.rows, verify(owner, told.seal).rows) == (5, 7)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE audit_log SET subject = 'another' WHERE seq = 3", "row 3 .* was changed"),
        ("UPDATE audit_log SET at = at - interval '1 day' WHERE seq = 2", "row 2 .* was changed"),
        ("UPDATE audit_log SET detail = '{}' WHERE seq = 4", "row 4 .* was changed"),
        ("DELETE FROM audit_log WHERE seq = 3", "row 4 .* missing"),
        ("DELETE FROM audit_log WHERE seq = 1", "row 2 .* missing"),
        (
            "UPDATE audit_log SET subject = 'x', hash = audit_hash(previous_hash, seq, at,"
            " account_id, action, 'x', detail) WHERE seq = 3",
            "row 4 .* does not follow",
        ),
    ],
)
def test_the_first_row_that_was_changed_or_taken_out_is_named(
    change: str, expected: str, connection: Connection, owner: Writes
) -> None:
    noted(connection, 5)

    tampered(connection, change)

    with pytest.raises(BrokenLog, match=expected):
        verify(owner)


def test_rows_taken_off_the_end_are_seen_by_who_kept_a_seal(
    connection: Connection, owner: Writes
) -> None:
    noted(connection, 5)
    seal = verify(owner).seal

    tampered(connection, "DELETE FROM audit_log WHERE seq > 3")

    assert verify(owner).rows == 3
    with pytest.raises(BrokenLog, match="row 5"):
        verify(owner, seal)


def test_what_is_no_seal_is_refused(owner: Writes) -> None:
    with pytest.raises(BadSeal, match="got '120'"):
        verify(owner, "120")


def test_the_last_rows_are_told_oldest_first(connection: Connection, owner: Writes) -> None:
    noted(connection, 5)

    lines = list(tail(owner, 2))

    assert [line.partition(" - ")[2] for line in lines] == ["test row 4 n=1.5", "test row 5 n=1.5"]


@pytest.mark.parametrize("name", ["staff", "accounts", "contacts"])
def test_no_role_of_the_service_reads_or_writes_the_log_itself(
    name: str, connection: Connection, private: PrivateWrites
) -> None:
    statements = (
        "SELECT FROM audit_log",
        "INSERT INTO audit_log (seq) VALUES (1)",
        "UPDATE audit_log SET subject = ''",
        "DELETE FROM audit_log",
    )
    for statement in statements:
        with (
            pytest.raises(psycopg2.errors.InsufficientPrivilege),
            getattr(private, name).transaction() as transaction,
        ):
            transaction.execute(statement)


def test_nobody_notes_anything_in_the_name_of_another(
    connection: Connection, private: PrivateWrites
) -> None:
    for statement in ("SELECT audit(1, 'a', 'b')", "SELECT audit_own('a', 'b')"):
        with (
            pytest.raises(psycopg2.errors.InsufficientPrivilege),
            private.staff.transaction() as transaction,
        ):
            transaction.fetch(statement)
