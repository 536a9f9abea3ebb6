"""Signing in and out: what the browser is given, and what it is not led to."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import cast

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from psycopg2.extensions import connection as Connection

from geo_api.accounts.passwords import password_hash
from geo_api.accounts.sign_in import (
    SessionTimes,
    keep_open,
    make_link,
    open_session,
    sign_in_by_password,
    token_hash,
)
from geo_api.database.connections import PrivateWrites
from layers.casework.staff import SignInRefused
from tests.geo_api.http.signing_in import OURS, csrf_in, hold
from tests.makers import session_of, staff_account

PASSWORD = "ฝนตกที่ระยองทั้งคืนเลย"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@cache
def kept_password() -> str:
    """It takes as long as a guess is to take."""
    return password_hash(PASSWORD)


def officer(connection: Connection, email: str = "officer@example.org") -> int:
    account = staff_account(connection, password_hash=kept_password())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE account SET email = %s WHERE id = %s", (email, account))
    return account


def sign_in(
    client: TestClient, headers: Mapping[str, str] = OURS, lang: str = "th", **form: str
) -> Response:
    given = {"email": "officer@example.org", "password": PASSWORD, **form}
    answer: Response = client.post(
        f"/staff/sign-in?lang={lang}", data=given, headers=dict(headers), follow_redirects=False
    )
    return answer


def test_the_right_password_opens_a_session_that_scripts_and_other_sites_cannot_use(
    client: TestClient, connection: Connection
) -> None:
    officer(connection)

    answer = sign_in(client, next="/maps/complaints?month=2026-01")

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/maps/complaints?month=2026-01",
    )
    cookie, hint = answer.headers.get_list("set-cookie")
    assert cookie.startswith("fahsai_session=")
    assert hint.startswith("fahsai_staff=1;")
    assert {part.strip().lower() for part in cookie.split(";")[2:]} == {
        "httponly",
        "path=/",
        "samesite=lax",
    }
    assert "no-store" in answer.headers["cache-control"]
    assert client.get("/staff/account").status_code == 200


def test_behind_a_proxy_with_https_and_a_prefix_the_cookie_is_secure_and_of_that_path(
    client: TestClient, connection: Connection
) -> None:
    officer(connection)
    with TestClient(client.app, client=("127.0.0.1", 5000)) as proxied:
        forwarded = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "fahsai.example.org",
            "X-Forwarded-Prefix": "/fahsai",
        }

        answer = sign_in(proxied, {**forwarded, **OURS})

    assert answer.headers["location"] == "/fahsai/staff"
    parts = {part.strip() for part in answer.headers.get_list("set-cookie")[0].split(";")}
    assert {"Secure", "Path=/fahsai"} <= parts


def test_a_wrong_password_and_an_unknown_address_are_refused_alike(
    client: TestClient, connection: Connection
) -> None:
    officer(connection)

    wrong = sign_in(client, password="ไม่ใช่รหัสผ่านของเขาหรอก")
    unknown = sign_in(client, email="nobody@example.org")

    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text == unknown.text
    assert "set-cookie" not in wrong.headers
    assert noted(connection) == ["sign_in_refused", "sign_in_refused"]


def test_it_takes_as_long_to_refuse_an_address_that_nobody_has(
    private: PrivateWrites, connection: Connection
) -> None:
    officer(connection)

    # Of the processor: those of the clock would tell what else the machine does.
    def seconds(email: str) -> float:
        took = []
        for _ in range(3):
            began = time.process_time()
            with pytest.raises(SignInRefused):
                sign_in_by_password(private.accounts, email, "wrong", NOW, SessionTimes())
            took.append(time.process_time() - began)
        return min(took)

    assert seconds("nobody@example.org") > seconds("officer@example.org") / 2


def test_a_disabled_account_has_no_password_that_fits(
    client: TestClient, connection: Connection
) -> None:
    account = officer(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE account SET disabled_at = now() WHERE id = %s", (account,))

    assert sign_in(client).status_code == 401


def test_each_sign_in_gives_a_session_of_its_own_and_ends_the_one_before(
    client: TestClient, connection: Connection
) -> None:
    account = officer(connection)
    planted = session_of(connection, account)
    hold(client, planted)

    sign_in(client)
    first = client.cookies["fahsai_session"]
    sign_in(client)

    assert len({planted, first, client.cookies["fahsai_session"]}) == 3
    for ended in (planted, first):
        hold(client, ended)
        assert (
            client.get("/staff/account", headers={"Accept": "application/json"}).status_code == 401
        )


def test_a_session_ends_when_it_is_not_used_and_after_a_time_in_any_case(
    private: PrivateWrites, connection: Connection
) -> None:
    account, times = officer(connection), SessionTimes(timedelta(hours=1), timedelta(hours=3))
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        [(now,)] = cursor.fetchall()

    def left(began: timedelta, used: timedelta) -> timedelta:
        with private.accounts.transaction() as transaction:
            opened = open_session(transaction, account, "link", now - began, times)
        keep_open(private.accounts, opened.token, now - used, times)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT expires_at FROM account_session WHERE token_hash = %s",
                (token_hash(opened.token),),
            )
            [(ends_at,)] = cursor.fetchall()
        return cast(timedelta, ends_at - now)

    assert left(timedelta(minutes=50), timedelta(0)) == timedelta(hours=1)
    assert left(timedelta(minutes=50), timedelta(minutes=50)) == timedelta(minutes=10)
    # A session that has ended is not opened again by being used.
    assert left(timedelta(hours=2), timedelta(0)) == -timedelta(hours=1)


@pytest.mark.parametrize(
    "next",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/a//evil.example",
        "javascript:alert(1)",
        "/../x",
        "/\t/evil.example",
        "/%0d%0aSet-Cookie:x=y/../",
        "evil.example",
        "/a\r\nSet-Cookie: x=y",
    ],
)
def test_who_signs_in_is_led_nowhere_else(
    next: str, client: TestClient, connection: Connection
) -> None:
    officer(connection)

    answer = sign_in(client, next=next)

    assert answer.headers["location"] == "/staff"
    assert len(answer.headers.get_list("set-cookie")) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_signs_nobody_in(
    headers: dict[str, str], client: TestClient, connection: Connection
) -> None:
    officer(connection)

    answer = sign_in(client, headers)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "form", "expected"),
    [
        (OURS, {"csrf_token": "right"}, 303),
        ({**OURS, "X-CSRF-Token": "right"}, {}, 303),
        ({"Origin": "http://testserver"}, {"csrf_token": "right"}, 303),
        (OURS, {}, 403),
        (OURS, {"csrf_token": "another's"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, {"csrf_token": "right"}, 403),
        ({"Origin": "https://evil.example"}, {"csrf_token": "right"}, 403),
    ],
)
def test_what_changes_something_is_sent_by_a_page_of_ours_with_the_token_of_its_session(
    headers: dict[str, str],
    form: dict[str, str],
    expected: int,
    client: TestClient,
    connection: Connection,
) -> None:
    account = officer(connection)
    hold(client, session_of(connection, account))
    right = csrf_in(client)
    hold(client, session_of(connection, account))
    anothers = right
    right = csrf_in(client)
    meant = {"right": right, "another's": anothers}

    answer = client.post(
        "/staff/sign-out",
        data={name: meant[value] for name, value in form.items()},
        headers={name: meant.get(value, value) for name, value in headers.items()},
        follow_redirects=False,
    )

    assert answer.status_code == expected
    assert ("sign_out" in noted(connection)) == (expected == 303)


def test_who_signs_out_is_out(client: TestClient, connection: Connection) -> None:
    token = session_of(connection, officer(connection))
    hold(client, token)

    client.post("/staff/sign-out", data={"csrf_token": csrf_in(client)}, headers=OURS)

    hold(client, token)
    assert client.get("/staff/account", headers={"Accept": "application/json"}).status_code == 401


def test_a_link_signs_in_once_by_a_button_and_not_by_being_looked_at(
    client: TestClient, connection: Connection, private: PrivateWrites
) -> None:
    token = make_link(private.accounts, officer(connection), datetime.now(UTC))

    looked = [client.get(f"/staff/sign-in?link={token}") for _ in range(2)]
    used = [
        client.post(
            "/staff/sign-in/link", data={"link": token}, headers=OURS, follow_redirects=False
        )
        for _ in range(2)
    ]

    assert [one.status_code for one in looked] == [200, 200]
    assert looked[0].headers["referrer-policy"] == "no-referrer"
    assert "สมหญิง ใจดี" in looked[0].text
    assert [one.status_code for one in used] == [303, 410]
    assert client.get(f"/staff/sign-in?link={token}").status_code == 410


@pytest.mark.parametrize(
    ("has_password", "next", "expected"),
    [(False, "", "/staff/account"), (False, "/staff", "/staff"), (True, "", "/staff")],
)
def test_a_link_leads_to_where_a_password_is_chosen_unless_there_is_one(
    has_password: bool,
    next: str,
    expected: str,
    client: TestClient,
    connection: Connection,
    private: PrivateWrites,
) -> None:
    account = officer(connection) if has_password else staff_account(connection)
    form = {"link": make_link(private.accounts, account, datetime.now(UTC)), "next": next}

    answer = client.post("/staff/sign-in/link", data=form, headers=OURS, follow_redirects=False)

    assert answer.headers["location"] == expected


def test_a_link_ends(client: TestClient, connection: Connection, private: PrivateWrites) -> None:
    account = officer(connection)
    token = make_link(private.accounts, account, datetime.now(UTC) - timedelta(hours=2))

    assert client.get(f"/staff/sign-in?link={token}").status_code == 410


def test_a_page_for_staff_leads_to_the_sign_in_and_back_and_tells_programs_401(
    client: TestClient,
) -> None:
    page = client.get(
        "/staff/account?lang=en", headers={"Accept": "text/html"}, follow_redirects=False
    )
    program = client.get("/staff/account", headers={"Accept": "application/json"})

    assert page.status_code == 303
    assert page.headers["location"] == (
        "/staff/sign-in?next=%2Fstaff%2Faccount%3Flang%3Den&lang=en"
    )
    assert program.status_code == 401
    assert program.headers["www-authenticate"] == "Bearer"


def test_a_new_password_ends_the_other_sessions_and_a_short_one_is_refused(
    client: TestClient, connection: Connection
) -> None:
    account = officer(connection)
    other = session_of(connection, account)
    hold(client, session_of(connection, account))
    given = {"csrf_token": csrf_in(client), "password": "สั้นไป", "repeated": "สั้นไป"}

    short = client.post("/staff/account", data=given, headers=OURS)
    new = "เมฆขาวลอยเหนือแม่น้ำ"
    longer = {**given, "password": new, "repeated": new}
    kept = client.post("/staff/account", data=longer, headers=OURS, follow_redirects=False)

    assert (short.status_code, kept.status_code) == (400, 303)
    assert client.get("/staff/account").status_code == 200
    hold(client, other)
    assert client.get("/staff/account", headers={"Accept": "application/json"}).status_code == 401
    assert sign_in(client, password=new).status_code == 303
    assert sign_in(client).status_code == 401


def test_who_tries_passwords_is_told_to_wait(client: TestClient, connection: Connection) -> None:
    officer(connection)

    codes = [sign_in(client, password="x").status_code for _ in range(11)]
    last = sign_in(client)

    assert codes == [401] * 10 + [429]
    assert (last.status_code, "retry-after" in last.headers) == (429, True)


def test_a_name_is_written_as_text_whatever_it_is(
    client: TestClient, connection: Connection, private: PrivateWrites
) -> None:
    name = "</script><img src=x onerror=alert(1)>`${1}` 🏭 กู้ที่"
    account = officer(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE account SET name = %s WHERE id = %s", (name, account))
    link = make_link(private.accounts, account, datetime.now(UTC))

    pages = [client.get(f"/staff/sign-in?link={link}").text]
    hold(client, session_of(connection, account))
    pages.append(client.get("/staff/account").text)

    for page in pages:
        assert "<img src=x" not in page
        assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;`${1}` 🏭 กู้ที่" in page


def noted(connection: Connection) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT action FROM audit_log ORDER BY seq")
        return [action for (action,) in cursor.fetchall()]


def test_addresses_of_one_subscriber_try_links_together(client: TestClient) -> None:
    codes = []
    for number in range(31):
        one = TestClient(client.app, client=(f"2001:db8::{number:x}", 50000))
        answer = one.post("/staff/sign-in/link", data={"link": "guessed"}, headers=OURS)
        codes.append(answer.status_code)

    assert codes == [410] * 30 + [429]
