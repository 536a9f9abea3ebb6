"""From a new fire to the mail that says so: evaluated once, told once, and nothing lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from geo_api.accounts.commands import owner_writes
from geo_api.accounts.contacts import seal_all_again
from geo_api.accounts.sealing import Sealer
from geo_api.alerts.addresses import address_of
from geo_api.alerts.evaluation import due_rules, evaluate
from geo_api.alerts.outbox import MOST_ATTEMPTS, backoff, deliver, erase_ended
from geo_api.alerts.tokens import token_hash
from geo_api.alerts.ways import WayDown
from geo_api.database.prepared_statements import Session
from geo_api.settings import Settings
from layers.alerts.rules import RULES, STAFF
from tests.geo_api.alerts.rows import Inbox, fire, mail_server, subscribe

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)  # noon in Thailand
HOUR = timedelta(hours=1)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def mailing(inbox: Inbox, settings: Settings) -> Iterator[Settings]:
    with mail_server(inbox) as url:
        yield replace(settings, smtp_url=url, public_url="https://fahsai.example")


def asked(connection: Session, statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = [row[0] for row in cursor.fetchall()]
    connection.commit()
    return rows


def states(connection: Session) -> list[str]:
    return asked(connection, "SELECT state FROM alert.delivery WHERE kind = 'event' ORDER BY id")


def two_fires(connection: Session, at: datetime = NOW - HOUR) -> None:
    for number in range(2):
        fire(connection, f"{at:%d%H}-{number}", at)


def test_enough_fires_are_told_once_with_why_and_where(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    mine = subscribe(fresh, mailing, label="บ้าน </script> 🔥\r\nBcc: other@example.org")
    two_fires(fresh)

    first, again = evaluate(fresh, NOW), evaluate(fresh, NOW + HOUR)
    deliver(fresh, mailing, NOW)
    deliver(fresh, mailing, NOW)

    assert (first.events, first.deliveries, again.events) == (1, 1, 0)
    [mail] = inbox.mails
    assert mail["To"] == "somebody@example.org"
    assert mail["Bcc"] is None
    assert "บ้าน </script> 🔥 Bcc: other@example.org" in mail["Subject"]
    end = f"https://fahsai.example/alerts/{mine}/unsubscribe"
    assert mail["List-Unsubscribe"].strip() == f"<{end}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    for said in ("พบจุดความร้อน 2 จุด", "2 detections", "NASA FIRMS", "2026-03-02 11:00 น.", end):
        assert said in text
    assert "</script>" not in html
    assert "&lt;/script&gt; 🔥" in html


def test_what_fell_is_armed_again_and_what_lasts_is_told_after_its_time(
    fresh: Session, settings: Settings
) -> None:
    subscribe(fresh, settings)
    two_fires(fresh)
    evaluate(fresh, NOW)
    again_after = RULES["fires"].again_after or timedelta()

    calm = evaluate(fresh, NOW + timedelta(days=1, hours=1), ["fires"])
    two_fires(fresh, NOW + timedelta(days=1, hours=2))
    renewed = evaluate(fresh, NOW + timedelta(days=1, hours=3), ["fires"])
    two_fires(fresh, NOW + timedelta(days=1) + again_after)
    lasting = evaluate(fresh, NOW + timedelta(days=1, hours=3) + again_after, ["fires"])

    assert (calm.events, renewed.events, lasting.events) == (0, 1, 1)


def test_hot_works_and_fires_elsewhere_are_not_counted(fresh: Session, settings: Settings) -> None:
    subscribe(fresh, settings)
    fire(fresh, "a", NOW - HOUR)
    fire(fresh, "works", NOW - HOUR, heat_source="industrial_static")
    fire(fresh, "far", NOW - HOUR, lon=100.31)  # 6.5 km
    fire(fresh, "old", NOW - 25 * HOUR)

    assert evaluate(fresh, NOW).events == 0


def test_a_rule_is_due_where_data_changed_or_somebody_subscribed_or_time_went_on(
    fresh: Session, settings: Settings
) -> None:
    assert due_rules(fresh, NOW) == []
    subscribe(fresh, settings)
    assert due_rules(fresh, NOW) == ["fires"]
    evaluate(fresh, NOW)
    assert due_rules(fresh, NOW + HOUR) == []
    fire(fresh, "a", NOW)
    assert due_rules(fresh, NOW + HOUR) == ["fires"]
    evaluate(fresh, NOW + HOUR)
    assert due_rules(fresh, NOW + 5 * HOUR) == ["fires"]


@pytest.mark.parametrize("rule", [one for one in RULES if RULES[one].audience != STAFF])
def test_every_rule_for_everybody_can_be_evaluated(
    fresh: Session, settings: Settings, rule: str
) -> None:
    place = (
        ("country", "TH", 0) if "country" in RULES[rule].places else ("point", "100.25,13.55", 9)
    )
    given = {one.name: one.default for one in RULES[rule].parameters}
    subscribe(fresh, settings, rule, place=place, parameters=given)

    assert evaluate(fresh, NOW).rules == 1


def test_nobody_is_told_before_they_said_yes_and_is_asked_so(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    subscribe(fresh, mailing, is_confirmed=False)
    two_fires(fresh)

    evaluated = evaluate(fresh, NOW)
    deliver(fresh, mailing, datetime.now(UTC) + HOUR)

    assert evaluated.events == 0
    [mail] = inbox.mails
    assert "https://fahsai.example/alerts/confirm/" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_who_types_an_address_again_and_again_has_it_asked_three_times_a_day(
    fresh: Session, settings: Settings
) -> None:
    for number in range(6):
        place = ("point", f"100.25,13.{number}", 5_000)
        subscribe(fresh, settings, place=place, is_confirmed=False)

    assert asked(fresh, "SELECT count(*) FROM alert.delivery") == [3]


def test_a_rule_for_staff_is_refused_to_everybody_else(fresh: Session, settings: Settings) -> None:
    for_staff = asked(
        fresh, "SELECT r FROM unnest(%s) AS r WHERE alert_rule_is_for_staff(r)", list(RULES)
    )

    assert for_staff == [name for name, rule in RULES.items() if rule.audience == STAFF]


def test_who_ended_it_is_sent_nothing_more_and_forgotten(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    mine = subscribe(fresh, mailing)
    two_fires(fresh)
    evaluate(fresh, NOW)

    assert asked(fresh, "SELECT end_alerts(%s)", token_hash(mine)) == [True]
    deliver(fresh, mailing, NOW)
    erased = erase_ended(fresh, datetime.now(UTC) + 2 * HOUR, HOUR)

    assert (inbox.mails, erased) == ([], 1)
    for table in ("recipient", "subscription", "delivery", "watch", "place"):
        assert asked(fresh, f"SELECT count(*) FROM alert.{table}") == [0]


@pytest.mark.parametrize(
    ("hours", "due"),
    [
        ({}, NOW),
        ({"digest_hour": 7}, NOW + 19 * HOUR),
        ({"digest_hour": 12}, NOW),
        ({"quiet_from": 21, "quiet_to": 6}, NOW),
        ({"quiet_from": 11, "quiet_to": 14}, NOW + 2 * HOUR),
        ({"quiet_from": 22, "quiet_to": 13}, NOW + HOUR),
    ],
)
def test_one_is_told_at_once_or_at_ones_hour_in_thai_time(
    fresh: Session, settings: Settings, hours: dict[str, int], due: datetime
) -> None:
    subscribe(fresh, settings, hours=hours)
    two_fires(fresh)
    evaluate(fresh, NOW)

    assert asked(fresh, "SELECT due_at FROM alert.delivery WHERE kind = 'event'") == [due]


def test_what_is_over_the_days_limit_comes_in_one_digest(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    for number in range(3):
        subscribe(fresh, mailing, place=("point", "100.25,13.55", 4_000 + number))
    asked(
        fresh,
        "UPDATE alert.recipient SET most_a_day = 1, sent_that_day = 1,"
        " sent_on = '2026-03-02' RETURNING 1",
    )
    two_fires(fresh)
    evaluate(fresh, NOW)

    deliver(fresh, mailing, NOW)
    before = len(inbox.mails)
    deliver(fresh, mailing, NOW + 19 * HOUR)

    assert before == 0
    [digest] = inbox.mails
    assert "3 alerts" in digest["Subject"]
    assert states(fresh) == ["sent"] * 3


def test_a_mail_that_is_put_off_is_tried_later_and_given_up_in_the_end(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    subscribe(fresh, mailing)
    two_fires(fresh)
    evaluate(fresh, NOW)
    inbox.answers = ["451 later"] * MOST_ATTEMPTS

    at = NOW
    seen = []
    for attempt in range(MOST_ATTEMPTS):
        deliver(fresh, mailing, at)
        seen += states(fresh)
        deliver(fresh, mailing, at + backoff(attempt) - timedelta(seconds=1))
        at += backoff(attempt)

    assert seen == ["waiting"] * (MOST_ATTEMPTS - 1) + ["given_up"]
    assert inbox.answers == []
    assert asked(fresh, "SELECT error FROM alert.delivery WHERE kind = 'event'") == [
        "the mail server answered 451"
    ]


def test_a_mail_that_is_refused_is_given_up_and_those_after_it_are_sent(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    for name in ("a", "b"):
        subscribe(fresh, mailing, mail=f"{name}@example.org")
    two_fires(fresh)
    evaluate(fresh, NOW)
    inbox.answers = ["550 nobody here"]

    deliver(fresh, mailing, NOW)

    assert states(fresh) == ["given_up", "sent"]


def test_without_its_server_all_waits_and_no_attempt_is_counted(
    fresh: Session, settings: Settings
) -> None:
    subscribe(fresh, settings)
    two_fires(fresh)
    evaluate(fresh, NOW)

    with pytest.raises(WayDown, match="cannot be reached"):
        deliver(fresh, replace(settings, smtp_url="smtp://127.0.0.1:1"), NOW)

    assert states(fresh) == ["waiting"]
    assert asked(fresh, "SELECT attempts FROM alert.delivery WHERE kind = 'event'") == [0]


def test_addresses_are_sealed_again_with_the_contacts(
    fresh: Session, fresh_url: str, settings: Settings, home: Path
) -> None:
    own = replace(settings, home=home)
    subscribe(fresh, own)
    sealer = Sealer(own)
    for _ in range(3):  # the last but one key is kept, and none before
        sealer.add_key()
        with owner_writes(fresh_url) as owner:
            assert seal_all_again(owner, sealer) == 1

    [sealed] = asked(fresh, "SELECT sealed FROM alert.recipient")
    assert address_of(sealer, bytes(sealed)) == {"address": "somebody@example.org"}


def around_the_checks(connection: Session, statement: str, *values: Any) -> None:
    with connection, connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_watch_that_cannot_be_evaluated_is_noted_and_the_others_are_told(
    fresh: Session, settings: Settings
) -> None:
    for number in range(5):
        subscribe(fresh, settings, place=("point", f"100.2{number},13.55", 9_000))
    set_least = "UPDATE alert.watch SET parameters = parameters || %s WHERE id = ANY (%s)"
    around_the_checks(fresh, set_least, '{"least": "many"}', [2, 5])
    two_fires(fresh)

    evaluated = evaluate(fresh, NOW)

    assert (evaluated.rules, evaluated.events, evaluated.deliveries) == (1, 3, 3)
    assert str(evaluated).endswith(
        "cannot be evaluated: 2 watches of fires (22P02 InvalidTextRepresentation)"
    )
    noted = "SELECT coalesce(problem, '') FROM alert.watch ORDER BY id"
    assert asked(fresh, noted) == ["", "22P02", "", "", "22P02"]
    assert due_rules(fresh, NOW + HOUR) == []

    around_the_checks(fresh, set_least, '{"least": 2}', [2])
    assert evaluate(fresh, NOW + HOUR, ["fires"]).events == 1
    assert asked(fresh, noted) == ["", "", "", "", "22P02"]


def test_a_rule_that_cannot_be_evaluated_is_noted_and_the_others_are(
    fresh: Session, settings: Settings
) -> None:
    subscribe(fresh, settings, "air", parameters={"hours": 1})
    subscribe(fresh, settings, "fires")
    subscribe(fresh, settings, "withdrawn")
    two_fires(fresh)
    around_the_checks(fresh, "ALTER VIEW published.air_quality RENAME COLUMN pm25_24h TO other")

    evaluated = evaluate(fresh, NOW)

    assert (evaluated.rules, evaluated.events) == (1, 1)
    assert evaluated.problems == (
        "1 watches of withdrawn (no_rule)",
        "air (42703 UndefinedColumn)",
    )
    assert asked(fresh, "SELECT rule FROM alert.watch WHERE problem IS NOT NULL ORDER BY rule") == [
        "air",
        "withdrawn",
    ]
    assert due_rules(fresh, NOW + HOUR) == ["air"]
