"""Pages as text: what they declare, what they may load."""

import re
from dataclasses import replace

import pytest

from layers.catalog import catalog
from layers.model import Theme
from map_site import pages
from map_site.document import build
from map_site.maps import Background
from map_site.old_words import WORDS
from map_site.pages import PAGES, Page, layers_of

NONE = Background()


def names(page: Page) -> list[str]:
    return [shown.name for shown in layers_of(page)]


def test_a_page_shows_the_layers_it_names_and_those_of_its_theme() -> None:
    assert {page.path: names(page) for page in PAGES} == {
        "/": [
            *("provinces", "industrial_estates", "factories"),
            *("air_stations", "complaints", "hotspots"),
        ],
        "/maps/burning": ["provinces", "factories", "hotspots", "air_stations"],
        "/maps/air": ["provinces", "pm25_surface", "hotspots", "factories", "air_stations"],
        "/maps/complaints": ["provinces", "factories", "industrial_estates", "complaints"],
        "/maps/green": ["provinces", "carbon", "green_certificates"],
    }


def test_a_further_layer_of_a_theme_lies_above_those_of_its_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    green = replace(catalog()["green_certificates"], name="awards")
    forests = replace(catalog()["provinces"], name="forests", themes=(Theme.GREEN,))
    further = {layer.name: layer for layer in (green, forests)}
    monkeypatch.setattr(pages, "catalog", lambda: {**further, **catalog()})

    assert {page.path: names(page) for page in PAGES}["/maps/green"] == [
        *("provinces", "carbon", "forests", "awards", "green_certificates"),
    ]
    assert all("awards" not in names(page) for page in PAGES if page.theme != Theme.GREEN)


def test_every_theme_has_a_page() -> None:
    assert sorted(page.theme for page in PAGES) == sorted(Theme)


def test_a_page_says_once_which_characters_it_has_and_before_any() -> None:
    """Folium's header says it: map_site.document relies on that."""
    html = build(PAGES[0], "th", NONE).html

    assert len(re.findall("charset=", html)) == 1
    assert "charset=UTF-8" in html[:1024]
    assert html.index("charset=") < html.index("<title>")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_holds_no_data_and_names_no_other_server(page: Page) -> None:
    html = build(page, "th", NONE).html

    assert "FeatureCollection" not in html
    assert re.findall(r"https?://[^\"'\s]+", html) == []


def test_a_page_is_the_same_text_whenever_it_is_built_but_for_folium_s_names() -> None:
    made_up = re.compile(r"[0-9a-f]{32}")

    first, second = (made_up.sub("", build(PAGES[0], "en", NONE).html) for _ in range(2))

    assert first == second


def test_scripts_run_from_our_files_and_one_by_its_hash() -> None:
    policy = build(PAGES[0], "th", NONE).policy

    assert re.search(r"script-src 'self' 'sha256-[\w+/=]{44}';", policy)
    assert "unsafe" not in policy


def test_a_background_from_elsewhere_is_allowed_only_where_configured() -> None:
    tiles = Background("https://tiles.example.org/{z}/{x}/{y}.png", "A & <b>B</b>")

    built = build(PAGES[0], "th", tiles)

    assert "img-src 'self' data: https://tiles.example.org;" in built.policy
    assert "tiles.example.org/{z}/{x}/{y}.png" in built.html
    assert "<b>B" not in built.html


def test_every_word_is_there_in_both_languages() -> None:
    texts = [*WORDS.values(), *(t for page in PAGES for t in (page.title, page.intro))]

    assert all(text.th and text.en for text in texts)
    assert all(re.search("[ก-๙]", page.title.th) for page in PAGES)
