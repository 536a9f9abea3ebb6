"""The brief as text: sentences, rows and comparisons are made of the same numbers."""

import re
from dataclasses import replace
from datetime import date

import pytest

from layers.reports.measures import Base, Comparison, Measure, State
from map_site.brief import BriefChoice, brief_view
from map_site.brief_map import legend, map_data, steps_of
from map_site.measures import change
from map_site.rendering import Words, render
from map_site.sentences import sentences
from map_site.steps import Steps, of_counts
from map_site.words import words
from tests.map_site.made_reports import brief, freshness, measures, province


def page(language: str = "th", report: object = None, **choice: str) -> str:
    report = report or brief()
    view = brief_view(report, BriefChoice.of(choice), language)  # type: ignore[arg-type]
    named = {"section": "brief", "map_html": "", "map_script": "", "simulated": True, "style": ""}
    return render("brief.html", language, "/", **named, **view)


def ranked(html: str) -> list[str]:
    return re.findall(r'<tr id="row-(\d+)"', html)


def test_the_sentences_say_the_numbers_of_the_table() -> None:
    said = sentences(brief(), Words("th"), "th").striptags()

    assert "พบจุดความร้อน 120 จุดใน 24 ชั่วโมง มากกว่าค่าเฉลี่ย 7 วันก่อน 27 %" in said
    assert "ส่วนใหญ่ในพื้นที่ป่าและอ้อย มากที่สุดที่กาฬสินธุ์ 15 จุด" in said
    assert "ฝุ่น PM2.5 เกินมาตรฐาน 8 จาก 30 สถานี สูงสุดที่เชียงราย 99 µg/m³" in said
    assert "โรงงาน 10 แห่งมีไฟอยู่เหนือลม 6 แห่งอยู่ที่พระนครศรีอยุธยา" in said
    assert "<b>120</b> <small>จุด กลางคืน 40</small>" in page()


def test_one_place_that_has_them_all_is_named_without_a_number() -> None:
    alone = replace(measures()["upwind"], value=6)

    said = sentences(brief(measures=measures() | {"upwind": alone}), Words("th"), "th")

    assert "โรงงาน 6 แห่งมีไฟอยู่เหนือลม ที่พระนครศรีอยุธยา" in said.striptags()


def test_factories_that_nobody_could_judge_are_said_beside_those_without_fire_upwind() -> None:
    calm = replace(measures()["upwind"], value=0, beside={"operating": 130, "not_judged": 42})
    report = brief(measures=measures() | {"upwind": calm})

    said = sentences(report, Words("th"), "th").striptags()

    assert "ไม่พบโรงงานที่มีไฟอยู่เหนือลม อีก 42 แห่งมีไฟใกล้แต่ไม่ทราบลม" in said
    assert "42 more: no wind known" in page("en", report)


@pytest.mark.parametrize(
    ("number", "link"),
    [
        ("hotspots", "/maps/burning?from=2026-03-02&amp;to=2026-03-02&amp;province=57"),
        ("air", "/maps/air?from=2026-03-02&amp;to=2026-03-02&amp;province=57"),
        ("complaints", "/maps/complaints?period=2026-02-01"),
        ("green", "/maps/green?province=57"),
    ],
)
def test_the_map_of_a_number_is_a_click_away_at_the_same_time(number: str, link: str) -> None:
    assert f'id="open-theme" href="{link}"' in page(number=number, province="57")


def test_no_fire_and_no_data_of_fires_are_said_apart() -> None:
    def said(**changed: object) -> str:
        hotspots = replace(measures()["hotspots"], **changed)  # type: ignore[arg-type]
        report = brief(measures=measures() | {"hotspots": hotspots})
        return str(sentences(report, Words("en"), "en").striptags())

    assert said(value=0).startswith("The satellites saw no hotspot in 24 hours.")
    assert said(value=None, state=State.NEVER_LOADED).startswith("No hotspot data of this day yet.")


def test_a_late_feed_withholds_its_comparison_and_says_since_when() -> None:
    late = replace(measures()["air"], state=State.LATE)
    report = brief(
        measures=measures() | {"air": late}, freshness=(freshness("air_stations", stale=True),)
    )

    html = page("en", report)

    cell = html[html.index('id="number-air"') : html.index('id="number-complaints"')]
    assert "late: not compared" in cell and "mean of 7 days" not in cell
    assert "nothing new since 2 Mar 2026 02:02" in html


def test_a_late_number_its_legend_and_its_card_name_the_day_they_are_of() -> None:
    late = replace(measures()["hotspots"], state=State.LATE, comparisons=())
    report = brief(
        day=date(2026, 3, 3),
        measures=measures() | {"hotspots": late},
        freshness=(freshness(stale=True, last_day=date(2026, 3, 2)),),
    )

    html = page("en", report)

    cell = html[html.index('id="number-hotspots"') : html.index('id="number-air"')]
    assert "of 2 Mar 2026" in cell
    assert "none on 2 Mar 2026</span>" in html[html.index('class="map-legend"') :]
    assert "of 2 Mar 2026" not in page("en", replace(report, day=date(2026, 3, 2)))


