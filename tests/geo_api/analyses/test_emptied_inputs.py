"""What was computed from rows that are no more is not left as it was.

With one of its inputs taken away, or a day of all, an analysis tells what it would have told of
what remains, or nothing.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.database.runs import RunFailed
from layers.analyses import analyses
from layers.sources import sources
from tests.geo_api.analyses.derived_world import DerivedWorld
from tests.makers import insert

# What was published of these stands, by design: a difference of two vintages could tell of one.
VINTAGES = {"carbon_vintages", "waste_flows", "complaint_release"}
# It reads images, which are registered and removed one pair at a time.
OF_IMAGES = {"burned_area"}
RECOMPUTED = sorted(set(analyses()) - VINTAGES - OF_IMAGES)
# Tables by which a pass knows what it did before, beside those that it publishes.
STATE = {"upwind_fires": ("upwind_day",)}
_DAY = "'2026-02-27'"
_OF_A_DAY = (
    f"DELETE FROM hotspot WHERE report_day(acquired_at) = {_DAY}",
    f"DELETE FROM air_measurement WHERE (observed_at AT TIME ZONE 'Asia/Bangkok')::date = {_DAY}",
    f"UPDATE complaint SET is_spam = true WHERE reported_at::date = {_DAY}",
    f"DELETE FROM raster WHERE layer = 'pm25_surface' AND day = {_DAY}",
)
# How rows of a source, or what another analysis computed, are taken away.
TAKEN = {
    "a day": _OF_A_DAY,
    "traffy": ("UPDATE complaint SET is_spam = true",),
    "diw": ("UPDATE factory SET status = 'struck_off'",),
    "air4thai": ("DELETE FROM air_measurement",),
    "openmeteo": ("DELETE FROM air_measurement",),
    "firms": ("DELETE FROM hotspot WHERE 'A' = satellite OR 'T' = satellite",),
    "gistda": ("DELETE FROM hotspot",),
    "boundaries": ("DELETE FROM district", "UPDATE province SET region = 'west'"),
    "pm25_surface": ("DELETE FROM raster WHERE layer = 'pm25_surface'",),
    "fire_events": ("DELETE FROM fire_event_member", "DELETE FROM fire_event"),
    "industrial_heat": (
        "DELETE FROM heat_cell",
        "DELETE FROM heat_judgement",
        "UPDATE hotspot SET heat_source = NULL WHERE heat_source IS NOT NULL",
    ),
}
# The register tells which factories operate now, not which did: former days stay.
STAYS = {("upwind_fires", "diw")}
# When and by which pass a row was made, and what it was known by, is not what it says.
_OF_THE_PASS = {
    *("run_id", "computed_at", "made_at", "inputs", "fingerprint", "changed_in"),
    *("surface_made_at", "population_made_at", "id", "path", "hotspot_run_id"),
}

Table = dict[str, list[dict[str, Any]]]


def inputs() -> Iterator[tuple[str, str]]:
    """Each analysis with each of what it reads, and with a day of all."""
    for name in RECOMPUTED:
        yield name, "a day"
        for source in analyses()[name].sources:
            if (name, source) not in STAYS:
                yield name, source


def take_away(world: DerivedWorld, taken: str) -> None:
    if taken in TAKEN:
        run(world, *TAKEN[taken])
    else:
        run(world, *(f"DELETE FROM {table}" for table in sources()[taken].tables))


def deliver(world: DerivedWorld, name: str) -> None:
    """A Run of each input ends, as it does whenever rows come or go."""
    for source in analyses()[name].sources:
        told = {"input": "", "status": "succeeded", "finished_at": datetime.now(UTC)}
        insert(world.connection, "run", source=source, **told)
    world.connection.commit()


def run(world: DerivedWorld, *statements: str) -> None:
    with world.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    world.connection.commit()


def pass_of(world: DerivedWorld, name: str) -> bool:
    """Whether it succeeded."""
    with suppress(RunFailed):
        analyse(world.connection, name, world.settings)
        return True
    return False


def forget(world: DerivedWorld, name: str) -> None:
    """As if it had never run."""
    for table in (*analyses()[name].tables, *STATE.get(name, ())):
        of = f" WHERE layer = '{name}'" if table == "raster" else ""
        run(world, f"DELETE FROM {table}{of}")
    run(world, f"UPDATE run SET method_version = NULL WHERE source = '{name}'")


def told(connection: Connection, name: str) -> Table:
    """All that the analysis has told, by table."""
    return {table: _rows(connection, name, table) for table in analyses()[name].tables}


def _rows(connection: Connection, name: str, table: str) -> list[dict[str, Any]]:
    of = f" WHERE layer = '{name}'" if table == "raster" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} AS t{of}")
        found = [_said(row) for (row,) in cursor.fetchall()]
    return sorted(found, key=str)


def _said(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, 6) if isinstance(value, float) else value
        for name, value in sorted(row.items())
        if name not in _OF_THE_PASS
    }


def abstained(rows: list[dict[str, Any]]) -> bool:
    return all(row.get("reason") or row.get("abstained") for row in rows)


@pytest.mark.parametrize(("name", "taken"), list(inputs()))
def test_with_an_input_taken_away_it_tells_what_it_would_have_told_of_the_rest(
    name: str, taken: str, recomputed: DerivedWorld
) -> None:
    assert any(told(recomputed.connection, name).values())
    take_away(recomputed, taken)
    deliver(recomputed, name)

    pass_of(recomputed, name)

    after = told(recomputed.connection, name)
    forget(recomputed, name)
    is_computed = pass_of(recomputed, name)
    anew = told(recomputed.connection, name)
    for table, rows in after.items():
        is_silent = not is_computed and abstained(rows)
        assert is_silent or rows == anew[table], table
