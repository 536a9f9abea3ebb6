"""A signed POST of JSON, by the convention of Standard Webhooks (standardwebhooks.com).

The receiver's owner says yes by the address in the first message, which only the receiver is told;
where they do, they are shown `signing_secret` once.
"""

import base64
import hmac
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from geo_api.alerts.receivers import BadReceiver, Unreachable, post, receiver
from geo_api.alerts.ways import Gone, PutOff, Refused, Send
from geo_api.features.cursors import cursor_secret
from geo_api.settings import Settings
from layers.alerts.messages import Line, Message
from layers.alerts.ways import BadAddress, Way
from layers.model import Text

CONFIRM, EVENTS = "alert.confirm", "alert.events"


class Webhook:
    """Declares the way; see geo_api/alerts/ways."""

    way = Way(
        "webhook",
        Text("เว็บฮุก", "Webhook"),
        "url",
        Text(
            "ที่อยู่ซึ่งรับ POST เช่น https://example.go.th/hook",
            "An address that takes POST, as https://example.go.th/hook",
        ),
    )

    def missing(self, settings: Settings) -> str | None:
        """See Sender."""
        return None

    def read(self, given: str) -> Mapping[str, str]:
        """See Sender."""
        try:
            return {"url": str(receiver(given))}
        except BadReceiver as problem:
            raise BadAddress(str(problem)) from problem

    @contextmanager
    def opened(self, settings: Settings) -> Iterator[Send]:
        """See Sender. A connection for each message, as each may go elsewhere."""
        secret, hosts = cursor_secret(settings), settings.alert_hosts

        def send(message: Message) -> None:
            body = json.dumps(content(message), ensure_ascii=False).encode()
            key = signing_secret(secret, message.manage_url)
            headers = signed(key, message.id, int(time.time()), body)
            try:
                status = post(receiver(message.address["url"]), body, headers, hosts)
            except BadReceiver as problem:
                raise Refused(str(problem)) from problem
            except Unreachable as problem:
                raise PutOff(str(problem)) from problem
            judge(status)

        yield send


def judge(status: int) -> None:
    """Raises Gone and PutOff for what is no success."""
    if status == 410:
        raise Gone("the receiver answered 410")
    if not 200 <= status < 300:
        raise PutOff(f"the receiver answered {status}")


def signing_secret(secret: bytes, manage_url: str) -> str:
    """By which a receiver knows that it is us: it follows from the service's secret and the
    subscriber's own token, which ends `manage_url`, and is not kept. Who only typed the receiver's
    address has neither."""
    token = manage_url.rpartition("/")[2]
    key = hmac.digest(secret, f"alert-webhook:{token}".encode(), "sha256")
    return f"whsec_{base64.b64encode(key).decode()}"


def signed(key: str, message: str, at: int, body: bytes) -> dict[str, str]:
    """The headers; `at` is in seconds since 1970."""
    # The id is signed with full stops between, and so has none.
    id = f"msg_{message.strip('<>').partition('@')[0]}"
    plain = f"{id}.{at}.".encode() + body
    digest = hmac.digest(base64.b64decode(key.removeprefix("whsec_")), plain, "sha256")
    return {
        "Content-Type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def content(message: Message) -> dict[str, Any]:
    """What is sent, docs/alerts.md has it for those who receive it."""
    data: dict[str, Any] = {"subject": message.subject, "text": _both(message.opening)}
    if message.confirm_url:
        data |= {"confirm_url": message.confirm_url, "about": [_line(one) for one in message.lines]}
        return {"type": CONFIRM, "data": data}
    data |= {
        "events": [_line(one) for one in message.lines],
        "manage_url": message.manage_url,
        "unsubscribe_url": message.unsubscribe_url,
    }
    return {"type": EVENTS, "timestamp": _last(message), "data": data}


def _last(message: Message) -> str:
    return max(one.observed_at for one in message.lines).isoformat()


def _line(line: Line) -> dict[str, Any]:
    return {
        "event": line.event,
        "rule": line.rule,
        "label": line.label,
        "place": _both(line.place),
        "why": _both(line.why),
        "said": _both(line.said),
        "value": line.value,
        "source": _both(line.source),
        "observed_at": line.observed_at.isoformat(),
        "caveat": _both(line.caveat),
        "map_url": line.map_url,
        "simulated": line.simulated,
    }


def _both(text: Text) -> dict[str, str]:
    return {"th": text.th, "en": text.en}


WAY = Webhook()
