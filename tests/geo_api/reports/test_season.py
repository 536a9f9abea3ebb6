"""Season against seasons in the brief, from counts kept by satellite."""

from datetime import date, timedelta

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.reports.feeds import Feed
from geo_api.reports.season import season_comparison
from layers.reports.measures import period_of
from layers.reports.season import SeasonComparison, SeasonCount, Standing
from tests.geo_api.analyses.test_season_comparison import seen
from tests.makers import province


@pytest.fixture(autouse=True)
def provinces(connection: Connection) -> None:
    province(connection)


def delivered(to: date, since: date = date(2020, 1, 1)) -> Feed:
    """A feed that knows all of these days."""
    _, end = period_of(to)
    return Feed(end, end, timedelta(hours=30), True, since)


def compared(reads: Reads, day: date) -> SeasonComparison:
    found = season_comparison(reads, day, delivered(day))
    assert found is not None
    return found


def season(found: SeasonComparison, year: int) -> SeasonCount:
    return next(one for one in found.seasons if one.season == year)


def test_this_season_to_date_stands_beside_earlier_ones_whole(
    connection: Connection, reads: Reads
) -> None:
    seen(connection, date(2024, 11, 20), date(2025, 4, 30))
    seen(connection, date(2025, 12, 1), date(2026, 1, 31), a_day=2)
    seen(connection, date(2025, 12, 1), date(2026, 1, 31), land_use="sugarcane")
    seen(connection, date(2025, 12, 1), date(2026, 1, 31), code="", land_use="paddy")

    found = compared(reads, date(2026, 1, 31))

    assert (found.first, found.last, found.satellites) == (
        *(date(2025, 12, 1), date(2026, 1, 31), ("N",)),
    )
    this, last = season(found, 2025), season(found, 2024)
    assert (this.standing, this.detections, this.compared, this.cane) == (
        Standing.THIS,
        186,
        186,
        62,
    )
    assert (last.standing, last.detections, last.compared, last.cane) == (
        *(Standing.COMPARED, 62, 62, 0),
    )
    assert last.change is not None and last.change.percent == pytest.approx(200)
    assert (len(this.curve), this.curve[:2], this.curve[-1]) == (62, (3, 6), 186)
    assert (len(last.curve), last.curve[-1]) == (151, 151)
    assert len(found.seasons) == 2


def test_a_past_day_is_told_as_of_then_and_29_february_is_no_step_of_the_curve(
    connection: Connection, reads: Reads
) -> None:
    seen(connection, date(2022, 11, 20), date(2023, 4, 30))
    seen(connection, date(2023, 12, 1), date(2024, 4, 30))

    found = compared(reads, date(2024, 3, 1))

    this, last = season(found, 2023), season(found, 2022)
    assert (this.detections, this.compared, len(this.curve)) == (92, 91, 91)
    assert (last.detections, last.compared, len(last.curve)) == (91, 91, 151)


def test_a_season_of_other_satellites_or_days_has_a_count_and_no_curve(
    connection: Connection, reads: Reads
) -> None:
    seen(connection, date(2023, 11, 20), date(2024, 4, 30), satellites="T")
    seen(connection, date(2025, 1, 20), date(2025, 4, 30))
    seen(connection, date(2025, 12, 1), date(2026, 3, 31))

    found = compared(reads, date(2026, 3, 31))

    for year, standing in ((2024, Standing.PARTIAL), (2023, Standing.OTHER_SATELLITES)):
        one = season(found, year)
        assert (one.standing, one.compared, one.cane, one.change, one.curve) == (
            *(standing, None, None, None, ()),
        )
        assert one.detections > 0
    assert season(found, 2023).by_satellite == {"T": 122}


def test_it_says_what_the_analysis_says(connection: Connection, reads: Reads) -> None:
    """Of the same rows, by another way."""
    seen(connection, date(2024, 11, 20), date(2025, 4, 30), satellites="N N20", a_day=3)
    seen(connection, date(2025, 12, 1), date(2026, 3, 10), satellites="N N20", a_day=2, every=2)

    last = season(compared(reads, date(2026, 3, 10)), 2024)

    assert last.compared == 600 and last.change is not None
    assert last.change.percent == pytest.approx(100 * (200 / 600 - 1))
    assert last.change.low is not None and last.change.low < last.change.percent


def test_without_detections_there_is_no_comparison(reads: Reads) -> None:
    never = Feed(None, None, timedelta(hours=30), False)

    assert season_comparison(reads, date(2026, 1, 1), never) is None


def test_a_season_before_the_first_detection_is_not_one_of_none(reads: Reads) -> None:
    feed = delivered(date(2026, 3, 2), since=date(2023, 3, 4))

    assert season_comparison(reads, date(2023, 3, 3), feed) is None


def test_a_season_known_in_part_has_a_count_and_is_not_compared(
    connection: Connection, reads: Reads
) -> None:
    seen(connection, date(2026, 1, 20), date(2026, 1, 31))

    found = season_comparison(
        reads, date(2026, 1, 31), delivered(date(2026, 1, 31), since=date(2026, 1, 20))
    )

    assert found is not None
    [this] = found.seasons
    assert (this.detections, this.compared, this.cane, this.curve) == (12, None, None, ())


def test_a_season_that_was_watched_and_had_none_is_told_as_none(reads: Reads) -> None:
    [this] = compared(reads, date(2025, 12, 3)).seasons

    assert (this.detections, this.compared, this.curve) == (0, 0, (0, 0, 0))
