"""Opens a provider's payload, whatever its packing and kind, and gives its records one by one.

Bytes, container (gzip, zip), kind, table or document, header, columns, records: a module each.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from geo_api.ingest.payloads.columns import Findings
from geo_api.ingest.payloads.containers import Member, members
from geo_api.ingest.payloads.delimited import delimited_records
from geo_api.ingest.payloads.documents import decoded_json, document_records
from geo_api.ingest.payloads.kinds import Kind
from geo_api.ingest.payloads.refusals import Unfitting
from geo_api.ingest.payloads.vectors import vector_records
from geo_api.ingest.payloads.web_tables import web_table_records
from geo_api.ingest.payloads.workbooks import workbook_records
from layers.model import NO_CELLS, CsvBatch, Format, FormatKind, Record, Text, UnexpectedPayload

Batches = Iterator[CsvBatch | Record]
_READERS: dict[Kind, Callable[[Member, Sequence[Format], Findings], Batches]] = {
    "text": delimited_records,
    "json": document_records,
    "workbook": workbook_records,
    "vector": vector_records,
    "web page": web_table_records,
}
# What each kind of payload may be read as: a table has no outlines, and nothing within its cells.
_FORMAT_KINDS: dict[Kind, tuple[FormatKind, ...]] = {
    "text": ("csv",),
    "workbook": ("csv",),
    "web page": ("csv",),
    "json": ("json", "csv", "vector"),
    "vector": ("vector", "csv", "json"),
}
# What a format's kind is called where a live feed answers.
_KIND_OF_FEED: dict[Kind, FormatKind] = {"text": "csv", "json": "json", "vector": "vector"}
# Left out without a word, beside data in a zip.
_EXPLANATIONS = ("readme", "licen", "metadata", "copying", "about", "อ่าน", "คำอธิบาย")


@dataclass(frozen=True)
class Part:
    """One table or document of a payload; `name` is the payload's, with the member's in a zip."""

    name: str
    batches: Batches


def parts(
    path: Path, name: str, formats: Sequence[Format], findings: Findings | None = None
) -> Iterator[Part]:
    """What of a file is of the formats, to be read one after another: `batches` are records, or,
    where lines are plain, batches of them. What does no harm is noted in `findings`.

    Raises UnexpectedPayload, in English and Thai, where there is nothing of the formats, and where
    the file is cut off or damaged.
    """
    noted = findings or Findings()
    with members(path, name, formats) as found:
        refusals: list[tuple[Member, Unfitting]] = []
        fitting = 0
        for member in found:
            try:
                batches = _begun(_batches(member, formats, noted))
            except Unfitting as refusal:
                refusals.append((member, refusal))
                continue
            fitting += 1
            yield Part(member.name, batches)
        if not fitting:
            raise _main_refusal(refusals)
        for member, _ in refusals:
            if not _explains(member):
                noted.add(f"{member.name} was left out: it is not of this source")


def records(path: Path, formats: Sequence[Format]) -> Iterator[Record]:
    """The records of all parts of a file, one by one."""
    return one_by_one(batched_records(path, formats))


def one_by_one(batches: Batches) -> Iterator[Record]:
    """The same with the records of batches."""
    for found in batches:
        if isinstance(found, Record):
            yield found
        else:
            of_batch = map(found.record, range(len(found.cells)))
            yield from (record for record in of_batch if record.cells != NO_CELLS)


def batched_records(path: Path, formats: Sequence[Format]) -> Batches:
    """As `records`, in batches where lines are plain."""
    for part in parts(path, path.name, formats):
        yield from part.batches


def feed_kind(path: Path) -> FormatKind | None:
    """What a live feed has answered; None for a workbook or a page, which no feed gives. Raises
    UnexpectedPayload for nothing and for what is of no kind that is read."""
    return _KIND_OF_FEED.get(Member(path.name, path).kind)


def _batches(member: Member, formats: Sequence[Format], findings: Findings) -> Batches:
    kind = member.kind
    reader = _READERS.get(kind)
    if reader is None:
        twice = Text("แฟ้มที่บีบอัดซ้อนกัน", f"packed twice ({kind})")
        raise member.refusal(twice, Text("แตกแฟ้มชั้นนอกก่อน", "Unpack it once"))
    wanted = _FORMAT_KINDS[kind]
    usable = [f for f in formats if f.kind in wanted]
    if not usable:
        raise member.refusal(*_NO_TABLE)
    # The formats of the kind come first: of two that fit alike the first is taken.
    return reader(member, sorted(usable, key=lambda f: wanted.index(f.kind)), findings)


_NO_TABLE = (
    Text("ตาราง", "a table"),
    Text("บันทึกในรูปแบบที่ต้องการ หรือขอจากผู้ให้ข้อมูล", "Save it so, or ask the provider for that"),
)


def _begun(batches: Batches) -> Batches:
    """The same, read up to the first record: whatever is wrong with the whole is raised now."""
    for first in batches:
        return chain([first], batches)
    return iter(())


def _main_refusal(refusals: Sequence[tuple[Member, Unfitting]]) -> UnexpectedPayload:
    """Of several, that of the largest member that does not merely explain the others."""
    speaking = [one for one in refusals if not _explains(one[0])] or list(refusals)
    return max(speaking, key=lambda one: len(one[0].head))[1]


def _explains(member: Member) -> bool:
    name = Path(member.name).name.lower()
    return any(word in name for word in _EXPLANATIONS)


__all__ = (
    "Findings",
    "Part",
    "batched_records",
    "decoded_json",
    "feed_kind",
    "one_by_one",
    "parts",
    "records",
)
