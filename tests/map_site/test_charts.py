"""Charts: their words stand beside each other, and a time that is not over is drawn as such."""

import math
import re
import unicodedata
from datetime import date
from itertools import pairwise

import pytest

from layers.reports.measures import Series
from map_site import numbers
from map_site.charts import Line, line_chart
from map_site.compass import Mark, compass
from map_site.factory import monthly_bars, rows_of
from map_site.rendering import Words

START = date(2025, 12, 1)
LINE_HEIGHT = 15


def feet(drawn: str) -> list[float]:
    """Where the words at the ends of lines stand."""
    return [
        float(y) for y in re.findall(r'<text class="end-words-\w+" x="[\d.]+" y="([\d.]+)"', drawn)
    ]


@pytest.mark.parametrize("last", [[0.0], [0.0] * 150, [300.0] * 30], ids=str)
def test_words_at_the_ends_of_lines_never_lie_on_each_other(last: list[float]) -> None:
    this = [last[0]] * len(last)

    drawn = line_chart(
        [Line(last, "last", "ฤดูก่อน 300"), Line(this, "this", "ฤดูนี้ 300")], START, "th"
    )

    one, other = feet(str(drawn))
    assert abs(one - other) >= LINE_HEIGHT


def test_a_month_that_is_not_over_is_drawn_open_and_says_to_which_day_it_counts() -> None:
    series = Series(START, "month", (4.0, 5.0, 2.0), until=date(2026, 2, 10))

    drawn = str(monthly_bars(series, Words("th"), "th"))

    assert drawn.count("chart-bar-part") == 1
    assert "นับถึง 08:00 น. ของ 10 ก.พ. 2569" in drawn
    assert rows_of(series, "th")[:2] == [("ก.พ. 2569 (ถึง 10 ก.พ.)", 2.0), ("ม.ค. 2569", 5.0)]


def test_months_that_are_over_say_nothing_of_it() -> None:
    series = Series(START, "month", (4.0, 5.0, 2.0))

    assert "chart-bar-part" not in str(monthly_bars(series, Words("th"), "th"))
    assert rows_of(series, "en")[0] == ("Feb 2026", 2.0)


def test_months_that_are_withheld_are_never_said_to_have_none() -> None:
    def drawn(*values: float | None) -> str:
        series = Series(START, "month", values)
        return str(monthly_bars(series, Words("en"), "en", unknown="complaints.too_few"))

    assert "too few to be shown" in drawn(None, None)
    assert "None in this time" in drawn(0.0, 0.0)
    assert "chart-bar-unknown" in drawn(0.0, None)


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_ring_of_the_compass_strikes_through_its_words(language: str) -> None:
    drawn = str(compass([], 3000, None, language))
    rings = [float(r) for r in re.findall(r'class="ring"[^>]* r="([\d.]+)"', drawn)]
    written = re.findall(r'x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">([^<]+)<', drawn)

    assert len(rings) == 3 and len(written) == 7
    for left, base, anchor, words in written:
        wide = 6 * sum(not unicodedata.combining(letter) for letter in words)
        start = float(left) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        corners = [
            math.hypot(x - 210, y - 210)
            for x in (start, start + wide)
            for y in (float(base) - 9, float(base))
        ]
        spans_the_middle = start < 210 < start + wide
        nearest = min(abs(float(base) - 210), abs(float(base) - 219)) if spans_the_middle else 999
        assert not any(min(*corners, nearest) < ring < max(corners) for ring in rings), words


def test_what_is_at_the_very_place_is_drawn_in_the_middle() -> None:
    drawn = str(compass([Mark(None, 0, "factory")], 3000, None, "th"))
    alone = str(compass([], 3000, None, "th"))

    assert "mark-factory" in drawn and "mark-factory" not in alone
    assert numbers.side(None, "en") == "same place" and numbers.side(350, "en") == "north"


@pytest.mark.parametrize("from_deg", [0, 90, 225])
def test_the_arrow_of_the_compass_points_to_where_the_wind_carries_smoke(from_deg: int) -> None:
    drawn = str(compass([], 3000, from_deg, "th"))

    # Undrawn it points down, to the south: away from the wind of the north.
    assert f'rotate({from_deg})" d="M-3-14h6v14h7L0 12-10 0h7z"' in drawn


def test_lines_that_end_together_are_each_led_to_their_own_words_beside_the_chart() -> None:
    ends = {"this": 300.0, "last": 299.0, "older": 298.0, "plain": 0.0}
    lines = [Line([0.0, value], kind, kind) for kind, value in ends.items()]

    drawn = str(line_chart(lines, START, "en"))

    middles = feet(drawn)
    assert all(below - above >= LINE_HEIGHT for above, below in pairwise(middles))
    for kind in ends:
        [(x, y)] = re.findall(rf'class="end end-{kind}" cx="([\d.]+)" cy="([\d.]+)"', drawn)
        [(left, middle)] = re.findall(
            rf'class="leader leader-{kind}" d="M{x} {y}L([\d.]+) ([\d.]+)"', drawn
        )
        [(words, foot)] = re.findall(
            rf'class="end-words-{kind}" x="([\d.]+)" y="([\d.]+)" text-anchor="start">{kind}<',
            drawn,
        )
        assert float(x) < float(left) < float(words)
        assert float(foot) == pytest.approx(float(middle) + 4)
