"""E-mail, over a connection to an SMTP server that is kept for many."""

import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from geo_api.alerts.mails import mail
from geo_api.alerts.ways import PutOff, Refused, Send, WayDown
from geo_api.settings import Settings
from layers.alerts.messages import Message
from layers.alerts.ways import BadAddress, Way
from layers.model import Text

_LONGEST = 254  # RFC 5321
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z0-9-]{2,63}"
)
# Nobody's, now and ever (RFC 2606, 6761): of simulated staff, whose mail leaves no machine.
_NOBODYS = (".example", ".invalid", ".test", ".localhost")
_TIMEOUT_S = 30
# RFC 5321: the server waits for the mail, or closes the connection.
_GO_ON, _CLOSING = 354, 421
_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True)
class Email:
    """Declares the way; see geo_api/alerts/ways."""

    most_a_connection: int = 1000
    way: ClassVar = Way(
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
        sender = Address(addr_spec=settings.smtp_from or "fahsai@localhost").addr_spec
        connection = _Connection(settings.smtp_url or "", self.most_a_connection)
        try:
            yield lambda message: _send(connection, sender, message)
        finally:
            connection.end()


class _Connection:
    """To the server at `url`; a new one after so many mails, and where the server ends one that has
    taken some, as many do after a hundred. Raises WayDown where there is none to be had."""

    def __init__(self, url: str, most: int) -> None:
        self._url, self._most = url, most
        self._begin()

    def send(self, sender: str, to: str, mail: bytes) -> None:
        """Raises what smtplib does."""
        if self._taken >= self._most:
            self._renew()
        try:
            self._give(sender, to, mail)
        except (OSError, smtplib.SMTPException) as problem:
            # It may have taken this one: then it comes twice, with the same Message-ID.
            if not self._taken or not _is_closed(problem):
                raise
            self._renew()
            self._give(sender, to, mail)
        self._taken += 1

    def end(self) -> None:
        """With a word to the server, if it still listens."""
        with suppress(OSError, smtplib.SMTPException):
            self._smtp.quit()

    def _give(self, sender: str, to: str, mail: bytes) -> None:
        if self._smtp.has_extn("pipelining"):
            _pipeline(self._smtp, sender, to, mail)
        else:
            self._smtp.sendmail(sender, [to], mail)

    def _begin(self) -> None:
        try:
            self._smtp = _connect(self._url)
        except (OSError, smtplib.SMTPException) as problem:
            raise WayDown(f"the mail server cannot be reached ({_said(problem)})") from problem
        self._taken = 0

    def _renew(self) -> None:
        self.end()
        self._begin()


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


def _pipeline(smtp: smtplib.SMTP, sender: str, to: str, mail: bytes) -> None:
    """As sendmail does, but with three questions at once (RFC 2920): one waits twice for the server
    and not four times, which is most of the time that a mail takes."""
    smtp.send(f"MAIL FROM:<{sender}>\r\nRCPT TO:<{to}>\r\nDATA\r\n")
    answers = [smtp.getreply() for _ in range(3)]
    if answers[2][0] == _GO_ON:
        is_wanted = all(200 <= code < 300 for code, _ in answers[:2])
        # Opened for nobody, it is closed again with nothing in it.
        smtp.send((_DOT.sub(b"..", mail) if is_wanted else b"") + b".\r\n")
        answers[2] = smtp.getreply()
    for code, said in answers:
        if not 200 <= code < 300:
            if code != _CLOSING:
                smtp.rset()
            raise smtplib.SMTPResponseException(code, said)


def _send(connection: _Connection, sender: str, message: Message) -> None:
    to = message.address["address"]
    if to.endswith(_NOBODYS):
        raise Refused(f"nobody has an address that ends with .{to.rpartition('.')[2]}")
    try:
        connection.send(sender, to, mail(sender, message))
    except (OSError, smtplib.SMTPException) as problem:
        code = _code(problem)
        if _is_closed(problem) or not code:
            raise WayDown(f"the mail server failed ({_said(problem)})") from problem
        # What a server says often repeats the address: the code alone is kept.
        if 400 <= code < 500:
            raise PutOff(f"the mail server answered {code}") from problem
        raise Refused(f"the mail server answered {code}") from problem


def _is_closed(problem: Exception) -> bool:
    return isinstance(problem, smtplib.SMTPServerDisconnected) or _code(problem) == _CLOSING


def _code(problem: Exception) -> int:
    """What the server answered; 0 where it did not."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        [(code, _)] = problem.recipients.values()
        return int(code)
    return int(getattr(problem, "smtp_code", 0))


def _said(problem: Exception) -> str:
    code = _code(problem)
    return f"{type(problem).__name__} {code}" if code else type(problem).__name__


WAY = Email()
