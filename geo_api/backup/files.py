"""Files of a backup: what of a home is in one, copied, and looked at again."""

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from geo_api.backup.errors import DamagedBackup, NoRoom
from geo_api.backup.manifest import StoredFile
from layers.sizes import size_told

# What of a home nothing else brings back.
FOLDERS = ("rasters", "payloads", "photos")
# What was made from it, by the version of the data or of the code; of other data it would be wrong.
MADE_ANEW = ("cache", "downloads", "kept-downloads", "method-checks", "metrics")
_UNFINISHED = (".partial", ".part")
_CHUNK = 1 << 20


def home_files(home: Path) -> Iterator[Path]:
    """Whole ones of FOLDERS, relative to the home. Each is written once, under a name of its own,
    and named by rows only then: those that a moment's rows name are there after it."""
    for name in FOLDERS:
        for path in sorted((home / name).rglob("*")):
            is_whole = path.name[0] != "." and path.suffix not in _UNFINISHED
            if is_whole and path.is_file():
                yield path.relative_to(home)


def total_bytes(paths: Iterable[Path]) -> int:
    """Of files that may go meanwhile."""
    total = 0
    for path in paths:
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


def require_room(folder: Path, needed: int, what: str) -> None:
    """Raises NoRoom."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise NoRoom(
            f"{what} may take {size_told(needed)}, and {folder} has {size_told(free)} left: make"
            " room, or name a folder on another disk"
        )


def copy_file(path: Path, to: Path) -> StoredFile:
    """With its mode and time; `path` of what it gives is the name alone. Raises FileNotFoundError
    where the file has gone."""
    digest, written = hashlib.sha256(), 0
    with path.open("rb") as source:
        _make_folder(to.parent, path.parent)
        with to.open("wb") as copy:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                written += copy.write(chunk)
        shutil.copystat(path, to)
    return StoredFile(to.name, written, digest.hexdigest())


def stored(folder: Path, name: str) -> StoredFile:
    """What the manifest says of a file that lies in the backup."""
    with (folder / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return StoredFile(name, (folder / name).stat().st_size, digest.hexdigest())


def require_sound(folder: Path, files: Iterable[StoredFile]) -> None:
    """Raises DamagedBackup at the first that is not as it was written."""
    for file in files:
        path = folder / file.path
        if not path.resolve().is_relative_to(folder.resolve()):
            raise DamagedBackup(f"{file.path} is not within {folder}: take another backup")
        if not path.is_file():
            raise DamagedBackup(f"{path} is missing: take another backup")
        if stored(folder, file.path) != file:
            raise DamagedBackup(
                f"{path} is damaged (its SHA-256 is not that of {folder.name}): take another backup"
            )


def _make_folder(folder: Path, like: Path) -> None:
    if not folder.exists():
        _make_folder(folder.parent, like.parent)
        folder.mkdir()
        folder.chmod(like.stat().st_mode & 0o777)
