"""Feeds, held against what RFC 4287 demands of them."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from lxml import etree

from geo_api.alerts.atom import MOST_ENTRIES, Entry, Feed, atom, etag
from geo_api.alerts.ways import ways
from layers.model import Text
from tests.geo_api.alerts.messages import HOME, LINE

NS = {"a": "http://www.w3.org/2005/Atom"}
BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:\S+")


def entries(count: int) -> list[Entry]:
    return [
        Entry(replace(LINE, event=number), BEGAN + timedelta(hours=number))
        for number in range(1, count + 1)
    ]


def feed(found: list[Entry]) -> bytes:
    return atom(
        Feed(
            name=TOKEN,
            title=Text("แจ้งเตือนของคุณ", "Your alerts"),
            home=HOME,
            self_url=f"{HOME}/api/alerts/{TOKEN}/feed.atom",
            page_url=f"{HOME}/alerts/{TOKEN}",
            since=BEGAN,
            entries=found,
        )
    )


def texts(body: bytes, path: str) -> list[str]:
    found = etree.fromstring(body).xpath(path, namespaces=NS)
    return [str(one) for one in found]


def test_a_feed_is_a_way_for_which_nothing_is_sent() -> None:
    assert ways()["feed"].way.asks is None


def test_a_feed_has_what_the_standard_demands() -> None:
    body = feed(entries(3))
    root = etree.fromstring(body)

    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for each in [root, *root.findall("a:entry", NS)]:
        for once in ("id", "title", "updated"):
            assert len(each.findall(f"a:{once}", NS)) == 1, once
        assert _TAG.fullmatch(each.findtext("a:id", namespaces=NS))
        assert _RFC3339.fullmatch(each.findtext("a:updated", namespaces=NS))
        alternates = [
            (one.get("type"), one.get("hreflang"))
            for one in each.findall("a:link[@rel='alternate']", NS)
        ]
        assert len(alternates) == len(set(alternates)) == 1
    assert texts(body, "/a:feed/a:author/a:name/text()") == ["ฟ้าใส Fahsai"]
    assert texts(body, "/a:feed/a:link[@rel='self']/@href") == [
        f"{HOME}/api/alerts/{TOKEN}/feed.atom"
    ]
    assert body.startswith(b"<?xml version='1.0' encoding='utf-8'?>")


def test_an_entry_says_why_what_whose_when_and_where() -> None:
    body = feed(entries(1))

    [said] = texts(body, "//a:entry/a:content/text()")
    for part in (LINE.why.th, LINE.said.th, LINE.source.en, LINE.caveat.en, LINE.map_url):
        assert part in said
    assert "2026-03-01T06:30:00Z" in said
    assert texts(body, "//a:entry/a:link/@href") == [LINE.map_url]


def test_ids_stay_when_more_is_found() -> None:
    before, after = feed(entries(2)), feed(entries(3))

    assert texts(before, "/a:feed/a:id/text()") == texts(after, "/a:feed/a:id/text()")
    assert texts(after, "//a:entry/a:id/text()")[1:] == texts(before, "//a:entry/a:id/text()")


def test_the_newest_is_first_and_makes_the_feed_new() -> None:
    body = feed(entries(3))

    updated = texts(body, "//a:entry/a:updated/text()")
    assert updated == sorted(updated, reverse=True)
    assert texts(body, "/a:feed/a:updated/text()") == updated[:1]


def test_a_feed_is_bounded_and_leaves_out_the_oldest() -> None:
    ids = texts(feed(entries(MOST_ENTRIES + 5)), "//a:entry/a:id/text()")

    assert len(ids) == MOST_ENTRIES
    assert ids[0].endswith(f"/{MOST_ENTRIES + 5}")


def test_an_event_of_two_subscriptions_is_one_entry() -> None:
    assert len(texts(feed(entries(1) * 2), "//a:entry/a:id/text()")) == 1


def test_an_empty_feed_is_valid_and_as_old_as_it_is() -> None:
    assert texts(feed([]), "/a:feed/a:updated/text()") == ["2026-03-01T00:00:00Z"]


def test_what_anybody_wrote_is_text_and_breaks_nothing() -> None:
    line = replace(LINE, place=Text("<script>&\x00\x0b]]>", "]]>"))
    body = feed([Entry(line, BEGAN)])

    [title] = texts(body, "//a:entry/a:title/text()")
    assert title.endswith("<script>&\ufffd\ufffd]]>")
    assert b"<script>" not in body


def test_simulated_events_say_so_in_their_title() -> None:
    [title] = texts(feed([Entry(replace(LINE, simulated=True), BEGAN)]), "//a:entry/a:title/text()")

    assert title.startswith("[ข้อมูลจำลอง")


def test_the_token_is_in_no_id() -> None:
    assert all(TOKEN not in one for one in texts(feed(entries(2)), "//a:id/text()"))


def test_the_etag_changes_with_what_is_found_alone() -> None:
    assert etag(feed(entries(2))) == etag(feed(entries(2)))
    assert etag(feed(entries(2))) != etag(feed(entries(3)))
