"""The key by which push services know the service (VAPID, RFC 8292): whoever changes it ends every
subscription of a browser."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc.jwk import ECKey

from geo_api.settings import Settings

# Of the home.
PUSH_KEY_FILE = "push-key"
SigningKey = ECKey


def signing_key(settings: Settings) -> SigningKey:
    """Made once for the home, and shared by its workers."""
    path = settings.home / PUSH_KEY_FILE
    if not path.exists():
        settings.home.mkdir(parents=True, exist_ok=True)
        # Another worker may have been first: its key counts.
        with suppress(FileExistsError):
            _write_once(path)
    return ECKey.import_key(path.read_bytes())


def public_bytes(key: SigningKey) -> bytes:
    """What a browser is given as applicationServerKey: an uncompressed point of P-256."""
    public = serialization.load_pem_public_key(key.as_pem(private=False))
    return public.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def _write_once(path: Path) -> None:
    """For its owner's eyes alone. Raises FileExistsError."""
    made = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(descriptor)
        os.link(unfinished, path)
    finally:
        os.unlink(unfinished)
