"""Short links: the same page the same code, never another site, nothing of who asked."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from psycopg2 import IntegrityError
from psycopg2.errors import InsufficientPrivilege

from geo_api.database.connections import Writes
from geo_api.database.prepared_statements import Session
from geo_api.http.rate_limit import RateLimit, TooManyRequests
from geo_api.sharing.short_links import own_path, path_of, short_link
from layers.query import BadQuery
from tests.makers import insert

DAY = "/?day=2026-03-02&number=air"


def made(client: TestClient, path: str) -> dict[str, str]:
    answer = client.post("/api/short-links", json={"path": path})
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = answer.json()
    return found


def test_a_short_link_leads_to_its_page(client: TestClient) -> None:
    link = made(client, DAY)

    answer = client.get(f"/s/{link['code']}", follow_redirects=False)

    assert link["href"] == f"http://testserver/s/{link['code']}"
    assert (answer.status_code, answer.headers["location"]) == (302, DAY)
    assert answer.headers["x-robots-tag"] == "noindex"


def test_the_same_page_has_the_same_code_and_is_kept_once(
    client: TestClient, connection: Session
) -> None:
    first, second, other = made(client, DAY), made(client, DAY), made(client, "/?day=2026-03-03")

    assert first == second != other
    assert connection.rows("SELECT count(*) FROM short_link", None) == [(2,)]


def test_an_address_whose_code_is_taken_has_a_longer_one(
    connection: Session, writes: Writes
) -> None:
    code = short_link(writes, "/maps/burning")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE short_link SET path = '/maps/air'")

    longer = short_link(writes, "/maps/burning")

    assert longer.startswith(code) and len(longer) == len(code) + 4
    assert (path_of(writes, code), path_of(writes, longer)) == ("/maps/air", "/maps/burning")


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "https:/evil.example",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "/maps//evil.example",
        "/../../evil",
        "?day=2026-03-02",
        "evil.example",
        "",
        "/nowhere",
        "/s/00000000",
        "/api/brief",
        "/static/site.js",
        "/?q=" + "a" * 2000,
    ],
)
def test_what_is_no_page_of_ours_is_refused(client: TestClient, path: str) -> None:
    answer = client.post("/api/short-links", json={"path": path})

    assert answer.status_code == 400, answer.text
    assert answer.json()["parameter"] == "path"


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"path": 1}', b"path=/", b"\xff"])
def test_a_body_without_a_path_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/short-links", content=body)

    assert answer.status_code == 400
    assert 'send JSON, as {"path"' in answer.json()["detail"]


def test_a_body_too_long_to_hold_a_path_is_not_read_to_its_end(client: TestClient) -> None:
    answer = client.post("/api/short-links", json={"path": "/?q=" + "a" * 100_000})

    assert answer.status_code == 413


def test_a_query_may_hold_another_address_and_thai_letters() -> None:
    assert own_path("/search?q=https://x.example") == "/search?q=https://x.example"
    assert own_path("/search?q=น่าน") == "/search?q=%E0%B8%99%E0%B9%88%E0%B8%B2%E0%B8%99"


def test_where_somebody_stands_is_kept_to_a_hundred_metres() -> None:
    assert own_path("/field?lat=13.756331&lon=100.501765&show=fires") == (
        "/field?lat=13.756&lon=100.502&show=fires"
    )
    assert own_path("/field?lat=x&lon=1e9") == "/field?lat=&lon="
    assert own_path("/maps/burning?lat=13.75633") == "/maps/burning?lat=13.75633"


@pytest.mark.parametrize("code", ["zzzzzzzz", "x", "../../etc", "A" * 8, "0" * 40])
def test_an_unknown_code_gives_a_page_that_says_so(client: TestClient, code: str) -> None:
    answer = client.get(f"/s/{code}", follow_redirects=False)

    assert answer.status_code == 404
    assert answer.headers.get("x-robots-tag") == "noindex" or "/" in code


def test_the_table_itself_takes_no_address_of_another_site(connection: Session) -> None:
    with pytest.raises(IntegrityError):
        insert(connection, "short_link", code="00000000", path="//evil.example")


def test_a_link_is_never_changed_nor_taken_back(writes: Writes) -> None:
    with pytest.raises(InsufficientPrivilege), writes.transaction() as transaction:
        transaction.execute("UPDATE short_link SET path = '/'")


def test_one_caller_is_told_when_to_ask_again() -> None:
    at = [datetime(2026, 3, 2, tzinfo=UTC)]
    limit = RateLimit(2, timedelta(minutes=1), lambda: at[0])

    limit.take("a")
    limit.take("a")
    limit.take("b")
    at[0] += timedelta(seconds=20)
    with pytest.raises(TooManyRequests, match="ask again in 41 s"):
        limit.take("a")
    at[0] += timedelta(seconds=40)
    limit.take("a")


def test_too_many_short_links_are_refused_with_the_time_to_wait(client: TestClient) -> None:
    answers = [client.post("/api/short-links", json={"path": "/status"}) for _ in range(31)]

    assert {answer.status_code for answer in answers[:30]} == {200}
    assert answers[30].status_code == 429
    assert 1 <= int(answers[30].headers["retry-after"]) <= 61


def test_a_text_with_a_space_before_it_is_no_other_site() -> None:
    with pytest.raises(BadQuery):
        own_path("/ /evil.example//")
