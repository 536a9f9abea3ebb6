"""Notifications of a browser, by the push service of who made it (RFC 8030).

What is said is encrypted for the browser alone (RFC 8291); that it is us who sends is signed with a
key of the service (VAPID, RFC 8292), which a browser is told when it subscribes.
"""

import base64
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import ECKey

from geo_api.alerts.push_key import public_bytes, signing_key
from geo_api.alerts.receivers import BadReceiver, Unreachable, post, receiver
from geo_api.alerts.ways import Gone, PutOff, Refused, Send
from geo_api.settings import Settings
from layers.alerts.messages import Message
from layers.alerts.ways import BadAddress, Way
from layers.model import Text

# Of Chrome and Edge on Android, Firefox, Edge on Windows, Safari. A browser of another maker needs
# FAHSAI_ALERT_HOSTS: else anybody could have us write to any address, without a question before.
SERVICES = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "notify.windows.com",
    "push.apple.com",
)
_MOST_BYTES = 3000  # of 3993 that fit into the one record of 4096 which every service takes
_KEPT_S = 86_400  # for a browser that is off meanwhile
_SIGNED_S = 12 * 3600  # RFC 8292: at most 24 h
_AUTH_BYTES = 16


class Push:
    """Declares the way; see geo_api/alerts/ways. The browser asks whether it is wanted."""

    way = Way(
        "push",
        Text("การแจ้งเตือนในเบราว์เซอร์", "Notifications of this browser"),
        "subscription",
        Text("เบราว์เซอร์ให้ไว้เมื่อคุณอนุญาต", "Given by the browser when you allow it"),
        needs_confirmation=False,
    )

    def missing(self, settings: Settings) -> str | None:
        """See Sender."""
        return None

    def read(self, given: str) -> Mapping[str, str]:
        """See Sender; `given` is PushSubscription.toJSON() of the browser (Push API, W3C)."""
        try:
            read = json.loads(given)
            keys = {name: str(read["keys"][name]).rstrip("=") for name in ("p256dh", "auth")}
            _point(keys["p256dh"])
            if len(decoded(keys["auth"])) != _AUTH_BYTES:
                raise ValueError("auth")
            return {"endpoint": str(receiver(str(read["endpoint"]))), **keys}
        except BadReceiver as problem:
            raise BadAddress(str(problem)) from problem
        except (ValueError, KeyError, TypeError) as problem:
            raise BadAddress(
                "a push subscription is needed, as the browser gives it: endpoint, keys.p256dh and"
                " keys.auth"
            ) from problem

    @contextmanager
    def opened(self, settings: Settings) -> Iterator[Send]:
        """See Sender. The signature for each service holds for half a day."""
        key, subject = signing_key(settings), _subject(settings)
        signed: dict[str, str] = {}

        def send(message: Message) -> None:
            endpoint = message.address["endpoint"]
            origin = "{0.scheme}://{0.netloc}".format(urlsplit(endpoint))
            if origin not in signed:
                signed[origin] = authorization(key, origin, subject, int(time.time()))
            headers = {
                "Authorization": signed[origin],
                "Content-Encoding": "aes128gcm",
                "Content-Type": "application/octet-stream",
                "TTL": str(_KEPT_S),
                "Urgency": "normal",
                # What is sent twice takes the place of the first, where that still waits.
                "Topic": message.id.strip("<>").partition("@")[0][:32],
            }
            body = encrypted(content(message), message.address)
            _judge(_posted(endpoint, body, headers, settings.alert_hosts))

        yield send


def content(message: Message) -> bytes:
    """What the service worker shows (map_site/static/push_sw.js), as JSON."""
    first = message.lines[0]
    more = len(message.lines) - 1
    parts = [first.said.th, first.place.th, first.said.en]
    if more:
        parts.append(f"และอีก {more} เรื่อง · and {more} more")
    text = "\n".join(parts)
    while True:
        told = {
            "title": message.subject,
            "body": text,
            "url": first.map_url,
            "manage": message.manage_url,
            "tag": message.id,
        }
        made = json.dumps(told, ensure_ascii=False).encode()
        if len(made) <= _MOST_BYTES or not text:
            return made
        text = text[: len(text) * 3 // 4]


def encrypted(plain: bytes, address: Mapping[str, str]) -> bytes:
    """For the browser alone, with a key that is made for this message."""
    body: bytes = http_ece.encrypt(
        plain,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=decoded(address["p256dh"]),
        auth_secret=decoded(address["auth"]),
        version="aes128gcm",
    )
    return body


def authorization(key: ECKey, origin: str, subject: str, at: int) -> str:
    """Who sends, to whom, and until when (RFC 8292); `at` is in seconds since 1970."""
    claims = {"aud": origin, "exp": at + _SIGNED_S, "sub": subject}
    token = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, key)
    return f"vapid t={token}, k={encoded(public_bytes(key))}"


def encoded(plain: bytes) -> str:
    """As base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _posted(
    endpoint: str, body: bytes, headers: Mapping[str, str], named_hosts: Sequence[str]
) -> int:
    try:
        to = receiver(endpoint)
        if (
            to.host not in named_hosts
            and not to.host.endswith(tuple(f".{one}" for one in SERVICES))
            and to.host not in SERVICES
        ):
            raise BadReceiver(f"no push service that is known: {to.host}")
        return post(to, body, headers, named_hosts)
    except BadReceiver as problem:
        raise Refused(str(problem)) from problem
    except Unreachable as problem:
        raise PutOff(str(problem)) from problem


def _judge(status: int) -> None:
    # RFC 8030 says 404 of what has expired, services say 410, too.
    if status in (404, 410):
        raise Gone(f"the push service answered {status}")
    if status in (400, 401, 403, 413):
        raise Refused(f"the push service answered {status}")
    if not 200 <= status < 300:
        raise PutOff(f"the push service answered {status}")


def _point(text: str) -> None:
    """Raises ValueError for what is no point of the curve."""
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(text))


def _subject(settings: Settings) -> str:
    """Whom the push service may write to (RFC 8292, section 2.1)."""
    contact = settings.contact or ""
    if contact.startswith("https://"):
        return contact
    return f"mailto:{contact}" if "@" in contact else "mailto:fahsai@localhost"


WAY = Push()
