"""Spans: any time is the sum of months, parts of days and a little more, some of them negative."""

import random
from datetime import UTC, date, datetime, timedelta

from geo_api.features.time_spans import DAY_PART, MONTH, Span, spans
from layers.reports.measures import period_of

THAILAND = timedelta(hours=7)


def midnight(year: int, month: int, day: int) -> datetime:
    """In Thailand."""
    return datetime(year, month, day, tzinfo=UTC) - THAILAND


def test_a_day_in_thailand_is_made_of_three_parts_of_days() -> None:
    found = list(spans(midnight(2026, 2, 1), midnight(2026, 2, 2), [DAY_PART]))

    assert [(span.unit, span.start.hour, span.end.hour) for span in found] == [
        (DAY_PART, 17, 0),
        (DAY_PART, 0, 1),
        (DAY_PART, 1, 17),
    ]


def test_a_day_from_8_to_8_in_thailand_is_made_of_kept_parts_alone() -> None:
    start, end = (time.astimezone(UTC) for time in period_of(date(2026, 3, 2)))

    found = list(spans(start, end, [MONTH, DAY_PART]))

    assert [(span.unit, span.start.hour, span.end.hour, span.sign) for span in found] == [
        (DAY_PART, 1, 17, 1),
        (DAY_PART, 17, 0, 1),
        (DAY_PART, 0, 1, 1),
    ]


def test_a_month_in_thailand_is_that_of_utc_with_its_ends_exchanged() -> None:
    found = list(spans(midnight(2026, 2, 1), midnight(2026, 3, 1), [MONTH, DAY_PART]))

    assert [(span.unit, span.start.day, span.sign) for span in found] == [
        (DAY_PART, 31, 1),
        (MONTH, 1, 1),
        (DAY_PART, 28, -1),
    ]


def test_a_second_missing_from_a_day_is_taken_away() -> None:
    end = midnight(2026, 2, 2)

    *kept, rest = spans(midnight(2026, 2, 1), end - timedelta(seconds=1), [MONTH, DAY_PART])

    assert [span.unit for span in kept] == [DAY_PART, DAY_PART, DAY_PART]
    assert rest == Span(None, end - timedelta(seconds=1), end, -1)


def test_nothing_is_no_spans() -> None:
    assert list(spans(midnight(2026, 2, 2), midnight(2026, 2, 1), [MONTH])) == []


def test_spans_add_up_to_any_interval() -> None:
    chance = random.Random(1)
    for _ in range(500):
        start = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(500_000))
        end = start + timedelta(minutes=chance.choice([1, 500, 20_000, 400_000]) * chance.random())
        units = chance.choice([[], [DAY_PART], [MONTH], [MONTH, DAY_PART]])
        found = list(spans(start, end, units))
        moments = [start + (end - start) * chance.uniform(-0.5, 1.5) for _ in range(20)] + [
            start,
            end,
        ]

        for moment in moments:
            covered = sum(span.sign for span in found if span.start <= moment < span.end)
            assert covered == (start <= moment < end)
