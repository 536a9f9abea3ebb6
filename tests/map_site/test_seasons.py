"""Season against seasons as text: the curve, the table beside it, and what is not compared."""

import re
from datetime import date

from layers.reports.season import Change, SeasonComparison, SeasonCount, Standing
from map_site.rendering import Words
from map_site.seasons import season_view
from tests.map_site.made_reports import brief
from tests.map_site.test_brief import page


def count(season: int, standing: Standing, compared: int | None, **changed: object) -> SeasonCount:
    values = {
        "detections": 1234,
        "by_satellite": {"N20": 1200, "T": 34},
        "cane": None if compared is None else 300,
        "change": None,
        "curve": () if compared is None else (400, 900, compared),
    } | changed
    return SeasonCount(season=season, standing=standing, compared=compared, **values)  # type: ignore[arg-type]


COMPARED = SeasonComparison(
    date(2025, 12, 1),
    date(2026, 3, 2),
    ("N20",),
    (
        count(2025, Standing.THIS, 1200),
        count(2024, Standing.COMPARED, 1000, change=Change(20.0, -5.4, 51.6)),
        count(2023, Standing.COMPARED, 1600, change=Change(-25.0, None, None)),
        count(2022, Standing.COMPARED, 9),
        count(2021, Standing.PARTIAL, None),
        count(2020, Standing.OTHER_SATELLITES, None),
    ),
)
REPORT = brief(season=COMPARED)


def cells(html: str) -> list[list[str]]:
    body = html.split('class="season-table"')[1].split("</table>")[0].split("<tbody>")[1]
    return [
        [re.sub(r"<[^>]+>", " ", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in body.split("</tr>")[:-1]
    ]


def test_each_season_has_a_row_with_its_change_or_why_there_is_none() -> None:
    rows = cells(page("en", REPORT))

    assert rows[0] == ["2025/26", "1,234 NOAA-20 1,200 · Terra 34", "1,200", "this season", "300"]
    assert [row[3] for row in rows[1:]] == [
        "+20 % (−5…+52)",
        "−25 % (fewer than four weeks)",
        "too few to compare",
        "incomplete: not compared",
        "other satellites: not compared",
    ]
    assert rows[4][2] == rows[4][4] == "–"


def test_it_is_said_in_thai_with_the_buddhist_era() -> None:
    html = page("th", REPORT)

    assert "ฤดูเผา 2568/69 เทียบฤดูก่อน · 1 ธ.ค. ถึง 2 มี.ค." in html
    assert [row[0] for row in cells(html)[:2]] == ["2568/69", "2567/68"]


def test_every_season_that_is_compared_has_a_line_with_its_name() -> None:
    view = season_view(COMPARED, Words("en"), "en")

    assert view is not None
    lines = re.findall(r'class="line line-(\w+)"', view["chart"])
    assert lines == ["older", "older", "last", "this"]
    assert all(name in view["chart"] for name in ("2025/26", "2024/25", "2023/24", "2022/23"))
    assert "2021/22" not in view["chart"]


def test_without_detections_the_brief_says_nothing_of_seasons() -> None:
    assert 'class="season-table"' not in page("en", brief())


def test_the_section_is_a_few_kilobytes() -> None:
    whole = tuple(range(0, 151_000, 1000))
    of_all = tuple(
        count(2025 - n, Standing.COMPARED if n else Standing.THIS, 5000, curve=whole)
        for n in range(6)
    )
    report = brief(season=SeasonComparison(date(2025, 12, 1), date(2026, 4, 30), ("N",), of_all))

    assert len(page("th", report).encode()) - len(page("th", brief()).encode()) < 20_000
