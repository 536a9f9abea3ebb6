"""Each request has an id: in its answer, in what it could not be given, and in the log."""

import io
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests
from fastapi import APIRouter
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import Reads
from geo_api.http.log_limits import MAX_CHARS
from geo_api.http.log_lines import JsonLines, TextLines
from geo_api.settings import BadSetting, Settings, from_environment
from tests.makers import factory
from tests.serving import serving

ID = "X-Request-Id"
ITEMS = "/ogc/collections/factories/items"
MADE = re.compile(r"[0-9a-f]{32}")
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.fixture
def behind(reads: Reads, settings: Settings) -> Iterator[TestClient]:
    """The service behind the proxy from which the test asks."""
    trusting = replace(settings, trusted_proxies=("10.0.0.0/8",))
    with TestClient(create_app(reads, trusting), client=("10.1.2.3", 5000)) as opened:
        yield opened


def test_a_trusted_proxy_says_by_which_id_it_knows_the_request(behind: TestClient) -> None:
    assert behind.get(ITEMS, headers={ID: "nginx-7f3a.1=x"}).headers[ID] == "nginx-7f3a.1=x"


@pytest.mark.parametrize("told", ["", "a b", "x" * 129, "<script>", "ก".encode().decode("latin-1")])
def test_what_is_no_id_is_passed_over(behind: TestClient, told: str) -> None:
    assert MADE.fullmatch(
        behind.get("/nowhere", headers={ID.encode(): told.encode("latin-1")}).headers[ID]
    )


def test_nobody_else_says_what_the_id_is(client: TestClient) -> None:
    assert MADE.fullmatch(client.get("/nowhere", headers={ID: "mine"}).headers[ID])


@pytest.mark.parametrize(
    "path", ["/nowhere", f"{ITEMS}?bbox=1", "/staff/keys", "/tiles/x/0/0/0.mvt"]
)
def test_what_could_not_be_given_repeats_it(client: TestClient, path: str) -> None:
    program = client.get(path, headers={"Accept": "application/json"})
    page = client.get(path, headers={"Accept": BROWSER}, follow_redirects=False)

    assert program.json()["request_id"] == program.headers[ID]
    assert page.status_code == 303 or page.headers[ID] in page.text


def test_a_kept_answer_has_the_id_of_who_asks_now(fresh: Connection, server_url: str) -> None:
    factory(fresh)
    fresh.commit()
    answers = [requests.get(server_url + ITEMS, timeout=60) for _ in range(3)]
    known = {"If-None-Match": answers[0].headers["ETag"]}
    answers += [requests.get(server_url + ITEMS, headers=known, timeout=60) for _ in range(2)]
    answers.append(requests.head(server_url + ITEMS, timeout=60))
    answers.append(requests.options(server_url + ITEMS, timeout=60))

    assert [one.status_code for one in answers] == [200, 200, 200, 304, 304, 200, 204]
    assert len({one.headers[ID] for one in answers}) == len(answers)


def test_what_is_no_request_has_one_too(server_url: str) -> None:
    refused = requests.get(f"{server_url}/?{'a' * 70_000}", timeout=60)

    assert refused.status_code == 414
    assert refused.json()["request_id"] == refused.headers[ID]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the server writes as JSON."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    server = logging.getLogger("uvicorn.error")
    server.addHandler(handler)
    yield written
    server.removeHandler(handler)


def test_our_mistake_is_in_the_log_by_the_id_that_its_answer_has(
    reads: Reads, settings: Settings, log: io.StringIO
) -> None:
    router = APIRouter()

    @router.get("/mistake")
    def fail() -> None:
        raise ValueError("ล้มเหลว")

    app = create_app(reads, settings)
    app.include_router(router)
    with serving(app) as address:
        answer = requests.get(f"{address}/mistake", timeout=60)

    assert answer.status_code == 500
    [line] = [json.loads(line) for line in log.getvalue().splitlines()]
    assert line["request_id"] == answer.headers[ID] == answer.json()["request_id"]
    assert line["level"] == "ERROR" and line["time"].endswith("Z")
    assert line["exception"].endswith("ValueError: ล้มเหลว")


def test_a_line_of_json_is_whole_however_long_what_it_tells_is() -> None:
    try:
        raise ValueError("x" * 100_000)
    except ValueError as problem:
        told = (type(problem), problem, problem.__traceback__)
    record = logging.LogRecord("a", logging.ERROR, "", 1, "y" * 100_000, (), told)

    written = JsonLines().format(record)

    assert len(written) < MAX_CHARS + 500 and "\n" not in written
    assert json.loads(written)["exception"].endswith("xxx")


def test_a_line_of_text_is_as_it_was_where_no_request_is_worked_on() -> None:
    record = logging.LogRecord("a", logging.ERROR, "", 1, "words", (), None)

    assert (
        TextLines("%(levelname)s %(name)s%(of_request)s: %(message)s").format(record)
        == "ERROR a: words"
    )


def test_how_the_log_is_written_is_one_of_two() -> None:
    assert from_environment({"FAHSAI_LOG": "json"}).log == "json"
    with pytest.raises(BadSetting, match="FAHSAI_LOG must be text or json, got 'xml'"):
        from_environment({"FAHSAI_LOG": "xml"})
