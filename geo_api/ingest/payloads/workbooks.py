"""Reads the sheets of .xlsx, .xls and .ods, whatever the type of their cells, as rows of text."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

from geo_api.ingest.payloads.columns import Findings, require_complete
from geo_api.ingest.payloads.containers import MAX_HELD_BYTES, Member
from geo_api.ingest.payloads.refusals import GET_AGAIN, SAVE_AS_TABLE, Unfitting, unreadable
from geo_api.ingest.payloads.tables import HEADER_ROWS, Header, find_header, table_records
from layers.model import Format, Record, Text

_SUFFIXES = {b"PK": ".xlsx", b"\xd0\xcf": ".xls"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_MIDNIGHT = time()


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
        for name, rows in sheets:
            top = list(islice(rows, HEADER_ROWS))
            header = find_header([cells for _, cells in top], formats)
            if header.complete:
                fitting.append((name, header, chain(top[header.rows :], rows)))
            elif nearest is None or len(header.columns.known) > len(nearest.columns.known):
                nearest = header
        if not fitting:
            _refuse(member.name, nearest, formats)
        for name, header, rows in fitting:
            shown = f"{member.name}, sheet {name}" if len(sheets) > 1 else member.name
            findings.add_columns(header.columns.unknown)
            yield from table_records(rows, header, shown, findings)


def _refuse(name: str, nearest: Header | None, formats: Sequence[Format]) -> None:
    if nearest is None:
        raise unreadable(name, Text("สมุดงานที่ว่างเปล่า", "an empty workbook"), GET_AGAIN, formats)
    require_complete(nearest.columns, nearest.written, name)


def _require_bounded(member: Member, path: Path) -> None:
    """A workbook is held in memory: one that unpacks to more than MAX_HELD_BYTES is refused."""
    import zipfile

    if path.stat().st_size <= MAX_HELD_BYTES:
        if not zipfile.is_zipfile(path):
            return
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) <= MAX_HELD_BYTES:
                return
    size = f"{MAX_HELD_BYTES >> 20} MiB"
    raise unreadable(
        member.name,
        Text(f"สมุดงานที่ใหญ่กว่า {size}", f"a workbook larger than {size} when unpacked"),
        Text("บันทึกเป็น CSV UTF-8", "Save it as CSV UTF-8, which is streamed"),
    )


def _sheets(member: Member, path: Path) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Names and numbered rows of the worksheets; of hidden ones only where no other is there."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(str(path))
        worksheets = [
            sheet
            for sheet in book.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        visible = python_calamine.SheetVisibleEnum.Visible
        shown = [sheet for sheet in worksheets if sheet.visible == visible] or worksheets
        for sheet in shown:
            yield sheet.name, _rows(book.get_sheet_by_name(sheet.name))
    except python_calamine.PasswordError:
        raise _encrypted(member.name) from None
    except (python_calamine.CalamineError, OSError, ValueError) as problem:
        raise _not_a_workbook(member.name, path, problem) from None


def _encrypted(name: str) -> Unfitting:
    return unreadable(
        name,
        Text("สมุดงานที่มีรหัสผ่าน", "a workbook with a password"),
        Text("เปิดแล้วบันทึกใหม่โดยไม่ใส่รหัสผ่าน", "Open it and save it without one"),
    )


def _not_a_workbook(name: str, path: Path, problem: Exception) -> Unfitting:
    content = path.read_bytes()
    if _ENCRYPTED in content:
        return _encrypted(name)
    if _WORD in content:
        return unreadable(name, Text("เอกสาร Word", "a Word document"), SAVE_AS_TABLE)
    damaged = Text("สมุดงานที่เสียหายหรือไม่ครบ", f"a workbook that is damaged or cut off ({problem})")
    return unreadable(name, damaged, GET_AGAIN)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
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
