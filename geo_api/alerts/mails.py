"""A message as a mail, in bytes.

Written by a template, for two reasons: EmailMessage makes encoded words (RFC 2047) of a
List-Unsubscribe that is longer than a line, by which no mail program unsubscribes; and it takes
milliseconds a mail, for which 10,000 alerts of one satellite pass would wait half a minute.
"""

import base64
from email.utils import formatdate
from html import escape

from layers.alerts.messages import Line, Message
from layers.alerts.sentences import thai_time
from layers.model import Text

_SENDER_NAME = "Fahsai"
# So many bytes of an encoded word leave room for the header's name in a line of 76 (RFC 2047).
_MOST_OF_WORD = 39
# No base64 has such a line.
_BOUNDARY = "=_fahsai"
_MAIL = """\
From: {sender_name} <{sender}>
To: {to}
Subject: {subject}
Date: {date}
Message-ID: {id}
List-Unsubscribe: <{unsubscribe_url}>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="{boundary}"

--{boundary}
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

{text}
--{boundary}
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

{html}
--{boundary}--
""".replace("\n", "\r\n")
_WORDS = {
    "why": Text("เพราะ", "Why"),
    "place": Text("ที่", "Where"),
    "at": Text("เวลาข้อมูล", "Observed"),
    "source": Text("แหล่งข้อมูล", "Source"),
    "caveat": Text("ข้อจำกัด", "Mind"),
    "map": Text("ดูบนแผนที่", "See the map"),
    "confirm": Text("ยืนยัน", "Confirm"),
    "manage": Text("ดู หยุด หรือลบ", "See, pause or delete"),
    "end": Text("เลิกรับทั้งหมด", "Unsubscribe from all"),
    "simulated": Text("ข้อมูลจำลอง ไม่ใช่เหตุจริง", "Simulated data: nothing of this happened"),
}


def mail(sender: str, message: Message) -> bytes:
    """From an address, with the message's headers; text first, then the same as HTML."""
    made = _MAIL.format(
        sender_name=_SENDER_NAME,
        sender=sender,
        to=message.address["address"],
        subject=_encoded_words(message.subject),
        date=formatdate(),
        id=message.id,
        unsubscribe_url=message.unsubscribe_url,
        boundary=_BOUNDARY,
        text=_base64(as_text(message)),
        html=_base64(as_html(message)),
    )
    return made.encode("ascii")


def _encoded_words(text: str) -> str:
    """A header's text, no letter of which is in two of the words."""
    words = [b""]
    for letter in text:
        one = letter.encode()
        if len(words[-1]) + len(one) > _MOST_OF_WORD:
            words.append(b"")
        words[-1] += one
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(one).decode()}?=" for one in words)


def _base64(text: str) -> str:
    lines = base64.encodebytes(text.replace("\n", "\r\n").encode())
    return lines.decode().rstrip().replace("\n", "\r\n")


def as_text(message: Message) -> str:
    """Both languages, Thai first."""
    parts = [message.opening.th, message.opening.en]
    if message.confirm_url:
        parts.append(f"{_both('confirm')}: {message.confirm_url}")
    parts += [_line_text(line) for line in message.lines]
    if not message.confirm_url:
        parts.append(
            f"{_both('manage')}: {message.manage_url}\n{_both('end')}: {message.unsubscribe_url}"
        )
    return "\n\n".join(parts) + "\n"


def _line_text(line: Line) -> str:
    at = thai_time(line.observed_at)
    rows = [f"— {line.label}"] if line.label else []
    if line.simulated:
        rows.append(f"!! {_both('simulated')}")
    rows += [line.said.th, line.said.en]
    for word, text in (
        ("why", line.why),
        ("place", line.place),
        ("at", at),
        ("source", line.source),
        ("caveat", line.caveat),
    ):
        rows.append(f"{_both(word)}: {text.th} · {text.en}")
    return "\n".join([*rows, f"{_both('map')}: {line.map_url}"])


def as_html(message: Message) -> str:
    """The same; whatever anybody wrote is escaped, and nothing is loaded from anywhere."""
    opening = f"<p>{escape(message.opening.th)}<br>{escape(message.opening.en)}</p>"
    parts = ['<html lang="th"><meta charset="utf-8"><body>', opening]
    if message.confirm_url:
        parts.append(f"<p>{_link(message.confirm_url, _both('confirm'))}</p>")
    parts += [_line_html(line) for line in message.lines]
    if not message.confirm_url:
        manage = _link(message.manage_url, _both("manage"))
        parts.append(f"<p>{manage} · {_link(message.unsubscribe_url, _both('end'))}</p>")
    return "\n".join([*parts, "</body></html>"])


def _line_html(line: Line) -> str:
    at = thai_time(line.observed_at)
    head = [escape(line.label)] if line.label else []
    if line.simulated:
        head.append(f"<strong>{escape(_both('simulated'))}</strong>")
    head += [f"<strong>{escape(line.said.th)}</strong>", escape(line.said.en)]
    rows = [
        f"<li>{escape(_both(word))}: {escape(text.th)} · {escape(text.en)}</li>"
        for word, text in (
            ("why", line.why),
            ("place", line.place),
            ("at", at),
            ("source", line.source),
            ("caveat", line.caveat),
        )
    ]
    map_link = _link(line.map_url, _both("map"))
    return f"<p>{'<br>'.join(head)}</p>\n<ul>{''.join(rows)}<li>{map_link}</li></ul>"


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url, quote=True)}">{escape(text)}</a>'


def _both(word: str) -> str:
    return f"{_WORDS[word].th} {_WORDS[word].en}"
