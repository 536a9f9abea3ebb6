"""Signing in by a provider's word, against a real one: who may enter, and which words count."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from fastapi.testclient import TestClient
from httpx import Response
from joserfc.jwk import OctKey, RSAKey
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import PrivateWrites, Reads, Writes
from geo_api.settings import BadSetting, OidcClient, Settings, from_environment
from tests.geo_api.http.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider, oidc_provider
from tests.makers import staff_account


@pytest.fixture
def provider() -> Iterator[Provider]:
    with oidc_provider() as made:
        yield made


@pytest.fixture
def browser(
    provider: Provider, reads: Reads, writes: Writes, private: PrivateWrites, settings: Settings
) -> Iterator[TestClient]:
    client = OidcClient(provider.issuer, CLIENT_ID, CLIENT_SECRET)
    app = create_app(reads, replace(settings, oidc=client), writes=writes, private=private)
    with TestClient(app, follow_redirects=False) as opened:
        yield opened


def officer(connection: Connection, email: str = "officer@example.org", **values: Any) -> int:
    account = staff_account(connection, **values)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE account SET email = %s WHERE id = %s", (email, account))
    return account


def come_back(browser: TestClient, next: str = "/maps/air") -> Response:
    """To the provider, and back with its word."""
    left = browser.get("/staff/sign-in/oidc", params={"next": next})
    back = requests.get(left.headers["location"], allow_redirects=False, timeout=60)
    answer: Response = browser.get(back.headers["Location"])
    return answer


def is_in(browser: TestClient) -> bool:
    page = browser.get("/staff/account", headers={"Accept": "application/json"})
    return bool(page.status_code == 200)


def test_who_has_an_account_of_the_verified_address_enters(
    browser: TestClient, connection: Connection
) -> None:
    officer(connection)

    answer = come_back(browser)

    assert (answer.status_code, answer.headers["location"]) == (303, "/maps/air")
    assert is_in(browser)
    with connection.cursor() as cursor:
        cursor.execute("SELECT action, detail ->> 'by' FROM audit_log")
        assert cursor.fetchall() == [("sign_in", "oidc")]


def test_the_browser_leaves_with_pkce_a_state_and_a_nonce(browser: TestClient) -> None:
    left = browser.get("/staff/sign-in/oidc")

    asked = parse_qs(urlsplit(left.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/staff/sign-in/oidc/return"]
    assert len({asked[name][0] for name in ("state", "nonce", "code_challenge")}) == 3
    assert {"HttpOnly", "SameSite=lax"} <= {
        part.strip() for part in left.headers["set-cookie"].split(";")
    }
    assert browser.get("/staff/sign-in").text.count("/staff/sign-in/oidc") == 1


@pytest.mark.parametrize("values", [{}, {"disabled_at": "2026-01-01"}])
def test_nobody_enters_without_an_account_and_none_is_made(
    values: dict[str, str], browser: TestClient, connection: Connection
) -> None:
    if values:
        officer(connection, **values)

    answer = come_back(browser)

    assert answer.headers["location"] == "/staff/sign-in?problem=oidc"
    assert not is_in(browser)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM account")
        assert cursor.fetchall() == [(len(values),)]


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": None},
        {"nonce": "of another attempt"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": [CLIENT_ID, "another"], "azp": "another"},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"sub": None},
    ],
)
def test_a_word_that_is_not_for_us_now_or_not_verified_lets_nobody_in(
    claims: dict[str, Any], provider: Provider, browser: TestClient, connection: Connection
) -> None:
    officer(connection)
    provider.claims = claims

    answer = come_back(browser)

    assert answer.headers["location"] == "/staff/sign-in?problem=oidc"
    assert not is_in(browser)


def test_only_the_providers_own_signature_counts(
    provider: Provider, browser: TestClient, connection: Connection
) -> None:
    officer(connection)
    provider.signer = RSAKey.generate_key(2048, {"kid": "one"})
    others = come_back(browser).headers["location"]
    # Signed with the secret that we share, which a client's page may have lost.
    provider.signer = OctKey.import_key(CLIENT_SECRET)
    provider.header = {"alg": "HS256", "kid": "one"}
    shared = come_back(browser).headers["location"]

    assert {others, shared} == {"/staff/sign-in?problem=oidc"}
    assert not is_in(browser)


def test_a_word_of_another_browser_or_one_used_before_lets_nobody_in(
    browser: TestClient, connection: Connection
) -> None:
    officer(connection)
    left = browser.get("/staff/sign-in/oidc")
    back = requests.get(left.headers["location"], allow_redirects=False, timeout=60)
    browser.cookies.clear()
    planted = browser.get(back.headers["Location"])

    browser.get("/staff/sign-in/oidc")
    mixed = browser.get(back.headers["Location"])

    assert planted.headers["location"] == "/staff/sign-in?problem=oidc"
    assert mixed.headers["location"] == "/staff/sign-in?problem=oidc"
    assert not is_in(browser)


def test_an_address_that_somebody_else_has_later_is_not_the_same_person(
    provider: Provider, browser: TestClient, connection: Connection
) -> None:
    account = officer(connection)
    come_back(browser)
    browser.cookies.clear()

    provider.claims = {"sub": "subject-2"}
    successor = come_back(browser)
    provider.claims = {"email": "renamed@example.org"}
    renamed = come_back(browser)

    assert successor.headers["location"] == "/staff/sign-in?problem=oidc"
    assert renamed.headers["location"] == "/maps/air"
    with connection.cursor() as cursor:
        cursor.execute("SELECT oidc_subject FROM account WHERE id = %s", (account,))
        assert cursor.fetchall() == [("subject-1",)]


def test_a_provider_that_does_not_answer_leaves_the_other_ways_open(
    reads: Reads, writes: Writes, private: PrivateWrites, settings: Settings
) -> None:
    client = OidcClient("http://127.0.0.1:1", CLIENT_ID, CLIENT_SECRET)
    app = create_app(reads, replace(settings, oidc=client), writes=writes, private=private)
    with TestClient(app, follow_redirects=False) as browser:
        assert browser.get("/staff/sign-in/oidc").headers["location"].endswith("problem=oidc")
        assert browser.get("/staff/sign-in?problem=oidc").status_code == 200


def test_it_is_off_unless_it_is_set(client: TestClient) -> None:
    assert client.get("/staff/sign-in/oidc").status_code == 404
    assert "oidc" not in client.get("/staff/sign-in").text


@pytest.mark.parametrize(
    "given",
    [
        {"FAHSAI_OIDC_ISSUER": "https://login.example.go.th"},
        {
            "FAHSAI_OIDC_ISSUER": "http://login.example.go.th",
            "FAHSAI_OIDC_CLIENT_ID": "x",
            "FAHSAI_OIDC_CLIENT_SECRET": "y",
        },
    ],
)
def test_half_a_setting_or_a_provider_without_https_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(BadSetting, match="FAHSAI_OIDC_ISSUER"):
        from_environment({"FAHSAI_HOME": "/tmp", **given})
