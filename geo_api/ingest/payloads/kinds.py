"""What a payload is, by its first bytes; and in words, where it is of no kind that we read."""

import codecs
import re
from typing import Literal

from geo_api.ingest.payloads.encodings import wide_encoding
from geo_api.ingest.payloads.refusals import GET_AGAIN, SAVE_AS_TABLE
from layers.model import Text

Kind = Literal["text", "json", "workbook", "vector", "web page", "zip", "gzip"]

_EXPORT = Text(
    "คัดลอกตารางลงใน Excel แล้วบันทึกเป็น .xlsx หรือ CSV UTF-8",
    "Copy its table into Excel and save it as .xlsx or CSV UTF-8, or ask the provider for that",
)
_UNPACK = Text("แตกแฟ้มก่อน หรือบีบอัดเป็น .zip", "Unpack it, or pack it as .zip")
_RASTER = Text(
    "ภาพที่มีพิกัด (GeoTIFF) เพิ่มได้ด้วยคำสั่ง fahsai raster add",
    "A grid (GeoTIFF) is added with fahsai raster add; a table must be typed in and saved as .xlsx",
)
# First bytes, what begins with them, and what to do about it.
_FOREIGN = (
    (b"%PDF", Text("เอกสาร PDF", "a PDF document"), _EXPORT),
    (b"{\\rtf", Text("เอกสาร RTF", "a rich-text document"), _EXPORT),
    (b"\x89PNG", Text("รูปภาพ (PNG)", "a picture (PNG)"), _RASTER),
    (b"\xff\xd8\xff", Text("รูปภาพ (JPEG)", "a picture (JPEG)"), _RASTER),
    (b"GIF8", Text("รูปภาพ (GIF)", "a picture (GIF)"), _RASTER),
    (b"II*\0", Text("รูปภาพ (TIFF)", "a picture (TIFF)"), _RASTER),
    (b"MM\0*", Text("รูปภาพ (TIFF)", "a picture (TIFF)"), _RASTER),
    (b"CDF", Text("กริด NetCDF", "a NetCDF grid"), _RASTER),
    (b"\x89HDF", Text("กริด HDF5 หรือ NetCDF", "an HDF5 or NetCDF grid"), _RASTER),
    (b"Rar!", Text("แฟ้มบีบอัด RAR", "a RAR archive"), _UNPACK),
    (b"7z\xbc\xaf", Text("แฟ้มบีบอัด 7z", "a 7z archive"), _UNPACK),
    (b"BZh", Text("แฟ้มบีบอัด bzip2", "packed with bzip2"), _UNPACK),
    (b"\xfd7zXZ", Text("แฟ้มบีบอัด xz", "packed with xz"), _UNPACK),
    (b"\x28\xb5\x2f\xfd", Text("แฟ้มบีบอัด zstd", "packed with zstd"), _UNPACK),
    (b"PAR1", Text("แฟ้ม Parquet", "a Parquet file"), SAVE_AS_TABLE),
    (b"MZ", Text("โปรแกรม ไม่ใช่ข้อมูล", "a program, not data"), GET_AGAIN),
)
# Of web pages, and of Excel's workbooks of 2003 as XML.
_WEB_PAGE = re.compile(
    rb"<(?:!doctype html|html|head|body|meta|table|div|style|workbook)\b", re.IGNORECASE
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1e"))
# A NUL or two spoil a line; a file with one byte in twenty of them is none of text.
_MOST_CONTROLS = 0.05


def kind_of(head: bytes) -> Kind | tuple[Text, Text]:
    """The kind of what begins so; for one that we do not read what it is, and the remedy."""
    if head[:2] == b"\x1f\x8b":
        return "gzip"
    if head[:2] == b"PK":
        return "zip"
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "workbook"
    if head[:6] == b"SQLite" or head[:3] == b"fgb" or head[:4] == b"\x00\x00\x27\x0a":
        return "vector"
    for start, found, remedy in _FOREIGN:
        if head.startswith(start):
            return found, remedy
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> Kind | tuple[Text, Text]:
    encoding = wide_encoding(head)
    if encoding:
        head = head[: len(head) // 4 * 4].decode(encoding, "replace").encode()
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start.strip(b"\0\x1a"):
        return Text("แฟ้มว่างเปล่า", "empty"), GET_AGAIN
    if len(start.translate(None, _CONTROLS)) < len(start) * (1 - _MOST_CONTROLS):
        found = Text("ข้อมูลไบนารีที่ไม่รู้จัก", "binary data of no kind that is known")
        return found, SAVE_AS_TABLE
    if start[:1] == b"<":
        return _kind_of_markup(start)
    if start[:1] in b"{[\x1e":
        return "vector" if b'"Topology"' in start[:200] else "json"
    return "text"


def _kind_of_markup(start: bytes) -> Kind | tuple[Text, Text]:
    if _WEB_PAGE.search(start[:4096]):
        return "web page"
    if b"<kml" in start[:4096] or b"FeatureCollection" in start[:4096]:
        return "vector"
    return Text("เอกสาร XML", "a web page or XML, not data"), SAVE_AS_TABLE
