"""Mails as bytes, held against what mail programs read."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import compat32, default

import pytest

from geo_api.alerts.mails import mail
from geo_api.alerts.ways.email import WAY
from layers.model import Text
from tests.geo_api.alerts.messages import LINE, message

TO = WAY.read("somebody@example.org")
LONG = "ท" * 119 + "é"


def test_who_receives_it_can_unsubscribe_by_one_click() -> None:
    """RFC 8058 wants the address as it is: no encoded words, which EmailMessage makes of it."""
    told = message(TO)
    raw = message_from_bytes(mail("us@example.go.th", told), policy=compat32)

    assert len(told.unsubscribe_url) > 78
    assert raw["List-Unsubscribe"] == f"<{told.unsubscribe_url}>"
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("subject", ["plain", "", LONG, "ก" * 15, "ก" * 16, "🔥 =?utf-8?q?x?= ไฟ"])
def test_a_subject_is_read_as_it_was_written_in_lines_that_are_short(subject: str) -> None:
    made = mail("us@example.go.th", replace(message(TO), subject=subject))

    assert message_from_bytes(made, policy=default)["Subject"] == subject
    headers = made.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert all(len(line) <= 76 for line in headers if not line.startswith(b"List-Unsubscribe:"))


def test_a_mail_is_text_and_the_same_as_html_with_all_that_was_found() -> None:
    made = mail("us@example.go.th", message(TO, lines=(LINE, replace(LINE, label=LONG))))
    read = message_from_bytes(made, policy=default)

    assert read.defects == []
    assert read.get_content_type() == "multipart/alternative"
    text, html = (part.get_content() for part in read.iter_parts())
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    for part in (text, html):
        assert part.count(LINE.map_url) >= 2
        assert LONG in part
    assert LINE.said.th in text


def test_it_is_bytes_that_any_server_takes() -> None:
    made = mail("us@example.go.th", message(TO, (replace(LINE, said=Text("." * 2000, "\n.\n")),)))

    assert made.isascii()
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert max(map(len, made.split(b"\r\n"))) < 998  # RFC 5321
