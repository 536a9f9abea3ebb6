"""The folder that is published: written beside the one that stands, of which it takes over what is
the same, and put in its place when it is whole."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from geo_api.http.caching.checksums import sha256_of

CATALOGUE = "catalogue.json"


class NotPublished(ValueError):
    """A folder that we did not write would be replaced."""


class NotAnswered(RuntimeError):
    """The service cannot give what is to be published; the message has the address and why."""


@dataclass(frozen=True)
class File:
    """`path` is from the folder; `version` is of what the file was made from, None where only its
    content tells."""

    path: str
    bytes: int
    sha256: str
    version: str | None = None


@dataclass
class Draft:
    """The new folder, while it is written; `former` are the files of the one that stands."""

    folder: Path
    standing: Path
    former: Mapping[str, File]
    files: dict[str, File] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)

    @property
    def gone(self) -> list[str]:
        """Files of the standing folder that the new one has not."""
        return sorted(self.former.keys() - self.files.keys())

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.bytes for file in self.files.values())

    def add(self, path: str, make: Callable[[Path], object], version: str | None = None) -> bool:
        """Has `make` write a file, unless one of this version stands; whether there is one, for
        it need not write any. Raises ValueError for what is there already: the same file may be
        the standing folder's."""
        if path in self.files:
            raise ValueError(f"{path} is published twice")
        if version is not None and self.take(path, version):
            return True
        known, place = self.former.get(path), self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        make(place)
        if not place.exists():
            return False
        made = File(path, place.stat().st_size, sha256_of(place), version)
        if known and known.sha256 == made.sha256:
            place.unlink()
            self._take_over(known)
        else:
            self.written.append(path)
        self.files[path] = made
        return True

    def take(self, path: str, version: str) -> bool:
        """Takes over the file that stands, if it is of this version; whether it was."""
        known = self.former.get(path)
        if known is None or known.version != version:
            return False
        self._take_over(known)
        return True

    def add_bytes(self, path: str, body: bytes) -> None:
        """A file with this content."""
        self.add(path, lambda place: place.write_bytes(body))

    def add_json(self, path: str, document: Any) -> None:
        """A file with a document."""
        self.add_bytes(path, json.dumps(document, ensure_ascii=False).encode())

    def _take_over(self, file: File) -> None:
        """The same file, not a copy: servers and synchronisers see that it did not change."""
        place = self.folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        os.link(self.standing / file.path, place)
        self.files[file.path] = file


@contextmanager
def draft_of(target: Path) -> Iterator[Draft]:
    """A draft that takes the place of `target` when the block ends without an error. Raises
    NotPublished where something else is there."""
    target = target.absolute()
    former = _former(target)
    folder, replaced = (target.with_name(f".{target.name}.{name}") for name in ("new", "old"))
    for leftover in (folder, replaced):
        shutil.rmtree(leftover, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield Draft(folder, target, former)
        if target.exists():
            target.rename(replaced)
        folder.rename(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(replaced, ignore_errors=True)


def write_catalogue(draft: Draft, told: Mapping[str, Any]) -> None:
    """What the folder holds, with checksums: the last file of all."""
    files = [asdict(draft.files[path]) for path in sorted(draft.files)]
    text = json.dumps({**told, "files": files}, ensure_ascii=False, indent=1)
    (draft.folder / CATALOGUE).write_text(text, encoding="utf-8")


def _former(target: Path) -> dict[str, File]:
    catalogue = target / CATALOGUE
    if catalogue.is_file():
        listed = json.loads(catalogue.read_text(encoding="utf-8"))["files"]
        files = (File(**one) for one in listed)
        return {file.path: file for file in files if (target / file.path).is_file()}
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotPublished(
            f"{target} holds something that fahsai publish did not write (no {CATALOGUE}):"
            " name an empty or a new folder"
        )
    return {}
