"""What certification did to complaints: the panel that is read, and what is kept of the finding."""

from datetime import date
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.settings import Settings
from tests.makers import complaint, factory, insert

NAME = "green_effect"


def rows(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def named(
    connection: Connection, factory_id: str, day: str, category: str | None = "odour"
) -> None:
    """A complaint of that day that names a factory."""
    [(number,)] = rows(connection, "SELECT count(*) FROM complaint")
    id = f"complaint-{number}"
    complaint(connection, id, f"{day}T12:00:00+07:00")
    if category is None:
        rows(connection, f"UPDATE complaint SET category = NULL WHERE id = '{id}' RETURNING id")
    insert(connection, "complaint_factory", complaint_id=id, factory_id=factory_id, source="traffy")


def certificate(connection: Connection, factory_id: str, day: str, level: int = 3) -> None:
    insert(
        connection,
        "green_certificate",
        factory_ref=factory_id,
        factory_id=factory_id,
        level=level,
        issued_on=day,
        source="green_industry",
    )


def judge(connection: Connection, home: Path) -> str:
    connection.commit()
    return analyse(connection, NAME, Settings(home))


def counts(connection: Connection) -> dict[str, int]:
    [(found,)] = rows(connection, "SELECT finding -> 'counts' FROM green_effect")
    assert isinstance(found, dict)
    return found


@pytest.fixture
def town(fresh: Connection) -> Connection:
    """Three factories; the newest complaint is of May 2025, a month that is not over."""
    for name in ("certified", "lower", "other"):
        factory(fresh, name)
    certificate(fresh, "certified", "2025-03-15")
    certificate(fresh, "certified", "2025-01-10", level=2)
    certificate(fresh, "certified", "2025-04-20", level=4)
    certificate(fresh, "lower", "2025-02-01", level=2)
    for day in ("2025-01-05", "2025-01-31", "2025-03-01", "2025-04-02", "2025-05-02"):
        named(fresh, "certified", day)
    named(fresh, "other", "2025-02-11")
    return fresh


def test_too_few_leave_a_p_value_and_no_effect(town: Connection, home: Path) -> None:
    said = judge(town, home)

    assert said == (
        "green_effect of level 3: 1 of 1 certified factories have complaints, 2 after;"
        " permutation_only: too_few_factories, too_few_complaints"
    )
    [(level, first, last, verdict, reasons, change, p)] = rows(
        town,
        "SELECT level, first_month, last_month, verdict, reasons, finding -> 'change',"
        " (finding ->> 'permutation_p')::float8 FROM green_effect",
    )
    assert (level, first, last) == (3, date(2025, 1, 1), date(2025, 4, 1))
    assert (verdict, reasons) == ("permutation_only", ["too_few_factories", "too_few_complaints"])
    assert change is None
    assert isinstance(p, float) and 0 < p <= 1


def test_months_count_from_the_first_certificate_of_the_level(town: Connection, home: Path) -> None:
    judge(town, home)

    assert counts(town) == {
        "certified": 1,
        "certified_before": 0,
        "with_complaints": 1,
        "complaints_before": 2,
        "complaints_after": 2,
        "compared_with": 1,
    }


def test_a_complaint_that_is_no_nuisance_and_a_doubtful_certificate_do_not_count(
    town: Connection, home: Path
) -> None:
    named(town, "certified", "2025-02-02", category=None)
    certificate(town, "other", "2025-02-20")
    rows(
        town,
        "UPDATE green_certificate SET doubts = '{date_implausible}' WHERE factory_id = 'other'"
        " RETURNING id",
    )

    judge(town, home)

    assert counts(town)["complaints_before"] == 2
    assert counts(town)["certified"] == 1


def test_a_certified_factory_that_nobody_complained_of_is_counted(
    town: Connection, home: Path
) -> None:
    factory(town, "quiet")
    certificate(town, "quiet", "2025-02-01")

    judge(town, home)

    assert (counts(town)["certified"], counts(town)["with_complaints"]) == (2, 1)


def test_what_was_found_before_is_replaced_and_forgotten(town: Connection, home: Path) -> None:
    judge(town, home)
    judge(town, home)
    assert rows(town, "SELECT count(*) FROM green_effect") == [(1,)]

    rows(town, "DELETE FROM complaint_factory RETURNING complaint_id")
    said = judge(town, home)

    assert said.endswith("names a factory: nothing is told")
    assert rows(town, "SELECT FROM green_effect") == []


def test_nobody_who_reads_the_service_sees_who_was_named(town: Connection) -> None:
    seen = rows(
        town,
        "SELECT name, has_table_privilege('fahsai_reader', name, 'SELECT')"
        " FROM unnest(ARRAY['complaint_factory', 'green_effect']) AS t (name)",
    )

    assert seen == [("complaint_factory", False), ("green_effect", False)]
