"""Opens a provider's payload, whatever its packing, and gives its records one by one."""

import csv
import gzip
import io
import json
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO, cast

from layers.cleaning.text import normalise
from layers.model import CsvBatch, Format, FormatKind, Record, UnexpectedPayload

_SNIFFED_BYTES = 65536
_BATCH_CHARACTERS = 1 << 16
_RAW_CHARACTERS = 4000
# What `normalise` may change: blanks, controls, Excel's "=" and all that is not ASCII.
_NOT_NORMAL = re.compile(r"[^!-<>-~]")
# PostgreSQL stores no NUL; undecodable bytes come in as surrogates.
_UNSTORABLE = re.compile(r"[\0\ud800-\udfff]|\\u0000")
# A cell or line as long as this is a quote that nobody closed, or no table at all.
_MAX_LINE_CHARACTERS = 1 << 24
csv.field_size_limit(_MAX_LINE_CHARACTERS)
# What of a payload messages may repeat: names of columns, not what people wrote.
_COLUMN_NAME = re.compile(r"[A-Za-z_]\w{0,40}", re.ASCII)
_ERROR_WORDS = ("error", "message", "reason", "detail")


def records(path: Path, formats: Sequence[Format]) -> Iterator[Record]:
    """The records of a file, one by one; otherwise as `batched_records`."""
    for found in batched_records(path, formats):
        if isinstance(found, Record):
            yield found
        else:
            yield from map(found.record, range(len(found.cells)))


def batched_records(path: Path, formats: Sequence[Format]) -> Iterator[CsvBatch | Record]:
    """The records of a file, plain, gzipped or (for GDAL) zipped; CSV is streamed, and given in
    batches where its lines are plain.

    Raises UnexpectedPayload when the payload is of no format in `formats`, is cut off, or has a
    column that none of them names.
    """
    kind = sniff(path)
    candidates = [format for format in formats if format.kind == kind]
    if not candidates:
        wanted = ", ".join(sorted({format.kind for format in formats}))
        raise UnexpectedPayload(f"{path.name} is {kind}, and this source reads {wanted}")
    readers: dict[FormatKind, Callable[..., Iterator[CsvBatch | Record]]]
    readers = {"csv": _csv_batches, "json": _json_records, "vector": _vector_records}
    return readers[kind](path, candidates)


def sniff(path: Path) -> FormatKind:
    """What a payload is, by its first bytes; raises UnexpectedPayload for nothing and for HTML."""
    head = _head(path)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise UnexpectedPayload(f"{path.name} is empty")
    if start[:1] == b"<":
        raise UnexpectedPayload(f"{path.name} is a web page or XML, not data: {start[:60]!r}")
    if start[:2] == b"PK" or start[:6] == b"SQLite" or b'"Topology"' in start[:200]:
        return "vector"
    return "json" if start[:1] in b"{[" else "csv"


