"""Whom to answer: sealed, read by who works on the case and noted, erased in time or when asked."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2.errors
import pytest
from cryptography.fernet import Fernet
from psycopg2.extensions import connection as Connection

from geo_api.accounts.contacts import erase_closed, read_contact, seal_all_again
from geo_api.accounts.persons import (
    PersonNotFound,
    PersonQuery,
    erase_person,
    export_person,
    telephone_number,
)
from geo_api.accounts.sealing import Sealer, Unsealable
from geo_api.accounts.sign_in import token_hash
from geo_api.database.connections import PrivateWrites, Writes
from geo_api.settings import Settings
from layers.casework.contacts import Complainant, ContactNotFound
from tests.makers import complaint, insert, session_of, staff_account

SOMSRI = {"name": "สมศรี มีสุข", "telephone": "081-234 5678", "mail": "Somsri@example.org"}
NOW = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def sealer(home: Path) -> Sealer:
    return Sealer(Settings(home=home))


def case(
    connection: Connection, sealer: Sealer, id: str, contact: dict[str, str] = SOMSRI, **more: Any
) -> None:
    complaint(connection, id, "2026-03-01", **{"province_code": "74", **more})
    sealed = sealer.seal(json.dumps(contact).encode())
    insert(connection, "contact.complainant", complaint_id=id, sealed=sealed)


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_who_works_on_the_case_reads_its_contact_and_both_logs_say_so(
    connection: Connection, private: PrivateWrites, sealer: Sealer
) -> None:
    case(connection, sealer, "case")
    account = staff_account(connection, role="officer", province_code="74")

    read = read_contact(private.contacts, sealer, session_of(connection, account), "case")

    assert read == Complainant("สมศรี มีสุข", "081-234 5678", "Somsri@example.org")
    logged = rows(connection, "SELECT account_id, action, subject FROM audit_log")
    assert logged == [(account, "contact_read", "complaint case")]
    told = rows(connection, "SELECT complaint_id, kind, account_id FROM complaint_event")
    assert told == [("case", "contact_read", account)]


@pytest.mark.parametrize(
    ("role", "province", "scopes"),
    [
        ("officer", "21", None),
        ("analyst", None, None),
        ("officer", "74", ["read"]),
        (None, None, None),
    ],
)
def test_nobody_else_reads_it_and_nothing_is_noted(
    role: str | None,
    province: str | None,
    scopes: list[str] | None,
    connection: Connection,
    private: PrivateWrites,
    sealer: Sealer,
) -> None:
    case(connection, sealer, "case")
    credential = "guessed"
    if role:
        account = staff_account(connection, role=role, province_code=province)
        credential = session_of(connection, account)
        if scopes:
            credential = api_key(connection, account, scopes)

    with pytest.raises(ContactNotFound):
        read_contact(private.contacts, sealer, credential, "case")

    assert rows(connection, "SELECT FROM audit_log") == []


def api_key(connection: Connection, account: int, scopes: list[str]) -> str:
    insert(
        connection,
        "api_key",
        key_hash=token_hash("a-key-of-a-test"),
        prefix="a-key-of",
        account_id=account,
        name="test",
        scopes=scopes,
        expires_at="2999-01-01",
    )
    return "a-key-of-a-test"


@pytest.mark.parametrize("role", ["reads", "writes", "staff", "accounts", "contacts"])
def test_no_role_reads_the_table_itself(
    role: str,
    connection: Connection,
    private: PrivateWrites,
    writes: Writes,
    sealer: Sealer,
) -> None:
    case(connection, sealer, "case")
    name = {"reads": "reader", "writes": "writer"}.get(role, role)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE fahsai_{name}")

        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("SELECT sealed FROM contact.complainant")


def test_what_is_kept_shows_neither_name_nor_number(connection: Connection, sealer: Sealer) -> None:
    case(connection, sealer, "case")

    [(sealed,)] = rows(connection, "SELECT sealed FROM contact.complainant")

    text = bytes(sealed)
    assert not any(part.encode() in text for part in SOMSRI.values())


def test_a_new_key_seals_all_again_and_the_last_but_one_is_dropped(
    connection: Connection, owner: Writes, sealer: Sealer, home: Path
) -> None:
    case(connection, sealer, "case")
    first = (home / "contact-keys").read_text()
    in_flight = sealer.seal(b"{}")

    assert sealer.add_key()
    assert seal_all_again(owner, sealer) == 1
    kept = (home / "contact-keys").read_text()

    assert kept.split()[1] == first.strip()
    assert (home / "contact-keys").stat().st_mode & 0o777 == 0o600
    # A worker that had read the key before sealed one more.
    assert sealer.open(in_flight) == b"{}"
    [(sealed,)] = rows(connection, "SELECT sealed FROM contact.complainant")
    assert Fernet(kept.split()[0]).decrypt(bytes(sealed))
    sealer.add_key()
    with pytest.raises(Unsealable, match="FAHSAI_CONTACT_KEYS"):
        sealer.open(in_flight)


def test_keys_of_a_setting_count_alone_and_are_not_added_to(home: Path) -> None:
    keys = (Fernet.generate_key().decode(), Fernet.generate_key().decode())
    older, both = (Sealer(Settings(home=home, contact_keys=given)) for given in (keys[1:], keys))

    again = both.seal_again(older.seal(b"kept"))

    assert both.open(again) == b"kept"
    with pytest.raises(Unsealable):
        older.open(again)
    assert not both.add_key()
    assert list(home.iterdir()) == []


def test_a_contact_is_erased_a_set_time_after_its_case_was_closed(
    connection: Connection, owner: Writes, private: PrivateWrites, sealer: Sealer
) -> None:
    case(connection, sealer, "old", closed_at="2026-01-01")
    case(connection, sealer, "young", closed_at="2026-08-01")
    case(connection, sealer, "open")

    erased = erase_closed(owner, NOW, timedelta(days=180))

    assert erased == 1
    left = rows(connection, "SELECT complaint_id FROM contact.complainant WHERE sealed IS NOT NULL")
    assert {id for (id,) in left} == {"young", "open"}
    told = rows(connection, "SELECT complaint_id, kind FROM complaint_event")
    assert told == [("old", "contact_erased")]
    assert erase_closed(owner, NOW, timedelta(days=180)) == 0


def test_a_person_is_told_all_that_they_gave_by_number_mail_or_complaint(
    connection: Connection, owner: Writes, sealer: Sealer
) -> None:
    case(connection, sealer, "theirs", address="บ้านเลขที่ 1")
    insert(connection, "complaint_text", complaint_id="theirs", text="เหม็นมาก")
    case(connection, sealer, "another's", {"name": "ผู้อื่น", "mail": "other@example.org"})

    for asked in (
        PersonQuery(telephone="+66 81 234 5678"),
        PersonQuery(mail=" somsri@EXAMPLE.org "),
        PersonQuery(ticket="theirs"),
    ):
        [told] = export_person(owner, sealer, asked)
        assert told["complaint"] == "theirs"
        assert (told["words"], told["address"]) == ("เหม็นมาก", "บ้านเลขที่ 1")
        assert told["contact"] == SOMSRI
    logged = rows(connection, "SELECT DISTINCT action, subject FROM audit_log")
    assert logged == [("person_exported", "complaint theirs")]


def test_what_a_person_gave_is_erased_and_no_count_changes(
    connection: Connection, owner: Writes, sealer: Sealer, home: Path
) -> None:
    case(connection, sealer, "theirs", address="บ้านเลขที่ 1", home_key="k1", tracking_hash=b"t")
    case(connection, sealer, "another's", {"mail": "other@example.org"}, home_key="k2")
    insert(connection, "complaint_text", complaint_id="theirs", text="เหม็นมาก")
    photo = "0" * 32
    insert(
        connection,
        "complaint_photo",
        id=photo,
        complaint_id="theirs",
        kind="report",
        width=1,
        height=1,
        sha256=b"",
    )
    photos = home / "photos" / "00"
    photos.mkdir(parents=True)
    (photos / f"{photo}.jpg").write_bytes(b"jpeg")
    counts = "SELECT province_code, category, state, count(*), count(DISTINCT home_key)" + (
        " FROM complaint GROUP BY 1, 2, 3"
    )
    before = rows(connection, counts)

    erased = erase_person(owner, sealer, PersonQuery(mail=SOMSRI["mail"]), NOW, home / "photos")

    assert erased == 1
    assert rows(connection, counts) == before
    [row] = rows(connection, "SELECT address, tracking_hash FROM complaint WHERE id = 'theirs'")
    assert row == (None, None)
    assert rows(connection, "SELECT FROM complaint_text") == []
    assert rows(connection, "SELECT FROM complaint_photo") == []
    assert list(photos.iterdir()) == []
    with pytest.raises(PersonNotFound):
        export_person(owner, sealer, PersonQuery(mail=SOMSRI["mail"]))
    [other] = export_person(owner, sealer, PersonQuery(mail="other@example.org"))
    assert other["complaint"] == "another's"


def test_a_number_is_the_same_however_it_is_written() -> None:
    written = (
        "081-234-5678",
        "+66 81 234 5678",
        "๐๘๑ ๒๓๔ ๕๖๗๘",
        "66812345678",
        "+66 (0)81 234 5678",
    )

    assert {telephone_number(one) for one in written} == {"0812345678"}
