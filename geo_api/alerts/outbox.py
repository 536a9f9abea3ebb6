"""Sends what is due in the outbox, by each way that can send.

A message is marked as sent, and that is committed, before the next one is begun: who is killed has
lost nothing, and at most the one message that was on its way is sent again. It then has the same
id as before. No mail server can do better: what it has taken it cannot be asked.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from geo_api.accounts.sealing import Sealer
from geo_api.alerts import outbox_sql as sql
from geo_api.alerts.addresses import address_of
from geo_api.alerts.composing import Composer, message_id
from geo_api.alerts.ways import Gone, PutOff, Refused, Send, Sender, WayDown, ways
from geo_api.database.prepared_statements import Session
from geo_api.features.cursors import cursor_secret
from geo_api.settings import Settings

_BATCH = 200  # recipients
_MOST_LINES = 40  # of a message; what is more is in the next
_DIGEST_HOUR = 7
MOST_ATTEMPTS = 8
_FIRST_BACKOFF, _LONGEST_BACKOFF = timedelta(minutes=5), timedelta(hours=6)


@dataclass
class Sent:
    """Messages that were taken, that are tried again later, and that were given up."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0

    def __str__(self) -> str:
        return f"{self.sent} messages sent, {self.put_off} put off, {self.given_up} given up"


@dataclass(frozen=True)
class Due:
    """What goes to one recipient as one message."""

    recipient: int
    uid: UUID
    sealed: bytes
    deliveries: tuple[int, ...]
    lines: tuple[Mapping[str, Any], ...]
    attempts: int

    def each(self) -> Iterator["Due"]:
        """Its events, each as a message of its own."""
        for delivery, line in zip(self.deliveries, self.lines, strict=True):
            yield replace(self, deliveries=(delivery,), lines=(line,))


def deliver(connection: Session, settings: Settings, now: datetime) -> Sent:
    """All that is due at `now` (UTC), by every way that can send; commits each message. Raises
    WayDown where nothing more can be sent by one, once the others have had their turn."""
    sent, down = Sent(), []
    for sender in ways().values():
        if sender.way.asks is not None and sender.missing(settings) is None:
            try:
                send_due(connection, settings, sender, now, sent)
            except WayDown as problem:
                down.append(f"{sender.way.name}: {problem}")
    if down:
        raise WayDown(f"{'; '.join(down)}; {sent}")
    return sent


def send_due(
    connection: Session, settings: Settings, sender: Sender, now: datetime, sent: Sent
) -> None:
    """What is due by one way, unless somebody else sends by it just now; counts in `sent`."""
    name = sender.way.name
    with _turn(connection, name) as is_ours:
        if not is_ours:
            return
        values = {"way": name, "now": now, "digest_hour": _DIGEST_HOUR}
        with connection.cursor() as cursor:
            cursor.execute(sql.WITHDRAW, values)
            cursor.execute(sql.PUT_OVER_LIMIT, values)
        waiting = _due(connection, name, now)
        first = next(waiting, None)
        if first is None:
            return
        with sender.opened(settings) as send:
            outbox = _Outbox(connection, settings, now, send, sent)
            outbox.send(first)
            for due in waiting:
                outbox.send(due)


def composer(settings: Settings) -> Composer:
    """What messages of this service are made by."""
    return Composer(home_url(settings), cursor_secret(settings))


def home_url(settings: Settings) -> str:
    """Where others reach the service, as far as it knows."""
    return settings.public_url or f"http://127.0.0.1:{settings.port}"


