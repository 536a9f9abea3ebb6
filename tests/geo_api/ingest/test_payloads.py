"""What is done with payloads that are cut off, garbled, endless or of another kind."""

import gzip
from pathlib import Path

import pytest

from geo_api.ingest.payloads import delimited, records
from layers.model import BadValue, Format, Record, UnexpectedPayload

CSV = Format("csv", frozenset({"id", "text"}))
JSON = Format("json", frozenset({"id"}), frozenset({"text"}), path=("items",))
A_NAME = "นายสมชาย ใจดี"


def read(folder: Path, content: bytes) -> list[Record]:
    path = folder / "given"
    path.write_bytes(content)
    return list(records(path, (CSV, JSON)))


def sound(found: list[Record]) -> list[str]:
    """The ids of the records that can be read as a whole."""
    return [record.values["id"] for record in found if not record.garbled and not record.cells]


def test_a_line_is_counted_where_its_record_begins(tmp_path: Path) -> None:
    found = read(tmp_path, b'\xef\xbb\xbfid,text\r\na,"1\r\n2\r\n3"\r\nb\r\n')

    assert [record.line for record in found] == [2, 5]
    with pytest.raises(BadValue, match="cells do not fit the header"):
        found[1].check()


@pytest.mark.parametrize("characters", [1, 7, 20, 1 << 16])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_records_are_the_same_wherever_a_block_ends(
    characters: int, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "BATCH_CHARACTERS", characters)
    lines = [
        "id,text",
        "a,1",
        "b,2",
        "",
        "",
        'c,"',
        "",
        '3"',
        "d,4",
        'e,"5"',
        "f,6",
        "g",
        "h,7",
        "",
    ]

    found = read(tmp_path, end.join(lines).encode())

    assert [(record.line, record.raw.split(",")[0]) for record in found] == [
        *((2, "a"), (3, "b"), (6, "c"), (9, "d"), (10, "e"), (11, "f"), (12, "g"), (13, "h")),
    ]
    assert found[2].raw == end.join(lines[5:8])


@pytest.mark.parametrize("spoilt", [b"\xff", b"\0"])
def test_bytes_that_are_no_text_spoil_their_own_record_alone(spoilt: bytes, tmp_path: Path) -> None:
    lines = "id,text\na,ก\nb,ก{}\nc,ก\n".encode()

    found = read(tmp_path, lines.replace(b"{}", spoilt))

    assert sound(found) == ["a", "c"]
    assert found[2].values["text"] == "ก"
    with pytest.raises(BadValue, match="bytes that are not text"):
        found[1].check()


def test_the_thai_code_page_of_older_spreadsheets_is_read(tmp_path: Path) -> None:
    (record,) = read(tmp_path, f"id,text\na,{A_NAME}\n".encode("cp874"))

    assert record.values["text"] == A_NAME


@pytest.mark.parametrize("spoilt", [rb"\ud800", rb"\u0000"])
def test_what_json_escapes_may_be_no_text_either(spoilt: bytes, tmp_path: Path) -> None:
    items = rb'{"items": [{"id": "a"}, {"id": "b", "text": "{}"}, {"id": "c"}]}'

    assert sound(read(tmp_path, items.replace(b"{}", spoilt))) == ["a", "c"]


@pytest.mark.parametrize("kept", [5, 15, 200])
def test_a_gzipped_file_cut_off_anywhere_is_said_to_be(kept: int, tmp_path: Path) -> None:
    whole = gzip.compress(b"id,text\n" + bytes(range(48, 58)) * 9999, compresslevel=0)

    with pytest.raises(UnexpectedPayload, match="given is cut off"):
        read(tmp_path, whole[:kept])


def test_a_damaged_gzipped_file_is_said_to_be(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(b"id,text\na,b\n"))
    whole[-8] ^= 1

    with pytest.raises(UnexpectedPayload, match="given is damaged, get it again"):
        read(tmp_path, bytes(whole))


def test_text_without_ends_of_lines_is_refused(tmp_path: Path) -> None:
    endless = gzip.compress(b"id,text\na,b\nc," + b"x" * (1 << 24))

    with pytest.raises(UnexpectedPayload, match="text without ends of lines"):
        read(tmp_path, endless)


def test_json_too_deep_to_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnexpectedPayload, match="not whole JSON"):
        read(tmp_path, b"[" * 200_000)


@pytest.mark.parametrize(
    "content",
    [
        f"TK-1,{A_NAME} 0812345678,Mr Somchai\n",
        f'{{"comment": "{A_NAME}", "{A_NAME}": 1}}',
        f'[{{"comment": "{A_NAME}"}}]',
        f'["{A_NAME}"]',
    ],
)
def test_no_message_repeats_what_people_wrote(content: str, tmp_path: Path) -> None:
    with pytest.raises(UnexpectedPayload) as refused:
        read(tmp_path, content.encode())

    assert not [word for word in ("สมชาย", "Somchai", "0812") if word in str(refused.value)]


@pytest.mark.parametrize("content", ["Invalid MAP_KEY.\n", '{"error": "Invalid MAP_KEY."}'])
def test_a_refusal_in_words_is_told(content: str, tmp_path: Path) -> None:
    with pytest.raises(UnexpectedPayload, match=r"(found|says).* 'Invalid MAP_KEY\.'"):
        read(tmp_path, content.encode())
