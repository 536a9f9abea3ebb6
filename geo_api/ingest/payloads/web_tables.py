"""Reads the tables of web pages and of Excel's XML of 2003: what many a system saves as .xls."""

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from geo_api.ingest.payloads.columns import Findings
from geo_api.ingest.payloads.containers import MAX_HELD_BYTES, Member
from geo_api.ingest.payloads.encodings import encoding_of
from geo_api.ingest.payloads.refusals import Unfitting
from geo_api.ingest.payloads.tables import find_header, table_records
from layers.model import Format, Record, Text

_MOST_SPAN = 1000
_ROWS = ("tr", "row")
_CELLS = ("td", "th", "cell")


def web_table_records(
    member: Member, formats: Sequence[Format], findings: Findings
) -> Iterator[Record]:
    """The records of every table on the page that is one of the formats.

    Raises Unfitting, before it gives anything, where there is none.
    """
    with member.opened(MAX_HELD_BYTES) as stream:
        content = stream.read()
    page = _Page()
    page.feed(content.decode(encoding_of(content, cut_off=False), "replace"))
    page.close()
    found = [(find_header(table, formats), table) for table in page.tables]
    fitting = [(header, table) for header, table in found if header.complete]
    if not fitting:
        raise _no_table(member)
    for header, table in fitting:
        findings.add_columns(header.columns.unknown)
        rows = enumerate(table[header.rows :], start=header.rows + 1)
        yield from table_records(rows, header, member.name, findings)


def _no_table(member: Member) -> Unfitting:
    return member.refusal(
        Text("หน้าเว็บ ไม่ใช่ข้อมูล", "a web page or XML, not data"),
        Text(
            "ดาวน์โหลดแฟ้มข้อมูลจริงจากหน้าเว็บนั้น แล้วบันทึกเป็น .xlsx หรือ CSV UTF-8",
            "Download the data from it, or open it in Excel and save it as .xlsx or CSV UTF-8",
        ),
    )


class _Page(HTMLParser):
    """Collects tables as rows of cells; a cell over several columns is followed by empty ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_cell()
            self.tables.append([])
        elif tag in _ROWS:
            self._end_cell()
            if not self.tables:
                self.tables.append([])
            self.tables[-1].append([])
        elif tag in _CELLS and self.tables and self.tables[-1]:
            self._end_cell()
            self._cell = []
            given = dict(attrs)
            self._span = _number(given.get("colspan"), 1)
            # XML leaves out empty cells, and tells the place of the next.
            row = self.tables[-1][-1]
            row.extend([""] * (_number(given.get("ss:index"), 0) - 1 - len(row)))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in (*_CELLS, *_ROWS, "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None:
            text = " ".join("".join(self._cell).split())
            self.tables[-1][-1].extend([text, *[""] * (self._span - 1)])
        self._cell = None


def _number(text: str | None, otherwise: int) -> int:
    return min(int(text), _MOST_SPAN) if text and text.isdecimal() else otherwise
