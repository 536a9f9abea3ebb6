"""The simulated world goes on by the hour, the same whenever and in whatever pieces."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import owner_connection
from geo_api.database.prepared_statements import Session
from geo_api.demo.hours import WorldEnded, go_on
from tests.makers import complaint, insert

END = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def world(fresh: Connection, fresh_url: str) -> Iterator[Session]:
    """A day of a station's air, two fires of it, of which one is works, and a complaint."""
    insert(fresh, "air_station", id="s1", kind="ground", lon=100.2, lat=13.5, source="demo")
    with fresh.cursor() as cursor:
        for table in ("air_measurement", "hotspot"):
            cursor.execute(
                "SELECT ensure_months(%s::regclass, %s, %s)", (table, END - 24 * HOUR, END)
            )
    for hour in range(24):
        insert(
            fresh, "air_measurement", station_id="s1", observed_at=END - hour * HOUR,
            pm25_1h=30.0 + hour, pm25_24h=40.0, wind_speed_m_s=2.0, wind_from_deg=90.0,
            source="demo",
        )  # fmt: skip
    for number, heat in enumerate((None, "industrial_static")):
        insert(
            fresh, "hotspot", id=f"h{number}", acquired_at=END - 3 * HOUR, lon=100.3, lat=13.6,
            time_precision="minute", instrument="VIIRS", processing="NRT", frp_mw=5.0,
            sources=["demo"], heat_source=heat,
        )  # fmt: skip
    complaint(fresh, "c1", str(END - 2 * HOUR), lon=100.25, lat=13.55, source="demo")
    fresh.commit()
    with closing(owner_connection(fresh_url)) as connection:
        yield connection


def rows(world: Session) -> list[list[tuple[Any, ...]]]:
    """What there is after the end."""
    asked = (
        "SELECT station_id, observed_at, pm25_1h, pm25_24h FROM air_measurement"
        " WHERE observed_at > %(end)s ORDER BY 2",
        "SELECT acquired_at, ST_AsText(geom), frp_mw, sources FROM hotspot"
        " WHERE acquired_at > %(end)s ORDER BY 1, 2",
        "SELECT ticket_id, reported_at, ST_AsText(geom), source FROM complaint"
        " WHERE reported_at > %(end)s ORDER BY 1",
    )
    with world:
        return [world.rows(one, {"end": END}) for one in asked]


def forget(world: Session) -> None:
    """The hours after the end."""
    with world, world.cursor() as cursor:
        cursor.execute("DELETE FROM air_measurement WHERE observed_at > %s", (END,))
        cursor.execute("DELETE FROM hotspot WHERE acquired_at > %s", (END,))
        cursor.execute("DELETE FROM complaint_event")
        cursor.execute("DELETE FROM complaint WHERE reported_at > %s", (END,))


def test_each_hour_is_as_that_of_the_day_before_and_a_little_different(world: Session) -> None:
    said = go_on(world, END + 24 * HOUR)

    air, fires, complaints = rows(world)
    assert said.startswith("27 read, 27 new")
    assert len(air) == 24
    assert 0.9 * 30 <= air[-1][2] <= 1.1 * 30
    assert [str(at) for at, *_ in fires] == ["2026-03-03 09:00:00+00:00"] * 2
    assert "POINT(100.3 13.6)" in {place for _, place, *_ in fires}
    assert len({place for _, place, *_ in fires}) == 2
    [(ticket, reported_at, _, source)] = complaints
    assert (reported_at, source) == (END + 22 * HOUR, "demo")
    assert ticket != "c1"


def test_replayed_and_in_pieces_it_is_the_same(world: Session) -> None:
    go_on(world, END + 50 * HOUR)
    at_once = rows(world)
    assert go_on(world, END + 50 * HOUR).startswith("nothing to add")
    assert rows(world) == at_once

    forget(world)
    for hours in (1, 7, 24, 25, 50):
        go_on(world, END + hours * HOUR)

    assert rows(world) == at_once


def test_a_world_that_ended_long_ago_does_not_go_on(world: Session) -> None:
    with pytest.raises(WorldEnded, match="more than 30 days ago: `fahsai demo` makes another"):
        go_on(world, END + timedelta(days=31))


def test_without_a_simulated_world_nothing_goes_on(fresh_url: str) -> None:
    empty = owner_connection(fresh_url)

    with pytest.raises(WorldEnded, match="there is no simulated world"):
        go_on(empty, END)
    empty.close()
