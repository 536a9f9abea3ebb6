"""What is said of a payload that cannot be read: what was found, what is needed and how to save it,
in English and in Thai. No message repeats what people wrote."""

import re
from collections.abc import Iterable, Sequence

from layers.model import Format, Text, UnexpectedPayload

# Names of columns and words of a program, not what people wrote.
_COLUMN_NAME = re.compile(r"[A-Za-z_][\w.]{0,40}", re.ASCII)
_MOST_NAMES = 20

SAVE_AS_TABLE = Text(
    "เปิดแฟ้มแล้วบันทึกตารางเป็น Excel (.xlsx) หรือ CSV UTF-8",
    "Open it and save the table as Excel (.xlsx) or CSV UTF-8",
)
GET_AGAIN = Text("ดาวน์โหลดหรือคัดลอกแฟ้มใหม่อีกครั้ง", "get it again")


class Unfitting(UnexpectedPayload):
    """A payload that can be read but is nothing that the source delivers."""


def unreadable(name: str, found: Text, remedy: Text, formats: Sequence[Format] = ()) -> Unfitting:
    """`found` completes "it is …" in both languages; what is needed follows from the formats."""
    wanted = needed(formats)
    english = [f"{name} is {found.en}", f"needed: {wanted.en}" if formats else "", remedy.en]
    thai = [f"{name} คือ{found.th}", f"ต้องการ{wanted.th}" if formats else "", remedy.th]
    return Unfitting(f"{'; '.join(filter(None, english))} · {' '.join(filter(None, thai))}")


def needed(formats: Sequence[Format]) -> Text:
    """What a source reads: the kinds of files, and the columns of the first format of each."""
    found: dict[str, Text] = {}
    for format in formats:
        columns = names(format.required)
        if format.kind == "csv":
            text = Text(
                f"ตาราง (CSV, .xlsx, .xls, .ods) ที่มีคอลัมน์ {columns}",
                f"a table (CSV, .xlsx, .xls, .ods) with the columns {columns}",
            )
        elif format.kind == "json":
            where = "/".join(format.path) or "the top"
            text = Text(
                f"JSON ที่มีรายการใน {where} ซึ่งมี {columns}",
                f"JSON with a list at {where} of records with {columns}",
            )
        else:
            text = Text(
                f"ขอบเขต (shapefile ใน .zip, GeoPackage, GeoJSON) ที่มีคอลัมน์ {columns}",
                f"outlines (shapefile in .zip, GeoPackage, GeoJSON) with the columns {columns}",
            )
        found.setdefault(format.kind, text)
    return Text(
        " หรือ ".join(text.th for text in found.values()),
        " or ".join(text.en for text in found.values()),
    )


def names(columns: Iterable[str]) -> str:
    """Declared names, with commas between."""
    return ", ".join(sorted(columns))


def described(columns: Sequence[str], known: Iterable[str]) -> Text:
    """Columns that were found: those known to us or like a program's names are named, others
    counted, for a table without a header has people's words in that place."""
    if len(columns) == 1 and columns[0].isascii():
        # An error in plain words has come as CSV.
        return Text(f"คำว่า {columns[0][:100]!r}", f"the words {columns[0][:100]!r}")
    ours = set(known)
    told = [c for c in columns if c in ours or _COLUMN_NAME.fullmatch(c)][:_MOST_NAMES]
    others = sum(bool(column) for column in columns) - len(told)
    if not columns:
        return Text("ไม่มีคอลัมน์", "no columns")
    if not told:
        return Text(f"{others} คอลัมน์ที่ไม่รู้จัก", f"{others} columns that are not known")
    quoted = ", ".join(map(repr, told))
    return Text(
        f"คอลัมน์ {quoted}" + (f" และอีก {others} คอลัมน์" if others else ""),
        f"the columns {quoted}" + (f" and {others} others" if others else ""),
    )
