"""The drill: a service is backed up under load, destroyed, and restored elsewhere as it was."""

import hmac
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import requests

from geo_api.accounts.commands import owner_writes
from geo_api.accounts.sealing import Sealer
from geo_api.accounts.sign_in import make_link
from geo_api.app import create_app
from geo_api.backup.files import FOLDERS, MADE_ANEW
from geo_api.backup.manifest import Manifest, find_backup, read_manifest
from geo_api.backup.secrets import SECRET_FILES
from geo_api.backup.states import differing, layer_states
from geo_api.complaints.photos import PhotoStore
from geo_api.database.connections import READER, Pool, PrivateWrites, WritePool, owner_connection
from geo_api.database.embedded.cluster import database
from geo_api.database.logins import login_url, service_logins
from geo_api.features.cursors import cursor_secret
from geo_api.ingest.loading import file_payloads, ingest
from geo_api.settings import Settings
from layers.sources import source_named
from layers.times import thai_day
from tests.geo_api.backup.conftest import Fahsai
from tests.geo_api.complaints.pictures import picture
from tests.geo_api.database.asking import answer, run
from tests.geo_api.demo.test_demo import demo_template, loaded_url  # noqa: F401
from tests.homes import temporary_home
from tests.makers import api_key, complaint, insert, staff_account
from tests.serving import serving

PASSPHRASE = {"FAHSAI_BACKUP_PASSPHRASE": "ม้าแก่กินหญ้าอ่อน"}
CONTACT = json.dumps({"name": "สมศรี มีสุข", "telephone": "081-234 5678"}).encode()
# Of an embedded server, and of who uses it.
MACHINERY = {"postgres", "cluster.lock", "start.lock", "server.lock"}


