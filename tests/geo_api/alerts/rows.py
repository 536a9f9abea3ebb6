"""Subscribers, fires and a mail server, for tests of alerts."""

import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from uuid import uuid4

from aiosmtpd.controller import Controller
from psycopg2.extensions import connection as Connection

from geo_api.accounts.sealing import Sealer
from geo_api.alerts.addresses import canonical, sealed_address
from geo_api.alerts.tokens import CONFIRM, MANAGE, address_hash, token, token_hash
from geo_api.features.cursors import cursor_secret
from geo_api.settings import Settings
from tests.makers import insert

POINT = ("point", "100.25,13.55", 5_000)


class Inbox:
    """What a mail server was given, and over which connections; `answers` are what it says to the
    next ones instead of 250. It may be asked several things at once, as most servers, or not."""

    def __init__(self, *, pipelining: bool = True) -> None:
        self.pipelining = pipelining
        self.mails: list[EmailMessage] = []
        self.connections: list[tuple[str, int]] = []
        self.answers: list[str] = []
        self.came = threading.Event()

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """aiosmtpd's."""
        session.host_name = hostname
        return [*responses[:-1], *["250-PIPELINING"] * self.pipelining, responses[-1]]

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """aiosmtpd's."""
        if self.answers and self.answers[0]:
            return self.answers.pop(0)
        del self.answers[:1]
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        self.connections.append(session.peer)
        self.came.set()
        return "250 OK"


class _OnSocket(Controller):
    listener: socket.socket

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self.listener)


@contextmanager
def mail_server(inbox: Inbox) -> Iterator[str]:
    """Its address; on a port that the kernel chose."""
    # asyncio sends small answers at once (TCP_NODELAY) only where the protocol is named.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    controller = _OnSocket(inbox, hostname="127.0.0.1", port=port)
    controller.listener = listener
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


def subscribe(
    connection: Connection,
    settings: Settings,
    rule: str = "fires",
    *,
    mail: str = "somebody@example.org",
    place: tuple[str, str, int] = POINT,
    parameters: dict[str, Any] | None = None,
    is_confirmed: bool = True,
    label: str = "",
    hours: Mapping[str, int] | None = None,
) -> str:
    """As the form does; the token by which it is managed."""
    secret, recipient, subscription = cursor_secret(settings), uuid4(), uuid4()
    address = {"address": mail}
    hashed = address_hash(secret, "email", canonical(address))
    confirm = token_hash(token(secret, CONFIRM, subscription)) or b""
    mine = token(secret, MANAGE, recipient)
    kind, code, radius_m = place
    asked = {
        "recipient": str(recipient),
        "subscription": str(subscription),
        "token_hash": (token_hash(mine) or b"").hex(),
        "confirm_hash": confirm.hex(),
        "way": "email",
        "needs_confirmation": True,
        "language": "th",
        "rule": rule,
        "parameters": parameters or {"least": 2, "land": "any"},
        "kind": kind,
        "code": code,
        "radius_m": radius_m,
        "label": label,
        **(hours or {}),
    }
    with connection.cursor() as cursor:
        sealed = sealed_address(Sealer(settings), address)
        values = (json.dumps(asked), hashed, sealed)
        cursor.execute("SELECT subscribe_to_alert(%s, %s, %s)", values)
        assert cursor.fetchone() == ("kept",)
        if is_confirmed:
            cursor.execute("SELECT confirm_alert(%s)", (confirm,))
            cursor.execute("UPDATE alert.delivery SET state = 'withdrawn' WHERE kind = 'confirm'")
    connection.commit()
    return mine


def fire(connection: Connection, id: str, at: Any, *, lon: float = 100.25, **values: Any) -> None:
    """One detection, committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', %(at)s, %(at)s)", {"at": at})
    given = {"lat": 13.55, "time_precision": "minute", "sources": ["firms"], "satellite": "N20"}
    insert(connection, "hotspot", id=id, acquired_at=at, lon=lon, **given, **values)
    connection.commit()
