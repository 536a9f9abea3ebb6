"""Checksums of files, each read once for as long as it stays the same."""

from functools import lru_cache
from hashlib import file_digest
from pathlib import Path


def sha256_of(path: Path) -> str:
    """In hexadecimal digits. Raises FileNotFoundError."""
    return _sha256(path, path.stat().st_mtime_ns)


# As many files as a catalogue of some years has; reading each again takes milliseconds.
@lru_cache(maxsize=4096)
def _sha256(path: Path, _changed_ns: int) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