def test_a_service_that_was_destroyed_is_restored_elsewhere_as_it_was_under_load(
    home: Path,
    loaded_url: str,  # noqa: F811
    tmp_path: Path,
    fahsai: Fahsai,
) -> None:
    backups = tmp_path / "backups"
    people = known_people(home, loaded_url)
    with served(home, loaded_url) as address:
        page = requests.get(f"{address}/ogc/collections/hotspots/items?limit=5", timeout=60).json()
        [following] = [link["href"] for link in page["links"] if link["rel"] == "next"]
        expected = requests.get(following, timeout=60).json()["features"]
        with load(address, loaded_url, tmp_path) as ingested:
            before = len(ingested)
            fahsai(home, "backup", backups, FAHSAI_DATABASE_URL=loaded_url, **PASSPHRASE)
            assert len(ingested) > before
    manifest = read_manifest(find_backup(backups))
    # What comes to a home is in backups, or made again.
    known = {*FOLDERS, *MADE_ANEW, *SECRET_FILES, *MACHINERY}
    assert {path.name for path in home.iterdir()} <= known
    secret = (home / "secret").read_bytes()
    run(loaded_url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    shutil.rmtree(home)
    home.mkdir()

    with temporary_home() as other:
        restored = fahsai(other, "restore", backups, **PASSPHRASE)

        assert "secrets: contact-keys and secret" in restored
        with database(Settings(other), say=print) as url:
            ask_for_passwords(other, url)
            assert_as_it_was(url, other, manifest, people)
            password = hmac.digest(secret, READER.encode(), "sha256").hex()
            with served(other, url, expected_reader=login_url(url, READER, password)) as address:
                asked = urlsplit(following)
                again = requests.get(f"{address}{asked.path}?{asked.query}", timeout=60)
                assert again.json()["features"] == expected
                assert_they_enter(address, people)


@contextmanager
def served(home: Path, url: str, expected_reader: str | None = None) -> Iterator[str]:
    """The address of a service as its workers are, which logs in as its secret has it."""
    settings = Settings(home)
    logins = service_logins(url, lambda: cursor_secret(settings))
    assert expected_reader in (None, logins.reader)
    writes = [WritePool(login, 2) for login in (logins.staff, logins.accounts, logins.contacts)]
    with closing(Pool(logins.reader, 4)) as reads, ExitStack() as stack:
        for pool in writes:
            stack.callback(pool.close)
        private = PrivateWrites(*writes)
        yield stack.enter_context(serving(create_app(reads, settings, private=private)))


@dataclass(frozen=True)
class People:
    """By what somebody enters, and what is kept of a complainant."""

    key: str
    link: str
    photo: str


def known_people(home: Path, url: str) -> People:
    sealed = Sealer(Settings(home)).seal(CONTACT)
    [photo] = PhotoStore(home / "photos").keep([picture()])
    with closing(owner_connection(url)) as connection, connection:
        account = staff_account(connection, role="national")
        complaint(connection, "case", "2026-11-20")
        insert(connection, "contact.complainant", complaint_id="case", sealed=sealed)
        key = api_key(connection, account, "read")
    with owner_writes(url) as writes:
        link = make_link(writes, account, datetime.now(UTC))
    return People(key, link, photo.id)


@contextmanager
def load(address: str, url: str, folder: Path) -> Iterator[list[int]]:
    """Estates are delivered again and again, each time others, while people read; gives the number
    of each delivery that was committed."""
    ending, ingested = threading.Event(), [0]

    def deliver() -> None:
        with closing(owner_connection(url)) as connection:
            while not ending.is_set():
                number = len(ingested)
                file = folder / f"estates-{number}.csv"
                lines = (f"{id},นิคม {number},13.5,100.5,สายปฏิบัติการ 1" for id in range(1, 40))
                file.write_text("id,name_th,lat,lon,operations\n" + "\n".join(lines))
                source = source_named("industrial_estates")
                ingest(connection, source, file_payloads([file]), file.name)
                ingested.append(number)

    def read() -> None:
        with requests.Session() as session:
            while not ending.is_set():
                path = f"/ogc/collections/hotspots/items?limit=100&load={len(ingested)}"
                session.get(f"{address}{path}", timeout=60)
                session.get(f"{address}/tiles/hotspots/6/50/29.mvt", timeout=60)

    threads = [threading.Thread(target=one) for one in (deliver, read)]
    for thread in threads:
        thread.start()
    try:
        yield ingested
    finally:
        ending.set()
        for thread in threads:
            thread.join()


def ask_for_passwords(home: Path, url: str) -> None:
    """As a server of one's own does of all but its owner."""
    hba = home / "postgres/data/pg_hba.conf"
    hba.write_text("local all fahsai trust\nlocal all all scram-sha-256\n")
    run(url, "SELECT pg_reload_conf()")


def assert_as_it_was(url: str, home: Path, manifest: Manifest, people: People) -> None:
    with closing(owner_connection(url)) as session:
        found = layer_states(session, manifest.layers)
    days = thai_day(manifest.made_at), thai_day(datetime.now(UTC))
    assert differing(manifest.layers, found, days) == []
    assert manifest.layers["hotspots"].rows == 800
    kept = answer(url, "SELECT sealed FROM contact.complainant WHERE complaint_id = 'case'")
    assert Sealer(Settings(home)).open(bytes(kept)) == CONTACT
    assert PhotoStore(home / "photos").read(people.photo)
    # What changes from now on gets no data version that was given out before.
    transaction = answer(url, "SELECT pg_current_xact_id()::text::bigint")
    assert transaction > answer(url, "SELECT max(version) FROM data_version")


def assert_they_enter(address: str, people: People) -> None:
    bearer = {"Authorization": f"Bearer {people.key}"}
    cases = requests.get(f"{address}/api/staff/complaints.geojson", headers=bearer, timeout=60)
    assert cases.status_code == 200
    with requests.Session() as browser:
        browser.post(f"{address}/staff/sign-in/link", data={"link": people.link}, timeout=60)
        assert "สมหญิง ใจดี" in browser.get(f"{address}/staff/account", timeout=60).text
