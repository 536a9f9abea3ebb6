"""What a backup is known by: the file beside its parts that says what they are."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from geo_api.backup.errors import DamagedBackup, NotABackup, OtherVersion

MANIFEST = "manifest.json"
DUMP = "database.dump"
# Of the folder's layout and this file.
FORMAT = 1
_NAME = "%Y-%m-%dT%H%M%SZ"
_NAMED = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")


@dataclass(frozen=True)
class StoredFile:
    """`path` is relative to the backup, with slashes; `sha256` is of the whole file."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class LayerState:
    """What a published layer showed; `daily` ones show something else with every day of Thailand.
    `checksum` does not depend on the order of rows."""

    rows: int
    checksum: str
    version: str
    daily: bool


@dataclass(frozen=True)
class Versions:
    """What wrote the backup; `schema` are the revisions that the database stands at."""

    fahsai: str
    postgresql: str
    postgis: str
    schema: tuple[str, ...]
    published: str

    @property
    def postgresql_major(self) -> int:
        """As in 15."""
        return int(self.postgresql.partition(".")[0])


@dataclass(frozen=True)
class Manifest:
    """`made_at` is the moment that the database and its layers are of. `next_transaction` is what
    PostgreSQL's next transaction was to be numbered."""

    made_at: datetime
    finished_at: datetime
    versions: Versions
    database_bytes: int
    next_transaction: int
    has_secrets: bool
    layers: Mapping[str, LayerState]
    files: tuple[StoredFile, ...]

    def write(self, folder: Path) -> None:
        """Into the backup."""
        told = {"format": FORMAT, **asdict(self)}
        text = json.dumps(told, ensure_ascii=False, indent=1, default=datetime.isoformat)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Raises DamagedBackup and OtherVersion."""
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_bytes())
        if told.pop("format") != FORMAT:
            raise OtherVersion(f"{path} is of another version of Fahsai: restore it with that one")
        versions = told.pop("versions")
        return Manifest(
            made_at=datetime.fromisoformat(told.pop("made_at")),
            finished_at=datetime.fromisoformat(told.pop("finished_at")),
            versions=Versions(**versions | {"schema": tuple(versions["schema"])}),
            layers={name: LayerState(**state) for name, state in told.pop("layers").items()},
            files=tuple(StoredFile(**file) for file in told.pop("files")),
            **told,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise DamagedBackup(f"{path} cannot be read: take another backup") from problem


def backup_name(at: datetime) -> str:
    """Sorted as time goes."""
    return at.astimezone(UTC).strftime(_NAME)


def whole_backups(folder: Path) -> list[Path]:
    """Those in a folder of backups, the oldest first; what was not finished is none."""
    if not folder.is_dir():
        return []
    named = (path for path in folder.iterdir() if _NAMED.fullmatch(path.name))
    return sorted(path for path in named if (path / MANIFEST).is_file())


def find_backup(folder: Path) -> Path:
    """The folder itself, or the newest backup in it. Raises NotABackup."""
    if (folder / MANIFEST).is_file():
        return folder
    found = whole_backups(folder)
    if not found:
        raise NotABackup(f"{folder} is no backup and holds none: name a folder with a {MANIFEST}")
    return found[-1]
