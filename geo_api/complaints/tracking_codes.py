"""The code by which a resident follows a complaint: 12 characters of Crockford's base 32.

It follows from the sender's own client_id, so that who sends a report twice is told the same code
twice, while neither is kept: the database holds a hash of each.
"""

import hashlib
import re

LENGTH = 12
# No letter that is taken for a digit.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011", " -\u2010\u2011\u2013")
_CODE = re.compile(rf"[{_ALPHABET}]{{{LENGTH}}}")


def tracking_code(channel: str, client_id: str) -> str:
    """60 bits of the hash of a client_id."""
    bits = int.from_bytes(_hash(f"code:{channel}", client_id))
    return "".join(_ALPHABET[bits >> 5 * place & 31] for place in range(LENGTH))


def tracking_hash(code: str) -> bytes | None:
    """What is kept of a code, however somebody types it; None for what can be none."""
    read = code.upper().translate(_READ_AS)
    return _hash("tracking", read) if _CODE.fullmatch(read) else None


def client_hash(client_id: str) -> str:
    """What is kept of a client_id: who reads it cannot tell the code."""
    return _hash("client", client_id).hex()


def _hash(purpose: str, text: str) -> bytes:
    return hashlib.sha256(f"{purpose}:{text}".encode()).digest()
