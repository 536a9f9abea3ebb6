"""The tokens by which a subscriber is known: each follows from the service's secret and a random
number, so that none is kept but its hash."""

import base64
import hashlib
import hmac
import re
from uuid import UUID

_BYTES = 20
_TOKEN = re.compile(r"[a-z2-7]{32}")
MANAGE, CONFIRM = "manage", "confirm"


def token(secret: bytes, purpose: str, uid: UUID) -> str:
    """160 bits as 32 letters and digits, which no mail program breaks."""
    key = f"alert:{purpose}:{uid}".encode()
    digest = hmac.digest(secret, key, "sha256")[:_BYTES]
    return base64.b32encode(digest).decode().lower()


def token_hash(text: str) -> bytes | None:
    """What is kept of a token; None for what can be none."""
    read = text.strip().lower()
    return hashlib.sha256(read.encode()).digest() if _TOKEN.fullmatch(read) else None


def address_hash(secret: bytes, way: str, address: str) -> bytes:
    """By which an address is known again, and which nobody without the secret can try out."""
    return hmac.digest(secret, f"alert-address:{way}:{address}".encode(), "sha256")