def decoded_json(path: Path) -> Any:
    """The whole document; raises UnexpectedPayload where it is cut off or not JSON."""
    with _opened(path) as stream:
        try:
            return json.load(stream)
        except (ValueError, RecursionError) as problem:
            raise UnexpectedPayload(f"{path.name} is not whole JSON: {problem}") from None


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes, unpacked; raises UnexpectedPayload where the packing is cut off or damaged."""
    try:
        with gzip.open(path) if _gzipped(path) else path.open("rb") as stream:
            yield cast(BinaryIO, stream)
    except EOFError as problem:
        raise UnexpectedPayload(f"{path.name} is cut off: {problem}") from None
    except (gzip.BadGzipFile, zlib.error) as problem:
        raise UnexpectedPayload(f"{path.name} is damaged, get it again: {problem}") from None


def _head(path: Path) -> bytes:
    with _opened(path) as stream:
        return stream.read(_SNIFFED_BYTES)


def _gzipped(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


# --- CSV --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Batch:
    """A CsvBatch."""

    header: list[str]
    first_line: int
    lines: list[str]
    cells: list[list[str]]

    def record(self, index: int) -> Record:
        line = self.first_line + index
        return _csv_record(self.header, self.cells[index], line, self.lines[index])


class _LineReader:
    """Feeds csv.reader and remembers the text lines that the current record is made of."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.ahead: deque[str] = deque()
        self._plain = False
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.ahead.popleft() if self.ahead else self._stream.readline(_MAX_LINE_CHARACTERS)
        if not line:
            raise StopIteration
        if len(line) >= _MAX_LINE_CHARACTERS:
            raise csv.Error(f"line longer than {_MAX_LINE_CHARACTERS:,} characters")
        self.taken.append(line)
        return line

    def look_ahead(self) -> bool:
        """Puts the next lines, all of them whole, into `ahead`; False at the end."""
        text = self._stream.read(_BATCH_CHARACTERS) + self._stream.readline(_MAX_LINE_CHARACTERS)
        self.ahead.extend(io.StringIO(text, newline=""))
        self._plain = '"' not in text and len(text) < _MAX_LINE_CHARACTERS
        return bool(text)

    def take_batch(self, header: list[str], first_line: int) -> _Batch | None:
        """Takes all from `ahead`, where every line is a record: none is in quotes, or blank."""
        cells = list(csv.reader(self.ahead)) if self._plain else []
        if not cells or not all(cells):
            return None
        batch = _Batch(header, first_line, list(self.ahead), cells)
        self.ahead.clear()
        return batch


def _csv_batches(path: Path, formats: Sequence[Format]) -> Iterator[CsvBatch | Record]:
    with _opened(path) as stream:
        # surrogateescape: one undecodable byte spoils its own record, not the file.
        text = io.TextIOWrapper(
            stream, encoding=_encoding(path), errors="surrogateescape", newline=""
        )
        lines = _LineReader(text)
        reader = csv.reader(lines)
        line = 1
        try:
            header = [normalise(name) for name in next(reader)]
            _check_columns(formats, header, path.name)
            while lines.look_ahead():
                line += len(lines.taken)
                lines.taken.clear()
                if batch := lines.take_batch(header, line):
                    yield batch
                    line += len(batch.lines)
                while lines.ahead:
                    cells = next(reader)
                    if cells:
                        yield _csv_record(header, cells, line, "".join(lines.taken))
                    line += len(lines.taken)
                    lines.taken.clear()
        except csv.Error as problem:
            where = f"{path.name} cannot be read from line {line} on"
            raise UnexpectedPayload(f"{where} ({problem}): is a quote open?") from None


def _csv_record(header: list[str], cells: list[str], line: int, written: str) -> Record:
    text = written.rstrip("\r\n")
    raw = text[:_RAW_CHARACTERS]
    if len(cells) != len(header):
        found = [normalise(cell) for cell in cells]
        return Record(line, {}, raw, cells=found, header=header)
    if not _NOT_NORMAL.search(text):
        return Record(line, dict(zip(header, cells, strict=True)), raw)
    values = dict(zip(header, map(normalise, cells), strict=True))
    return Record(line, values, raw, garbled=_garbled(text))


def _garbled(text: str) -> bool:
    return _UNSTORABLE.search(text) is not None


def _encoding(path: Path) -> str:
    """UTF-8, or the Thai code page that older spreadsheets save in: whichever most of what is not
    ASCII fits, so that a spoilt byte or two do not turn every name into gibberish."""
    head = _head(path)
    text = head.decode("utf-8", "ignore")
    decoded = len(text.encode()) - len(text.encode("ascii", "ignore"))
    lost = len(head) - len(text.encode())
    # The last bytes may be half a character.
    half = 3 if len(head) == _SNIFFED_BYTES else 0
    return "cp874" if lost - half > decoded else "utf-8-sig"


# --- JSON and GDAL ----------------------------------------------------------------------------


