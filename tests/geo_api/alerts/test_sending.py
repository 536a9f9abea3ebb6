"""What is due leaves for a real mail server, by a process that may be killed at any moment."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from geo_api import cli
from geo_api.alerts.evaluation import evaluate
from geo_api.alerts.outbox import deliver
from geo_api.alerts.ways import Refused, WayDown
from geo_api.alerts.ways.email import Email
from geo_api.database.prepared_statements import Session
from geo_api.settings import Settings
from tests.geo_api.alerts.messages import message
from tests.geo_api.alerts.rows import Inbox, fire, mail_server, subscribe

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)
SUBSCRIBERS = 12
Fahsai = Callable[..., Result]


class Killing(Inbox):
    """Kills who sends when it has taken so many mails: before it says so of the last one, or when
    the one after them is begun."""

    def __init__(self, after: int, *, in_flight: bool) -> None:
        super().__init__()
        self.sender = 0
        self._after, self._in_flight = after, in_flight

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """aiosmtpd's."""
        if not self._in_flight and len(self.mails) == self._after:
            self._kill()
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """aiosmtpd's."""
        said = await super().handle_DATA(server, session, envelope)
        if self._in_flight and len(self.mails) == self._after:
            self._kill()
        return said

    def _kill(self) -> None:
        if self.sender:
            os.kill(self.sender, signal.SIGKILL)
            self.sender = 0


OF_A_FORMER_RULE = """
    WITH watch AS (
        INSERT INTO alert.watch (rule, place_id, parameters, audience)
        SELECT 'of_old', place_id, parameters, audience FROM alert.watch LIMIT 1 RETURNING id
    ), subscription AS (
        INSERT INTO alert.subscription (recipient_id, watch_id, confirmed_at)
        SELECT r.id, w.id, now()
        FROM watch AS w, (SELECT min(id) AS id FROM alert.recipient) AS r
        RETURNING id, recipient_id
    ), event AS (
        INSERT INTO alert.event (watch_id, item, kind, at, value, detail)
        SELECT w.id, e.item, e.kind, e.at, e.value, e.detail
        FROM watch AS w, (SELECT * FROM alert.event LIMIT 1) AS e
        RETURNING id
    )
    INSERT INTO alert.delivery (kind, recipient_id, subscription_id, event_id, way, due_at)
    SELECT 'event', s.recipient_id, s.id, e.id, d.way, d.due_at - interval '1 minute'
    FROM subscription AS s, event AS e,
        (SELECT * FROM alert.delivery WHERE kind = 'event' LIMIT 1) AS d
"""


def told_of_fires(fresh: Session, settings: Settings, count: int) -> None:
    for number in range(count):
        subscribe(fresh, settings, mail=f"n{number}@example.org")
    for number in range(2):
        fire(fresh, f"f{number}", NOW - timedelta(hours=1))
    assert evaluate(fresh, NOW).deliveries == count


@contextmanager
def sending(url: str, home: Path, smtp: str) -> Iterator["subprocess.Popen[str]"]:
    """A process that sends what is due, as an operator starts it."""
    given = {"FAHSAI_DATABASE_URL": url, "FAHSAI_HOME": str(home), "FAHSAI_SMTP_URL": smtp}
    command = [sys.executable, "-m", "geo_api.cli", "alerts", "--send"]
    with subprocess.Popen(command, env=os.environ | given, stdout=-1, text=True) as process:
        yield process


