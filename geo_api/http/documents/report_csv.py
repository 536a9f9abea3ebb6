"""Tables of reports for spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# As exports have it: Excel and its like take what begins so for a formula.
_FORMULA_OR_ARMOUR = re.compile("^['=+@\t\r\n＝＋－＠-]")


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with its mark, so that Excel shows Thai; text is armoured against formulas."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(map(_armoured, row))
    return stream.getvalue().encode("utf-8-sig")


def _armoured(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and _FORMULA_OR_ARMOUR.match(value):
        return f"'{value}"
    return value
