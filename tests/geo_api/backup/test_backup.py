"""A backup is whole or not there, and says what is not in it."""

import fcntl
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geo_api import cli
from geo_api.backup.errors import NoRoom
from geo_api.backup.files import require_room
from geo_api.backup.manifest import MANIFEST, read_manifest, whole_backups
from geo_api.database.embedded.cluster import database
from geo_api.settings import Settings
from tests.geo_api.backup.conftest import Fahsai
from tests.geo_api.test_cli import environment


def test_one_that_is_killed_in_the_middle_is_none_and_the_next_one_works(
    migrated_home: Path, tmp_path: Path, fahsai: Fahsai
) -> None:
    backups = tmp_path / "backups"
    with database(Settings(migrated_home), say=print):
        process = subprocess.Popen(
            [sys.executable, "-m", cli.__name__, "backup", str(backups)],
            env=environment(migrated_home),
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr
        while "Dumping" not in process.stderr.readline():
            assert process.poll() is None
        process.kill()
        process.wait()
        process.stderr.close()

        assert whole_backups(backups) == []
        [left] = backups.glob("*.unfinished")

        fahsai(migrated_home, "backup", backups)

        [whole] = whole_backups(backups)
        assert [path for path in backups.iterdir() if path.name != ".lock"] == [whole]
        assert left.name != whole.name
        # What only its owner may read is not for others in a backup either.
        assert {path.stat().st_mode & 0o077 for path in (backups, whole)} == {0}


def test_only_the_newest_are_kept(
    home: Path, fresh_url: str, tmp_path: Path, fahsai: Fahsai
) -> None:
    where = {"FAHSAI_DATABASE_URL": fresh_url}
    made_in = f"{datetime.now(UTC):%Y}"
    oldest = tmp_path / "2020-01-01T000000Z"
    older = tmp_path / "2021-01-01T000000Z"
    foreign = tmp_path / "letters"
    for folder in (oldest, older, foreign):
        folder.mkdir()
        (folder / MANIFEST).write_text("{}")

    told = fahsai(home, "backup", tmp_path, "--keep", "2", **where)

    assert "1 older removed" in told
    assert [path.name[:4] for path in whole_backups(tmp_path)] == ["2021", made_in]
    assert (foreign.exists(), oldest.exists()) == (True, False)


def test_what_is_left_out_without_a_passphrase_is_said(
    home: Path, fresh_url: str, tmp_path: Path, fahsai: Fahsai
) -> None:
    (home / "secret").write_bytes(b"a secret")
    (home / "payloads" / "firms").mkdir(parents=True)
    (home / "payloads" / "firms" / "answer.gz").write_bytes(b"kept")
    (home / "payloads" / "firms" / "answer-1.partial").write_bytes(b"cut off")

    told = fahsai(home, "backup", tmp_path, FAHSAI_DATABASE_URL=fresh_url)

    assert "the secrets are not in the backup" in told
    [backup] = whole_backups(tmp_path)
    manifest = read_manifest(backup)
    assert not manifest.has_secrets
    assert {file.path for file in manifest.files} == {"database.dump", "payloads/firms/answer.gz"}
    assert manifest.layers["hotspots"].rows == 0
    written = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
    assert written["versions"]["postgresql"]
    assert set(written["layers"]["factories"]) == {"rows", "checksum", "version", "daily"}
    assert b"a secret" not in b"".join(p.read_bytes() for p in backup.rglob("*") if p.is_file())


def test_a_passphrase_is_needed_to_know_a_secret(
    home: Path, fresh_url: str, tmp_path: Path, fahsai: Fahsai
) -> None:
    (home / "secret").write_bytes(b"grosses-geheimnis")
    (home / "contact-keys").write_text("kleiner-schluessel\n")

    fahsai(
        home,
        "backup",
        tmp_path,
        FAHSAI_DATABASE_URL=fresh_url,
        FAHSAI_BACKUP_PASSPHRASE="losungswort",
    )

    [backup] = whole_backups(tmp_path)
    assert read_manifest(backup).has_secrets
    stored = b"".join(path.read_bytes() for path in backup.rglob("*") if path.is_file())
    assert (
        b"grosses-geheimnis" in stored,
        b"kleiner-schluessel" in stored,
        b"losungswort" in stored,
    ) == (False,) * 3


def test_a_folder_to_which_another_backup_is_being_written_is_refused(
    home: Path, fresh_url: str, tmp_path: Path, fahsai: Fahsai
) -> None:
    with (tmp_path / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        told = fahsai(home, "backup", tmp_path, FAHSAI_DATABASE_URL=fresh_url)

    assert f"another backup is being written to {tmp_path}" in told


def test_a_database_that_is_none_of_ours_is_refused(
    home: Path, empty_url: str, tmp_path: Path, fahsai: Fahsai
) -> None:
    told = fahsai(home, "backup", tmp_path / "new", FAHSAI_DATABASE_URL=empty_url)

    assert "the database holds nothing of Fahsai yet" in told
    assert whole_backups(tmp_path / "new") == []


def test_a_disk_without_room_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match=r"the backup may take 1,000,000,000.0 GB, and .* left"):
        require_room(tmp_path, 10**18, "the backup")
