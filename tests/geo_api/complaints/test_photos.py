"""What is taken for a photo, and what is left of one."""

import os
import random
import stat
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from geo_api.complaints.photos import LONGEST_EDGE, BadPhoto, PhotoNotFound, PhotoStore, reencoded
from layers.casework.intake import BadReport
from tests.geo_api.complaints.pictures import picture, telephone_picture
from tests.geo_api.database.servers import wait_until


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(BytesIO(jpeg))


@pytest.fixture
def store(tmp_path: Path) -> PhotoStore:
    return PhotoStore(tmp_path / "photos")


def files(store: PhotoStore) -> list[Path]:
    return [path for path in store.root.rglob("*") if path.is_file()]


def test_nothing_is_left_of_what_a_telephone_says_beside_the_picture() -> None:
    jpeg, _, _ = reencoded(telephone_picture())

    assert b"Secret" not in jpeg and b"Exif" not in jpeg and b"ICC_PROFILE" not in jpeg
    assert not opened(jpeg).getexif() and "comment" not in opened(jpeg).info


def test_a_picture_stands_upright_without_its_exif() -> None:
    jpeg, width, height = reencoded(telephone_picture(orientation=6, size=(64, 48)))

    # Turned by a quarter to the right, the red left half is on top.
    assert (width, height) == (48, 64) == opened(jpeg).size
    red, _, blue = opened(jpeg).getpixel((24, 8))  # type: ignore[misc]
    assert red > 200 and blue < 60


@pytest.mark.parametrize(
    ("kind", "size", "made"),
    [
        ("PNG", (4000, 3000), (LONGEST_EDGE, LONGEST_EDGE * 3 // 4)),
        ("JPEG", (4032, 3024), (2016, 1512)),
        ("JPEG", (3000, 2000), (LONGEST_EDGE, 1365)),
        ("JPEG", (1, 9000), (1, LONGEST_EDGE)),
        ("PNG", (9000, 1), (LONGEST_EDGE, 1)),
    ],
)
def test_a_large_picture_is_made_smaller_and_keeps_its_shape(
    kind: str, size: tuple[int, int], made: tuple[int, int]
) -> None:
    _, width, height = reencoded(picture(kind, size=size))

    assert (width, height) == made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_content_says_what_it_is(kind: str) -> None:
    jpeg, *size = reencoded(picture(kind))

    assert opened(jpeg).format == "JPEG" and size == [64, 48]


def test_what_is_transparent_is_on_white() -> None:
    jpeg, _, _ = reencoded(picture("PNG", mode="RGBA", color="#ff000000"))

    assert opened(jpeg).getpixel((5, 5)) == (255, 255, 255)


def bomb(kind: str) -> bytes:
    """A PNG that says it has 30,000 × 30,000 pixels, or a JPEG likewise."""
    if kind == "PNG":
        head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
        chunk = b"IHDR" + head
        whole = struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))
        return b"\x89PNG\r\n\x1a\n" + whole + picture("PNG")[33:]
    small = picture("JPEG")
    at = small.index(b"\xff\xc0") + 5
    return small[:at] + struct.pack(">HH", 30_000, 30_000) + small[at + 4 :]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_unpacks_to_too_much_is_not_unpacked(kind: str) -> None:
    with pytest.raises(BadPhoto, match="million pixels"):
        reencoded(bomb(kind))


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"GIF89a" + bytes(40),
        picture("GIF"),
        picture("TIFF"),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        b"\x00\x00\x00\x18ftypheic" + bytes(200),
        picture()[:300],
        picture("PNG", size=(500, 500))[:60],
    ],
)
def test_what_is_no_whole_picture_of_ours_is_refused(file: bytes) -> None:
    with pytest.raises(BadPhoto, match="JPEG, PNG or WebP"):
        reencoded(file)


# What Pillow says of broken metadata, which is not read on.
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_damage_to_a_file_is_more_than_a_bad_photo() -> None:
    chance = random.Random(14)
    whole = [telephone_picture(), picture("PNG"), picture("WEBP"), picture("PNG", mode="P")]

    for _ in range(600):
        broken = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            jpeg, _, _ = reencoded(bytes(broken[: chance.randint(1, len(broken))]))
        except BadPhoto:
            continue
        assert jpeg.startswith(b"\xff\xd8\xff")


def test_a_photo_is_kept_for_us_alone_under_a_random_name(store: PhotoStore) -> None:
    [first, second] = store.keep([picture(), picture()])

    assert first.id != second.id and first.sha256 == second.sha256
    path = store.root / first.id[:2] / first.id[2:4] / f"{first.id}.jpg"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert store.read(first.id) == path.read_bytes()


@pytest.mark.parametrize("id", ["", "..", "../../../etc/passwd", "a" * 31, "A" * 32, "0" * 32])
def test_no_other_name_leads_to_a_file(id: str, store: PhotoStore) -> None:
    store.keep([picture()])

    with pytest.raises(PhotoNotFound):
        store.read(id)


def test_of_several_one_bad_one_is_named_and_none_is_kept(store: PhotoStore) -> None:
    with pytest.raises(BadReport, match="photo 2") as refused:
        store.keep([picture(), b"no picture", picture()])

    assert "รูปที่ 2" in refused.value.problems[0].said.th
    assert files(store) == []


def test_what_an_interruption_left_is_swept_and_what_is_new_or_named_stays(
    store: PhotoStore,
) -> None:
    named, orphan, new = store.keep([picture()] * 3)
    part = store._path(orphan.id).with_name("0" * 32 + ".part")
    part.write_bytes(b"half")
    for path in (part, store._path(named.id), store._path(orphan.id)):
        os.utime(path, (0, 0))

    swept = store.sweep(lambda id: id == named.id)

    assert swept == 2
    assert {path.stem for path in files(store)} == {named.id, new.id}


FOREVER = """
import sys
from pathlib import Path
from geo_api.complaints.photos import PhotoStore
photo = Path(sys.argv[2]).read_bytes()
while True:
    PhotoStore(Path(sys.argv[1])).keep([photo])
"""


def test_whoever_is_killed_while_storing_leaves_no_half_of_a_photo(
    store: PhotoStore, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(telephone_picture(size=(1200, 900)))
    storing = subprocess.Popen([sys.executable, "-c", FOREVER, str(store.root), str(photo)])
    wait_until(lambda: len(files(store)) > 5)

    storing.kill()
    storing.wait()

    whole = {path.read_bytes() for path in files(store) if path.suffix == ".jpg"}
    assert whole == {reencoded(photo.read_bytes())[0]}
