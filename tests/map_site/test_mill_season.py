"""A sugar mill's season on its page: what nobody declared is no 0, and the limit is drawn."""

from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from layers.reports.factory import MillHalf, MillSeason
from map_site.mill_season import mill_view
from tests.makers import factory, mill

EARLY = MillHalf(date(2025, 12, 1), date(2025, 12, 15), 9.5, "declared", 900, 100, 10.0, 15, 2)
LATE = replace(EARLY, first_day=date(2025, 12, 16), last_day=date(2025, 12, 31))
UNTOLD = replace(
    LATE, declared="not_declared", fresh_t=None, burnt_t=None, burnt_pct=None, days_told=0,
    days_above_cap=None,
)  # fmt: skip


def season(*halves: MillHalf, daily: float | None = 20, whole: float | None = 10) -> MillSeason:
    return MillSeason(2025, halves, daily, whole)


def test_the_sentence_says_what_was_declared_and_the_limits_of_that_season() -> None:
    shown = mill_view(season(EARLY, replace(LATE, burnt_t=300, fresh_t=700)), "th")

    assert shown is not None
    assert shown.said == (
        "ฤดูหีบ 2568/69 ถึง 31 ธ.ค. 2568 โรงงานแจ้งอ้อยไฟไหม้ 20 % ของอ้อยที่แจ้งเป็นตัน"
        " (แจ้ง 2 จาก 2 ครึ่งเดือน) เพดานทั้งฤดูคือ 10 % แจ้งเกินเพดานรายวัน 4 จาก 30 วันที่แจ้งเป็นรายวัน"
    )
    assert "เพดานรายวัน 20 %" in shown.declared


def test_a_half_of_a_month_that_was_not_declared_is_hatched_and_a_dash() -> None:
    shown = mill_view(season(EARLY, UNTOLD), "en")

    assert shown is not None
    assert shown.declared.count("chart-bar-this") == 1
    assert shown.declared.count("chart-bar-unknown") == 1
    assert shown.fires.count("chart-bar-this") == 2
    assert shown.rows[0] == ("16 Dec – 31 Dec", "–", "Not declared", "9.5")
    assert "for 1 of 2 half-months" in shown.said


def test_a_half_of_a_month_that_is_not_over_is_drawn_open() -> None:
    shown = mill_view(season(EARLY, replace(LATE, last_day=date(2025, 12, 20))), "en")

    assert shown is not None
    assert shown.fires.count("chart-bar-this") == shown.fires.count("chart-bar-part") == 1


def test_a_mill_that_declared_nothing_is_not_at_zero() -> None:
    shown = mill_view(season(UNTOLD, daily=None, whole=None), "en")

    assert shown is not None
    assert "did not declare burnt cane, which is not 0" in shown.said
    assert "No limit of this season is known" in shown.said
    assert "limit" not in shown.declared


@pytest.mark.parametrize(("language", "title"), [("th", "ฤดูหีบนี้"), ("en", "this crushing season")])
def test_the_page_of_a_mill_has_its_season_and_that_of_other_works_none(
    connection: Connection, client: TestClient, language: str, title: str
) -> None:
    mill(connection, "sugar")
    factory(connection, "other")

    page = client.get(f"/factories/sugar?day=2026-03-02&lang={language}").text

    assert title in page and "/methods" in page
    assert title not in client.get(f"/factories/other?day=2026-03-02&lang={language}").text
