"""Times of NetCDF files: units since a date, in the calendar that people use."""

from datetime import UTC, datetime

import pytest

from layers.methods.cf_time import BadTime, cf_time


@pytest.mark.parametrize(
    ("value", "units", "time"),
    [
        (0, "days since 2026-01-05", datetime(2026, 1, 5)),
        (1.5, "days since 2026-1-5 00:00:00", datetime(2026, 1, 6, 12)),
        # 126 years with 31 leap days: 46,021 days.
        (46_021 * 24, "hours since 1900-01-01 00:00:00.0", datetime(2026, 1, 1)),
        (90, "minutes since 2026-01-05T06:30Z", datetime(2026, 1, 5, 8)),
        (0, "seconds since 2026-01-05 07:00 +07:00", datetime(2026, 1, 5)),
        (0, "hour since 2026-01-05 00:00 -0330", datetime(2026, 1, 5, 3, 30)),
        (1_767_571_200, "seconds since 1970-01-01", datetime(2026, 1, 5)),
    ],
)
def test_a_number_of_a_unit_since_a_date_is_a_time(
    value: float, units: str, time: datetime
) -> None:
    assert cf_time(value, units) == time.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "units", "calendar", "told"),
    [
        (36, "hours", "standard", "got 'hours'"),
        # A month is of no fixed length, which CF advises against.
        (1, "months since 2026-01-01", "standard", "got 'months since"),
        (1, "days since 2026-01-01", "360_day", "the calendar must be one of standard"),
        (1, "days since 2026-02-30", "standard", "is no time"),
        (1e12, "days since 2026-01-01", "standard", "is no time"),
        (float("nan"), "days since 2026-01-01", "standard", "is no time"),
    ],
)
def test_what_is_no_time_of_ours_is_refused(
    value: float, units: str, calendar: str, told: str
) -> None:
    with pytest.raises(BadTime, match=told):
        cf_time(value, units, calendar)
