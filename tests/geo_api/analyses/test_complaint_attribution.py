"""Complaints put down to factories: what is kept, for whom, and where it must not be seen."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.jobs.jobs_sql import WITH_NEWS
from geo_api.settings import Settings
from layers.analyses import analyses
from layers.catalog import catalog
from tests.makers import complaint, factory, insert, wind_reading

NAME = "complaint_attribution"
FIRST = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 20
SUSPECT = "factory-upwind"


def rows(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def ask(connection: Connection, home: Path) -> str:
    connection.commit()
    return analyse(connection, NAME, Settings(home))


@pytest.fixture
def town(fresh: Connection) -> Connection:
    """A factory in the east, where a wind that turns once a day comes from at the complaints' hour;
    another stands in the west."""
    factory(fresh, SUSPECT, lon=100.258)
    factory(fresh, "factory-downwind", lon=100.242)
    station = {"name_th": "สถานี", "kind": "ground", "source": "air4thai"}
    insert(fresh, "air_station", id="s1", lon=100.25, lat=13.56, **station)
    rng = np.random.default_rng(1)
    for hour in range(24 * DAYS):
        at = FIRST + timedelta(hours=hour + 1)
        turned = (90 + 15 * (hour - 6) + float(rng.normal(0, 20))) % 360
        wind_reading(fresh, "s1", at, from_deg=turned, speed_m_s=2.0)
    for day in range(DAYS - 1):
        at = FIRST + timedelta(days=day, hours=6, minutes=30 + day)
        # Each at a place of its own: one alone for all would stand for a town.
        complaint(fresh, f"c{day}", at.isoformat(), lon=100.25 + day * 1e-6, province_code="74")
    complaint(fresh, "loud", (FIRST + timedelta(days=3, minutes=7)).isoformat())
    rows(fresh, "UPDATE complaint SET category = 'noise' WHERE id = 'loud' RETURNING id")
    return fresh


def test_each_complaint_has_an_answer_or_a_reason(town: Connection, home: Path) -> None:
    said = ask(town, home)

    kept = rows(
        town,
        "SELECT a.complaint_id, a.reason, a.none_single + sum(c.share_single)"
        " FROM complaint_attribution AS a LEFT JOIN complaint_candidate AS c USING (complaint_id)"
        " GROUP BY a.complaint_id ORDER BY a.complaint_id",
    )
    assert len(kept) == DAYS
    assert {id: reason for id, reason, _ in kept}["loud"] == "category"
    assert [total for _, reason, total in kept if reason is None] == pytest.approx([1] * (DAYS - 1))
    assert f"{DAYS - 1} of {DAYS} complaints answered" in said


def test_shares_of_candidates_of_others_and_of_none_make_one(town: Connection, home: Path) -> None:
    for number in range(12):
        factory(town, f"beside-{number}", lon=100.2585, lat=13.55 + number * 1e-4)
    ask(town, home)

    kept = rows(
        town,
        "SELECT count(c.*), a.others, a.none_single + a.others_single + sum(c.share_single) - 1,"
        " a.none_pooled + a.others_pooled + sum(c.share_pooled) - 1"
        " FROM complaint_attribution AS a JOIN complaint_candidate AS c USING (complaint_id)"
        " GROUP BY a.complaint_id",
    )
    assert len(kept) == DAYS - 1
    for told, others, single, pooled in kept:
        assert told + others == 14 and others >= 8  # type: ignore[operator]
        assert abs(float(single)) < 1e-12 and abs(float(pooled)) < 1e-12  # type: ignore[arg-type]


def test_what_is_reported_and_decided_without_any_run_is_news_to_the_schedule(
    town: Connection, home: Path
) -> None:
    def has_news() -> bool:
        town.commit()
        versions = {"named": [NAME], "versions": [analyses()[NAME].version]}
        pairs = {"analyses": [NAME], "inputs": ["traffy"], **versions}
        with town.cursor() as cursor:
            cursor.execute(WITH_NEWS, pairs)
            return cursor.fetchall() == [(NAME,)]

    ask(town, home)
    assert not has_news()

    steps = (
        "INSERT INTO complaint (id, source, ticket_id, channel, category, reported_at, geom)"
        " VALUES ('form', 'resident', 'form', 'form', 'odour', now(), (SELECT geom FROM complaint"
        " WHERE id = 'c1')) RETURNING id",
        "UPDATE complaint SET category = 'dust_smoke' WHERE id = 'c2' RETURNING id",
        "UPDATE complaint SET is_spam = true WHERE id = 'c3' RETURNING id",
        "UPDATE complaint SET geom = ST_Translate(geom, 0.001, 0) WHERE id = 'c4' RETURNING id",
    )
    for step in steps:
        rows(town, step)
        assert has_news(), step
        assert "answered" in ask(town, home)
        assert not has_news()
    rows(town, "UPDATE complaint SET strength = 3 WHERE id = 'c5' RETURNING id")
    assert not has_news()


def test_the_factory_upwind_has_the_larger_share(town: Connection, home: Path) -> None:
    ask(town, home)

    shares = rows(
        town,
        "SELECT factory_id, avg(share_single), avg(share_before), min(bearing_deg)"
        " FROM complaint_candidate GROUP BY factory_id ORDER BY 2 DESC",
    )
    assert shares[0][0] == SUSPECT
    assert shares[0][1] > 1.5 * float(shares[1][1])  # type: ignore[operator,arg-type]
    assert shares[0][2] == pytest.approx(float(shares[1][2]), rel=0.1)  # type: ignore[arg-type]


def test_a_second_pass_leaves_all_as_it_is_until_something_is_new(
    town: Connection, home: Path
) -> None:
    ask(town, home)
    before = rows(town, "SELECT * FROM complaint_candidate ORDER BY 1, 2")

    said = ask(town, home)

    assert "nothing is new" in said
    assert rows(town, "SELECT * FROM complaint_candidate ORDER BY 1, 2") == before
    complaint(town, "new", (FIRST + timedelta(days=4, hours=6)).isoformat())
    assert f"of {DAYS + 1} complaints" in ask(town, home)


def test_what_staff_say_of_a_complaint_is_news_and_so_is_a_run_that_ended_late(
    town: Connection, home: Path
) -> None:
    ask(town, home)
    rows(town, "UPDATE complaint SET is_spam = true WHERE id = 'c1' RETURNING id")

    assert f"of {DAYS - 1} complaints" in ask(town, home)
    assert "nothing is new" in ask(town, home)
    rows(town, "UPDATE complaint SET category = 'dust_smoke' WHERE id = 'c2' RETURNING id")
    assert "answered" in ask(town, home)
    assert "nothing is new" in ask(town, home)
    insert(
        town, "run", source="air4thai", input="", status="succeeded",
        started_at="2020-01-01T00:00Z", finished_at=datetime.now(UTC).isoformat(),
    )  # fmt: skip
    assert "answered" in ask(town, home)


def test_answers_do_not_outlive_the_wind_that_they_are_of(town: Connection, home: Path) -> None:
    ask(town, home)
    rows(town, "UPDATE air_station SET kind = 'model' RETURNING id")
    rows(town, "UPDATE complaint SET is_spam = true WHERE id = 'c1' RETURNING id")

    assert "none of which the wind can tell of" in ask(town, home)

    assert rows(town, "SELECT count(*) FROM complaint_candidate") == [(0,)]
    assert rows(town, "SELECT count(*) FROM complaint_attribution WHERE reason IS NULL") == [(0,)]


def test_neither_the_run_nor_a_layer_names_a_factory_by_it(town: Connection, home: Path) -> None:
    ask(town, home)

    logged = str(rows(town, "SELECT r::text FROM run AS r"))
    assert SUSPECT not in logged
    assert NAME not in catalog()
    definitions = rows(
        town,
        "SELECT schemaname || '.' || viewname FROM pg_views"
        " WHERE definition ~ 'complaint_(attribution|candidate)'"
        " UNION ALL SELECT schemaname || '.' || matviewname FROM pg_matviews"
        " WHERE definition ~ 'complaint_(attribution|candidate)'",
    )
    assert definitions == []
    readers = rows(
        town,
        "SELECT grantee, table_name FROM information_schema.role_table_grants"
        " WHERE table_name IN ('complaint_attribution', 'complaint_candidate')"
        " AND grantee LIKE 'fahsai%' AND grantee <> 'fahsai_staff'",
    )
    assert [
        grantee for grantee, _ in readers if grantee in ("fahsai_reader", "fahsai_writer")
    ] == []


def test_without_any_wind_the_run_fails_and_says_so(fresh: Connection, home: Path) -> None:
    complaint(fresh, "c", FIRST.isoformat())

    with pytest.raises(Exception, match="needs the wind"):
        ask(fresh, home)
