"""Times as addresses have them: what is read, and what is refused with its remedy."""

from datetime import UTC, date, datetime

import pytest

from layers.query.bad_query import BadQuery
from layers.query.moments import Interval, date_of, instant_of, interval_of

MIDNIGHT = datetime(2026, 2, 28, 17, tzinfo=UTC)
LAST = datetime(2026, 3, 1, 16, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "during"),
    [
        ("2026-03-01", Interval(MIDNIGHT, LAST)),
        ("2026-03-01/2026-03-01", Interval(MIDNIGHT, LAST)),
        ("2026-03-01/..", Interval(MIDNIGHT, None)),
        ("../2026-03-01", Interval(None, LAST)),
        ("2026-03-01T/..", Interval(MIDNIGHT, None)),
        ("2026-02-28T17:00:00Z/2026-03-01", Interval(MIDNIGHT, LAST)),
    ],
)
def test_a_date_alone_is_the_whole_day_in_thailand(text: str, during: Interval) -> None:
    assert interval_of("datetime", text) == during


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("2026-01-31T17:00Z", "a time with its seconds, as 2026-01-31T17:00:00Z,"),
        ("2026-01-31T17:00+07:00", "its seconds, as 2026-01-31T17:00:00%2B07:00,"),
        ("2026-01-31T17:00 07:00", "its seconds, as 2026-01-31T17:00:00%2B07:00,"),
        ("2026-01-31T17:00", "its seconds, as 2026-01-31T17:00:00Z,"),
        ("2026-01-31", "a time and not a day alone, as 2026-01-31T17:00:00Z,"),
        ("2026-01-31T17:00:00", "a time with its zone,"),
        ("2026-01-31T17:00:00 07:00", "(a plus sign in a URL is %2B)"),
        ("now", "a time with its zone,"),
    ],
)
def test_what_an_instant_lacks_is_named(text: str, remedy: str) -> None:
    with pytest.raises(BadQuery) as refused:
        instant_of("at", text)

    assert remedy in str(refused.value) and repr(text) in str(refused.value)


def test_an_interval_is_written_as_it_is_read() -> None:
    during = interval_of("datetime", "2026-03-01")

    assert str(during) == "2026-02-28T17:00:00Z/2026-03-01T16:59:59.999999Z"
    assert interval_of("datetime", str(during)) == during


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2569-03-01", "2026-03-01"),
        ("2569-03-01/..", "2026-03-01"),
        ("2026-01-01T00:00:00Z/2569-03-01T00:00:00Z", "2026-03-01T00:00:00Z"),
        ("../2443-12-31", "1900-12-31"),
    ],
)
def test_a_buddhist_year_is_refused_by_its_christian_year(text: str, meant: str) -> None:
    with pytest.raises(BadQuery, match=f"Buddhist era .*: write {meant}") as refused:
        interval_of("datetime", text)

    assert refused.value.parameter == "datetime"


def test_a_day_and_an_instant_refuse_a_buddhist_year_too() -> None:
    with pytest.raises(BadQuery, match=r"day takes Christian years.* 2026"):
        date_of("day", "2569-03-01")
    with pytest.raises(BadQuery, match=r"at takes Christian years.* 2026"):
        instant_of("at", "2569-03-01T00:00:00Z")


@pytest.mark.parametrize("year", ["2399", "2700", "9999"])
def test_other_years_far_away_are_no_buddhist_ones(year: str) -> None:
    assert date_of("day", f"{year}-01-01") == date(int(year), 1, 1)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-3-1", "2026-03", "9999-12-31/0001-01-01"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadQuery):
        interval_of("datetime", text)
