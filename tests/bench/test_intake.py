"""The load of reports: what it sends is a form with a photo, and what it tells are ranks."""

from email.parser import BytesParser
from email.policy import HTTP
from io import BytesIO

from PIL import Image

from bench.intake import Kept, multipart, percentile, picture


def test_a_report_is_a_form_with_its_fields_and_a_photo() -> None:
    photo = picture(160, seed=1)
    head = b"Content-Type: multipart/form-data; boundary=fahsai-bench-intake\r\n\r\n"

    parts = BytesParser(policy=HTTP).parsebytes(head + multipart({"words": "กลิ่น"}, photo))

    words, file = parts.iter_parts()
    written = words.get_payload(decode=True)
    assert isinstance(written, bytes) and written.decode() == "กลิ่น"
    assert file.get_filename() == "1.jpg"
    assert file.get_payload(decode=True) == photo
    assert Image.open(BytesIO(photo)).size == (160, 120)


def test_a_percentile_is_one_of_the_values() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]

    assert [percentile(values, share) for share in (0.5, 0.99, 1.0)] == [3.0, 5.0, 5.0]
    assert percentile([], 0.5) == 0


def test_what_was_kept_meanwhile_leaves_out_what_was_there() -> None:
    assert Kept(5, 4, 4).since(Kept(2, 2, 1)) == Kept(3, 2, 3)
