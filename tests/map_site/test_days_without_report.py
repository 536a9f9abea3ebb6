"""Days of an address that have no report, years of the Buddhist calendar; words in their number."""

import re

import httpx
import pytest
from fastapi.testclient import TestClient

from layers.reports.measures import Base, Comparison
from map_site.measures import change
from map_site.rendering import in_number
from map_site.words import words


@pytest.mark.parametrize("path", ["/", "/provinces/50", "/factories/demo-000001"])
@pytest.mark.parametrize("day", ["2031-01-01", "2569-03-01", "yesterday"])
def test_a_page_of_a_day_says_from_when_to_when_it_is_there(
    demo_address: str, path: str, day: str
) -> None:
    answer = httpx.get(f"{demo_address}{path}?day={day}&lang=en")

    assert answer.status_code == 404
    assert re.search(r"from \d+ \w+ 2023 to 2 Mar 2026", answer.text)
    assert f'href="{path}?day=2026-03-01&amp;lang=en"' in answer.text or day != "2569-03-01"
    assert f'href="{path}?lang=en"' in answer.text


def test_a_place_that_is_not_there_is_not_found_whatever_the_day(demo_address: str) -> None:
    answer = httpx.get(f"{demo_address}/provinces/00?day=2026-03-01&lang=en")

    assert answer.status_code == 404 and "There is no such page" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/api/brief?day=2569-03-01",
        "/api/near?lon=100&lat=14&at=2569-03-01T08:00:00Z",
        "/ogc/collections/hotspots/items?datetime=2569-03-01T08:00:00Z",
        "/api/daily-counts/hotspots?from=2569-03-01&to=2569-03-02",
        "/export/map?from=2026-02-01&to=2569-03-01",
    ],
)
def test_the_api_refuses_a_buddhist_year_with_the_year_to_use(
    client: TestClient, path: str
) -> None:
    answer = client.get(path)

    assert answer.status_code == 400
    assert "write 2026-03-01" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("{count} [fire|fires]", {"count": "1"}, "{count} fire"),
        ("{count} [fire|fires]", {"count": "11"}, "{count} fires"),
        ("{n} of {of} [station|stations]", {"n": "1", "of": "2"}, "{n} of {of} stations"),
        ("[hotspot|hotspots]", {"count": "1"}, "hotspot"),
        ("[hotspot|hotspots]", {}, "hotspots"),
    ],
)
def test_words_stand_in_the_number_of_what_is_before_them(
    text: str, values: dict[str, str], said: str
) -> None:
    assert in_number(text, values) == said


def test_only_english_has_another_word_for_one() -> None:
    thai = [text["th"] for topic in words().values() for text in topic.values()]

    assert [text for text in thai if re.search(r"\[[^\]]*\|", text)] == []


def test_a_share_differs_from_the_country_s_by_points() -> None:
    told = change(Comparison(Base.COUNTRY, 21.1, 24.5), True, "en")

    assert (told["amount"], told["kind"]) == ("3.4 points", "worse")


def test_the_brief_says_in_whole_sentences_what_there_is_one_of(demo_address: str) -> None:
    for path in ("/", "/provinces/50", "/provinces/74"):
        page = httpx.get(f"{demo_address}{path}?lang=en").text
        text = re.sub("<[^>]*>", "", re.sub("(?s)<script.*?</script>", "", page))

        assert not re.search(r"[\[|](hotspot|factor)", text)
        assert "hotspots hotspots" not in text
        assert "mostly in Paddy" not in text and "mostly in Forest" not in text
