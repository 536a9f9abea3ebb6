"""Passwords as they are kept: argon2id, with the parameters of RFC 9106 for little memory."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from layers.casework.staff import BadAccount

# NIST SP 800-63B-4, 3.1.1.2: fifteen where nothing else is asked for, and any letters.
LEAST_CHARACTERS, MOST_CHARACTERS = 15, 200
# Each takes 64 MiB: who sends many at once waits, rather than take the memory of a worker.
_AT_ONCE = BoundedSemaphore(2)
_hasher = PasswordHasher()
# Of no password: an address that nobody has takes as long to be refused as one that somebody has.
# The salt and the digest are of zeros.
_OF_NOBODY = (
    f"$argon2id$v=19$m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    f"${'A' * 22}${'A' * 43}"
)


def password_hash(password: str) -> str:
    """Raises BadAccount for one that is too short or too long."""
    if not LEAST_CHARACTERS <= len(password) <= MOST_CHARACTERS:
        raise BadAccount(
            f"a password must have {LEAST_CHARACTERS} to {MOST_CHARACTERS} characters, got"
            f" {len(password)}"
        )
    with _AT_ONCE:
        return _hasher.hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Whether `kept` is of the password. It takes as long where nothing is kept."""
    with _AT_ONCE:
        try:
            right = _hasher.verify(kept or _OF_NOBODY, password[: MOST_CHARACTERS + 1])
        except (VerificationError, InvalidHashError):
            return False
    return right and kept is not None
