"""One asks to be told, confirms it, changes and ends it, on pages that need no script."""

import json
import re
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.alerts.tokens import CONFIRM, token
from geo_api.database.prepared_statements import Session
from geo_api.features.cursors import cursor_secret
from geo_api.settings import Settings
from tests.geo_api.alerts.test_push import Browser

ASKED = {
    "coordinates": "13.55, 100.25",
    "rule": "fires",
    "fires.least": "3",
    "way": "email",
    "address": "somchai@example.com",
}
NASTY = "</script><b onclick='x'>`${1}` {{7*7}} ไทย 🤢"


def asked(client: TestClient, **fields: str) -> Any:
    return client.post("/alerts", data={**ASKED, **fields}, follow_redirects=False)


def polygon(lon: float, lat: float, side: float) -> str:
    """A square of so many degrees, from its south-western corner."""
    east, north = lon + side, lat + side
    ring = [[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def questions(connection: Connection, settings: Settings) -> list[str]:
    """The tokens of the questions that wait to be sent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.uid FROM alert.delivery AS d JOIN alert.subscription AS s"
            " ON s.id = d.subscription_id WHERE d.kind = 'confirm' ORDER BY d.id"
        )
        return [token(cursor_secret(settings), CONFIRM, UUID(uid)) for (uid,) in cursor.fetchall()]


@pytest.fixture
def manage(client: TestClient, connection: Session, settings: Settings) -> str:
    """Where somebody manages what they confirmed."""
    asked(client)
    [question] = questions(connection, settings)
    answer = client.post(f"/alerts/confirm/{question}", follow_redirects=False)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_nothing_is_told_before_its_owner_said_yes(
    client: TestClient, connection: Session, settings: Settings
) -> None:
    answer = asked(client, label=NASTY)

    assert (answer.status_code, answer.headers["location"]) == (303, "/alerts?asked=1")
    [question] = questions(connection, settings)
    page = client.get(f"/alerts/confirm/{question}", params={"lang": "en"})
    assert "Point 100.25000,13.55000, within 5 km" in page.text
    assert NASTY not in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM live_alert_subscriptions()")
        assert cursor.fetchall() == [(0,)]


def test_whoever_asks_is_answered_the_same_whether_the_address_is_known(
    client: TestClient, manage: str
) -> None:
    known, unknown = asked(client, rule="air"), asked(client, address="mali@example.com")

    assert known.headers["location"] == unknown.headers["location"]
    assert known.content == unknown.content


def test_the_subscriber_sees_pauses_and_deletes_what_they_are_told(
    client: TestClient, manage: str
) -> None:
    page = client.get(manage, params={"lang": "en"}).text
    assert "Fires seen by satellite (At least 3 fires" in page
    assert "somchai" not in page
    [subscription] = re.findall(r'name="subscription" value="([0-9a-f-]+)"', page)

    client.post(manage, data={"subscription": subscription, "act": "pause"})
    assert "paused" in client.get(manage, params={"lang": "en"}).text
    client.post(manage, data={"subscription": subscription, "act": "delete"})

    assert "There are none" in client.get(manage, params={"lang": "en"}).text


def test_hours_are_kept_and_those_that_are_none_are_refused(
    client: TestClient, manage: str
) -> None:
    client.post(manage, data={"digest_hour": "7", "quiet_from": "", "quiet_to": ""})
    wrong = client.post(manage, data={"quiet_from": "22", "quiet_to": ""}, params={"lang": "en"})

    assert '<option value="7" selected>07:00</option>' in client.get(manage).text
    assert "both quiet hours, or none" in wrong.text


def test_a_mail_program_ends_all_by_one_click_and_a_look_at_the_page_ends_nothing(
    client: TestClient, manage: str
) -> None:
    client.get(f"{manage}/unsubscribe")
    assert "All are ended" not in client.get(manage, params={"lang": "en"}).text

    # RFC 8058: from anywhere, without a cookie or a header of ours.
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    one_click = {"List-Unsubscribe": "One-Click"}
    ended = client.post(f"{manage}/unsubscribe", data=one_click, headers=headers)

    assert ended.status_code == 200
    assert "All are ended" in client.get(manage, params={"lang": "en"}).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"address": "somchai"}, "an e-mail address is needed"),
        ({"coordinates": "north"}, "write latitude, longitude"),
        ({"coordinates": "", "province": "99"}, "there is no such place"),
        ({"fires.least": "0"}, "a whole number from 1 to 1000"),
        ({"radius": "1"}, "the radius must be from"),
        ({"rule": "complainants"}, "for staff alone"),
        ({"rule": "none"}, "no rule"),
        ({"way": "pigeon"}, "choose a way"),
        ({"digest_hour": "24"}, "hours are from 0 to 23"),
        ({"kind": "area", "code": "{}"}, "GeoJSON Polygon"),
        ({"area": "no JSON"}, "GeoJSON Polygon"),
        ({"area": polygon(100.0, 13.0, 1e999)}, "GeoJSON Polygon"),
        ({"area": polygon(100.0, 13.0, 0.1).replace("13.0]", "13.0, 5]")}, "GeoJSON Polygon"),
        ({"area": polygon(100.0, 13.0, 0.1).replace("100.0", "1" * 400)}, "GeoJSON Polygon"),
        ({"area": polygon(99.0, 14.0, 2.0)}, "of at most 25,000 km², or choose provinces"),
        ({"area": polygon(99.0, 14.0, 2.0)}, "this area has 47,770 km²"),
        ({"coordinates": ""}, "choose a province, or give a point or an area"),
        ({"radius": "0"}, "the radius must be from 500 to 50000 m"),
        ({"most_a_day": "0"}, "messages a day are from 1 to"),
        ({"label": "x\0y", "address": "a\0@b.c"}, "an e-mail address is needed"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_still_there(
    client: TestClient, fields: dict[str, str], said: str
) -> None:
    answer = client.post("/alerts", params={"lang": "en"}, data={**ASKED, **fields})

    assert answer.status_code == 422
    assert said in answer.text
    [(field, summary)] = re.findall(r'<li><a href="#([\w-]+)">([^<]+)</a></li></ul>', answer.text)
    assert said in summary or summary in answer.text
    assert f'id="{field}"' in answer.text


def test_no_way_is_chosen_that_is_not_set_up(client: TestClient) -> None:
    page = client.get("/alerts", params={"lang": "en"}).text
    [chosen] = re.findall(r'name="way" value="(\w+)" checked', page)

    assert "not sent yet: this service is not set up for it" in page
    assert chosen == "feed"


def test_an_area_of_ones_own_is_kept_where_it_is_in_the_country_and_not_too_large(
    client: TestClient, connection: Session, settings: Settings
) -> None:
    answer = asked(client, coordinates="", area=polygon(99.0, 14.0, 0.5))

    assert answer.headers["location"] == "/alerts?asked=1"
    [question] = questions(connection, settings)
    assert "Own area" in client.get(f"/alerts/confirm/{question}", params={"lang": "en"}).text


def test_a_browser_that_is_known_is_led_to_all_that_it_is_told_of(client: TestClient) -> None:
    subscription = Browser().subscription("https://fcm.googleapis.com/fcm/send/1")

    first, second = (
        asked(client, way="push", subscription=subscription, coordinates=at).headers["location"]
        for at in ("13.55, 100.25", "18.80, 98.98")
    )

    assert first == second
    assert client.get(second).text.count('name="subscription"') == 2


def test_a_feed_needs_no_address_and_is_fetched_by_its_own(client: TestClient) -> None:
    kept = asked(client, way="feed", address="")
    mine = kept.headers["location"]
    assert re.fullmatch(r"/alerts/[a-z2-7]{32}", mine)

    feed = client.get(f"{mine}/feed.atom")

    assert feed.headers["Content-Type"] == "application/atom+xml"
    assert feed.text.startswith("<?xml")
    for tag in (feed.headers["ETag"], f'"other", W/{feed.headers["ETag"]}'):
        again = client.get(f"{mine}/feed.atom", headers={"If-None-Match": tag})
        assert again.status_code == 304
    client.post(f"{mine}/unsubscribe")
    assert client.get(f"{mine}/feed.atom").status_code == 404


def test_a_webhook_s_owner_sees_what_it_is_signed_by(
    client: TestClient, connection: Session, settings: Settings
) -> None:
    asked(client, way="webhook", address="https://example.go.th/hook")
    [question] = questions(connection, settings)
    answer = client.post(f"/alerts/confirm/{question}", follow_redirects=False)

    assert "whsec_" in client.get(answer.headers["location"]).text


def test_a_token_of_nobody_leads_nowhere(client: TestClient) -> None:
    for path in ("/alerts/none", f"/alerts/{'a' * 32}", f"/alerts/confirm/{'b' * 32}"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404


def test_places_lead_to_their_alert(client: TestClient) -> None:
    page = client.get("/alerts", params={"kind": "country", "code": "", "lang": "en"}).text

    assert "<b>Thailand</b>" in page
    assert "A feed gone quiet" in page
    assert "Fires seen by satellite" not in page


@pytest.mark.parametrize("code", ["abc", "100", "1e400,2", "nan,nan", "100.5,13.7,9"])
def test_a_link_with_no_place_leads_to_the_form_without_one(client: TestClient, code: str) -> None:
    answer = client.get("/alerts", params={"kind": "point", "code": code})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("22P02", "because its numbers or its place cannot be computed with"),
        ("no_rule", "because there is no such alert any more"),
        ("42703", "because of an error of ours"),
    ],
)
def test_its_owner_sees_that_an_alert_cannot_be_evaluated_and_why(
    client: TestClient, connection: Session, manage: str, problem: str, said: str
) -> None:
    assert "cannot be evaluated" not in client.get(manage, params={"lang": "en"}).text
    with connection.cursor() as cursor:
        cursor.execute("UPDATE alert.watch SET rule = 'gone', problem = %s", (problem,))

    assert f"cannot be evaluated, {said}" in client.get(manage, params={"lang": "en"}).text
    assert "ประเมินไม่ได้ เพราะ" in client.get(manage).text
