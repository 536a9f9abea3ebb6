"""The secrets of a home, sealed with a passphrase (scrypt and Fernet), so that a backup that is
stolen opens none."""

import base64
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from geo_api.accounts.sealing import CONTACT_KEYS_FILE
from geo_api.alerts.push_key import PUSH_KEY_FILE
from geo_api.backup.errors import WrongPassphrase
from geo_api.features.cursors import SECRET_FILE
from geo_api.settings import Settings

SEALED = "secrets.sealed"
# Files of a home. What settings hold instead is sealed as the file that it stands for.
SECRET_FILES = (SECRET_FILE, CONTACT_KEYS_FILE, PUSH_KEY_FILE)
_SALT_BYTES = 16
# 128 MB and a third of a second for each guess (RFC 7914, section 2, of 2017's advice: N = 2^17).
_SCRYPT = {"length": 32, "n": 2**17, "r": 8, "p": 1}


def held_secrets(settings: Settings) -> dict[str, bytes]:
    """By the name of the file; those that were not made yet are left out."""
    held = {
        name: path.read_bytes() for name in SECRET_FILES if (path := settings.home / name).is_file()
    }
    if settings.secret:
        held[SECRET_FILE] = settings.secret.encode()
    if settings.contact_keys:
        held[CONTACT_KEYS_FILE] = "".join(f"{key}\n" for key in settings.contact_keys).encode()
    return held


def seal(secrets: dict[str, bytes], passphrase: str, into: Path) -> None:
    """Writes them into a file that the passphrase opens."""
    salt = os.urandom(_SALT_BYTES)
    plain = {name: base64.b64encode(secret).decode() for name, secret in secrets.items()}
    sealed = Fernet(_key(passphrase, salt)).encrypt(json.dumps(plain).encode())
    into.write_bytes(salt + sealed)


def unseal(path: Path, passphrase: str) -> dict[str, bytes]:
    """Raises WrongPassphrase."""
    salt, sealed = path.read_bytes()[:_SALT_BYTES], path.read_bytes()[_SALT_BYTES:]
    try:
        plain = json.loads(Fernet(_key(passphrase, salt)).decrypt(sealed))
    except InvalidToken:
        raise WrongPassphrase(
            f"the passphrase does not open {path}: give the one it was made with in"
            " FAHSAI_BACKUP_PASSPHRASE, or restore without secrets (--no-secrets)"
        ) from None
    return {name: base64.b64decode(secret) for name, secret in plain.items()}


def put_secrets(secrets: dict[str, bytes], home: Path) -> None:
    """For their owner's eyes alone, each whole or as it was."""
    for name, secret in secrets.items():
        descriptor, unfinished = tempfile.mkstemp(dir=home)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(secret)
                file.flush()
                os.fsync(descriptor)
            os.replace(unfinished, home / name)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(unfinished)


def overruled(secrets: dict[str, bytes], settings: Settings) -> list[str]:
    """What is to be said of settings that have other secrets than the restored ones."""
    told = []
    if settings.secret and settings.secret.encode() != secrets.get(SECRET_FILE):
        told.append(
            "FAHSAI_SECRET is another than the backup's: cursors that were given out end, and"
            " log-ins get new passwords"
        )
    if settings.contact_keys:
        known = secrets.get(CONTACT_KEYS_FILE, b"").decode().split()
        if missing := set(known).difference(settings.contact_keys):
            told.append(
                f"FAHSAI_CONTACT_KEYS lacks {len(missing)} of the backup's keys, without which"
                f" contacts cannot be read: add them; the file {CONTACT_KEYS_FILE} has them"
            )
    return told


def _key(passphrase: str, salt: bytes) -> bytes:
    return base64.urlsafe_b64encode(Scrypt(salt=salt, **_SCRYPT).derive(passphrase.encode()))
