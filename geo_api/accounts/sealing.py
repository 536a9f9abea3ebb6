"""Contacts as they are kept: sealed by the service, with keys that the database does not have."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from geo_api.settings import Settings

# Of the home.
CONTACT_KEYS_FILE = "contact-keys"
# The newest seals, the one before it is still in the hands of a worker that was sealing.
_KEPT = 2


class Unsealable(RuntimeError):
    """A contact is sealed with a key that is not among those there are."""


class Sealer:
    """Seals with the newest key and opens with any (Fernet: AES-128-CBC and HMAC-SHA256). The keys
    are those of FAHSAI_CONTACT_KEYS, or of a file that is made once for the home; it is read each
    time, so that a new key is taken up without a restart."""

    def __init__(self, settings: Settings) -> None:
        self._named = settings.contact_keys
        self._path = settings.home / CONTACT_KEYS_FILE

    def seal(self, text: bytes) -> bytes:
        """What only the keys open."""
        return self._keys().encrypt(text)

    def open(self, sealed: bytes) -> bytes:
        """Raises Unsealable."""
        with _known_key():
            return self._keys().decrypt(sealed)

    def seal_again(self, sealed: bytes) -> bytes:
        """The same, sealed with the newest key. Raises Unsealable."""
        with _known_key():
            return self._keys().rotate(sealed)

    def add_key(self) -> bool:
        """Makes the newest key, where they are in the file; whether it did. The last but one is
        kept, those before it are dropped: what they sealed must have been sealed again."""
        if self._named:
            return False
        keys = (Fernet.generate_key().decode(), *self._read()[: _KEPT - 1])
        os.replace(_written(self._path, keys), self._path)
        return True

    def _keys(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self._named or self._read()])

    def _read(self) -> tuple[str, ...]:
        if not self._path.exists():
            unfinished = _written(self._path, (Fernet.generate_key().decode(),))
            # Another worker may have been first: its key counts.
            with suppress(FileExistsError):
                os.link(unfinished, self._path)
            unfinished.unlink()
        return tuple(self._path.read_text("ascii").split())


@contextmanager
def _known_key() -> Iterator[None]:
    try:
        yield
    except InvalidToken:
        raise Unsealable(
            "a contact is sealed with none of the keys there are: add the former key to the end of"
            f" FAHSAI_CONTACT_KEYS, or give the file {CONTACT_KEYS_FILE} of FAHSAI_HOME back"
        ) from None


def _written(path: Path, keys: tuple[str, ...]) -> Path:
    """A file beside the path, for its owner's eyes alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("\n".join(keys) + "\n")
        file.flush()
        os.fsync(descriptor)
    return Path(unfinished)