@pytest.mark.parametrize(("in_flight", "repeated"), [(True, 1), (False, 0)])
def test_nothing_is_lost_where_the_sender_is_killed_and_at_most_the_one_in_flight_comes_twice(
    fresh: Session, fresh_url: str, home: Path, in_flight: bool, repeated: int
) -> None:
    told_of_fires(fresh, Settings(home=home), SUBSCRIBERS)
    inbox = Killing(SUBSCRIBERS // 2, in_flight=in_flight)

    with mail_server(inbox) as smtp:
        with sending(fresh_url, home, smtp) as killed:
            inbox.sender = killed.pid
        before = len(inbox.mails)
        with sending(fresh_url, home, smtp) as again:
            said = again.communicate()[0]

    assert (killed.returncode, before) == (-signal.SIGKILL, SUBSCRIBERS // 2)
    assert again.returncode == 0, said
    assert {str(mail["To"]) for mail in inbox.mails} == {
        f"n{number}@example.org" for number in range(SUBSCRIBERS)
    }
    ids = [str(mail["Message-ID"]) for mail in inbox.mails]
    assert len(ids) - len(set(ids)) == repeated
    assert f"{SUBSCRIBERS - before + repeated} messages sent" in said


def test_a_connection_is_kept_for_many_mails_and_begun_anew_after_so_many(home: Path) -> None:
    inbox = Inbox()
    with mail_server(inbox) as smtp:
        way = Email(most_a_connection=2)
        with way.opened(Settings(home=home, smtp_url=smtp)) as send:
            for _ in range(5):
                send(message({"address": "somebody@example.org"}))

    first, second, third = dict.fromkeys(inbox.connections)
    assert inbox.connections == [first, first, second, second, third]


def test_a_server_that_ends_a_connection_is_sent_the_rest_over_another(
    fresh: Session, settings: Settings
) -> None:
    told_of_fires(fresh, settings, 3)
    inbox = Inbox()
    inbox.answers = ["", "421 enough for one connection"]

    with mail_server(inbox) as smtp:
        sent = deliver(fresh, replace(settings, smtp_url=smtp), NOW)

    assert (sent.sent, sent.put_off, sent.given_up) == (3, 0, 0)
    assert len(set(inbox.connections)) == 2


def test_a_server_that_takes_none_is_left_alone_and_no_attempt_is_counted(
    fresh: Session, settings: Settings
) -> None:
    told_of_fires(fresh, settings, 2)
    inbox = Inbox()
    inbox.answers = ["421 later"] * 9

    with mail_server(inbox) as smtp, pytest.raises(WayDown, match="421"):
        deliver(fresh, replace(settings, smtp_url=smtp), NOW)

    assert len(inbox.answers) == 8
    assert fresh.rows(
        "SELECT DISTINCT state, attempts FROM alert.delivery WHERE kind = 'event'", {}
    ) == [("waiting", 0)]


class Choosing(Inbox):
    """Refuses one recipient."""

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """aiosmtpd's."""
        if address == "n0@example.org":
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.mark.parametrize("pipelining", [True, False])
def test_a_recipient_who_is_refused_is_given_up_and_the_others_are_sent_theirs(
    fresh: Session, settings: Settings, pipelining: bool
) -> None:
    told_of_fires(fresh, settings, 3)
    inbox = Choosing(pipelining=pipelining)

    with mail_server(inbox) as smtp:
        sent = deliver(fresh, replace(settings, smtp_url=smtp), NOW)

    assert (sent.sent, sent.put_off, sent.given_up) == (2, 0, 1)
    assert [str(mail["To"]) for mail in inbox.mails] == ["n1@example.org", "n2@example.org"]
    assert len(set(inbox.connections)) == 1
    given_up = "SELECT error FROM alert.delivery WHERE state = 'given_up'"
    assert fresh.rows(given_up, {}) == [("the mail server answered 550",)]


def test_an_event_that_cannot_be_composed_keeps_no_other_from_being_sent(
    fresh: Session, settings: Settings
) -> None:
    told_of_fires(fresh, settings, 2)
    # As of a version of ours that had another rule: of the first person, and before all others.
    with fresh, fresh.cursor() as cursor:
        cursor.execute(OF_A_FORMER_RULE)

    with mail_server(Inbox()) as smtp:
        sent = deliver(fresh, replace(settings, smtp_url=smtp), NOW)

    assert (sent.sent, sent.put_off, sent.given_up) == (2, 1, 0)
    put_off = "SELECT error FROM alert.delivery WHERE state = 'waiting'"
    assert fresh.rows(put_off, {}) == [("it cannot be composed: BadRule",)]


def test_a_mail_that_a_server_opened_for_nobody_is_closed_with_nothing_in_it() -> None:
    """RFC 2920, section 3.1: a server may say 354 though it took no recipient."""
    heard, answers = [], [b"250 OK", b"550 nobody", b"354 go on", b"554 no recipient", b"250 OK"]
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with listener.accept()[0] as peer, peer.makefile("rwb") as lines:
                lines.write(b"220 here\r\n")
                lines.flush()
                for answer in (b"250-here\r\n250 PIPELINING", *answers, b"221 bye"):
                    heard.append(lines.readline())
                    lines.write(answer + b"\r\n")
                    lines.flush()

        server = threading.Thread(target=serve)
        server.start()
        home, port = Path("/nonexistent"), listener.getsockname()[1]
        of_server = Settings(home=home, smtp_url=f"smtp://127.0.0.1:{port}")
        with Email().opened(of_server) as send, pytest.raises(Refused, match="550"):
            send(message({"address": "somebody@example.org"}))
        server.join()

    assert heard[4:6] == [b".\r\n", b"rset\r\n"]


@pytest.fixture
def fahsai(fresh_url: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> Fahsai:
    """The command over `fresh`."""
    monkeypatch.setenv("FAHSAI_DATABASE_URL", fresh_url)
    monkeypatch.setenv("FAHSAI_HOME", str(home))
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # this process has its own
    return lambda *words: CliRunner().invoke(cli.main, words)


def line_of(said: str, name: str) -> list[str]:
    [line] = [line.split() for line in said.splitlines() if line.startswith(f"{name} ")]
    return line


def test_the_command_tells_who_is_told_of_what_and_what_became_of_it(
    fahsai: Fahsai, fresh: Session, home: Path
) -> None:
    told_of_fires(fresh, Settings(home=home), 2)
    subscribe(fresh, Settings(home=home), mail="new@example.org", is_confirmed=False)

    told = fahsai("alerts")

    assert told.exit_code == 0
    assert line_of(told.output, "fires")[:6] == ["fires", "2", "1", "0", "1", "1"]
    assert line_of(told.output, "fires")[6:] == ["0", "2026-03-02", "12:00", "due"]
    assert line_of(told.output, "air")[1:] == ["0"] * 6 + ["-"]
    assert line_of(told.output, "email")[:7] == ["email", "2", "3", "3", "0", "0", "2"]
    assert "not sent: FAHSAI_SMTP_URL is not set" in told.output
    assert "example.org" not in told.output


def test_the_command_evaluates_and_sends_now(
    fahsai: Fahsai, fresh: Session, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    subscribe(fresh, Settings(home=home))
    for number in range(2):
        fire(fresh, f"f{number}", now - timedelta(hours=1))
    inbox = Inbox()

    with mail_server(inbox) as smtp:
        monkeypatch.setenv("FAHSAI_SMTP_URL", smtp)
        told = fahsai("alerts", "--evaluate", "--send")

    assert told.stdout.startswith(
        "1 rules evaluated, 1 events, 1 deliveries\n1 messages sent, 0 put off, 0 given up\n"
    )
    assert len(inbox.mails) == 1


def test_the_command_says_in_one_line_that_no_mail_server_answers(
    fahsai: Fahsai, fresh: Session, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_of_fires(fresh, Settings(home=home), 1)
    monkeypatch.setenv("FAHSAI_SMTP_URL", "smtp://127.0.0.1:1")

    told = fahsai("alerts", "--send")

    assert told.exit_code == 1
    assert "Error: email: the mail server cannot be reached" in told.output
