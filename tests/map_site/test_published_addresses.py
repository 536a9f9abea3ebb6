"""Where an address of the site lies once it is files."""

import pytest

from map_site.mount import mounted, mounted_at
from map_site.published import Published, file_of, publishing
from map_site.rendering import address, in_language, spoken

FILES = Published(
    pages=frozenset({"/", "/?number=air&region=N", "/methods", "/data", "/elsewhere"}),
    scripted=frozenset({"/maps/burning"}),
    tilesets=frozenset({"/ogc/collections/hotspots/tiles/WebMercatorQuad"}),
)


@pytest.mark.parametrize(
    ("asked", "file"),
    [
        ("/", "index.html"),
        ("/?lang=en", "en/index.html"),
        ("/?number=air&region=N&lang=en", "en/index_number_air_region_N.html"),
        ("/maps/burning", "maps/burning.html"),
        (
            "/api/daily-counts/hotspots?from=2025-12-01&to=2026-11-30",
            "api/daily-counts/hotspots_from_2025-12-01_to_2026-11-30.json",
        ),
        ("/ogc/collections/carbon/items?f=json", "ogc/collections/carbon/items_f_json.json"),
    ],
)
def test_an_address_has_a_file_with_its_query(asked: str, file: str) -> None:
    assert file_of(asked) == file


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/methods?lang=th#complaints", "/methods.html#complaints"),
        ("/maps/burning?from=2026-03-02&lang=en", "/en/maps/burning.html?from=2026-03-02"),
        ("/?number=air&region=N", "/index_number_air_region_N.html"),
        (
            "/ogc/collections/hotspots/tiles/WebMercatorQuad",
            "/ogc/collections/hotspots/tiles/WebMercatorQuad.json",
        ),
        ("/provinces/74?lang=en", "/en/elsewhere.html"),
        ("/?day=2026-03-01", "/elsewhere.html"),
        ("/ogc/collections?lang=th", "/data.html"),
        ("/static/0a/site.js", "/static/0a/site.js"),
    ],
)
def test_links_lead_to_files_or_say_that_there_is_none(asked: str, leads_to: str) -> None:
    with publishing(FILES), mounted_at("/fahsai"):
        assert mounted(asked) == f"/fahsai{leads_to}"


def test_links_to_what_is_no_file_lead_to_the_service() -> None:
    with publishing(Published(service="https://fahsai.example")):
        assert mounted("/provinces/74?lang=en") == "https://fahsai.example/provinces/74?lang=en"
        assert address("/search", "en", q="x") == "https://fahsai.example/search?q=x&lang=en"


def test_the_other_language_has_a_file_of_its_own() -> None:
    with publishing(FILES):
        assert in_language("/maps/burning", "en") == "/en/maps/burning.html"
        assert in_language("/methods?lang=en", "th") == "/methods.html"
        assert spoken("/methods", "en") == "/en/methods.html"
    assert in_language("/maps/burning", "en") == "/maps/burning?lang=en"
