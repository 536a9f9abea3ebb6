"""What people type or copy to find something, made as ingest has stored it."""

from layers.cleaning.registration_numbers import parse_registration
from layers.cleaning.text import normalise

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def stored_text(text: str) -> str:
    """Blanks at the ends stay, which mean something in a pattern. Thai digits become Arabic ones
    where that makes a registration number, whose digits ingest changes too; names keep theirs."""
    if text.isascii():
        return text
    bare = normalise(text)
    if not bare:
        return bare
    arabic = bare.translate(_THAI_DIGITS)
    if arabic != bare and parse_registration(arabic):
        bare = arabic
    before = text[: len(text) - len(text.lstrip(" "))]
    return f"{before}{bare}{text[len(text.rstrip(' ')) :]}"


def stored_number(text: str) -> str:
    """A number as it is read: with Arabic digits."""
    return text.translate(_THAI_DIGITS)