def test_hotspots_that_are_not_known_have_no_zeros_by_land_use() -> None:
    unseen = Measure("hotspots", State.NOT_SEEN, None)

    html = page("en", brief(measures=measures() | {"hotspots": unseen}))

    cell = html[html.index('id="number-hotspots"') : html.index('id="number-air"')]
    assert "Sugarcane" not in cell
    assert "Sugarcane" in page("en")


def test_rows_sort_by_the_number_that_is_chosen_and_unknown_ones_come_last() -> None:
    assert ranked(page()) == ["46", "57", "50", "14", "35"]
    assert ranked(page(number="air")) == ["57", "50", "46", "14", "35"]
    assert ranked(page(number="complaints")) == ["14", "46", "57", "50", "35"]
    assert ranked(page(region="north")) == ["57", "50"]


def test_a_pinned_province_rises_and_keeps_its_rank() -> None:
    html = page(province="14")

    assert ranked(html)[0] == "14"
    assert re.search(r'<tr id="row-14" class="pinned">\s*<td>4</td>', html)
    assert 'href="/provinces/14"' in html


def test_a_rate_of_few_factories_is_not_told() -> None:
    few = brief(provinces=(province(factories=14, certified=7), province("57", factories=15)))

    html = page("en", few, number="green")

    row = html[html.index('id="row-46"') :]
    assert "50 %" not in row and "fewer than 15" in row
    assert ranked(html) == ["57", "46"]


def test_provinces_alike_stand_in_the_order_of_their_names_on_the_map_as_well() -> None:
    made = [
        province(code, name, hotspots=3)
        for code, name in (("10", "น่าน"), ("11", "เลย"), ("12", "ตาก"))
    ]
    report = brief(provinces=tuple(made))

    labelled = map_data(report, "hotspots", None, "th", steps_of(report, "hotspots"))["labelled"]

    assert ranked(page(report=report)) == labelled == ["12", "10", "11"]


def test_a_share_is_the_same_number_in_the_table_and_on_the_map() -> None:
    report = brief(provinces=(province(factories=49, certified=12),))

    areas = map_data(report, "green", None, "th", steps_of(report, "green"))["areas"]

    assert areas["46"]["label"] == "24.5"
    assert "24.5 %" in page(report=report, number="green")


def test_an_unknown_choice_of_the_address_is_as_none() -> None:
    assert BriefChoice.of({"number": "x", "region": "y"}) == BriefChoice()


@pytest.mark.parametrize(
    ("value", "base", "kind", "amount"),
    [
        (120, 94.7, "worse", "27 %"),
        (8, 5.3, "worse", "2.7"),
        (10, 12, "better", "2"),
        (5, 5, "same", ""),
        (5, None, "unknown", "–"),
        (None, 5, "unknown", "–"),
        (20, 0, "worse", "20"),
    ],
)
def test_a_small_base_gives_a_count_and_not_a_percentage(
    value: float | None, base: float | None, kind: str, amount: str
) -> None:
    told = change(Comparison(Base.DAYS_BEFORE, value, base), False, "th")

    assert (told["kind"], told["amount"]) == (kind, amount)


def test_more_certificates_are_for_the_better() -> None:
    assert change(Comparison(Base.YEAR_BEFORE, 533, 265), True, "th")["kind"] == "better"


@pytest.mark.parametrize(
    ("highest", "lows"),
    [
        (0, (1, 3, 6, 10, 15)),
        (30, (1, 3, 6, 10, 15)),
        (31, (1, 6, 12, 20, 30)),
        (400, (1, 60, 120, 200, 300)),
    ],
)
def test_steps_of_counts_widen_with_the_highest(highest: int, lows: tuple[float, ...]) -> None:
    assert of_counts([highest, None, 1]).lows == lows


def test_a_reading_is_of_the_class_that_its_first_decimal_says() -> None:
    steps = steps_of(brief(), "air")

    assert [steps.step(value) for value in (0, 15.0, 15.04, 15.1, 37.5, 37.6, 75.1)] == [
        *(1, 1, 1, 2, 3, 4, 5)
    ]
    assert Steps((1, 3)).step(None) is None


def test_the_legend_counts_every_province_once() -> None:
    report = brief()

    told = legend(report, "hotspots", steps_of(report, "hotspots"), Words("th"))

    assert sum(found for *_, found in told["lines"]) + told["zero"] + told["unknown"] == 5
    assert (told["zero"], told["unknown"]) == (1, 1)


def test_the_page_has_no_style_or_script_of_its_own_within() -> None:
    html = page()

    assert "style=" not in html and re.findall(r"\son\w+=", html) == []
    assert re.findall(r"https?://[^\"'\s]+", html) == []


def test_english_is_english_but_for_the_other_language_s_marks_and_the_sources() -> None:
    said = re.sub(r'<(\w+)[^>]* lang="th"[^>]*>.*?</\1>', "", page("en"))
    said = re.sub(r"<script.*?</script>|<p>Sources.*?</p>", "", said, flags=re.DOTALL)

    assert re.findall("[\u0e00-\u0e7f]+", said) == []


def test_every_word_is_in_both_languages() -> None:
    empty = {
        f"{topic}.{name}"
        for topic, named in words().items()
        for name, text in named.items()
        if not text.en or (not text.th and name != "stop")
    }

    assert empty == set()
