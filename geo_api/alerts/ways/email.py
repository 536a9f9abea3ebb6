"""E-mail, over one connection to an SMTP server."""

import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from html import escape
from urllib.parse import unquote, urlsplit

from geo_api.alerts.ways import PutOff, Refused, Send, WayDown
from geo_api.settings import Settings
from layers.alerts.messages import Line, Message
from layers.alerts.sentences import thai_time
from layers.alerts.ways import BadAddress, Way
from layers.model import Text

_LONGEST = 254  # RFC 5321
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z0-9-]{2,63}"
)
_TIMEOUT_S = 30
_SENDER_NAME = "Fahsai"
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


class Email:
    """Declares the way; see geo_api/alerts/ways."""

    way = Way(
        "email",
        Text("อีเมล", "E-mail"),
        "address",
        Text("ที่อยู่อีเมล เช่น name@example.com", "An address as name@example.com"),
    )

    def missing(self, settings: Settings) -> str | None:
        """See Sender."""
        return None if settings.smtp_url else "FAHSAI_SMTP_URL is not set"

    def read(self, given: str) -> Mapping[str, str]:
        """See Sender. Only what comes after the @ is the same in capitals; most providers tell none
        of the rest apart either."""
        text = given.strip().lower()
        if len(text) > _LONGEST or not _ADDRESS.fullmatch(text) or ".." in text:
            raise BadAddress("an e-mail address is needed, as name@example.com")
        return {"address": text}

    @contextmanager
    def opened(self, settings: Settings) -> Iterator[Send]:
        """See Sender."""
        sender = Address(_SENDER_NAME, addr_spec=settings.smtp_from or "fahsai@localhost")
        try:
            connection = _connect(settings.smtp_url or "")
        except (OSError, smtplib.SMTPException) as problem:
            raise WayDown(f"the mail server cannot be reached ({_said(problem)})") from problem
        try:
            yield lambda message: _send(connection, sender, message)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()


def _connect(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    secure = ssl.create_default_context()
    if parts.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=_TIMEOUT_S, context=secure
        )
    else:
        connection = smtplib.SMTP(host, parts.port or 587, timeout=_TIMEOUT_S)
    connection.ehlo()
    if parts.scheme == "smtp" and connection.has_extn("starttls"):
        connection.starttls(context=secure)
        connection.ehlo()
    if parts.username:
        connection.login(unquote(parts.username), unquote(parts.password or ""))
    return connection


def _send(connection: smtplib.SMTP, sender: Address, message: Message) -> None:
    to = message.address["address"]
    try:
        connection.sendmail(sender.addr_spec, [to], mail(sender, message).as_bytes())
    except smtplib.SMTPServerDisconnected as problem:
        raise WayDown("the mail server closed the connection") from problem
    except smtplib.SMTPRecipientsRefused as problem:
        [(code, said)] = problem.recipients.values()
        _refuse(code, said, problem)
    except smtplib.SMTPResponseException as problem:
        _refuse(problem.smtp_code, problem.smtp_error, problem)
    except (OSError, smtplib.SMTPException) as problem:
        raise WayDown(f"the mail server failed ({_said(problem)})") from problem


def _refuse(code: int, said: bytes | str, problem: Exception) -> None:
    if code == 421:
        raise WayDown("the mail server closed the connection (421)") from problem
    # What a server says often repeats the address: the code alone is kept.
    if 400 <= code < 500:
        raise PutOff(f"the mail server answered {code}") from problem
    raise Refused(f"the mail server answered {code}") from problem


def _said(problem: Exception) -> str:
    code = getattr(problem, "smtp_code", None)
    return f"{type(problem).__name__} {code}" if code else type(problem).__name__


def mail(sender: Address, message: Message) -> EmailMessage:
    """The message with its headers; text first, then the same as HTML."""
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = Address(addr_spec=message.address["address"])
    made["Subject"] = message.subject
    made["Date"] = formatdate()
    made["Message-ID"] = message.id
    made["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(as_text(message), cte="base64")
    made.add_alternative(as_html(message), subtype="html", cte="base64")
    return made


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


WAY = Email()
