"""What cannot be read says what it is, what is needed and how to save it, in Thai and English."""

import gzip
import io
import random
import re
import zipfile
from pathlib import Path

import pytest

from geo_api.ingest.payloads import containers, documents, workbooks
from geo_api.ingest.payloads import records as read_records
from layers.model import Format, UnexpectedPayload
from tests.geo_api.ingest.files import delimited, every_container, workbook, zipped
from tests.layers.sources.reading import SAMPLES

TABLE = (Format("csv", frozenset({"id", "name"})),)
OUTLINES = (Format("vector", frozenset({"code"})),)
ROWS = [["id", "name"], ["1", "ก"], ["2", "ข"]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
THAI = re.compile("[ก-๙]")

FOREIGN: dict[str, tuple[bytes, str]] = {
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "a picture (PNG)"),
    "jpg": (b"\xff\xd8\xff\xe0JFIF", "a picture (JPEG)"),
    "docx": (zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "a Word or PowerPoint"),
    "odt": (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a Word or"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "a Word document"),
    "xls": (OLE, "a workbook that is damaged or cut off"),
    "rar": (b"Rar!\x1a\x07\0", "a RAR archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    "html": (b"<!DOCTYPE html><html><body>down</body></html>", "a web page"),
    "xml": (b"<?xml version='1.0'?><note/>", "a web page or XML"),
    "bin": (bytes(range(256)) * 20, "binary data"),
    "csv": (b"", "empty"),
    "txt": (b" \r\n\t\n", "empty"),
    "zip": (zipped({}), "a zip without data"),
    "nested.zip": (zipped({"a.zip": zipped({"b.csv": delimited(ROWS)})}), "a zip within a zip"),
    "gz": (gzip.compress(gzip.compress(b"id,name")), "packed twice"),
    "parquet": (b"PAR1\x15\x04", "a Parquet file"),
}


def refusal(path: Path, formats: tuple[Format, ...] = TABLE) -> str:
    with pytest.raises(UnexpectedPayload) as refused:
        list(read_records(path, formats))
    return str(refused.value)


@pytest.mark.parametrize("extension", FOREIGN)
def test_a_file_of_another_kind_is_named_with_the_remedy(extension: str, tmp_path: Path) -> None:
    content, found = FOREIGN[extension]
    path = tmp_path / f"given.{extension}"
    path.write_bytes(content)

    english, _, thai = refusal(path).partition(" · ")

    assert f"is {found}" in english
    assert "needed: a table (CSV, .xlsx, .xls, .ods) with the columns id, name" in english
    assert THAI.search(thai)
    assert "id, name" in thai
    assert "it has" not in english


def test_a_workbook_with_a_password_is_named_as_such() -> None:
    assert "a workbook with a password" in refusal(SAMPLES / "files" / "with_password.xlsx")


def test_a_zip_with_a_password_is_named_as_such(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.csv": delimited(ROWS)}))
    content[6] |= 1  # the local header's flag, and the directory's
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "secret.zip").write_bytes(content)

    assert "a zip with a password" in refusal(tmp_path / "secret.zip")


def test_outlines_are_asked_for_where_a_table_comes(tmp_path: Path) -> None:
    (tmp_path / "table.xlsx").write_bytes(workbook(ROWS))

    said = refusal(tmp_path / "table.xlsx", OUTLINES)

    assert "needed: outlines (shapefile in .zip, GeoPackage, GeoJSON)" in said


def test_metres_without_a_system_are_refused_with_the_remedy(tmp_path: Path) -> None:
    import geopandas
    from shapely.geometry import box

    square = [box(6e5, 15e5, 61e4, 151e4)]
    frame = geopandas.GeoDataFrame({"code": ["1"]}, geometry=square, crs=32647)
    frame.to_file(tmp_path / "metres.shp", engine="pyogrio")
    (tmp_path / "metres.prj").unlink()
    parts = {part.name: part.read_bytes() for part in tmp_path.glob("metres.*")}
    (tmp_path / "metres.zip").write_bytes(zipped(parts))

    assert "Put its .prj into the zip" in refusal(tmp_path / "metres.zip", OUTLINES)


@pytest.mark.parametrize("name", ["bomb.csv", "bomb.json", "bomb.csv.gz", "bomb.xlsx"])
def test_what_unpacks_to_too_much_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (containers, documents, workbooks):
        monkeypatch.setattr(module, "MAX_HELD_BYTES", 1 << 20)
    lines = b"[" + b"0,\n" * (1 << 20) + b"0]" if name.endswith("json") else b"x" * (1 << 25)
    inner = zipped({"xl/workbook.xml": lines}) if name.endswith("xlsx") else lines
    (tmp_path / "bomb.zip").write_bytes(zipped({name: inner}))

    assert re.search("larger than|without ends of lines", refusal(tmp_path / "bomb.zip"))


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_file_is_read_or_refused_in_words(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    samples = [sample.read_bytes() for sample in sorted((SAMPLES / "files").iterdir())]
    whole = [content for _, content in every_container(ROWS, tmp_path).values()] + samples

    for content in whole * 4:
        spoilt = bytearray(content)
        for _ in range(chance.randint(1, 6)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        kept = chance.choice([len(spoilt), chance.randrange(len(spoilt) + 1)])
        path = tmp_path / "spoilt"
        path.write_bytes(spoilt[:kept])
        try:
            list(read_records(path, TABLE))
        except UnexpectedPayload as refused:
            assert " · " in str(refused)


def test_a_member_is_read_up_to_its_bound_and_no_further(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", delimited(ROWS) * 5000)
    path = tmp_path / "large.zip"
    path.write_bytes(content.getvalue())

    with (
        containers.members(path, path.name, TABLE) as (member,),
        pytest.raises(UnexpectedPayload, match="larger than"),
        member.opened(1000) as stream,
    ):
        while stream.read(1 << 16):
            pass
