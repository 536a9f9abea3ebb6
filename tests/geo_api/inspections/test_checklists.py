"""Checklists: what is shipped, and that a version by which somebody inspected stays as it was."""

import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.accounts.credentials import as_holder, staff_of
from geo_api.database.connections import PrivateWrites
from geo_api.inspections.checklists import checklists
from tests.geo_api.inspections.edits import asked_of, edit
from tests.makers import complaint, session_of, staff_account


def test_what_is_shipped_claims_no_authority_and_cites_no_law(
    connection: Connection, private: PrivateWrites
) -> None:
    with as_holder(private.staff, "") as transaction:
        found = checklists(transaction)

    assert [(c.id, c.version, c.official) for c in found] == [("starter", 1, False)]
    [starter] = found
    assert (
        "ทางราชการ" not in starter.title.th
    )  # the page says of what is not official that it is none
    assert {item.law for item in starter.items} == {None}
    assert {item.kind for item in starter.items} == {
        "yes_no_na",
        "number",
        "choice",
        "text",
        "photo",
    }
    assert all(bool(i.choices) == (i.kind == "choice") for i in starter.items)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE checklist_item SET text_th = 'อื่น' WHERE code = 'odour'",
        "DELETE FROM checklist_item WHERE code = 'seen'",
        "DELETE FROM checklist_choice WHERE code = 'faint'",
        "INSERT INTO checklist_item (template_id, template_version, code, position, text_th,"
        " text_en, kind, required) VALUES ('starter', 1, 'more', 99, 'ก', 'a', 'text', false)",
    ],
)
def test_a_version_that_was_inspected_by_stays_as_it_was(
    change: str, connection: Connection, private: PrivateWrites
) -> None:
    complaint(connection, "case", "2026-03-01", province_code="74")
    token = session_of(connection, staff_account(connection))
    with connection.cursor() as cursor:
        cursor.execute(f"SAVEPOINT before; {change}; SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ROLLBACK TO SAVEPOINT before")  # nobody has: it may be changed
        asked_of(private.staff).sync(staff_of(private.staff, token), [edit()])

        cursor.execute(change)

        with pytest.raises(
            psycopg2.errors.RestrictViolation, match="ship what is new as version 2"
        ):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_rows_that_are_shipped_anew_as_they_were_are_no_change(
    connection: Connection, private: PrivateWrites
) -> None:
    complaint(connection, "case", "2026-03-01", province_code="74")
    token = session_of(connection, staff_account(connection))
    asked_of(private.staff).sync(staff_of(private.staff, token), [edit()])

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM checklist_item")
        cursor.execute("DELETE FROM checklist_item")
        cursor.execute("INSERT INTO checklist_item SELECT * FROM kept")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
