"""Through a real PgBouncer in transaction mode: the next statement may be of another session,
whatever this one is set to."""

from collections.abc import Iterator
from contextlib import closing
from threading import Thread

import pytest
from fastapi.testclient import TestClient
from psycopg2.sql import SQL

from geo_api.app import create_app
from geo_api.database.connections import (
    ACCOUNTS,
    CONTACTS,
    READER,
    ROLES,
    STAFF,
    WRITER,
    Pool,
    PrivateWrites,
    WritePool,
    session,
)
from geo_api.database.embedded.server import OWNER, Server
from geo_api.database.logins import UnsafeLogin, login_url, require_safe, service_logins
from geo_api.database.prepared_statements import Often
from geo_api.settings import Settings
from tests.geo_api.database.asking import answer, run
from tests.geo_api.database.servers import wait_until
from tests.geo_api.database.test_replicas import ITEMS, add_province
from tests.replication import pooler


@pytest.fixture(scope="module")
def pooled_url(server: Server) -> Iterator[str]:
    with pooler(server) as url:
        yield url


def no_secret() -> bytes:
    raise AssertionError("nobody asks for a password here")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_itself_and_set_as_itself(role: str, pooled_url: str) -> None:
    asked = (
        "SELECT session_user::text, current_user::text,"
        " current_setting('default_transaction_read_only'), current_setting('timezone'),"
        " current_setting('statement_timeout')"
    )
    with closing(session(login_url(pooled_url, role))) as opened:
        assert opened.is_pooled
        found = opened.rows(asked, None)

    assert found == [(role, role, "on" if role == READER else "off", "UTC", "30s")]


def test_a_pooler_that_makes_the_reader_the_owner_is_refused(server: Server) -> None:
    with pooler(server, forced_user=OWNER) as url:
        logins = service_logins(url, no_secret)
        with pytest.raises(UnsafeLogin, match=f"FAHSAI_READER_URL logs in as {OWNER}"):
            require_safe(logins)


def test_nothing_is_prepared_that_another_session_would_not_know(
    server: Server, pooled_url: str
) -> None:
    often = Often(SQL("SELECT %(a)s::int + 1, pg_sleep(0.02)") + SQL(""))
    found: list[int] = []
    with closing(Pool(login_url(pooled_url, READER), 4)) as pool:

        def ask() -> None:
            for number in range(10):
                found.append(pool.fetch(often, {"a": number})[0][0] - number)

        asking = [Thread(target=ask) for _ in range(4)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        prepared = pool.fetch("SELECT count(*) FROM pg_prepared_statements")
    with closing(session(login_url(server.url, READER))) as direct:
        direct.rows(often, {"a": 1})
        assert not direct.is_pooled
        assert direct.rows("SELECT count(*) FROM pg_prepared_statements", None) == [(1,)]

    assert found == [1] * 40
    assert prepared == [(0,)]


def test_the_service_reads_writes_and_hears_of_changes(
    server: Server, pooled_url: str, settings: Settings
) -> None:
    run(server.url, "DELETE FROM province")
    reads = Pool(login_url(pooled_url, READER), 4)
    writes = WritePool(login_url(pooled_url, WRITER), 2)
    private = PrivateWrites(
        *(WritePool(login_url(pooled_url, role), 2) for role in (STAFF, ACCOUNTS, CONTACTS))
    )
    app = create_app(reads, settings, writes=writes, private=private)
    with closing(reads), closing(writes), TestClient(app) as client:
        first = client.get(ITEMS)
        tile = client.get("/tiles/provinces/5/25/14.mvt")
        near = client.get("/api/near?lon=100.5&lat=13.5")
        file = client.get(f"{ITEMS}?f=csv")
        page = client.get("/")
        link = client.post("/api/short-links", json={"path": "/?day=2026-03-02"})
        followed = client.get(f"/s/{link.json()['code']}", follow_redirects=False)
        signed_out = client.get("/api/jobs")
        assert app.state.service.data_versions.listening
        add_province(server, "10")
        wait_until(lambda: client.get(ITEMS).json()["features"] != [], seconds=10)

    answers = (first, tile, near, file, page, link)
    assert [one.status_code for one in answers] == [200] * len(answers)
    assert followed.headers["location"].endswith("/?day=2026-03-02")
    assert signed_out.status_code == 401
    assert answer(server.url, "SELECT count(*) FROM short_link") == 1
