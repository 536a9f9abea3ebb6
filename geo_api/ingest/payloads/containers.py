"""Opens what payloads are packed in: gzip, and zip with whatever folders; nothing unpacked is
believed to be small."""

import gzip
import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from geo_api.ingest.payloads.kinds import Kind, kind_of
from geo_api.ingest.payloads.refusals import GET_AGAIN, SAVE_AS_TABLE, Unfitting, unreadable
from layers.model import Format, Text, UnexpectedPayload

HEAD_BYTES = 65536
# Text is streamed; what must be held or unpacked as a whole is less.
MAX_STREAMED_BYTES = 8 << 30
MAX_HELD_BYTES = 512 << 20
_MAX_MEMBERS = 1000
_COPIED_BYTES = 1 << 20
_SHAPEFILE = frozenset({".shp", ".dbf", ".shx", ".prj", ".cpg"})
_BESIDE_SHAPEFILE = frozenset({".sbn", ".sbx", ".qpj", ".qmd", ".qix", ".fix", ".xml", ".ain"})
_JUNK = ("__macosx", "thumbs.db", "desktop.ini")
DAMAGE = (EOFError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, NotImplementedError)


@dataclass(frozen=True)
class Member:
    """One payload: a file as given, or one within a zip. `shapefile` has the names of its parts;
    `formats` are told where it cannot be read."""

    name: str
    path: Path
    formats: Sequence[Format] = ()
    inside: str | None = None
    shapefile: tuple[str, ...] = ()

    @cached_property
    def head(self) -> bytes:
        """The first bytes, unpacked."""
        with self.opened() as stream:
            return stream.read(HEAD_BYTES)

    @cached_property
    def kind(self) -> Kind:
        """Raises Unfitting, with the remedy, for what is of no kind that we read."""
        if self.shapefile:
            return "vector"
        found = kind_of(self.head)
        if isinstance(found, tuple):
            raise self.refusal(*found)
        if found == "zip":
            return _kind_of_zip(self)
        return found

    def refusal(self, found: Text, remedy: Text) -> Unfitting:
        """What is raised where it cannot be read: what it is, what is needed, how to save it."""
        return unreadable(self.name, found, remedy, self.formats)

    @contextmanager
    def opened(self, most: int = MAX_STREAMED_BYTES) -> Iterator[BinaryIO]:
        """The bytes, unpacked; raises UnexpectedPayload where the packing is cut off or damaged,
        or holds more than `most` bytes."""
        try:
            with ExitStack() as stack:
                stream = self._packed(stack)
                start = stream.read(2)
                stream.seek(0)
                if start == b"\x1f\x8b":
                    stream = cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=stream)))
                elif self.inside is None:
                    yield stream
                    return
                yield cast(BinaryIO, io.BufferedReader(_Bounded(stream, most, self), HEAD_BYTES))
        except EOFError as problem:
            raise UnexpectedPayload(_damaged(self.name, f"cut off: {problem}")) from None
        except DAMAGE as problem:
            why = f"damaged, {GET_AGAIN.en}: {problem}"
            raise UnexpectedPayload(_damaged(self.name, why)) from None

    def _packed(self, stack: ExitStack) -> BinaryIO:
        if self.inside is None:
            return stack.enter_context(self.path.open("rb"))
        archive = stack.enter_context(zipfile.ZipFile(self.path))
        try:
            return cast(BinaryIO, stack.enter_context(archive.open(self.inside)))
        except (OSError, KeyError, UnicodeDecodeError) as problem:
            # What a damaged directory leads to.
            raise zipfile.BadZipFile(str(problem)) from None

    @contextmanager
    def on_disk(self, suffix: str = "") -> Iterator[Path]:
        """A plain file with the unpacked bytes, for libraries that want one, of at most
        MAX_HELD_BYTES; a shapefile's parts lie beside each other under one name."""
        with tempfile.TemporaryDirectory(prefix="fahsai-") as folder:
            if self.shapefile:
                for part in self.shapefile:
                    extension = PurePosixPath(part).suffix.lower()
                    _copy(
                        Member(self.name, self.path, inside=part), Path(folder, f"layer{extension}")
                    )
                yield Path(folder, "layer.shp")
            elif self.inside is None and not _gzipped(self.path):
                yield self.path
            else:
                _copy(self, Path(folder, f"payload{suffix}"))
                yield Path(folder, f"payload{suffix}")


