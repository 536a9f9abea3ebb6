"""Errors: a page for a browser, a problem document for a program, with the same status."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from geo_api.app import create_app
from geo_api.database.connections import DatabaseUnavailable, Reads, Statement, Values
from geo_api.settings import Settings

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
ITEMS = "/ogc/collections/factories/items"
PROBLEM = "application/problem+json"


class Gone:
    """A database that does not answer."""

    url = "postgresql://nowhere"

    def fetch(self, _statement: Statement, _values: Values | None = None) -> list[tuple[object]]:
        raise DatabaseUnavailable("gone")

    def ping(self) -> str:
        raise DatabaseUnavailable("gone")

    def listen(self) -> None:
        return None


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/nowhere", 404, "ไม่พบสิ่งที่ขอ"),
        (f"{ITEMS}/nobody", 404, "ไม่พบสิ่งที่ขอ"),
        (f"{ITEMS}?bbox=1,2,3", 400, "bbox must be four numbers"),
        (f"{ITEMS}?nonsense=<b>", 400, "<code>nonsense</code>"),
    ],
)
def test_a_browser_gets_a_page_and_a_program_a_problem_document(
    client: TestClient, address: str, status: int, said: str
) -> None:
    page = client.get(address, headers={"Accept": BROWSER})
    program = client.get(address)

    assert (page.status_code, program.status_code) == (status, status)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert said in page.text and '<html lang="th"' in page.text and "<b>" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == program.headers["cache-control"] == "no-store"
    assert "Accept" in page.headers["vary"] and "Accept" in program.headers["vary"]
    assert program.headers["content-type"] == PROBLEM
    assert program.json()["status"] == status


@pytest.mark.parametrize(
    "accept",
    [
        *("*/*", "application/json", "application/geo+json", "image/png,*/*"),
        *("text/html, application/json", "application/json, text/html;q=0.9"),
    ],
)
def test_who_takes_json_as_gladly_is_a_program(client: TestClient, accept: str) -> None:
    answer = client.get("/nowhere", headers={"Accept": accept})

    assert answer.headers["content-type"] == PROBLEM


def test_the_page_speaks_the_language_asked_for(client: TestClient) -> None:
    asked = {"Accept": BROWSER, "Accept-Language": "th"}

    assert "There is no such thing here" in client.get("/nowhere?lang=en", headers=asked).text
    assert "ไม่พบสิ่งที่ขอ" in client.get("/nowhere?lang=de", headers=asked).text


def test_while_the_database_is_away_a_page_says_so_and_offers_to_ask_again(
    settings: Settings,
) -> None:
    with TestClient(create_app(Gone(), settings)) as client:
        answer = client.get("/status?lang=en", headers={"Accept": BROWSER})

    assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0
    assert "The data cannot be read just now" in answer.text
    assert 'href="/status?lang=en">Try again' in answer.text


def test_who_comes_when_the_house_is_full_sees_a_page_in_a_browser(
    reads: Reads, settings: Settings
) -> None:
    with TestClient(create_app(reads, replace(settings, max_requests=0))) as client:
        answer = client.get("/ogc/collections", headers={"Accept": BROWSER})

    assert answer.status_code == 503 and answer.headers["retry-after"]
    assert "อ่านข้อมูลไม่ได้ชั่วคราว" in answer.text
