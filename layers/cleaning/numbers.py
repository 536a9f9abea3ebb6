"""Reads the numbers that people and spreadsheets write, and refuses what can be read twice."""

import math
import re

# What stands for no number at all; beside it a minus of typesetters and digits grouped by blanks.
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_SPACED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:\.\d*)?")
_DECIMAL_COMMA = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[. ]\d{3})+),\d+")
_RANGE = re.compile(r"[\d.,]+\s*(?:-|–|—|~|ถึง|to)\s*[\d.,]+")
_BOUND = re.compile(r"(?:[<>≤≥~≈]|ประมาณ|กว่า|ไม่เกิน).*")
_WITH_UNIT = re.compile(r"(?P<number>[+-]?[\d.,]+)\s*(?P<unit>[^\d\s.,+_-].*)")
_MINUS = str.maketrans({"−": "-", "–": "-", "＋": "+"})


class NotANumber(ValueError):
    """A text is no number, or could be two; the message quotes it and says what to write."""


def read_number(text: str) -> float:
    """`1200`, `1,200.5`, `1 200`, `๑๒๐๐`, `1.2e3`, `−5`; never −0.

    Raises NotANumber, by what it is instead, for a decimal comma (`1.234,5`, `12,3`), a range
    (`10-20`), a bound (`<5`), a unit behind (`12 km`), and for infinity and what is no number.
    """
    written = text.strip()
    if written.isascii():
        plain = written
    else:
        plain = "".join(_digit(character) for character in written.translate(_MINUS))
    if _PLAIN.fullmatch(plain):
        number = float(plain)
    elif _GROUPED.fullmatch(plain) or _SPACED.fullmatch(plain):
        number = float(plain.replace(",", "").replace(" ", ""))
    else:
        raise NotANumber(f"{text!r} {_instead(plain)}")
    if not math.isfinite(number):
        raise NotANumber(f"{text!r} is too large for a number")
    return number + 0.0  # makes 0 of -0


def _digit(character: str) -> str:
    """A digit of any script as ASCII: Thai numerals among them."""
    return str(int(character)) if character.isdecimal() else character


def _instead(plain: str) -> str:
    """What a text is that is no number, and what to write."""
    if _DECIMAL_COMMA.fullmatch(plain):
        return "has a decimal comma: write a point, as in 1234.5"
    if _RANGE.fullmatch(plain):
        return "is a range: give one number"
    if _BOUND.fullmatch(plain):
        return "is a bound, not a number: give the number or leave the cell empty"
    if found := _WITH_UNIT.fullmatch(plain):
        return f"has {found['unit'][:20]!r} behind the number: leave the unit out"
    return "is not a number: write digits, as in 1234.5"
