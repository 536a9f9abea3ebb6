"""Feeds of a province that anybody may read: there whether or not somebody subscribed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import etree

from geo_api.alerts.commands import standing
from geo_api.alerts.evaluation import evaluate
from geo_api.alerts.outbox import erase_ended
from geo_api.app import create_app
from geo_api.database.connections import Reads
from geo_api.database.prepared_statements import Session
from geo_api.settings import Settings
from layers.alerts.places import PROVINCE
from layers.alerts.rules import FOLLOWED, PUBLIC
from tests.geo_api.alerts.rows import fire
from tests.makers import box, province

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)
NS = {"a": "http://www.w3.org/2005/Atom"}
HERE, THERE = "74", "73"


@pytest.fixture
def client(fresh: Session, fresh_reads: Reads, settings: Settings) -> Iterator[TestClient]:
    """A browser, over a country of two provinces, of which one has as many fires as are told."""
    province(fresh, HERE)
    province(fresh, THERE, name_th="นครปฐม", wkt=box(99.5, 13.4, 99.99, 13.8))
    for number in range(5):
        fire(fresh, f"f{number}", NOW - timedelta(hours=1), lon=100.1 + number / 100)
    with TestClient(create_app(fresh_reads, settings)) as opened:
        yield opened


def feed(client: TestClient, code: str = HERE, rule: str = "fires", **headers: str) -> Any:
    return client.get(f"/alerts/feeds/{rule}/{code}.atom", headers=headers)


def texts(answer: Any, path: str) -> list[str]:
    return [str(one) for one in etree.fromstring(answer.content).xpath(path, namespaces=NS)]


def test_whoever_follows_a_province_reads_what_happened_there(
    fresh: Session, client: TestClient
) -> None:
    evaluate(fresh, NOW)

    here, there = feed(client), feed(client, THERE)

    assert (here.status_code, there.status_code) == (200, 200)
    assert here.headers["Content-Type"] == "application/atom+xml"
    assert here.headers["Cache-Control"] == "public, max-age=300"
    [title] = texts(here, "//a:entry/a:title/text()")
    assert title == "พบจุดความร้อน 5 จุดใน 24 ชั่วโมง อยู่ในไร่อ้อย 0 จุด (ดาวเทียม N20) · จังหวัดสมุทรสาคร"
    assert texts(here, "/a:feed/a:link[@rel='self']/@href")[0].endswith(here.url.path)
    assert texts(here, "/a:feed/a:link[@rel='alternate']/@href")[0].endswith(f"/provinces/{HERE}")
    assert texts(there, "//a:entry/a:id/text()") == []
    tag = here.headers["ETag"]
    assert feed(client, **{"If-None-Match": tag}).status_code == 304


def test_evaluated_again_nothing_is_added_and_nobody_s_outbox_has_any_of_it(
    fresh: Session, client: TestClient
) -> None:
    first, again = evaluate(fresh, NOW), evaluate(fresh, NOW, ["fires"])
    erase_ended(fresh, NOW + timedelta(days=99), timedelta(days=1))

    assert (first.events, first.deliveries, again.events) == (1, 0, 0)
    count = "SELECT count(*) FROM alert.subscription"
    assert fresh.rows(count, {}) == [(2 * len(FOLLOWED),)]
    found = standing(fresh, NOW)
    assert {row[1] for row in found.rules} == {0}
    assert list(found.ways) == []


def test_before_a_rule_was_evaluated_its_feed_tells_nothing(client: TestClient) -> None:
    found, again = feed(client), feed(client)

    assert (found.status_code, texts(found, "//a:entry/a:id/text()")) == (200, [])
    assert found.headers["ETag"] == again.headers["ETag"]


@pytest.mark.parametrize(
    ("rule", "code"), [("fires", "99"), ("complainants", HERE), ("none", HERE), ("fires", "x")]
)
def test_what_nobody_follows_has_no_feed(
    fresh: Session, client: TestClient, rule: str, code: str
) -> None:
    evaluate(fresh, NOW)

    assert feed(client, code, rule).status_code == 404


def test_no_feed_for_everybody_is_of_a_rule_that_names_a_factory() -> None:
    naming = {"certificate_expiring", "upwind_fires"}

    assert {rule.audience for rule in FOLLOWED} == {PUBLIC}
    assert all(PROVINCE in rule.places for rule in FOLLOWED)
    assert naming.isdisjoint(rule.name for rule in FOLLOWED)


def test_alerts_and_the_province_lead_to_its_feeds(fresh: Session, client: TestClient) -> None:
    evaluate(fresh, NOW)
    asked = client.get("/alerts", params={"kind": "province", "code": HERE, "lang": "en"}).text
    place = client.get(f"/provinces/{HERE}").text

    for rule in FOLLOWED:
        href = f'href="/alerts/feeds/{rule.name}/{HERE}.atom"'
        assert href in asked
        assert href in place.partition("</head>")[0]
        assert feed(client, HERE, rule.name).status_code == 200
