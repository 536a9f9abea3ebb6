"""Kept answers: true while the data are, compressed once, and 304 to who has them."""

import gzip
import time
from collections.abc import Callable
from email.message import Message
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlsplit

import pytest
import requests
from psycopg2.extensions import connection as Connection

from tests.makers import factory

ITEMS = "/ogc/collections/factories/items"
OF_EACH = {"date", "x-request-id"}  # what every answer has of its own


def get(url: str, **headers: str) -> requests.Response:
    """The answer with exactly these headers about codings and conditions."""
    return requests.get(url, headers={"Accept-Encoding": "identity"} | headers, timeout=60)


def soon(is_so: Callable[[], bool]) -> bool:
    """Whether it comes true within seconds: notices take a moment to arrive."""
    until = time.monotonic() + 20
    while not is_so() and time.monotonic() < until:
        time.sleep(0.01)
    return is_so()


def test_who_has_the_answer_is_told_304_until_the_data_change(
    server_url: str, fresh: Connection
) -> None:
    factory(fresh, "a")
    fresh.commit()
    etag = get(server_url + ITEMS).headers["etag"]

    unchanged = get(server_url + ITEMS, **{"If-None-Match": f'"other", W/{etag}'})
    factory(fresh, "b")
    fresh.commit()

    assert unchanged.status_code == 304
    assert unchanged.headers["etag"] == etag
    assert not unchanged.content
    assert soon(lambda: get(server_url + ITEMS, **{"If-None-Match": etag}).status_code == 200)


def test_an_answer_is_kept_until_the_data_change(server_url: str, fresh: Connection) -> None:
    factory(fresh, "a")
    fresh.commit()
    # The first answer may come before the worker listens.
    get(server_url + ITEMS)

    first, second = get(server_url + ITEMS).json(), get(server_url + ITEMS).json()
    factory(fresh, "b")
    fresh.commit()

    assert first["timeStamp"] == second["timeStamp"]
    assert soon(lambda: get(server_url + ITEMS).json()["numberReturned"] == 2)


def test_a_change_is_seen_by_many_who_ask_while_it_is_made(
    server_url: str, fresh: Connection
) -> None:
    counts: list[int] = []
    ending: list[bool] = []

    def ask() -> None:
        while not ending:
            counts.append(get(server_url + ITEMS).json()["numberReturned"])

    askers = [Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    for number in range(12):
        factory(fresh, f"f{number}")
        fresh.commit()
    settled = soon(lambda: get(server_url + ITEMS).json()["numberReturned"] == 12)
    ending.append(True)
    for asker in askers:
        asker.join()

    assert settled
    assert max(counts) <= 12


def test_an_answer_is_compressed_as_the_caller_takes_it(server_url: str, fresh: Connection) -> None:
    for number in range(20):
        factory(fresh, f"f{number}")
    fresh.commit()

    plain = get(server_url + ITEMS)
    zipped = requests.get(
        server_url + ITEMS, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=60
    )
    refused = get(server_url + ITEMS, **{"Accept-Encoding": "br;q=0, gzip;q=0"})

    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.headers["etag"] != plain.headers["etag"]
    assert len(gzip.decompress(zipped.raw.read())) > 1000
    assert "content-encoding" not in refused.headers
    for answer in (plain, zipped):
        assert "Accept-Encoding" in answer.headers["vary"]


def test_addresses_of_the_service_are_those_by_which_it_was_asked(
    server_url: str, fresh: Connection
) -> None:
    factory(fresh, "a")
    fresh.commit()
    get(server_url + ITEMS)

    asked_by_name = get(server_url.replace("127.0.0.1", "localhost") + ITEMS).json()

    assert {link["href"].split(":")[1] for link in asked_by_name["links"]} == {"//localhost"}


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [("Host", "elsewhere.example", "here.example"), ("Accept-Encoding", "br", "identity")],
)
def test_who_sends_a_header_twice_changes_nobody_else_s_answer(
    server_url: str, fresh: Connection, header: str, first: str, last: str
) -> None:
    for number in range(20):
        factory(fresh, f"f{number}")
    fresh.commit()
    get(server_url + ITEMS)

    for _ in range(2):
        raw_get(server_url, (header, first), (header, last))
    answer, body = raw_get(server_url, (header, last))

    assert "content-encoding" not in answer
    assert b"elsewhere.example" not in body


def raw_get(server_url: str, *headers: tuple[str, str]) -> tuple[Message, bytes]:
    """The headers and the body of the answer to exactly these headers."""
    connection = HTTPConnection(urlsplit(server_url).netloc, timeout=60)
    connection.putrequest("GET", ITEMS, skip_host=True, skip_accept_encoding=True)
    for name, value in headers:
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.headers, body


def test_a_known_answer_still_says_all_that_it_said_first(
    server_url: str, fresh: Connection
) -> None:
    factory(fresh, "a")
    fresh.commit()
    get(server_url + ITEMS)

    answers = [get(server_url + ITEMS, Accept="*/*") for _ in range(3)]
    unchanged = get(server_url + ITEMS, Accept="*/*", **{"If-None-Match": "*"})

    told = [{k: v for k, v in a.headers.items() if k not in OF_EACH} for a in answers]
    assert told[0] == told[1] == told[2]
    assert answers[0].content == answers[2].content
    assert "content-length" not in unchanged.headers
    assert unchanged.headers["etag"] == answers[0].headers["etag"]
    assert unchanged.headers["access-control-allow-origin"] == "*"
