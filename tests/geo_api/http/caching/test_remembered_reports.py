"""Remembered reports: made once for a day, while the data and the hour are the same."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import READER, Pool, Statement, Values
from geo_api.database.data_versions import DataVersions, fetch_data_versions
from geo_api.database.logins import login_url
from geo_api.http.caching.remembered_reports import RememberedReports
from geo_api.reports.database_reports import DatabaseReports
from layers.catalog import catalog
from layers.reports import MethodChecks
from layers.reports.measures import NotReported
from tests.makers import factory, province

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


class _Counting(Pool):
    """Counts what it is asked."""

    asked = 0

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        self.asked += 1
        return super().fetch(statement, values)


@pytest.fixture
def counting(fresh_url: str, fresh: Connection) -> _Counting:
    province(fresh, "74")
    factory(fresh, "a", province_code="74")
    fresh.commit()
    return _Counting(fresh_url, 1)


def remembered(
    counting: _Counting, fresh_url: str, clock: Callable[[], datetime] = lambda: NOON
) -> RememberedReports:
    versions = Pool(login_url(fresh_url, READER), 1)

    def known() -> DataVersions:
        return fetch_data_versions(versions)

    def unchecked() -> MethodChecks:
        return MethodChecks((), NOON, "", "not asked for")

    made = DatabaseReports(counting, catalog(), clock, unchecked)
    return RememberedReports(made, known, clock)


def test_a_report_made_before_is_given_again_without_asking(
    counting: _Counting, fresh_url: str
) -> None:
    reports = remembered(counting, fresh_url)

    def asked_for() -> list[object]:
        return [
            reports.brief(DAY),
            reports.brief(None),
            reports.place("province", "74", DAY),
            reports.factory("a", DAY),
            reports.listing("factory", "", "name", 1),
        ]

    first = asked_for()
    asked = counting.asked
    again = asked_for()

    assert asked
    assert counting.asked == asked
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_a_report_is_made_anew_when_its_data_change(
    counting: _Counting, fresh_url: str, fresh: Connection
) -> None:
    reports = remembered(counting, fresh_url)
    before = reports.listing("factory", "", "name", 1)

    factory(fresh, "b", province_code="74")
    fresh.commit()

    assert before.total == 1
    assert reports.listing("factory", "", "name", 1).total == 2


def test_a_report_is_made_anew_in_the_next_hour(counting: _Counting, fresh_url: str) -> None:
    times = [NOON]
    reports = remembered(counting, fresh_url, lambda: times[-1])
    before = reports.brief(None)
    within = reports.brief(None)
    times.append(NOON.replace(hour=6))

    assert within is before
    assert reports.brief(None) is not before


def test_what_is_not_reported_is_not_remembered(
    counting: _Counting, fresh_url: str, fresh: Connection
) -> None:
    reports = remembered(counting, fresh_url)
    with pytest.raises(NotReported):
        reports.place("province", "40", DAY)

    province(fresh, "40")
    fresh.commit()

    assert reports.place("province", "40", DAY).place.code == "40"
