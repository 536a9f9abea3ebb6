"""API keys: made once, shown once, good for their scopes until they end."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.accounts.api_keys import MOST_KEYS, keys, make_key, revoke_key
from geo_api.accounts.credentials import as_holder, staff_of
from geo_api.database.connections import PrivateWrites
from layers.casework.staff import BadAccount, KeyNotFound, NotSignedIn
from tests.geo_api.http.signing_in import OURS, csrf_in, hold
from tests.makers import complaint, session_of, staff_account

YEAR = timedelta(days=365)


def now() -> datetime:
    return datetime.now(UTC)


def test_a_key_is_shown_once_and_then_only_what_it_begins_with(
    client: TestClient, connection: Connection, private: PrivateWrites
) -> None:
    hold(client, session_of(connection, staff_account(connection)))
    form = {"name": "ระบบ <b>", "scope": ["read", "work"], "days": "90"}

    made = client.post("/staff/keys", data={**form, "csrf_token": csrf_in(client)}, headers=OURS)

    found = re.search(r'<code class="shown-once">([\w-]{43})</code>', made.text)
    assert found and "no-store" in made.headers["cache-control"]
    listed = client.get("/staff/keys").text
    assert found[1] not in listed
    assert f"<code>{found[1][:8]}…</code>" in listed
    assert "ระบบ &lt;b&gt;" in listed
    assert staff_of(private.staff, found[1]).scopes == {"read", "work"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT key_hash FROM api_key")
        [(kept,)] = cursor.fetchall()
    assert found[1].encode() not in bytes(kept)


def test_a_key_opens_what_its_scopes_say_and_no_page_of_the_account(
    client: TestClient, connection: Connection, private: PrivateWrites
) -> None:
    complaint(connection, "case", "2026-03-01", province_code="74")
    account = staff_account(connection, role="officer", province_code="74")

    def opened(*scopes: str) -> tuple[int, str | None]:
        key = make_key(private.accounts, account, "x", scopes, YEAR, now(), None)
        with as_holder(private.staff, key) as transaction:
            [(work,)] = transaction.fetch("SELECT signed_in_province('work')")
            return len(transaction.fetch("SELECT id FROM complaint")), work

    assert opened("read", "work") == (1, "74")
    assert opened("read") == (1, None)
    assert opened("intake") == (0, None)
    key = make_key(private.accounts, account, "x", ["work"], YEAR, now(), None)
    bearer = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
    assert client.get("/staff/keys", headers=bearer).status_code == 403
    assert client.post("/staff/keys", headers=bearer, data={"name": "y"}).status_code == 403
    assert client.post("/staff/account", headers=bearer, data={}).status_code == 403


def test_a_key_that_has_ended_or_was_revoked_opens_nothing(
    connection: Connection, private: PrivateWrites
) -> None:
    account, accounts = staff_account(connection), private.accounts
    ended = make_key(accounts, account, "x", ["read"], YEAR, now() - 2 * YEAR, None)
    revoked = make_key(accounts, account, "x", ["read"], YEAR, now(), None)
    [one] = [key for key in keys(accounts, account) if key.prefix == revoked[:8]]
    revoke_key(accounts, one.id, account, now(), account)

    for key in (ended, revoked):
        with pytest.raises(NotSignedIn):
            staff_of(private.staff, key)
    with pytest.raises(KeyNotFound):
        revoke_key(accounts, one.id, account, now(), account)


@pytest.mark.parametrize(
    ("role", "expected"), [("officer", 404), ("national", 404), ("admin", 303)]
)
def test_only_an_admin_sees_and_revokes_the_keys_of_others(
    role: str,
    expected: int,
    client: TestClient,
    connection: Connection,
    private: PrivateWrites,
) -> None:
    key = make_key(
        private.accounts, staff_account(connection), "ของผู้อื่น", ["read"], YEAR, now(), None
    )
    [one] = keys(private.accounts, None)
    hold(client, session_of(connection, staff_account(connection, role=role)))
    form = {"csrf_token": csrf_in(client)}

    seen = "ของผู้อื่น" in client.get("/staff/keys").text
    answer = client.post(
        f"/staff/keys/{one.id}/revoke", data=form, headers=OURS, follow_redirects=False
    )

    assert (seen, answer.status_code) == (expected == 303, expected)
    if expected == 404:
        unknown = client.post("/staff/keys/999999/revoke", data=form, headers=OURS)
        assert unknown.status_code == 404
        assert staff_of(private.staff, key)


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [("", ["read"], 1), ("x", [], 1), ("x", ["all"], 1), ("x", ["read"], 0), ("x", ["read"], 731)],
)
def test_a_key_without_a_name_a_scope_or_an_end_is_refused(
    name: str, scopes: list[str], days: int, connection: Connection, private: PrivateWrites
) -> None:
    account = staff_account(connection)

    with pytest.raises(BadAccount):
        make_key(private.accounts, account, name, scopes, timedelta(days=days), now(), None)


def test_an_account_has_so_many_keys_and_no_more(
    connection: Connection, private: PrivateWrites
) -> None:
    account = staff_account(connection)
    for _ in range(MOST_KEYS):
        make_key(private.accounts, account, "x", ["read"], YEAR, now(), None)

    with pytest.raises(BadAccount, match="at most 50"):
        make_key(private.accounts, account, "x", ["read"], YEAR, now(), None)


@pytest.mark.parametrize("id", ["0", "x", "-1", "99999999999999999999999", "1'--", "%00"])
def test_no_id_of_a_key_is_an_error_of_ours(
    id: str, client: TestClient, connection: Connection
) -> None:
    hold(client, session_of(connection, staff_account(connection)))

    answer = client.post(
        f"/staff/keys/{id}/revoke", data={"csrf_token": csrf_in(client)}, headers=OURS
    )

    assert answer.status_code in (400, 404)
