"""Two services on one database, as behind one address: each its own home, one secret; the second
reads from a replica, and reaches all else through PgBouncer. Both are served by this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import requests

from geo_api.accounts.accounts import account_of, add_account
from geo_api.accounts.commands import owner_writes
from geo_api.accounts.sign_in import make_link
from geo_api.app import create_app, reads_of
from geo_api.database.connections import PrivateWrites, WritePool
from geo_api.database.embedded.server import Server
from geo_api.database.logins import Logins, service_logins
from geo_api.settings import Settings
from layers.casework.staff import NATIONAL
from tests.geo_api.database.asking import run
from tests.geo_api.database.servers import wait_until
from tests.geo_api.database.test_replicas import ITEMS, add_province
from tests.geo_api.http.signing_in import OURS
from tests.homes import temporary_home
from tests.replication import hosts, pooler
from tests.serving import serving

BEHIND = {"X-Forwarded-Host": "fahsai.example", "X-Forwarded-Proto": "https"}


@dataclass(frozen=True)
class Machine:
    """One of those behind the address, which a trusted proxy asks."""

    address: str

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(
            f"{self.address}{path}", headers=BEHIND | headers, timeout=60, allow_redirects=False
        )

    def post(self, path: str, headers: dict[str, str], **more: object) -> requests.Response:
        return requests.post(
            f"{self.address}{path}",
            headers=BEHIND | headers,
            timeout=60,
            allow_redirects=False,
            **more,  # type: ignore[arg-type]
        )


@contextmanager
def machine(logins: Logins, replica_url: str | None = None) -> Iterator[Machine]:
    """As `create_worker_app` has it, with a home of its own."""
    with temporary_home() as home:
        settings = Settings(home=home, secret="one", replica_url=replica_url, pool_size=4)
        reads = reads_of(settings, logins.reader)
        writes = WritePool(logins.writer, 2)
        private = [WritePool(url, 2) for url in (logins.staff, logins.accounts, logins.contacts)]
        app = create_app(reads, settings, writes=writes, private=PrivateWrites(*private))
        with serving(app) as address:
            yield Machine(address)
        for pool in (reads, writes, *private):
            pool.close()


def no_secret() -> bytes:
    raise AssertionError("nobody asks for a password here")


@pytest.fixture(scope="module")
def machines(server: Server, replica: Server) -> Iterator[tuple[Machine, Machine]]:
    with (
        pooler(server) as url,
        machine(service_logins(server.url, no_secret)) as first,
        machine(service_logins(url, no_secret), hosts(replica)) as second,
    ):
        ready = "/health/ready"
        wait_until(lambda: second.get(ready).json()["reads_from"] == "replica 1")
        yield first, second


def test_a_change_is_seen_at_each_and_their_tags_are_the_same(
    server: Server, machines: tuple[Machine, Machine]
) -> None:
    run(server.url, "DELETE FROM province")
    for one in machines:
        wait_until(lambda one=one: one.get(ITEMS).json()["features"] == [])  # type: ignore[misc]
    before = [one.get(ITEMS) for one in machines]
    add_province(server, "10")
    for one in machines:
        wait_until(lambda one=one: one.get(ITEMS).json()["features"] != [])  # type: ignore[misc]
    after = [one.get(ITEMS) for one in machines]

    tags = [[one.headers["etag"] for one in answers] for answers in (before, after)]
    assert tags[0][0] == tags[0][1] != tags[1][0] == tags[1][1]
    # What one has answered the other knows to be unchanged.
    assert machines[1].get(ITEMS, **{"If-None-Match": tags[1][0]}).status_code == 304


def test_a_page_begun_at_one_goes_on_at_the_other(
    server: Server, machines: tuple[Machine, Machine]
) -> None:
    run(server.url, "DELETE FROM province")
    for code in ("10", "11"):
        add_province(server, code)
    first, second = machines
    for one in machines:
        wait_until(lambda one=one: len(one.get(ITEMS).json()["features"]) == 2)  # type: ignore[misc]

    page = first.get(f"{ITEMS}?limit=1").json()
    [href] = [link["href"] for link in page["links"] if link["rel"] == "next"]
    rest = second.get(f"{ITEMS}?{urlsplit(href).query}")

    assert href.startswith("https://fahsai.example/")
    assert [one["id"] for one in rest.json()["features"]] == ["11"]


def test_what_is_signed_in_or_shortened_at_one_is_so_at_the_other_at_once(
    server: Server, machines: tuple[Machine, Machine]
) -> None:
    with owner_writes(server.url) as writes:
        add_account(writes, "a@example.org", "A", NATIONAL, None)
        account = account_of(writes, "a@example.org")
        token = make_link(writes, account, datetime.now(UTC), timedelta(hours=1))
    for here, there in (machines, machines[::-1]):
        made = here.post("/api/short-links", {}, json={"path": f"/about?of={id(here)}"})
        followed = there.get(f"/s/{made.json()['code']}")
        assert followed.headers["location"].endswith(f"/about?of={id(here)}")

    first, second = machines
    signed_in = first.post("/staff/sign-in/link", OURS, data={"link": token})
    [session] = [one for one in signed_in.cookies if "fahsai_session" in one.name]
    as_staff = {"Cookie": f"{session.name}={session.value}"}

    assert second.get("/api/jobs").status_code == 401
    assert second.get("/api/jobs", **as_staff).status_code == 200
