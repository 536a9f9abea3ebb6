"""Which format an answer is given in."""

import pytest

from geo_api.exports.formats import ARROW, CSV, GEOJSON, HTML
from geo_api.http.negotiation import f_parameter, negotiate
from layers.query import BadQuery

OFFERED = (GEOJSON, HTML, CSV, ARROW)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "geojson"),
        ("*/*", "geojson"),
        (BROWSER, "html"),
        ("text/csv", "csv"),
        ("TEXT/CSV; header=absent", "csv"),
        ("text/*;q=0.5, application/vnd.apache.arrow.stream", "arrow"),
        ("text/*, text/html;q=0.1", "csv"),
        ("text/html;q=0, */*", "geojson"),
        ("text/csv;q=0.9, text/html;q=0.95", "html"),
        ("text/csv;q=much, text/html;q=0.1", "html"),
    ],
)
def test_the_most_wanted_format_is_given(accept: str, name: str) -> None:
    assert negotiate(None, accept, OFFERED).name == name


@pytest.mark.parametrize("accept", ["image/png", "application/geo+json;q=0", "nonsense", ",;q="])
def test_what_we_do_not_have_is_answered_with_the_first(accept: str) -> None:
    assert negotiate(None, accept, OFFERED) == GEOJSON


def test_f_counts_more_than_accept() -> None:
    assert negotiate("csv", BROWSER, OFFERED) == CSV
    assert negotiate("json", BROWSER, OFFERED) == GEOJSON


def test_an_unknown_f_is_told_with_those_there_are() -> None:
    with pytest.raises(BadQuery, match="no format 'shp' here; there are: geojson, html, csv") as no:
        negotiate("shp", "", OFFERED)

    assert no.value.parameter == "f"
    assert f_parameter(OFFERED)["schema"]["enum"] == ["geojson", "json", "html", "csv", "arrow"]
