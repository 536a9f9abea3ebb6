"""What a restore refuses, what it leaves as it was where it fails, and what it brings back."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from geo_api.backup.manifest import DUMP, MANIFEST, whole_backups
from geo_api.backup.secrets import overruled
from geo_api.database.connections import owner_connection
from geo_api.settings import Settings
from tests.geo_api.backup.conftest import Fahsai
from tests.geo_api.database.asking import answer, rows
from tests.makers import factory

PASSPHRASE = {"FAHSAI_BACKUP_PASSPHRASE": "geheim"}
FACTORIES = "SELECT id FROM factory ORDER BY id"
DATABASES = "SELECT datname FROM pg_database WHERE datname LIKE current_database() || '\\_%'"

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def backup(home: Path, fresh_url: str, tmp_path: Path, fahsai: Fahsai) -> Path:
    """Of a database with the factory `before`, a home with a payload, and the secrets of both."""
    (home / "secret").write_bytes(b"the secret of before")
    (home / "payloads").mkdir()
    (home / "payloads" / "answer.gz").write_bytes(b"before")
    add_factory(fresh_url, "before")
    fahsai(home, "backup", tmp_path, FAHSAI_DATABASE_URL=fresh_url, **PASSPHRASE)
    [made] = whole_backups(tmp_path)
    return made


def add_factory(url: str, id: str) -> None:
    with closing(owner_connection(url)) as connection, connection:
        factory(connection, id=id)


def change_manifest(backup: Path, change: Change) -> None:
    path = backup / MANIFEST
    told = json.loads(path.read_text(encoding="utf-8"))
    change(told)
    path.write_text(json.dumps(told), encoding="utf-8")


def test_data_that_are_there_are_replaced_where_that_is_said_and_stay_where_it_is_not(
    backup: Path, home: Path, fresh_url: str, fahsai: Fahsai
) -> None:
    where = {"FAHSAI_DATABASE_URL": fresh_url, **PASSPHRASE}
    add_factory(fresh_url, "after")
    (home / "secret").write_bytes(b"the secret of after")
    (home / "payloads" / "later.gz").write_bytes(b"after")
    (home / "cache").mkdir()

    refused = fahsai(home, "restore", backup, **where)

    assert "there are data already: the database test_" in refused
    assert f"{home / 'payloads'}, {home / 'secret'}; --replace" in refused
    assert rows(fresh_url, FACTORIES) == [("after",), ("before",)]

    # The folder of backups stands for the newest in it.
    told = fahsai(home, "restore", backup.parent, "--replace", **where)

    assert f"restored {backup.name}: " in told
    assert rows(fresh_url, FACTORIES) == [("before",)]
    assert rows(fresh_url, DATABASES) == []
    assert (home / "secret").read_bytes() == b"the secret of before"
    assert sorted(path.name for path in home.iterdir()) == ["payloads", "secret"]
    assert [path.name for path in (home / "payloads").iterdir()] == ["answer.gz"]


def test_where_what_was_restored_is_not_what_was_backed_up_all_stays_as_it_was(
    backup: Path, home: Path, fresh_url: str, fahsai: Fahsai
) -> None:
    add_factory(fresh_url, "after")
    change_manifest(backup, lambda told: told["layers"]["factories"].update(checksum="1"))

    told = fahsai(home, "restore", backup, "--replace", FAHSAI_DATABASE_URL=fresh_url, **PASSPHRASE)

    assert "Error: what was restored is not what was backed up: factories; try another" in told
    assert rows(fresh_url, FACTORIES) == [("after",), ("before",)]
    assert rows(fresh_url, DATABASES) == []
    assert sorted(path.name for path in home.iterdir()) == ["payloads", "secret"]


def damage(backup: Path) -> None:
    path = backup / DUMP
    dumped = bytearray(path.read_bytes())
    dumped[len(dumped) // 2] ^= 1
    path.write_bytes(dumped)


def lose(backup: Path) -> None:
    (backup / "payloads" / "answer.gz").unlink()


def cut_off(backup: Path) -> None:
    (backup / MANIFEST).write_text((backup / MANIFEST).read_text()[:500])


def age(backup: Path) -> None:
    change_manifest(backup, lambda told: told["versions"].update(schema=["2999_01_01_moon"]))


def outgrow(backup: Path) -> None:
    change_manifest(backup, lambda told: told["versions"].update(postgresql="99.1"))


def test_what_cannot_be_restored_is_refused_by_name_before_anything_is_touched(
    backup: Path, home: Path, fresh_url: str, tmp_path: Path, fahsai: Fahsai
) -> None:
    where = {"FAHSAI_DATABASE_URL": fresh_url, **PASSPHRASE}
    whole = {path: path.read_bytes() for path in backup.rglob("*") if path.is_file()}
    for spoil, expected in (
        (damage, f"{backup / DUMP} is damaged"),
        (lose, f"{backup / 'payloads/answer.gz'} is missing"),
        (cut_off, f"{backup / MANIFEST} cannot be read"),
        (age, "is of a newer version, which has 2999_01_01_moon"),
        (outgrow, "the backup is of PostgreSQL 99, and the server has 1"),
    ):
        spoil(backup)

        told = fahsai(home, "restore", backup, "--replace", **where)

        assert expected in told
        for path, content in whole.items():
            path.write_bytes(content)

    for variables, expected in (
        (where | {"FAHSAI_BACKUP_PASSPHRASE": "falsch"}, "the passphrase does not open"),
        (where | {"FAHSAI_BACKUP_PASSPHRASE": ""}, "secrets are sealed: set FAHSAI_BACKUP_PASS"),
    ):
        assert expected in fahsai(home, "restore", backup, "--replace", **variables)
    nothing = tmp_path / "nothing"
    assert f"{nothing} is no backup and holds none" in fahsai(home, "restore", nothing, **where)
    with closing(owner_connection(fresh_url)):
        told = fahsai(home, "restore", backup, "--replace", **where)
    assert "1 other sessions use the database" in told
    assert (home / "payloads" / "answer.gz").read_bytes() == b"before"


def test_one_of_an_older_schema_is_migrated_up_and_may_come_without_secrets(
    backup: Path,
    home: Path,
    empty_url: str,
    tmp_path: Path,
    fahsai: Fahsai,
) -> None:
    versions = tmp_path / "plugin" / "migrations" / "versions"
    versions.mkdir(parents=True)
    (versions / "2999_01_01_moon.py").write_text(
        '"""Later."""\nfrom alembic import op\nrevision = "2999_01_01_moon"\n'
        'down_revision = "2026_11_28_foundation"\n'
        'def upgrade():\n    op.execute("CREATE TABLE moon (phase int)")\n'
    )
    other = tmp_path / "other"
    where = {"FAHSAI_DATABASE_URL": empty_url, "FAHSAI_PLUGINS": str(tmp_path / "plugin")}

    told = fahsai(home, "restore", backup, "--home", other, "--no-secrets", **where)

    assert "migrations: applied: 2999_01_01_moon" in told
    assert answer(empty_url, "SELECT count(*) FROM moon") == 0
    assert rows(empty_url, FACTORIES) == [("before",)]
    assert sorted(path.name for path in other.iterdir()) == ["payloads"]


def test_settings_that_overrule_restored_secrets_are_named(home: Path) -> None:
    secrets = {"secret": b"one", "contact-keys": b"first\nsecond\n"}

    assert overruled(secrets, Settings(home)) == []
    assert overruled(secrets, Settings(home, secret="one", contact_keys=("second", "first"))) == []
    [cursors, contacts] = overruled(
        secrets, Settings(home, secret="two", contact_keys=("second", "third"))
    )
    assert "FAHSAI_SECRET is another than the backup's" in cursors
    assert "FAHSAI_CONTACT_KEYS lacks 1 of the backup's keys" in contacts
