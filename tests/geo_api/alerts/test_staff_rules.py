"""What only staff may know: told to the mail of the account, of the cases that it may see, as long
as it may."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from geo_api.alerts import subscribing_sql as sql
from geo_api.alerts.asking import read
from geo_api.alerts.evaluation import evaluate
from geo_api.alerts.outbox import deliver
from geo_api.alerts.simulated import subscribe_officers
from geo_api.database.prepared_statements import Session
from geo_api.settings import Settings
from layers.alerts.desk import Asked
from layers.alerts.places import PROVINCE, Place
from layers.alerts.rules import STAFF
from tests.geo_api.alerts.rows import Inbox, mail_server
from tests.makers import box, complaint, insert, province, staff_account

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)
HERE, THERE = "74", "73"  # two provinces beside each other
LON = {HERE: 100.25, THERE: 99.75}


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def mailing(fresh: Session, inbox: Inbox, settings: Settings) -> Iterator[Settings]:
    """Of a country of two provinces."""
    province(fresh, HERE)
    province(fresh, THERE, name_th="นครปฐม", wkt=box(99.5, 13.4, 99.99, 13.8))
    with mail_server(inbox) as url:
        yield replace(settings, smtp_url=url, public_url="https://fahsai.example.go.th")


def told(
    connection: Session, settings: Settings, account: int, scope: str, code: str = HERE
) -> str:
    """Asks that an account be told where five homes complain in a province; its mail."""
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT email FROM account WHERE id = %s", (account,))
        [(mail,)] = cursor.fetchall()
        asked = Asked("complainants", Place(PROVINCE, code), "email", mail)
        values = read(settings, asked, STAFF)
        cursor.execute(sql.KEEP, {**values, "account": account, "audience": STAFF, "scope": scope})
    return str(mail)


def homes(connection: Session, count: int, code: str = HERE, **more: Any) -> None:
    """Complaints of so many homes in a province, yesterday by default."""
    at = more.pop("at", "2026-03-01T05:00Z")
    for number in range(count):
        more_of_it = {"province_code": code, **more}
        name = f"{code} {at} {number} {len(more)}"
        complaint(connection, name, at, lon=LON[code] + number / 100, **more_of_it)
    connection.commit()


def sent(connection: Session, settings: Settings, inbox: Inbox) -> list[str]:
    """To whom, of what is found and due."""
    evaluate(connection, NOW)
    deliver(connection, settings, datetime.now(UTC) + timedelta(minutes=1))
    return [str(mail["To"]) for mail in inbox.mails]


def test_an_officer_is_told_by_the_mail_of_their_account(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    mail = told(fresh, mailing, staff_account(fresh), HERE)
    homes(fresh, 5)

    assert sent(fresh, mailing, inbox) == [mail]
    text = inbox.mails[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "5 homes, 5 complaints within 30 days" in text
    assert "จังหวัดสมุทรสาคร" in text
    assert "of a cause, or whose it is, it says nothing" in text
    assert "https://fahsai.example.go.th/staff" in text
    assert "100.25" not in text


def test_it_is_told_once_and_not_again_while_it_lasts(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    told(fresh, mailing, staff_account(fresh), HERE)
    homes(fresh, 5)
    sent(fresh, mailing, inbox)
    homes(fresh, 7, at="2026-03-01T09:00Z")

    assert len(sent(fresh, mailing, inbox)) == 1


def test_fewer_homes_than_five_are_told_to_nobody(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    told(fresh, mailing, staff_account(fresh), HERE)
    homes(fresh, 4)
    for number in range(3):  # of one home
        complaint(fresh, f"again-{number}", "2026-03-01T06:00Z", province_code=HERE)
    homes(fresh, 3, is_spam=True)

    assert sent(fresh, mailing, inbox) == []


def test_a_backlog_that_is_imported_today_is_none_of_today(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    told(fresh, mailing, staff_account(fresh), HERE)
    homes(fresh, 9, at="2025-11-01T05:00Z", received_at=NOW)

    assert sent(fresh, mailing, inbox) == []


def test_what_residents_sent_us_is_of_when_it_came(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    told(fresh, mailing, staff_account(fresh), HERE)
    homes(fresh, 5, at="2025-11-01T05:00Z", received_at=NOW, channel="form")

    assert len(sent(fresh, mailing, inbox)) == 1


def test_an_officer_learns_nothing_of_another_province_and_national_staff_of_all(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    told(fresh, mailing, staff_account(fresh), HERE, code=THERE)
    national = told(fresh, mailing, staff_account(fresh, "national"), "", code=THERE)
    homes(fresh, 5, THERE)

    assert sent(fresh, mailing, inbox) == [national]


@pytest.mark.parametrize(
    "change",
    ["disabled_at = now()", "role = 'analyst', province_code = NULL", "province_code = '73'"],
)
def test_who_may_not_know_it_any_more_is_not_sent_what_waits(
    fresh: Session, mailing: Settings, inbox: Inbox, change: str
) -> None:
    told(fresh, mailing, staff_account(fresh), HERE)
    homes(fresh, 5)
    assert evaluate(fresh, NOW).deliveries == 1
    with fresh, fresh.cursor() as cursor:
        cursor.execute(f"UPDATE account SET {change}")

    assert sent(fresh, mailing, inbox) == []
    assert fresh.rows("SELECT state FROM alert.delivery", {}) == [("withdrawn",)]


def test_simulated_officers_are_told_in_the_outbox_and_no_mail_leaves_the_machine(
    fresh: Session, mailing: Settings, inbox: Inbox
) -> None:
    officer = {"role": "officer", "province_code": HERE, "name": "เจ้าหน้าที่จำลอง"}
    insert(fresh, "account", email=f"officer-{HERE}@demo.example", **officer)
    homes(fresh, 5, source="demo")

    first, again = subscribe_officers(fresh, mailing), subscribe_officers(fresh, mailing)

    assert sent(fresh, mailing, inbox) == []
    assert first == again
    of_officers = "SELECT count(*) FROM alert.subscription WHERE account_id IS NOT NULL"
    assert fresh.rows(of_officers, {}) == [(3,)]
    assert fresh.rows("SELECT simulated FROM alert.event", {}) == [(True,)]
    assert fresh.rows("SELECT state, error FROM alert.delivery", {}) == [
        ("given_up", "nobody has an address that ends with .example")
    ]
