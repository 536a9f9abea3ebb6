"""No line and no bar of a chart goes through its words, as a browser draws them."""

from datetime import date

import pytest
from playwright.sync_api import Page
from psycopg2.extensions import connection as Connection

from map_site.charts import Line, bar_chart, line_chart, step_chart
from tests.makers import mill

# The words of the page's charts which a line, a limit or a bar of the same chart goes through.
CROSSED = """() => [...document.querySelectorAll("svg.chart")].flatMap((chart) => {
    const within = (box, { x, y }) => x > box.x && x < box.x + box.width
        && y > box.y + 3 && y < box.y + box.height - 3; // letters are less high than their line
    const points = [...chart.querySelectorAll("path.line, path.limit")].flatMap((path) => {
        const length = path.getTotalLength();
        return Array.from({ length: 2000 }, (_, i) => path.getPointAtLength((length * i) / 1999));
    });
    const edges = [...chart.querySelectorAll("rect")].flatMap((bar) => {
        const { x, y, width, height } = bar.getBBox();
        return Array.from({ length: 200 }, (_, i) => [
            { x, y: y + (height * i) / 199 }, { x: x + width, y: y + (height * i) / 199 },
            { x: x + (width * i) / 199, y }]).flat();
    });
    return [...chart.querySelectorAll("[class^=end-words], .limit-words")]
        .filter((words) => [...points, ...edges].some((one) => within(words.getBBox(), one)))
        .map((words) => words.textContent);
})"""
FONTS = "document.fonts.ready.then(() => true)"
WORDS = "document.querySelectorAll('[class^=end-words], .limit-words').length"
# Words beyond the edge of their chart, which a page may cut.
BEYOND = """() => [...document.querySelectorAll("svg.chart")].flatMap((chart) =>
    [...chart.querySelectorAll("[class^=end-words], .limit-words")]
        .filter((words) => words.getBBox().x + words.getBBox().width > chart.viewBox.baseVal.width)
        .map((words) => words.textContent))"""


@pytest.mark.parametrize("lang", ["th", "en"])
def test_no_curve_of_a_method_goes_through_the_words_of_another(
    page: Page, season_address: str, lang: str
) -> None:
    page.goto(f"{season_address}/methods?lang={lang}", timeout=120_000)  # its checks run live
    page.evaluate(FONTS)

    assert page.evaluate(WORDS) >= 12
    assert page.evaluate(CROSSED) == []
    assert page.evaluate(BEYOND) == []


def test_no_bar_of_a_mill_goes_through_the_words_of_its_limit(
    page: Page, own_season: Connection, own_season_address: str
) -> None:
    mill(own_season, "mill")
    own_season.commit()

    page.goto(f"{own_season_address}/factories/mill")
    page.evaluate(FONTS)

    assert page.evaluate(WORDS) == 1
    assert page.evaluate(CROSSED) == []
    assert page.evaluate(BEYOND) == []


FALLING = [50.0, 40.0, 30.0, 20.0, None]
LEVEL = [25.0, 25.0, 25.0, 25.0, None]
EARLY = [30.0, 25.0, None, None, None]


@pytest.mark.parametrize(
    "drawn",
    [
        step_chart(
            [Line(FALLING, "this", "All the days"), Line(LEVEL, "plain", "One")], list("abcde")
        ),
        step_chart([Line(EARLY, "this", "Ends early"), Line(LEVEL, "plain", "One")], list("abcde")),
        line_chart(
            [Line(FALLING, "this", "This season"), Line([*LEVEL[:4], 36.0], "last", "The last")],
            date(2026, 2, 1),
            "en",
            limit=(37.5, "Standard 37.5"),
        ),
        bar_chart([None] * 6, list("abcdef"), ["this"] * 6, limit=(20, "Daily limit 20 %")),
    ],
    ids=["ending before the last step", "ending early", "with a limit", "bars"],
)
def test_words_find_a_place_that_nothing_goes_through(page: Page, drawn: str) -> None:
    page.set_content(f"<style>text {{ font: 12.5px sans-serif }}</style>{drawn}")

    assert page.evaluate(WORDS) > 0
    assert page.evaluate(CROSSED) == []
    assert page.evaluate(BEYOND) == []
