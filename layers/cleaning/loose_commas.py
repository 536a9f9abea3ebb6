"""Puts a row back together whose commas were not quoted, where there is no doubt how."""

import csv
import re
from collections.abc import Sequence

PLAIN = ("category", "name", "detail", "address", "lat", "lng")

_NUMBER = re.compile(r"\d{1,3}\.\d+")
_ADDRESS = re.compile(r"^เลขที่|^\d+/\d+|ตำบล|แขวง|หมู่|ถนน|อำเภอ|\bMu \d|(?:^|\s)[ตอ]\.")
_COMPANY = re.compile(r"^(?:บริษัท|บจก\.|บมจ\.|หจก\.|ห้างหุ้นส่วน|สหกรณ์)")
_LIMITED = re.compile(r"ltd\b", re.IGNORECASE)


def mended(cells: Sequence[str], header: Sequence[str]) -> dict[str, str] | None:
    """The row's values by column, from cells that do not fit `header`; None where in doubt.

    A row that was quoted as a whole is split again. Of the plain list of factories (`PLAIN`) the
    cells of `name` and `detail` are joined where a company's name shows its end, the address is
    like one and the last two cells are coordinates.
    """
    if len(cells) == 1:
        (split,) = csv.reader([" ".join(cells[0].split())])
        cells = [cell.strip() for cell in split]
    if len(cells) > len(header) and tuple(header) == PLAIN:
        cells = _joined(cells)
    return dict(zip(header, cells, strict=True)) if len(cells) == len(header) else None


def _joined(cells: Sequence[str]) -> list[str]:
    """Six cells of the plain list's seven and more; none where in doubt."""
    category, *texts, address, lat, lng = cells
    limited = [place for place, text in enumerate(texts[:4]) if place and _LIMITED.match(text)]
    end = limited[-1] + 1 if limited else 1
    name, details = texts[:end], texts[end:]
    certain = (
        _NUMBER.fullmatch(lat)
        and _NUMBER.fullmatch(lng)
        and _ADDRESS.search(address)
        and not any(_ADDRESS.search(text) for text in details)
        and (limited or _COMPANY.search(name[0]))
        and details
    )
    return [category, _text(name), _text(details), address, lat, lng] if certain else []


def _text(parts: Sequence[str]) -> str:
    """Parts joined by their commas: `2` and `000 ตัน` are a number, other parts a list."""
    joined = ", ".join(part for part in parts if part)
    return re.sub(r"(?<=\d), (?=\d{3}(?!\d))", ",", joined)
