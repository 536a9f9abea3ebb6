"""Takes a backup while the service runs: database, files and secrets of one moment, in a folder
that gets its name when it is whole."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from geo_api.backup import secrets
from geo_api.backup.dump import dump
from geo_api.backup.errors import BackupError, BackupRunning
from geo_api.backup.files import copy_file, home_files, require_room, stored, total_bytes
from geo_api.backup.manifest import DUMP, Manifest, StoredFile, backup_name, whole_backups
from geo_api.backup.states import layer_states, moment
from geo_api.database.embedded.server import Say
from geo_api.settings import Settings
from layers.sizes import size_told

_UNFINISHED = ".unfinished"


@dataclass(frozen=True)
class Backup:
    """What was written; `removed` are older ones that went."""

    folder: Path
    manifest: Manifest
    removed: tuple[Path, ...]

    def __str__(self) -> str:
        files = self.manifest.files
        rows = sum(state.rows for state in self.manifest.layers.values())
        removed = f"; {len(self.removed)} older removed" if self.removed else ""
        return (
            f"{self.folder}: {size_told(sum(file.bytes for file in files))} in {len(files):,}"
            f" files, {len(self.manifest.layers)} layers of {rows:,} rows{removed}"
        )


def back_up(
    settings: Settings, url: str, folder: Path, passphrase: str | None, keep: int | None, say: Say
) -> Backup:
    """Writes a backup into `folder`, which is made if need be, and leaves the newest `keep`. Raises
    BackupError, NotMigrated, DatabaseUnavailable and ClusterError; nothing is left then."""
    with _sole_writer(folder), moment(url) as now:
        unfinished = folder / f"{backup_name(now.at)}{_UNFINISHED}"
        home_bytes = total_bytes(settings.home / path for path in home_files(settings.home))
        require_room(folder, now.table_bytes + home_bytes, "the backup")
        unfinished.mkdir(mode=0o700)
        try:
            # Files first: what the moment's rows name may be taken away an hour later.
            files = _copy_files(settings.home, unfinished, say)
            sealed = _seal_secrets(settings, unfinished, passphrase, say)
            say("Summing up what each layer shows …")
            layers = layer_states(now.session)
            say(f"Dumping the database ({size_told(now.database_bytes)} with its indexes) …")
            dump(url, now.versions.postgresql_major, now.snapshot, unfinished / DUMP, say)
            manifest = Manifest(
                made_at=now.at,
                finished_at=datetime.now(UTC),
                versions=now.versions,
                database_bytes=now.database_bytes,
                next_transaction=now.next_transaction,
                has_secrets=bool(sealed),
                layers=layers,
                files=(stored(unfinished, DUMP), *sealed, *files),
            )
            manifest.write(unfinished)
            whole = _finish(unfinished)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        older = whole_backups(folder)[:-keep] if keep else []
        for one in older:
            _remove(one)
    return Backup(whole, manifest, tuple(older))


@contextmanager
def _sole_writer(folder: Path) -> Iterator[None]:
    """Nobody else writes to the folder, so that what is unfinished there was killed."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (folder / ".lock").open("a")
    except OSError as problem:
        raise BackupError(
            f"{folder} cannot be written to ({problem.strerror}): name another folder"
        ) from problem
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRunning(
                f"another backup is being written to {folder}: wait for it"
            ) from None
        for path in folder.glob(f"*{_UNFINISHED}"):
            shutil.rmtree(path)
        yield


def _copy_files(home: Path, into: Path, say: Say) -> list[StoredFile]:
    copied = []
    for path in home_files(home):
        with suppress(FileNotFoundError):  # swept or erased meanwhile
            copy = copy_file(home / path, into / path)
            copied.append(replace(copy, path=path.as_posix()))
    say(f"Copied {len(copied):,} files ({size_told(sum(file.bytes for file in copied))})")
    return copied


def _seal_secrets(
    settings: Settings, into: Path, passphrase: str | None, say: Say
) -> list[StoredFile]:
    held = secrets.held_secrets(settings)
    if not held:
        return []
    if not passphrase:
        say(
            "Warning: no passphrase (FAHSAI_BACKUP_PASSPHRASE), so that the secrets are not in the"
            " backup. Without them a restored service cannot read complainants' contacts, and ends"
            f" cursors that were given out: keep {' and '.join(sorted(held))} of"
            f" {settings.home} yourself"
        )
        return []
    secrets.seal(held, passphrase, into / secrets.SEALED)
    return [stored(into, secrets.SEALED)]


def _finish(unfinished: Path) -> Path:
    """Gives the backup its name once all of it is on the disk."""
    os.sync()
    whole = unfinished.with_name(unfinished.name.removesuffix(_UNFINISHED))
    unfinished.rename(whole)
    os.sync()
    return whole


def _remove(backup: Path) -> None:
    """So that what is left of one whose removal was cut short is no backup either."""
    shutil.rmtree(backup.rename(backup.with_name(backup.name + _UNFINISHED)))
