"""The key by which push services know the service (VAPID, RFC 8292): whoever changes it ends every
subscription of a browser."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from geo_api.settings import Settings

if TYPE_CHECKING:
    from joserfc.jwk import ECKey

# Of the home.
PUSH_KEY_FILE = "push-key"


def signing_key(settings: Settings) -> "ECKey":
    """Made once for the home, and shared by its workers."""
    # The key's libraries, which who only names its file does not wait for.
    from joserfc.jwk import ECKey

    path = settings.home / PUSH_KEY_FILE
    if not path.exists():
        settings.home.mkdir(parents=True, exist_ok=True)
        # Another worker may have been first: its key counts.
        with suppress(FileExistsError):
            _write_once(path)
    return ECKey.import_key(path.read_bytes())


def public_bytes(key: "ECKey") -> bytes:
    """What a browser is given as applicationServerKey: an uncompressed point of P-256."""
    from cryptography.hazmat.primitives import serialization

    public = serialization.load_pem_public_key(key.as_pem(private=False))
    return public.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def _write_once(path: Path) -> None:
    """For its owner's eyes alone. Raises FileExistsError."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

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
