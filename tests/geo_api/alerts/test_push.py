"""Notifications as a browser would read them: decrypted with its keys, signatures verified."""

import base64
import json
import os
import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import http_ece
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import ECKey

from geo_api.alerts import subscribing_sql as sql
from geo_api.alerts.asking import read
from geo_api.alerts.evaluation import evaluate
from geo_api.alerts.outbox import deliver
from geo_api.alerts.push_key import PUSH_KEY_FILE, public_bytes, signing_key
from geo_api.alerts.ways import Gone, PutOff, Refused, ways
from geo_api.alerts.ways.push import WAY, decoded, encoded
from geo_api.backup.secrets import SECRET_FILES
from geo_api.database.prepared_statements import Session
from geo_api.settings import Settings
from layers.alerts.desk import Asked
from layers.alerts.places import POINT, Place
from layers.alerts.rules import PUBLIC
from layers.alerts.ways import BadAddress
from layers.model import Text
from tests.geo_api.alerts.messages import HOME, LINE, message
from tests.geo_api.alerts.receiving import Received, Receiver, receiving
from tests.geo_api.alerts.rows import fire

_RAW = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


class Browser:
    """Its keys, and what it reads with them."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)

    def subscription(self, endpoint: str) -> str:
        keys = {
            "p256dh": encoded(self.key.public_key().public_bytes(*_RAW)),
            "auth": encoded(self.auth),
        }
        return json.dumps({"endpoint": endpoint, "expirationTime": None, "keys": keys})

    def read(self, got: Received) -> dict[str, str]:
        plain = http_ece.decrypt(
            got.body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"
        )
        told: dict[str, str] = json.loads(plain)
        return told


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, alert_hosts=("127.0.0.1",), contact="air@example.go.th")


def send(settings: Settings, to: Receiver, browser: Browser, lines: int = 1) -> None:
    address = WAY.read(browser.subscription(f"{to.url}/push/1"))
    with WAY.opened(settings) as sent:
        sent(message(address, lines=(LINE,) * lines))


def test_web_push_is_a_way_of_which_the_browser_asks() -> None:
    assert ways()["push"] is WAY
    assert not WAY.way.needs_confirmation


def test_the_browser_alone_reads_what_was_found(settings: Settings) -> None:
    browser, other = Browser(), Browser()
    with receiving() as service:
        send(settings, service, browser)

    [got] = service.received
    told = browser.read(got)
    assert told["title"].startswith("มีจุดความร้อนหลายจุด: เชียงใหม่")
    assert "พบจุดความร้อน 9 จุด" in told["body"]
    assert told["url"] == f"{HOME}/provinces/50"
    with pytest.raises(http_ece.ECEException):
        other.read(got)


def test_headers_are_those_of_the_standards(settings: Settings) -> None:
    with receiving() as service:
        send(settings, service, Browser())

    headers = service.received[0].headers
    assert headers["Content-Encoding"] == "aes128gcm"
    assert headers["TTL"] == "86400"
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers["Topic"])


def test_the_push_service_knows_who_sends(settings: Settings) -> None:
    with receiving() as service:
        send(settings, service, Browser())

    said = service.received[0].headers["Authorization"]
    token, key = re.fullmatch(r"vapid t=(\S+), k=(\S+)", said).groups()  # type: ignore[union-attr]
    assert decoded(key) == public_bytes(signing_key(settings))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(key))
    pem = point.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    claims = jwt.decode(token, ECKey.import_key(pem), algorithms=["ES256"]).claims
    assert claims["aud"] == service.url
    assert claims["sub"] == "mailto:air@example.go.th"
    assert time.time() < claims["exp"] <= time.time() + 86_400


def test_a_digest_of_many_long_lines_fits_into_one_record(settings: Settings) -> None:
    browser = Browser()
    with receiving() as service:
        address = WAY.read(browser.subscription(service.url))
        long = replace(LINE, said=Text("ไฟ" * 2000, "fire" * 2000))
        with WAY.opened(settings) as sent:
            sent(message(address, lines=(long,) * 40))

    [got] = service.received
    assert len(got.body) <= 4096
    assert browser.read(got)["body"].startswith("ไฟไฟ")


def test_the_key_is_made_once_for_its_owner_alone_and_is_backed_up(settings: Settings) -> None:
    first, second = signing_key(settings), signing_key(settings)

    path = settings.home / PUSH_KEY_FILE
    assert public_bytes(first) == public_bytes(second)
    assert path.stat().st_mode & 0o777 == 0o600
    assert PUSH_KEY_FILE in SECRET_FILES


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_unsubscribed_is_gone(settings: Settings, status: int) -> None:
    with receiving() as service:
        service.status = status
        with pytest.raises(Gone):
            send(settings, service, Browser())


@pytest.mark.parametrize(("status", "said"), [(403, Refused), (429, PutOff), (503, PutOff)])
def test_what_the_service_refuses_is_not_sent_again_and_what_it_cannot_take_is(
    settings: Settings, status: int, said: type[Exception]
) -> None:
    with receiving() as service:
        service.status = status
        with pytest.raises(said, match=str(status)):
            send(settings, service, Browser())


def test_nothing_is_sent_to_who_is_no_push_service(tmp_path: Path) -> None:
    address = WAY.read(Browser().subscription("https://fcm.googleapis.com.example.org/push"))
    with (
        WAY.opened(Settings(home=tmp_path)) as sent,
        pytest.raises(Refused, match="no push service"),
    ):
        sent(message(address))


@pytest.mark.parametrize(
    "given",
    [
        "",
        "[]",
        "{}",
        '{"endpoint": "https://fcm.googleapis.com/a", "keys": {"p256dh": "AA", "auth": "AA"}}',
        '{"endpoint": "https://fcm.googleapis.com/a", "keys": null}',
    ],
)
def test_what_no_browser_gives_is_no_address(given: str) -> None:
    with pytest.raises(BadAddress, match="push subscription"):
        WAY.read(given)


def test_an_endpoint_without_tls_is_no_address() -> None:
    with pytest.raises(BadAddress, match="https://"):
        WAY.read(Browser().subscription("http://fcm.googleapis.com/a"))


def test_one_subscription_is_the_same_with_padding_and_without() -> None:
    browser = Browser()
    given = json.loads(browser.subscription("https://fcm.googleapis.com/a"))
    padded = {
        **given,
        "keys": {**given["keys"], "auth": base64.urlsafe_b64encode(browser.auth).decode()},
    }

    assert WAY.read(json.dumps(padded)) == WAY.read(json.dumps(given))


def test_new_fires_reach_the_browser_that_subscribed(fresh: Session, settings: Settings) -> None:
    browser, now = Browser(), datetime(2026, 3, 2, 5, tzinfo=UTC)
    with receiving() as to:
        place = Place(POINT, "100.25,13.55", 5_000)
        subscription = browser.subscription(f"{to.url}/push/1")
        asked = Asked("fires", place, "push", subscription, {"least": "2"})
        with fresh:
            fresh.rows(sql.SUBSCRIBE, read(settings, asked, PUBLIC))
        for number in range(2):
            fire(fresh, f"f{number}", now - timedelta(hours=1))
        evaluate(fresh, now)
        deliver(fresh, settings, now)
        deliver(fresh, settings, now)

    [got] = to.received
    assert "2 detections within 24 hours" in browser.read(got)["body"]
