"""Short codes that follow from a text: the same text always has the same ones."""

import re
from collections.abc import Iterator
from hashlib import sha256

# Of Crockford's base 32: no letter that is taken for a digit. 40 bits tell a million texts apart;
# where two begin alike, the second has a longer code.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTHS = range(8, 33, 4)
_CODE = re.compile(rf"[{_ALPHABET}]{{{_LENGTHS[0]},{_LENGTHS[-1]}}}")


def codes(text: str) -> Iterator[str]:
    """Those of a text, the shortest first, each the beginning of the next."""
    bits = int.from_bytes(sha256(text.encode()).digest())
    letters = "".join(_ALPHABET[bits >> 5 * place & 31] for place in range(_LENGTHS[-1]))
    return (letters[:length] for length in _LENGTHS)


def is_code(text: str) -> bool:
    """Whether it could be one."""
    return _CODE.fullmatch(text) is not None
