"""What a newcomer waits for before the maps are there, and what follows meanwhile."""

from datetime import UTC, datetime
from pathlib import Path

from psycopg2.extensions import connection as Connection

from geo_api.demo.commands import load_demo
from geo_api.jobs.tick import tick
from geo_api.settings import Settings, from_environment
from layers.analyses import analyses
from tests.geo_api.demo.conftest import UNTIL


def test_what_a_worker_does_by_itself_is_left_to_it(
    fresh: Connection, fresh_url: str, home: Path
) -> None:
    load_demo(Settings(home), fresh_url, print, scale=0.02, until=UNTIL, analyse_all=False)

    with fresh, fresh.cursor() as cursor:
        cursor.execute("SELECT source FROM run WHERE status = 'succeeded'")
        done = {name for (name,) in cursor.fetchall()}
    deferred = set(tick(fresh, from_environment({"HOME": str(home)}).sources, datetime.now(UTC)))
    assert {"demo", "carbon_vintages", "waste_flows", "complaint_release"} <= done
    assert done.isdisjoint(deferred)
    assert {name for name, one in analyses().items() if one.every} & done == set()
    assert {"complaint_attribution", "fire_events", "pm25_surface", "upwind_fires"} <= deferred
