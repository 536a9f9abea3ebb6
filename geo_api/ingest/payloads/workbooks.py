"""Reads the sheets of .xlsx, .xls and .ods, whatever the type of their cells, as rows of text."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from geo_api.ingest.payloads.columns import Findings, require_complete
from geo_api.ingest.payloads.containers import DAMAGE, MAX_HELD_BYTES, Member
from geo_api.ingest.payloads.refusals import GET_AGAIN, SAVE_AS_TABLE, Unfitting
from geo_api.ingest.payloads.tables import HEADER_ROWS, Header, find_header, table_records
from layers.model import Format, Record, Text

Rows = Iterator[tuple[int, list[str]]]
_SUFFIXES = {b"PK": ".xlsx", b"\xd0\xcf": ".xls"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_MIDNIGHT = time()
_ODS_CONTENT = "content.xml"
_ODS_PARTS = ("mimetype", _ODS_CONTENT, "META-INF/manifest.xml")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_WITHOUT_VALUE = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_UNCOMPUTED = (
    "formulas without their value are read as empty: open it in Excel or LibreOffice and save it"
    " · มีสูตรที่ยังไม่คำนวณ อ่านเป็นช่องว่าง ให้เปิดแล้วบันทึกใหม่ด้วย Excel หรือ LibreOffice"
)
_BETWEEN_TAGS = re.compile(rb">\s+<")


def workbook_records(
    member: Member, formats: Sequence[Format], findings: Findings
) -> Iterator[Record]:
    """The records of every sheet that is a table of one of the formats.

    Raises Unfitting, before it gives anything, where there is none.
    """
    with member.on_disk(_SUFFIXES.get(member.head[:2], "")) as path:
        _require_bounded(member, path)
        fitting, nearest = [], None
        sheets = list(_sheets(member, path))
        for name, visible, rows in sheets:
            top = list(islice(rows, HEADER_ROWS))
            header = find_header([cells for _, cells in top], formats)
            if header.complete:
                fitting.append((visible, name, header, chain(top[header.rows :], rows)))
            elif nearest is None or header.columns.recognised > nearest.columns.recognised:
                nearest = header
        if not fitting:
            _refuse(member, nearest)
        if _has_formulas_without_value(path):
            findings.add(f"{member.name}: {_UNCOMPUTED}")
        # Hidden sheets are read where no other is the table.
        shown_alone = any(visible for visible, *_ in fitting)
        for visible, name, header, rows in fitting:
            if shown_alone and not visible:
                continue
            shown = f"{member.name}, sheet {name}" if len(sheets) > 1 else member.name
            findings.add_columns(header.columns.unknown)
            yield from table_records(rows, header, shown, findings)


def _has_formulas_without_value(path: Path) -> bool:
    """Of an .xlsx that a program wrote and nobody has opened: such cells read as empty."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            sheets = [name for name in archive.namelist() if _SHEET.fullmatch(name)]
            return any(_WITHOUT_VALUE.search(archive.read(name)) for name in sheets)
    except DAMAGE:
        return False


def _refuse(member: Member, nearest: Header | None) -> None:
    if nearest is None:
        raise member.refusal(Text("สมุดงานที่ว่างเปล่า", "an empty workbook"), GET_AGAIN)
    require_complete(nearest.columns, nearest.written, member.name)


def _require_bounded(member: Member, path: Path) -> None:
    """A workbook is held in memory: one that unpacks to more than MAX_HELD_BYTES is refused."""
    if path.stat().st_size <= MAX_HELD_BYTES:
        if not zipfile.is_zipfile(path):
            return
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) <= MAX_HELD_BYTES:
                return
    size = f"{MAX_HELD_BYTES >> 20} MiB"
    raise member.refusal(
        Text(f"สมุดงานที่ใหญ่กว่า {size}", f"a workbook larger than {size} when unpacked"),
        Text("บันทึกเป็น CSV UTF-8", "Save it as CSV UTF-8, which is streamed"),
    )


def _sheets(member: Member, path: Path) -> Iterator[tuple[str, bool, Rows]]:
    """The worksheets: name, whether it is visible, and numbered rows."""
    import python_calamine

    try:
        book = _opened(path)
        for sheet in book.sheets_metadata:
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
                visible = sheet.visible == python_calamine.SheetVisibleEnum.Visible
                yield sheet.name, visible, _rows(book.get_sheet_by_name(sheet.name))
    except python_calamine.PasswordError:
        raise _encrypted(member) from None
    except (python_calamine.CalamineError, OSError, ValueError) as problem:
        raise _not_a_workbook(member, path, problem) from None
    except BaseException as problem:
        # Rust's panic over a damaged file is no Exception, nor a class one can name.
        if type(problem).__name__ != "PanicException":
            raise
        raise _not_a_workbook(member, path, problem) from None


def _opened(path: Path) -> Any:
    """GDAL, and so QGIS, breaks the lines of an .ods between its cells, which calamine takes for
    text; the same without them is read."""
    import python_calamine

    try:
        return python_calamine.load_workbook(str(path))
    except python_calamine.CalamineError:
        tidy = _without_blanks(path)
        if tidy is None:
            raise
    return python_calamine.load_workbook(tidy)


def _without_blanks(path: Path) -> BinaryIO | None:
    """An .ods without blanks between tags; None for other files."""
    if not zipfile.is_zipfile(path):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {n: archive.read(n) for n in archive.namelist() if n in _ODS_PARTS}
    except (*DAMAGE, OSError, UnicodeDecodeError):
        return None
    if _ODS_CONTENT not in parts:
        return None
    parts[_ODS_CONTENT] = _BETWEEN_TAGS.sub(b"><", parts[_ODS_CONTENT])
    tidy = io.BytesIO()
    with zipfile.ZipFile(tidy, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    tidy.seek(0)
    return tidy


def _encrypted(member: Member) -> Unfitting:
    return member.refusal(
        Text("สมุดงานที่มีรหัสผ่าน", "a workbook with a password"),
        Text("เปิดแล้วบันทึกใหม่โดยไม่ใส่รหัสผ่าน", "Open it and save it without one"),
    )


def _not_a_workbook(member: Member, path: Path, problem: BaseException) -> Unfitting:
    content = path.read_bytes()
    if _ENCRYPTED in content:
        return _encrypted(member)
    if _WORD in content:
        return member.refusal(Text("เอกสาร Word", "a Word document"), SAVE_AS_TABLE)
    damaged = Text("สมุดงานที่เสียหายหรือไม่ครบ", f"a workbook that is damaged or cut off ({problem})")
    return member.refusal(damaged, GET_AGAIN)


def _rows(sheet: Any) -> Rows:
    """Rows with their numbers in the sheet. Cells merged downwards say the same in every row."""
    if sheet.start is None:
        return
    first, left = sheet.start
    fills: dict[int, dict[int, int]] = {}
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in range(top + 1, bottom + 1):
            fills.setdefault(row, {})[column - left] = top
    tops: dict[tuple[int, int], str] = {}
    origins = {(top, column) for row in fills.values() for column, top in row.items()}
    for row, values in enumerate(sheet.iter_rows(), start=first):
        cells = [_text(value) for value in values]
        for column, top in fills.get(row, {}).items():
            if column < len(cells) and not cells[column]:
                cells[column] = tops.get((top, column), "")
        for column in range(len(cells)):
            if (row, column) in origins:
                tops[row, column] = cells[column]
        yield row + 1, cells


def _text(value: Any) -> str:
    """A cell as CSV would have it: days as ISO, whole numbers without .0."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return str(value.date() if value.time() == _MIDNIGHT else value)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)
