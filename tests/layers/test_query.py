"""Queries: what a URL may ask, and that a query survives the way there and back."""

from datetime import UTC, datetime

import pytest

from layers.query import MAX_LIMIT, BadQuery, Box, Interval, Query

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)


def test_a_query_reads_back_as_it_was_written() -> None:
    asked = Query(
        limit=7, bbox=Box(100.1, 13.5, 100.25, 13.75), during=Interval(NOON, None), cursor="ZjE"
    )

    assert Query.from_params(asked.to_params()) == asked


def test_nothing_asked_is_the_first_thousand() -> None:
    assert Query.from_params({}) == Query(limit=1000)


@pytest.mark.parametrize(
    ("text", "during"),
    [
        ("2026-01-15T12:00:00Z", Interval(NOON, NOON)),
        ("2026-01-15T19:00:00+07:00/..", Interval(NOON, None)),
        ("/2026-01-15t12:00:00.0z", Interval(None, NOON)),
        ("../..", Interval(None, None)),
    ],
)
def test_times_become_utc_and_ends_may_be_open(text: str, during: Interval) -> None:
    assert Query.from_params({"datetime": text}).during == during


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-15T12:00:00",
        "2026-01-15T12:00:00 07:00",
        "2026-02-30T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+07:00",
        "2026-01-15T12:00:00Z/2026-01-14T12:00:00Z",
        "../../..",
        "๒๐๒๖-01-15T12:00:00Z",
    ],
)
def test_a_time_that_is_none_or_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(BadQuery, match="datetime") as refused:
        Query.from_params({"datetime": text})

    assert refused.value.parameter == "datetime"


@pytest.mark.parametrize(("text", "limit"), [("1", 1), ("0025", 25), ("10001", MAX_LIMIT)])
def test_more_than_the_most_means_the_most(text: str, limit: int) -> None:
    assert Query.from_params({"limit": text}).limit == limit


def test_a_number_of_five_thousand_digits_means_the_most() -> None:
    assert Query.from_params({"limit": "9" * 5000}).limit == MAX_LIMIT


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "ten", "1e3", " 5", "๕", "0x10"])
def test_a_limit_that_is_no_whole_number_from_one_is_refused(text: str) -> None:
    with pytest.raises(BadQuery, match="limit must be a whole number"):
        Query.from_params({"limit": text})


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("100,13,101,14", Box(100, 13, 101, 14)),
        ("100,13,-5,101,14,900", Box(100, 13, 101, 14)),
        ("170,-10,-170,10", Box(170, -10, -170, 10)),
    ],
)
def test_a_box_has_four_numbers_or_six(text: str, box: Box) -> None:
    assert Query.from_params({"bbox": text}).bbox == box


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,2,3",
        "1,2,3,4,5",
        "a,b,c,d",
        "100,14,101,13",
        "nan,13,101,14",
        "100,13,inf,14",
        "663314,1520765,663400,1520800",
        "100,13,101,91",
        "100,13,101,14,",
        "1_00,13,101,14",
        "๑๐๐,13,101,14",
        "100;13;101;14",
    ],
)
def test_a_box_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadQuery, match="bbox must be") as refused:
        Query.from_params({"bbox": text})

    assert refused.value.parameter == "bbox"


def test_a_box_over_the_antimeridian_has_two_parts() -> None:
    assert Box(170, -10, -170, 10).parts == (Box(170, -10, 180, 10), Box(-180, -10, -170, 10))
