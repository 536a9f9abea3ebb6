"""The way back: a backup read into a home and a database, beside what was there until it is known
to be the same as was backed up."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from psycopg2.extensions import make_dsn, parse_dsn

from geo_api.backup import secrets, sql
from geo_api.backup.dump import load_dump
from geo_api.backup.errors import HoldsData, OtherVersion, RestoredDiffers
from geo_api.backup.files import FOLDERS, MADE_ANEW, copy_file, require_room, require_sound
from geo_api.backup.manifest import DUMP, Manifest
from geo_api.backup.states import differing, layer_states
from geo_api.database.connections import owner_connection
from geo_api.database.embedded.server import Say
from geo_api.database.migrations import Migration, make_roles, migrate, unknown_revisions
from geo_api.database.prepared_statements import Session
from geo_api.settings import Settings
from layers.sizes import size_told
from layers.times import thai_day

_NEW = ".restoring"
_OLD = ".before"
_MAINTENANCE = "postgres"


@dataclass(frozen=True)
class Restored:
    """What was done; `not_compared` are layers that show something else every day."""

    backup: Path
    manifest: Manifest
    migration: Migration
    not_compared: tuple[str, ...]
    secrets: tuple[str, ...]

    def __str__(self) -> str:
        compared = len(self.manifest.layers) - len(self.not_compared)
        told = [
            f"restored {self.backup.name}: {compared} layers show what they showed at"
            f" {self.manifest.made_at:%Y-%m-%d %H:%M:%S} UTC",
            f"{len(self.manifest.files) - 1:,} files have their checksums",
            f"secrets: {' and '.join(self.secrets) or 'none'}",
            f"migrations: {self.migration}",
        ]
        if self.not_compared:
            told.append(f"not compared, as it shows each day's: {', '.join(self.not_compared)}")
        return "; ".join(told)


def require_restorable(backup: Path, manifest: Manifest, say: Say) -> None:
    """Looks at every byte of the backup, before anything is touched. Raises DamagedBackup, and
    OtherVersion for one of a newer schema than this software's."""
    if unknown := unknown_revisions(manifest.versions.schema):
        raise OtherVersion(
            f"{backup} is of a newer version, which has {', '.join(unknown)}: restore it with that"
            " version, or name in FAHSAI_PLUGINS the folder that brings it"
        )
    say(f"Checking {size_told(sum(file.bytes for file in manifest.files))} of {backup} …")
    require_sound(backup, manifest.files)


def restore(
    settings: Settings,
    url: str,
    backup: Path,
    manifest: Manifest,
    opened: Mapping[str, bytes],
    *,
    replace: bool,
    say: Say,
) -> Restored:
    """Reads a backup, which was looked at, into the home and the database of `url`, with the
    secrets that were `opened`. What is there is replaced at the end, if it may be, and stays where
    anything fails. Raises BackupError."""
    home = settings.home
    with closing(owner_connection(url)) as session:
        session.autocommit = True
        name, is_empty = _require_free(session, home, manifest, replace)
    home.mkdir(parents=True, exist_ok=True)
    database_bytes = 0 if settings.database_url else manifest.database_bytes
    require_room(home, database_bytes + sum(file.bytes for file in manifest.files), "restoring")
    make_roles(url)
    with ExitStack() as undo:
        _copy_files(home, backup, manifest, undo, say)
        target = url if is_empty else make_dsn(url, dbname=name + _NEW)
        if not is_empty:
            _make_database(url, name + _NEW)
            undo.callback(_drop_database, url, name + _NEW)
        say(f"Restoring the database ({size_told(manifest.database_bytes)}) …")
        load_dump(target, manifest.versions.postgresql_major, backup / DUMP, say)
        not_compared = _compare(target, manifest, say)
        migration = migrate(target, say)
        if not is_empty:
            _swap_databases(url, name, undo)
        _swap_folders(home, undo)
        undo.pop_all()
    secrets.put_secrets(dict(opened), home)
    _remove_former(url, None if is_empty else name, home)
    return Restored(backup, manifest, migration, not_compared, tuple(sorted(opened)))