class _Bounded(io.RawIOBase):
    """Reads so many bytes and no more, however many a packed file unpacks to."""

    def __init__(self, stream: BinaryIO, most: int, member: Member) -> None:
        self._stream, self._left, self._most, self._member = stream, most, most, member

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        chunk = self._stream.read(len(buffer))
        self._left -= len(chunk)
        if self._left < 0:
            raise _too_large(self._member, self._most)
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _too_large(member: Member, most: int) -> Unfitting:
    size = f"{most / (1 << 30):.2g} GiB"
    return member.refusal(
        Text(f"แฟ้มที่คลายแล้วใหญ่กว่า {size}", f"larger than {size} when unpacked"),
        Text("แบ่งเป็นหลายแฟ้ม หรือบันทึกเป็น CSV", "Split it, or save it as CSV, which is streamed"),
    )


def _gzipped(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def _copy(member: Member, target: Path) -> None:
    with member.opened(MAX_HELD_BYTES) as stream, target.open("wb") as copy:
        shutil.copyfileobj(stream, copy, _COPIED_BYTES)


def _damaged(name: str, why: str) -> str:
    return f"{name} is {why} · {name} ไม่สมบูรณ์หรือเสียหาย {GET_AGAIN.th}"


# --- zip --------------------------------------------------------------------------------------


@contextmanager
def members(path: Path, name: str, formats: Sequence[Format]) -> Iterator[list[Member]]:
    """The payloads of a file: itself, or those that a zip holds, without what programs leave
    beside them. `name` is what messages call it; members add theirs to it."""
    whole = Member(name, path, formats)
    if whole.kind != "zip":
        yield [whole]
        return
    with whole.on_disk(".zip") as archive:
        yield _members_of_zip(replace(whole, path=archive))


def _members_of_zip(whole: Member) -> list[Member]:
    with zipfile.ZipFile(whole.path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()][:_MAX_MEMBERS]
    if any(info.flag_bits & 1 for info in infos):
        raise whole.refusal(
            Text("แฟ้ม zip ที่มีรหัสผ่าน", "a zip with a password"),
            Text("แตกแฟ้มแล้วบีบอัดใหม่โดยไม่ใส่รหัสผ่าน", "Unpack it and pack it without one"),
        )
    found = {info.filename: PurePosixPath(_readable(info)) for info in infos}
    kept = {inside: shown for inside, shown in found.items() if not _is_junk(shown)}
    shapefiles = {_stem(shown): inside for inside, shown in kept.items() if _is(shown, ".shp")}
    made = []
    for inside, shown in kept.items():
        stem, name = _stem(shown), f"{whole.name}/{shown}"
        if not _is(shown, *_SHAPEFILE, *_BESIDE_SHAPEFILE) or stem not in shapefiles:
            made.append(replace(whole, name=name, inside=inside))
        elif shapefiles[stem] == inside:
            parts = (i for i, s in kept.items() if _stem(s) == stem and _is(s, *_SHAPEFILE))
            made.append(replace(whole, name=name, inside=inside, shapefile=tuple(parts)))
    if not made:
        empty = Text("แฟ้ม zip ที่ไม่มีข้อมูล", "a zip without data")
        raise whole.refusal(empty, GET_AGAIN)
    return made


def _stem(shown: PurePosixPath) -> PurePosixPath:
    """What the parts of a shapefile have in common, `a.shp.xml` among them."""
    stem = shown.with_suffix("")
    return stem.with_suffix("") if _is(stem, ".shp") else stem


def _is(shown: PurePosixPath, *extensions: str) -> bool:
    return shown.suffix.lower() in extensions


def _readable(info: zipfile.ZipInfo) -> str:
    """The name; Windows writes Thai ones in its code page, which zipfile takes for that of DOS."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp874"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _is_junk(shown: PurePosixPath) -> bool:
    parts = [part.lower() for part in shown.parts]
    return shown.name.startswith(".") or any(part in _JUNK for part in parts)


def _kind_of_zip(member: Member) -> Kind:
    """Office files are zips too. Raises Unfitting for documents and for a zip within a zip."""
    try:
        with member.on_disk(".zip") as path, zipfile.ZipFile(path) as archive:
            found = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in found else b""
    except (*DAMAGE, OSError, UnicodeDecodeError) as problem:
        raise UnexpectedPayload(_damaged(member.name, f"cut off or damaged: {problem}")) from None
    if b"spreadsheet" in mimetype or any(n.startswith("xl/workbook") for n in found):
        return "workbook"
    if mimetype or "[Content_Types].xml" in found:
        document = Text("เอกสาร Word หรือ PowerPoint", "a Word or PowerPoint document")
        raise member.refusal(document, SAVE_AS_TABLE)
    if member.inside is not None:
        raise member.refusal(
            Text("แฟ้ม zip ซ้อนใน zip", "a zip within a zip"),
            Text("แตกแฟ้มชั้นนอกก่อน", "Unpack the outer one first"),
        )
    return "zip"
