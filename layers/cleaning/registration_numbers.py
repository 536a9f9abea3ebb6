"""Reads the numbers that identify factories and companies, and checks their check digits."""

import re
from dataclasses import dataclass

_CENTURY_BE = 2500  # two-digit years in registration numbers are Buddhist-era: 51 is 2551

# DIW's registration number (dispfacreg). The letter in front is of unverified meaning. No suffix is
# Bangkok; the suffixes of other provinces are known in part only and therefore kept as written.
_DIW = re.compile(
    r"[จขอศทสนก]?(?P<group>[123])-(?P<main>\d{1,3})(?:\((?P<sub>\d{1,2})\))?"
    r"-(?P<sequence>\d+)/(?P<year>\d{2})(?P<suffix>[ก-๙]{2,3})?"
)
# The number of a factory inside an estate of IEAT.
_IEAT = re.compile(
    r"น\.(?P<main>\d{1,3})(?:\((?P<sub>\d{1,2})\))?"
    r"-(?P<sequence>\d+)/(?P<year>\d{4})-(?P<suffix>[ก-๙]{2,4})\.?"
)

_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# As spreadsheets show and save a number of more than 11 digits.
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?E\+?(\d{1,2})", re.IGNORECASE)


class Rounded(ValueError):
    """A spreadsheet has rounded the number: digits of it are lost."""


@dataclass(frozen=True)
class Registration:
    """The parts of a registration number. `group` 1–3 is unknown inside an estate; `suffix` is that
    of the province, or the estate's code; `year_be` is Buddhist-era."""

    group: int | None
    main: int
    sub: int
    sequence: int
    year_be: int
    suffix: str | None

    @property
    def factory_class(self) -> str:
        """Main class in three digits and sub-class in two: 9(6) is 00906."""
        return f"{self.main:03d}{self.sub:02d}"


def bare_number(text: str) -> str:
    """A number that names something, as registers keep it: without blanks, in Arabic digits, and
    without the `.0` of spreadsheets. Raises Rounded for 1.074E+13, whose other digits are lost."""
    bare = re.sub(r"\s", "", text).translate(_ARABIC)
    if found := _SCIENTIFIC.fullmatch(bare):
        first, others, exponent = found[1], found[2] or "", int(found[3])
        if len(others) != exponent:
            raise Rounded(f"{text!r} is rounded: its last digits are lost")
        return first + others
    whole = re.fullmatch(r"(\d+)\.0+", bare)
    return whole[1] if whole else bare


def parse_registration(number: str) -> Registration | None:
    """จ3-9(6)-100/51ปจ is group 3, class 9(6), number 100 of BE 2551; None for no known form."""
    if found := _DIW.fullmatch(number):
        group, year = int(found["group"]), _CENTURY_BE + int(found["year"])
    elif found := _IEAT.fullmatch(number):
        group, year = None, int(found["year"])
    else:
        return None
    main, sub = int(found["main"]), int(found["sub"] or 0)
    return Registration(group, main, sub, int(found["sequence"]), year, found["suffix"])


def parse_factype(code: str) -> tuple[int | None, str | None]:
    """(group, class) of the register's FACTYPE: a class as 00201, or 201 where a spreadsheet ate
    the zeros; in one open file it is the group 1–3. (None, None) for anything else."""
    if not (code.isascii() and code.isdecimal()):
        return None, None
    if code in ("1", "2", "3"):
        return int(code), None
    return None, code.zfill(5) if 3 <= len(code) <= 5 else None


def fid_province(fid: str) -> str:
    """The province code inside a 14-digit FID (ABCCDDDDDEEEEF)."""
    return fid[2:4]


def luhn_ok(number: str) -> bool:
    """Whether the last digit is the Luhn check digit (ISO/IEC 7812-1) of those before it.

    Found to hold for FIDs, not documented by DIW: a failure is a warning, never a rejection.
    """
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def juristic_id_ok(number: str) -> bool:
    """Whether 13 digits are a juristic person's number: first digit 0 and a sound check digit,
    (11 − Σ (13 − i)·d_i mod 11) mod 10. A personal number starts otherwise and is never kept."""
    if not re.fullmatch(r"0[0-9]{12}", number):
        return False
    total = sum((13 - i) * int(digit) for i, digit in enumerate(number[:12]))
    return (11 - total % 11) % 10 == int(number[12])
