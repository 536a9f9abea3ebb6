"""Photos of complaints: taken for what they are, written anew without what phones put in them, kept
outside of all that is served.

A file is whole or not there: it is written beside its place, and moved there once it is on the
disk.
Rows that name it come after it; files that no row names are swept.
"""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from struct import error as StructError
from threading import BoundedSemaphore

from PIL import Image

from layers.casework.intake import BadReport, Problem
from layers.model import Text

LONGEST_EDGE = 2048
# JPEG is decoded at a half, quarter or eighth for little, where that has so many pixels still: most
# telephones' 4,032 are then 2,016, at a fifth of the work.
_DRAFT_EDGE = 1920
# A phone's largest; decoders of PNG and WebP hold every pixel, that of JPEG a smaller picture.
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
_QUALITY = 85
_ID = re.compile(r"[0-9a-f]{32}")
_PART = ".part"
# Turns that the EXIF orientation asks for (CIPA DC-008, 4.6.5).
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What decoders raise of files that are broken, or made to break them.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, StructError, OverflowError, IndexError)
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# One that has just been written may get its row yet.
_SWEPT_AFTER_S = 3600
# A decoded picture has up to 100 MB: few at a time, in each process.
_decoding = BoundedSemaphore(2)


@dataclass(frozen=True)
class StoredPhoto:
    """`id` is the name of its file, random; `sha256` is of the file."""

    id: str
    width: int
    height: int
    sha256: bytes


class PhotoNotFound(LookupError):
    """No photo has this id."""


class BadPhoto(ValueError):
    """A file that is no picture that we take; `said` has the remedy."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.en)
        self.said = said


def reencoded(photo: bytes) -> tuple[bytes, int, int]:
    """A JPEG of the picture with its width and height, upright, LONGEST_EDGE at most, and with
    nothing else that the file held: no place, time, name of a phone, or smaller picture. Raises
    BadPhoto."""
    with _decoding, _broken():
        with Image.open(BytesIO(photo), formats=tuple(MOST_PIXELS)) as opened:
            kind = opened.format or ""
            if opened.width * opened.height > MOST_PIXELS[kind]:
                raise BadPhoto(_too_many(MOST_PIXELS[kind]))
            turn = _turn(opened)
            scale = _DRAFT_EDGE / max(opened.size)
            width, height = (max(1, int(side * scale)) for side in opened.size)
            opened.draft("RGB", (width, height))
            opened.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
            plain = _on_white(opened)
        upright = plain.transpose(turn) if turn is not None else plain
        made = BytesIO()
        upright.save(made, "JPEG", quality=_QUALITY)
        return made.getvalue(), upright.width, upright.height


@dataclass(frozen=True)
class PhotoStore:
    """The folder of photos, as FAHSAI_HOME/photos; made when the first comes."""

    root: Path

    def keep(self, photos: Sequence[bytes]) -> tuple[StoredPhoto, ...]:
        """Re-encodes and stores them all, or none. Raises BadReport, which says of which photo."""
        pictures = []
        for number, photo in enumerate(photos, 1):
            try:
                pictures.append(reencoded(photo))
            except BadPhoto as problem:
                raise BadReport(Problem("photos", _numbered(number, problem.said))) from None
        return tuple(self._store(*picture) for picture in pictures)

    def read(self, id: str) -> bytes:
        """The JPEG; for staff alone, whom the caller has asked about. Raises PhotoNotFound."""
        try:
            return self._path(id).read_bytes()
        except FileNotFoundError:
            raise PhotoNotFound(f"there is no photo {id!r}") from None

    def remove(self, photos: Sequence[StoredPhoto]) -> None:
        """Of a complaint that was not kept after all."""
        for photo in photos:
            self._path(photo.id).unlink(missing_ok=True)

    def sweep(self, is_named: Callable[[str], bool], now: Callable[[], float] = time.time) -> int:
        """Removes files that no row names, of an hour ago or longer; how many they were."""
        swept = 0
        for path in sorted(self.root.glob("??/??/*")):
            with suppress(FileNotFoundError):
                is_old = now() - path.stat().st_mtime > _SWEPT_AFTER_S
                if is_old and (path.suffix == _PART or not is_named(path.stem)):
                    path.unlink()
                    swept += 1
        return swept

    def _store(self, jpeg: bytes, width: int, height: int) -> StoredPhoto:
        id = secrets.token_hex(16)
        path = self._path(id)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(_PART)
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(jpeg)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        for folder in (path.parent, path.parent.parent, self.root):
            _sync(folder)
        return StoredPhoto(id, width, height, hashlib.sha256(jpeg).digest())

    def _path(self, id: str) -> Path:
        if not _ID.fullmatch(id):
            raise PhotoNotFound(f"there is no photo {id!r}")
        return self.root / id[:2] / id[2:4] / f"{id}.jpg"


@contextmanager
def _broken() -> Iterator[None]:
    """Says of what a decoder could not read what people can do about it."""
    try:
        yield
    except BadPhoto:
        raise
    except _TOO_LARGE:
        raise BadPhoto(_too_many(max(MOST_PIXELS.values()))) from None
    except _BROKEN:
        raise BadPhoto(
            Text(
                "เปิดเป็นรูปไม่ได้ ใช้ไฟล์ JPEG, PNG หรือ WebP",
                "cannot be read as a picture: use JPEG, PNG or WebP",
            )
        ) from None


def _turn(picture: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    except (*_BROKEN, TypeError):
        return None  # a broken EXIF says nothing of the picture, which may be whole


def _on_white(picture: Image.Image) -> Image.Image:
    """The pixels alone, as a picture that knows nothing else of the file."""
    plain = Image.new("RGB", picture.size, "white")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        shown = picture.convert("RGBA")
        plain.paste(shown, mask=shown)
    else:
        plain.paste(picture.convert("RGB"))
    return plain


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _too_many(most: int) -> Text:
    millions = most // 1_000_000
    return Text(
        f"มีเกิน {millions} ล้านพิกเซล ย่อรูปแล้วแนบใหม่",
        f"has more than {millions} million pixels: make it smaller",
    )


def _numbered(number: int, said: Text) -> Text:
    return Text(f"รูปที่ {number} {said.th}", f"photo {number} {said.en}")
