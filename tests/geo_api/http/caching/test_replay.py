"""Answers replayed in front of routing: to anybody who asks the same, and to nobody else."""

from collections.abc import Iterable
from contextlib import closing

import pytest
import requests
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.http.caching.replay import replay_identity
from geo_api.settings import Settings
from tests.makers import factory
from tests.serving import serving

ITEMS = "/ogc/collections/factories/items"

Scope = dict[str, object]


def scope(*headers: tuple[bytes, bytes], method: str = "GET", query: bytes = b"") -> Scope:
    return {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": "/",
        "query_string": query,
        "headers": headers,
    }


def test_what_an_answer_depends_on_is_its_address_and_what_the_caller_takes() -> None:
    plain = replay_identity(scope((b"host", b"here"), (b"user-agent", b"x")))

    assert plain == replay_identity(scope((b"host", b"here"), (b"user-agent", b"y")))
    assert plain != replay_identity(scope((b"host", b"there")))
    assert plain != replay_identity(scope((b"host", b"here"), (b"accept", b"text/html")))
    assert plain != replay_identity(scope((b"host", b"here"), query=b"limit=1"))


@pytest.mark.parametrize(
    "request_scope",
    [
        scope((b"authorization", b"Bearer x")),
        scope((b"accept", b"*/*"), (b"cookie", b"session=x")),
        scope(method="POST"),
        scope(query=b"filter=" + b"x" * 20_000),
        scope((b"accept", b"x" * 20_000)),
    ],
)
def test_what_is_private_written_or_long_has_no_identity(
    request_scope: Scope,
) -> None:
    assert replay_identity(request_scope) is None


@pytest.mark.parametrize("credentials", [{"Authorization": "Bearer x"}, {"Cookie": "session=x"}])
def test_who_says_who_they_are_is_never_given_what_another_was(
    server_url: str, fresh: Connection, credentials: dict[str, str]
) -> None:
    factory(fresh, "a")
    fresh.commit()
    open_answers = [_get(server_url) for _ in range(3)]

    own = [_get(server_url, credentials.items()) for _ in range(2)]

    assert {answer.status_code for answer in (*open_answers, *own)} == {200}
    assert [answer.json()["numberReturned"] for answer in own] == [1, 1]


def _get(server_url: str, headers: Iterable[tuple[str, str]] = ()) -> requests.Response:
    return requests.get(server_url + ITEMS, headers=dict(headers), timeout=60)


def test_a_body_that_was_made_anew_meanwhile_is_sent_whole(
    fresh: Connection, fresh_url: str, settings: Settings
) -> None:
    factory(fresh, "a")
    fresh.commit()
    with closing(Pool(login_url(fresh_url, READER), 2)) as pool:
        app = create_app(pool, settings)
        with serving(app) as url:
            plain = {"Accept-Encoding": "identity"}
            requests.get(f"{url}{ITEMS}", headers=plain, timeout=60)
            store = app.state.service.body_store
            for key, body in list(store._bodies.items()):
                store.put(key, body + b" ")

            answer = requests.get(f"{url}{ITEMS}", headers=plain, timeout=60)

    assert answer.content.endswith(b" ")
    assert int(answer.headers["Content-Length"]) == len(answer.content)