def _json_records(path: Path, formats: Sequence[Format]) -> Iterator[Record]:
    document = decoded_json(path)
    format = next((f for f in formats if _at(document, f.path) is not None), None)
    if format is None:
        paths = " or ".join("/".join(f.path) or "the top" for f in formats)
        raise UnexpectedPayload(
            f"{path.name} has no list at {paths}; it has {_described(document)}"
        )
    for number, item in enumerate(_at(document, format.path) or [], start=1):
        text = json.dumps(item, ensure_ascii=False)
        raw, garbled = text[:_RAW_CHARACTERS], _garbled(text)
        feature = isinstance(item, dict) and item.get("type") == "Feature"
        values = (item.get("properties") or {}) if feature else item
        if not isinstance(values, dict):
            yield Record(number, {}, raw, cells=[str(values)])
            continue
        _check_columns(formats, values, path.name)
        geometry = item.get("geometry") if feature else None
        clean = {name: _normalised(value) for name, value in values.items()}
        yield Record(number, clean, raw, [], geometry, garbled=garbled)


def _at(document: Any, path: tuple[str, ...]) -> list[Any] | None:
    if not path and isinstance(document, dict):
        return [document]  # one record instead of a list of them
    for step in path:
        document = document.get(step) if isinstance(document, dict) else None
    return document if isinstance(document, list) else None


def _normalised(value: Any) -> Any:
    return normalise(value) if isinstance(value, str) else value


def _vector_records(path: Path, formats: Sequence[Format]) -> Iterator[Record]:
    import geopandas  # heavy, and only boundaries need it

    # GDAL does not look into a gzipped file by itself.
    content: Path | bytes = path
    if _gzipped(path):
        with _opened(path) as stream:
            content = stream.read()
    first = 1
    for layer in _layers(content, formats):
        frame = geopandas.read_file(content, layer=layer, encoding="utf-8")
        _check_columns(formats, list(frame.columns.drop("geometry")), path.name)
        frame = frame.to_crs(4326) if frame.crs is not None else frame
        for number, feature in enumerate(frame.iterfeatures(na="null", drop_id=True), first):
            values = {k: _normalised(v) for k, v in feature["properties"].items()}
            raw = json.dumps(values, ensure_ascii=False, default=str)[:_RAW_CHARACTERS]
            yield Record(number, values, raw, [], feature["geometry"])
        first += len(frame)


def _layers(content: Path | bytes, formats: Sequence[Format]) -> list[str]:
    """The layers of a file that have what some format requires: a zip may hold others beside.
    Where none has, the first, for a message that says what it lacks."""
    import pyogrio

    names = [name for name, geometry in pyogrio.list_layers(content) if geometry]
    fields = {name: set(pyogrio.read_info(content, layer=name)["fields"]) for name in names}
    matching = [n for n in names if any(format.required <= fields[n] for format in formats)]
    return matching or names[:1]


def _check_columns(
    formats: Sequence[Format], columns: Iterable[str] | Mapping[str, Any], name: str
) -> None:
    """Raises UnexpectedPayload unless some format has all it requires and knows every column."""
    present = set(columns)
    matching = [format for format in formats if format.required <= present]
    if not matching:
        nearest = min(formats, key=lambda format: len(format.required - present))
        missing = ", ".join(sorted(nearest.required - present))
        raise UnexpectedPayload(f"{name} lacks the columns {missing}; it has {_described(columns)}")
    declared = [format.required | format.optional | format.ignored for format in matching]
    if not any(present <= names for names in declared):
        nearest_names = max(declared, key=lambda names: len(names & present))
        unknown = ", ".join(sorted(present - nearest_names))
        raise UnexpectedPayload(f"{name} has columns that this source does not know: {unknown}")


def _described(found: Any) -> str:
    """What a payload has instead: names of columns and an error's own words. A table without a
    header or another document has people's words in that place, which no message may repeat."""
    if isinstance(found, dict):
        errors = [str(found[word])[:100] for word in _ERROR_WORDS if word in found]
        return ", ".join([*_quoted_names(found), *map(repr, errors)])
    names = [str(name) for name in found] if isinstance(found, Iterable) else []
    # An error in plain words has come as CSV.
    if len(names) == 1 and names[0].isascii():
        return repr(names[0][:100])
    return ", ".join(_quoted_names(names)) or "nothing"


def _quoted_names(names: Iterable[str]) -> list[str]:
    return [repr(name) if _COLUMN_NAME.fullmatch(name) else "…" for name in names][:20]
