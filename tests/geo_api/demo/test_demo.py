"""The simulated world: the same each time, complete, and with its truth planted and kept apart."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.database.connections import READER, Pool, Reads, owner_connection
from geo_api.database.data_versions import fetch_data_versions
from geo_api.database.logins import login_url
from geo_api.demo import load as load_module
from geo_api.demo.complaints import CERTIFIED_LEVEL
from geo_api.demo.green import CERTIFIED_SAVING, YEARLY_SAVING
from geo_api.demo.load import feeds, load
from geo_api.demo.world import TABLES, World, make
from geo_api.settings import Settings
from layers.analyses import analyses
from layers.catalog import catalog
from layers.model import Analysis, Text
from tests.databases import new_database, template_database
from tests.geo_api.demo.conftest import UNTIL, quiet
from tests.makers import factory, insert


@pytest.fixture(scope="session")
def demo_template(database_url: str, template: str, run_home: Path) -> Iterator[str]:
    """The name of a database with a small world to copy."""

    def fill(url: str) -> None:
        with closing(owner_connection(url)) as connection:
            load(connection, scale=0.02, seed=1, until=UNTIL, say=quiet)
            for analysis in ("carbon_vintages", "season_comparison", "waste_flows"):
                analyse(connection, analysis, Settings(run_home))

    with template_database(database_url, run_home, "demo", fill, base=template) as name:
        yield name


@pytest.fixture
def loaded_url(database_url: str, demo_template: str) -> Iterator[str]:
    """The owner's URL of a database with a small world, of one test's own."""
    with new_database(database_url, demo_template) as url:
        yield url


@pytest.fixture
def loaded(loaded_url: str) -> Iterator[Connection]:
    with closing(owner_connection(loaded_url)) as connection:
        yield connection


def count(connection: Connection, table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        (rows,) = cursor.fetchone() or (0,)
        return int(rows)


def test_the_same_seed_and_end_make_the_same_world(world: World) -> None:
    again = make(seed=1, scale=0.3, until=UNTIL, say=quiet)

    assert all(frame.equals(again.tables[name]) for name, frame in world.tables.items())
    assert all(frame.equals(again.truth[name]) for name, frame in world.truth.items())


def test_the_world_fills_the_tables_that_it_names(world: World) -> None:
    assert set(world.tables) == TABLES


def test_the_world_feeds_every_analysis() -> None:
    # Images of burned land are nobody's to simulate.
    hungry = [name for name, analysis in analyses().items() if not feeds(analysis)]
    assert hungry == ["burned_area"]


def test_an_analysis_of_which_a_source_is_not_simulated_is_not_fed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(load_module, "TABLES", frozenset({"factory", "hotspot"}))

    def fed(*sources: str) -> bool:
        return feeds(Analysis("any", Text("", ""), sources, tables=()))

    assert fed("diw", "firms")
    assert not fed("diw", "air4thai")
    assert not fed("diw", "pm25_surface")


def test_another_seed_makes_another_world(world: World) -> None:
    other = make(seed=2, scale=0.3, until=UNTIL, say=quiet)

    assert not world.tables["hotspot"].equals(other.tables["hotspot"])


def test_nothing_happens_after_the_end(world: World) -> None:
    for table, column in (
        ("hotspot", "acquired_at"),
        ("air_measurement", "observed_at"),
        ("complaint", "reported_at"),
    ):
        newest = pd.to_datetime(world.tables[table][column]).max()
        assert UNTIL - timedelta(days=7) < newest <= UNTIL


def test_three_burning_seasons_stand_out(world: World) -> None:
    acquired = pd.to_datetime(world.tables["hotspot"]["acquired_at"]).dt.tz_convert("Asia/Bangkok")

    by_month = acquired.dt.strftime("%Y-%m").value_counts()

    for spring in ("2024-03", "2025-03", "2026-03"):
        assert by_month[spring] > 10 * by_month.get(f"{spring[:4]}-08", 1)


def test_cane_burns_with_its_harvest(world: World) -> None:
    burnt = world.tables["hotspot"]
    cane = pd.to_datetime(burnt.loc[burnt["land_use"] == "sugarcane", "acquired_at"])

    assert cane.dt.month.isin([12, 1, 2, 3]).mean() > 0.85


def test_every_factory_stands_in_a_province(world: World) -> None:
    assert world.tables["factory"]["province_code"].notna().all()


def test_pm25_is_higher_when_fires_upwind_add_to_it(world: World) -> None:
    both = world.tables["air_measurement"].merge(world.truth["smoke"])

    correlation = np.corrcoef(both["pm25_1h"], both["pm25_from_fires"])[0, 1]

    assert correlation > 0.5


def test_the_large_are_certified_more_often_and_use_less_from_the_year_after(world: World) -> None:
    factories, held = world.tables["factory"], world.tables["green_certificate"]
    reached = held[held["level"] >= CERTIFIED_LEVEL].groupby("factory_ref")["issued_on"].min()
    is_certified = factories["id"].isin(held["factory_ref"])

    median = factories["horsepower"].median()
    large = is_certified[factories["horsepower"] > median].mean()
    used = world.tables["factory_return"].query("energy == 'grid_electricity'")
    after = used["year"] > used["factory_ref"].map(pd.to_datetime(reached).dt.year)
    kwh = np.log(used["quantity"]) + np.log(1 + YEARLY_SAVING) * used["year"]
    own = kwh.groupby([used["factory_ref"], after]).mean().unstack().dropna()
    saved = (own[True] - own[False]).mean()

    assert large > 2 * is_certified[factories["horsepower"] <= median].mean()
    assert saved == pytest.approx(np.log(1 - CERTIFIED_SAVING), abs=0.03)


def test_five_years_are_returned_and_each_year_some_begin_and_some_stop(world: World) -> None:
    by_year = world.tables["factory_return"].groupby("year")["factory_ref"].agg(set)

    assert list(by_year.index) == list(range(2021, 2026))
    for before, now in pairwise(by_year):
        assert 0.04 < len(before - now) / len(before) < 0.13
        assert 0.04 < len(now - before) / len(now) < 0.13
        assert len(now) == pytest.approx(len(before), rel=0.05)


def test_many_complaints_name_a_factory_some_a_wrong_one_and_no_reader_sees_whom(
    loaded: Connection, loaded_url: str, world: World
) -> None:
    named = world.tables["complaint_factory"].merge(world.truth["complaint_cause"], on="ticket_id")

    assert len(named) / len(world.tables["complaint"]) == pytest.approx(0.53, abs=0.05)
    assert 0.8 < (named["factory_id_x"] == named["factory_id_y"]).mean() < 0.95
    share = count(loaded, "complaint_factory") / count(loaded, "complaint")
    assert share == pytest.approx(0.53, abs=0.15)
    pool = Pool(login_url(loaded_url, READER), 1)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        pool.fetch("SELECT * FROM complaint_factory")
    pool.close()


def test_the_layers_that_are_called_simulated_are_those_of_the_tables_it_fills(
    loaded_url: str, world: World
) -> None:
    pool = Pool(login_url(loaded_url, READER), 1)

    layers = fetch_data_versions(pool).simulated_views & catalog().keys()
    reads = pool.fetch("SELECT view_name, table_name FROM published.reads")
    # What expires within 90 days of the day of the test may be nothing of a world of another day.
    # What analyses compute is not there before they run.
    certain = layers - {"certificates_expiring", "exposure", "fire_contribution"}
    empty = [name for name in certain if not pool.fetch(f"SELECT FROM published.{name} LIMIT 1")]

    pool.close()
    filled = {view for view, table in reads if table in world.tables}
    assert layers == (filled | {"carbon", "waste_flows"}) & catalog().keys()
    assert {"factories", "hotspots", "carbon", "wind"} <= layers
    assert empty == []


def test_before_the_demo_nothing_is_simulated(reads: Reads) -> None:
    assert fetch_data_versions(reads).simulated_views == frozenset()


def test_a_layer_newer_than_the_simulated_world_was_never_loaded(
    connection: Connection, reads: Reads
) -> None:
    insert(connection, "run", source="demo", input="-", status="succeeded")
    factory(connection, "mill")

    assert "factories" in fetch_data_versions(reads).simulated_views
    assert "eco_towns" not in fetch_data_versions(reads).simulated_views


def test_the_truth_is_out_of_a_readers_reach(loaded: Connection, loaded_url: str) -> None:
    pool = Pool(login_url(loaded_url, READER), 1)

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        pool.fetch("SELECT * FROM truth.complaint_cause")

    pool.close()
    assert count(loaded, "truth.complaint_cause") == count(loaded, "complaint")


def test_loading_the_same_world_again_changes_nothing(loaded: Connection) -> None:
    tally = load(loaded, scale=0.02, seed=1, until=UNTIL, say=quiet)

    assert (tally.inserted, tally.updated) == (0, 0)


def test_simulated_officers_bring_complaints_to_several_states_each_by_its_story(
    loaded: Connection,
) -> None:
    with loaded.cursor() as cursor:
        cursor.execute(
            "SELECT c.state, e.to_state FROM complaint AS c"
            " JOIN LATERAL (SELECT to_state FROM complaint_event"
            "  WHERE complaint_id = c.id AND to_state IS NOT NULL ORDER BY id DESC LIMIT 1) AS e"
            " ON true"
        )
        found = cursor.fetchall()

    assert len({state for state, _ in found}) > 4
    assert all(state == told for state, told in found)
    assert count(loaded, "complaint_deadline") == 3


def test_another_world_takes_the_place_of_the_former(loaded: Connection) -> None:
    load(loaded, scale=0.03, seed=2, until=UNTIL, say=quiet)

    assert count(loaded, "hotspot") == 1200
    # What was published of the former world binds nobody.
    assert count(loaded, "carbon_vintage") == count(loaded, "carbon_amount") == 0
    assert count(loaded, "factory") == 90


def test_a_few_open_cases_were_inspected_and_two_edits_of_one_contradict_each_other(
    loaded: Connection,
) -> None:
    statement = """
        SELECT count(*), count(*) FILTER (WHERE heads = 2), count(DISTINCT finding),
            max(distance_m) < 161, count(*) FILTER (WHERE order_number IS NOT NULL) > 0
        FROM inspection JOIN complaint AS c ON c.id = complaint_id WHERE c.closed_at IS NULL
    """

    with loaded.cursor() as cursor:
        cursor.execute(statement)
        [told] = cursor.fetchall()

    assert told == (12, 1, 3, True, True)


def test_the_planner_knows_what_was_loaded_from_the_first_page_on(loaded: Connection) -> None:
    filled = [f"public.{table}" for table in (*TABLES, "complaint_event")]
    with loaded.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE reltuples = -1 AND oid = ANY (%s::regclass[])",
            (filled,),
        )
        assert cursor.fetchall() == []