def _require_free(
    session: Session, home: Path, manifest: Manifest, replace: bool
) -> tuple[str, bool]:
    """The database's name, and whether it is empty. Raises HoldsData and OtherVersion."""
    name = str(session.info.dbname)
    [(major, shown, _)] = session.rows(sql.SERVER, None)
    if major < manifest.versions.postgresql_major:
        raise OtherVersion(
            f"the backup is of PostgreSQL {manifest.versions.postgresql_major}, and the server has"
            f" {shown}: restore it on {manifest.versions.postgresql_major} or a newer one"
        )
    [(is_full,)] = session.rows(sql.HOLDS_DATA, None)
    held = [f"{home / one}" for one in (*FOLDERS, *secrets.SECRET_FILES) if (home / one).exists()]
    if is_full:
        held.insert(0, f"the database {name}")
    if held and not replace:
        raise HoldsData(
            f"there are data already: {', '.join(held)}; --replace puts the backup in their place,"
            " --home restores into another folder"
        )
    [(sessions,)] = session.rows(sql.OTHER_SESSIONS, {"name": name})
    if sessions:
        raise HoldsData(
            f"{sessions} other sessions use the database {name}: stop the service first"
        )
    return name, not is_full


def _copy_files(home: Path, backup: Path, manifest: Manifest, undo: ExitStack, say: Say) -> None:
    """Beside the home's own, which they replace later."""
    undo.callback(_remove_all, home, _NEW)
    _remove_all(home, _NEW)
    copied = [file for file in manifest.files if "/" in file.path]
    for file in copied:
        folder, _, rest = file.path.partition("/")
        copy_file(backup / file.path, home / (folder + _NEW) / rest)
    say(f"Copied {len(copied):,} files")


def _make_database(url: str, name: str) -> None:
    """An empty one; what an earlier restore left of that name goes."""
    with _maintenance(url) as session, session.cursor() as cursor:
        cursor.execute(sql.drop_database(name))
        cursor.execute(sql.create_database(name))


def _drop_database(url: str, name: str) -> None:
    with _maintenance(url) as session, session.cursor() as cursor:
        cursor.execute(sql.drop_database(name))


def _compare(url: str, manifest: Manifest, say: Say) -> tuple[str, ...]:
    """Raises RestoredDiffers. The layers that could not be compared."""
    with closing(owner_connection(url)) as session, session.cursor() as cursor:
        session.autocommit = True
        cursor.execute(sql.REFRESH_STATISTICS)
        cursor.execute(sql.pass_transactions(manifest.next_transaction))
        say("Comparing what each layer shows …")
        found = layer_states(session, manifest.layers)
    days = thai_day(manifest.made_at), thai_day(datetime.now(UTC))
    if wrong := differing(manifest.layers, found, days):
        raise RestoredDiffers(
            f"what was restored is not what was backed up: {', '.join(wrong)}; try another backup"
        )
    return tuple(
        name for name, state in manifest.layers.items() if state.daily and days[0] != days[1]
    )


def _swap_databases(url: str, name: str, undo: ExitStack) -> None:
    _drop_database(url, name + _OLD)
    for former, to in ((name, name + _OLD), (name + _NEW, name)):
        _rename_database(url, former, to)
        undo.callback(_rename_database, url, to, former)


def _rename_database(url: str, name: str, to: str) -> None:
    with _maintenance(url) as session, session.cursor() as cursor:
        cursor.execute(sql.rename_database(name, to))


def _swap_folders(home: Path, undo: ExitStack) -> None:
    for name in FOLDERS:
        for former, to in ((name, name + _OLD), (name + _NEW, name)):
            if (home / former).exists():
                (home / former).rename(home / to)
                undo.callback((home / to).rename, home / former)


def _remove_former(url: str, name: str | None, home: Path) -> None:
    """What was replaced, and what was made from it."""
    if name is not None:
        _drop_database(url, name + _OLD)
    _remove_all(home, _OLD)
    for made in MADE_ANEW:
        shutil.rmtree(home / made, ignore_errors=True)


def _remove_all(home: Path, suffix: str) -> None:
    for name in FOLDERS:
        shutil.rmtree(home / (name + suffix), ignore_errors=True)


@contextmanager
def _maintenance(url: str) -> Iterator[Session]:
    """Of a database that is none of ours; each statement is a transaction of its own."""
    elsewhere = make_dsn(**parse_dsn(url) | {"dbname": _MAINTENANCE})
    with closing(owner_connection(elsewhere)) as session:
        session.autocommit = True
        yield session