class _Outbox:
    def __init__(
        self, connection: Session, settings: Settings, now: datetime, send: Send, sent: Sent
    ) -> None:
        self._connection = connection
        self._sealer = Sealer(settings)
        self._composer = composer(settings)
        self._domain = urlsplit(home_url(settings)).hostname or "localhost"
        self._now, self._send, self._sent = now, send, sent

    def send(self, due: Due) -> None:
        """What cannot be composed is put off, and keeps nothing else from being sent. Raises
        WayDown."""
        id = message_id(due.deliveries, self._composer.secret, self._domain)
        try:
            address = address_of(self._sealer, due.sealed)
            message = self._composer.message(due.uid, due.lines, address, id)
        except Exception as problem:
            if len(due.deliveries) > 1:
                for alone in due.each():
                    self.send(alone)
            else:
                # What it says may be of somebody's address.
                error = f"it cannot be composed: {type(problem).__name__}"
                self._fail(due, error, may_again=True)
            return
        try:
            self._send(message)
        except PutOff as problem:
            self._fail(due, str(problem), may_again=True)
        except Refused as problem:
            self._fail(due, str(problem), may_again=False)
            if isinstance(problem, Gone):
                self._mark(sql.END, due, recipient=due.recipient)
        else:
            self._mark(sql.SENT, due, message=id, recipient=due.recipient)
            self._sent.sent += 1

    def _fail(self, due: Due, error: str, *, may_again: bool) -> None:
        may_again = may_again and due.attempts + 1 < MOST_ATTEMPTS
        again_at = self._now + backoff(due.attempts) if may_again else None
        self._mark(sql.FAILED, due, error=error[:500], again_at=again_at)
        self._sent.put_off += may_again
        self._sent.given_up += not may_again

    def _mark(self, statement: str, due: Due, **values: Any) -> None:
        given = {**values, "deliveries": list(due.deliveries), "now": self._now}
        with self._connection.cursor() as cursor:
            cursor.execute(statement, given)


def backoff(attempts: int) -> timedelta:
    """How long after so many earlier attempts it is tried again."""
    doubled: int = 2 ** min(attempts, 10)
    return min(_FIRST_BACKOFF * doubled, _LONGEST_BACKOFF)


def missing_settings(settings: Settings) -> str | None:
    """Which settings ways lack that they need to send; None where none does."""
    lacking = [one.missing(settings) for one in ways().values() if one.way.asks is not None]
    return "; ".join(filter(None, lacking)) or None


def erase_ended(connection: Session, now: datetime, after: timedelta) -> int:
    """Who ended it, or never said yes, longer ago than `after`, with all of it; how many."""
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.ERASE, {"before": now - after})
        erased = cursor.rowcount
        cursor.execute(sql.SWEEP_WATCHES)
        cursor.execute(sql.SWEEP_PLACES)
    return erased


def _due(connection: Session, way: str, now: datetime) -> Iterator[Due]:
    """In batches, each asked for once those before were sent."""
    after = 0
    while True:
        values = {"way": way, "now": now, "after": after, "most": _BATCH}
        rows = connection.rows(sql.DUE, values)
        if not rows:
            return
        for recipient, theirs in groupby(rows, lambda row: row[1]):
            yield from _messages(list(theirs))
            after = recipient + 1


def _messages(rows: list[tuple[Any, ...]]) -> Iterator[Due]:
    questions = [row for row in rows if row[5]["kind"] == "confirm"]
    events = [row for row in rows if row[5]["kind"] != "confirm"]
    parts = [[row] for row in questions]
    parts += [events[at : at + _MOST_LINES] for at in range(0, len(events), _MOST_LINES)]
    for part in parts:
        _, recipient, uid, sealed, *_ = part[0]
        yield Due(
            recipient,
            UUID(str(uid)),
            bytes(sealed),
            tuple(row[0] for row in part),
            tuple(row[5] for row in part),
            max(row[4] for row in part),
        )


@contextmanager
def _turn(connection: Session, way: str) -> Iterator[bool]:
    """Whether it is ours to send by the way; meanwhile nobody else's, and the connection commits
    each statement."""
    connection.commit()
    connection.autocommit = True
    try:
        [(is_ours,)] = connection.rows(sql.TRY_WAY, {"way": way})
        try:
            yield is_ours
        finally:
            if is_ours and not connection.closed:
                connection.rows(sql.LEAVE_WAY, {"way": way})
    finally:
        if not connection.closed:
            connection.autocommit = False
