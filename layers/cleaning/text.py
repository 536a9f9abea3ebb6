"""Thai text and dates as registers write them, made comparable."""

import re
import unicodedata
from datetime import date, timedelta

# NBSP and its narrow sister become a space; zero-width marks and the byte-order mark go.
_SPACES = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u200b": None, "\u200c": None, "\u2060": None, "\ufeff": None}
)
_ARMOUR = re.compile(r'^="(.*)"$', re.DOTALL)
_VOWEL_BEFORE = re.compile("([เแโใไ])(.)")
_EXCEL_EPOCH = date(1899, 12, 30)
BUDDHIST_OFFSET_YEARS = 543


def normalise(text: str) -> str:
    """Stripped, NFC, without NBSP, zero-width marks and Excel's `="…"` armour; SARA AM and SARA AE
    written as one character (nikhahit + sara aa -> sara am; two sara e -> sara ae)."""
    if text.isascii():
        text = text.strip()
        return _ARMOUR.sub(r"\1", text).strip() if text.startswith("=") else text
    text = unicodedata.normalize("NFC", text.translate(_SPACES)).strip()
    text = text.replace("\u0e4d\u0e32", "\u0e33").replace("\u0e40\u0e40", "\u0e41")
    return _ARMOUR.sub(r"\1", text).strip() if text.startswith("=") else text


def dictionary_key(name: str) -> str:
    """By what names are put in order: Thai words stand under their first consonant, though a vowel
    may be written before it."""
    return _VOWEL_BEFORE.sub(r"\2\1", name)


def from_excel_serial(serial: int) -> date:
    """Day number of Excel's 1900 system, e.g. 39797 -> 2008-12-15."""
    return _EXCEL_EPOCH + timedelta(days=serial)


def from_buddhist_year(year: int) -> int:
    """Common-era year of a Buddhist-era one, e.g. 2566 -> 2023."""
    return year - BUDDHIST_OFFSET_YEARS
