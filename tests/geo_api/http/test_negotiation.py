"""Which format an answer is given in."""

import pytest

from geo_api.exports.formats import ARROW, CSV, GEOJSON, HTML
from geo_api.http.negotiation import (
    negotiate_coding,
    negotiate_format,
    negotiate_language,
    quality_values,
)
from geo_api.http.parameters import Parameters
from geo_api.http.routers import openapi_parameters
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
    assert negotiate_format(None, accept, OFFERED).name == name


@pytest.mark.parametrize("accept", ["image/png", "application/geo+json;q=0", "nonsense", ",;q="])
def test_what_we_do_not_have_is_answered_with_the_first(accept: str) -> None:
    assert negotiate_format(None, accept, OFFERED) == GEOJSON


def test_f_counts_more_than_accept() -> None:
    assert negotiate_format("csv", BROWSER, OFFERED) == CSV
    assert negotiate_format("json", BROWSER, OFFERED) == GEOJSON


def test_an_unknown_f_is_told_with_those_there_are() -> None:
    with pytest.raises(BadQuery, match="no format 'shp' here; there are: geojson, html, csv") as no:
        negotiate_format("shp", "", OFFERED)

    assert no.value.parameter == "f"


def test_the_formats_of_a_route_are_described() -> None:
    class Taken(Parameters):
        FORMATS = OFFERED

    described = {one["name"]: one for one in openapi_parameters(Taken)}
    assert "`csv` CSV" in described["f"]["description"]
    assert described["f"]["schema"]["enum"] == ["geojson", "json", "html", "csv", "arrow"]


@pytest.mark.parametrize(
    ("header", "weights"),
    [
        ("", {}),
        ("a, B;q=0.5;x=1, c; q=0", {"a": 1, "b": 0.5, "c": 0}),
        ("a;q=2, b;q=-1, c;q=nan, d;q=, e;q=x", {"a": 1, "b": 0, "c": 0, "d": 1, "e": 0}),
        (" ,;q=1, a;q=0.1, a;q=0.3", {"a": 0.3}),
    ],
)
def test_weights_are_read_in_one_way(header: str, weights: dict[str, float]) -> None:
    assert quality_values(header) == weights


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "th"), ("en", "en"), ("en-GB,th;q=0.9", "en"), ("en;q=0.9, *", "th"), ("de", "th")],
)
def test_thai_is_spoken_unless_english_is_liked_better(accepted: str, language: str) -> None:
    assert negotiate_language(None, accepted) == language
    assert negotiate_language("en", "th") == "en"


def test_a_coding_is_used_that_the_caller_names() -> None:
    offered = ("br", "gzip")

    assert negotiate_coding("gzip, deflate, br", offered) == "br"
    assert negotiate_coding("gzip;q=0.1", offered) == "gzip"
    assert negotiate_coding("br;q=0, gzip;q=0", offered) == ""
    assert negotiate_coding("identity", offered) == ""
