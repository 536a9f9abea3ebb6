"""Webhooks as receivers get them, verified by the library of Standard Webhooks itself."""

import json
from pathlib import Path

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from geo_api.alerts.ways import Gone, PutOff, Refused, ways
from geo_api.alerts.ways.webhook import WAY, signing_secret
from geo_api.settings import Settings
from layers.alerts.ways import BadAddress
from tests.geo_api.alerts.messages import HOME, TOKEN, message
from tests.geo_api.alerts.receiving import Receiver, receiving

KEY = signing_secret(b"a secret of a test", f"{HOME}/alerts/{TOKEN}")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, secret="a secret of a test", alert_hosts=("127.0.0.1",))


def send(settings: Settings, to: Receiver, confirm_url: str | None = None) -> None:
    with WAY.opened(settings) as sent:
        sent(message(WAY.read(to.url), confirm_url=confirm_url))


def test_webhooks_are_a_way() -> None:
    assert ways()["webhook"] is WAY
    assert WAY.way.needs_confirmation


def test_a_receiver_knows_that_it_is_us_and_what_was_found(settings: Settings) -> None:
    with receiving() as to:
        send(settings, to)

    [got] = to.received
    told = Webhook(KEY).verify(got.body, dict(got.headers))
    assert told["type"] == "alert.events"
    assert told["data"]["unsubscribe_url"] == f"{HOME}/alerts/{TOKEN}/unsubscribe"
    [event] = told["data"]["events"]
    assert event["place"] == {"th": "เชียงใหม่", "en": "Chiang Mai"}
    assert event["said"]["th"] == "พบจุดความร้อน 9 จุด <b>"
    assert (event["value"], event["observed_at"]) == (9.0, "2026-03-01T06:30:00+00:00")
    assert event["map_url"] == f"{HOME}/provinces/50"
    assert {"why", "source", "caveat", "simulated"} <= event.keys()


def test_what_is_sent_twice_has_one_id(settings: Settings) -> None:
    with receiving() as to:
        send(settings, to)
        send(settings, to)

    first, second = to.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert "." not in first.headers["webhook-id"]


def test_what_was_changed_on_its_way_is_not_from_us(settings: Settings) -> None:
    with receiving() as to:
        send(settings, to)

    [got] = to.received
    changed = got.body.replace(b"9.0", b"1.0")
    assert changed != got.body
    with pytest.raises(WebhookVerificationError):
        Webhook(KEY).verify(changed, dict(got.headers))


def test_each_subscriber_has_a_secret_of_their_own() -> None:
    others = signing_secret(b"a secret of a test", f"{HOME}/alerts/{TOKEN[::-1]}")

    assert KEY.startswith("whsec_")
    assert others != KEY


def test_only_the_receiver_is_told_where_to_say_yes(settings: Settings) -> None:
    with receiving() as to:
        send(settings, to, f"{HOME}/alerts/confirm/{TOKEN}")

    told = json.loads(to.received[0].body)
    assert told["type"] == "alert.confirm"
    assert told["data"]["confirm_url"] == f"{HOME}/alerts/confirm/{TOKEN}"
    assert "manage_url" not in told["data"]


@pytest.mark.parametrize("status", [301, 400, 404, 429, 500, 503])
def test_what_is_not_taken_is_put_off(settings: Settings, status: int) -> None:
    with receiving() as to:
        to.status = status
        with pytest.raises(PutOff, match=str(status)):
            send(settings, to)


def test_410_says_that_nobody_receives_there_any_more(settings: Settings) -> None:
    with receiving() as to:
        to.status = 410
        with pytest.raises(Gone):
            send(settings, to)


def test_a_receiver_that_is_down_is_put_off_and_stops_no_other(settings: Settings) -> None:
    with receiving() as down:
        pass
    with pytest.raises(PutOff):
        send(settings, down)


def test_our_own_network_is_refused_for_good(tmp_path: Path) -> None:
    with receiving() as to, pytest.raises(Refused):
        send(Settings(home=tmp_path, secret="a secret of a test"), to)

    assert to.received == []


def test_an_address_without_tls_is_no_address() -> None:
    with pytest.raises(BadAddress, match="https://"):
        WAY.read("http://example.org/hook")
