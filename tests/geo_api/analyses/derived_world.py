"""A small world of which everything was computed: a hundredth of the demo, and a burn scar."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.database.connections import owner_connection
from geo_api.demo.load import load
from geo_api.rasters.burn_scars import Images
from geo_api.rasters.burned_pairs import register_pair
from geo_api.settings import Settings
from layers.analyses import analyses
from tests.databases import new_database, template_database
from tests.geo_api.analyses.test_burned_area import AFTER, BEFORE, TODAY, green, image, scarred

ENDS = datetime(2026, 3, 2, 3, tzinfo=UTC)
# Winds are kept of two months and PM2.5 of two days: surfaces take a second each. One station has
# dust enough for a day above the standard.
_TRIM = """
    DELETE FROM air_measurement WHERE observed_at < %(ends)s - INTERVAL '60 days';
    UPDATE air_measurement SET pm25_1h = NULL, pm25_24h = NULL
    WHERE observed_at < %(ends)s - INTERVAL '58 hours';
    UPDATE air_measurement SET pm25_1h = pm25_1h + 60, pm25_24h = pm25_24h + 60
    WHERE station_id = (SELECT min(id) FROM air_station)
"""


@dataclass(frozen=True)
class DerivedWorld:
    """A database of one test's own, and the settings with whose home it was computed."""

    connection: Connection
    settings: Settings


@contextmanager
def derived_template(database_url: str, run_home: Path, base: str) -> Iterator[tuple[str, Path]]:
    """The name of the database to copy, and the home of its files; made once in a run."""
    home = run_home / "derived-world"

    def fill(url: str) -> None:
        home.mkdir(exist_ok=True)
        with closing(owner_connection(url)) as connection:
            load(connection, scale=0.01, seed=1, until=ENDS, say=lambda _: None)
            with connection.cursor() as cursor:
                cursor.execute(_TRIM, {"ends": ENDS})
            connection.commit()
            _add_scar(connection, home)
            for name in analyses():
                analyse(connection, name, Settings(home))
                connection.commit()

    with template_database(database_url, run_home, "derived_world", fill, base=base) as name:
        yield name, home


@contextmanager
def derived_world(
    server_url: str, template: tuple[str, Path], home: Path
) -> Iterator[DerivedWorld]:
    """A copy, with its files in `home`."""
    name, made_in = template
    shutil.copytree(made_in, home, dirs_exist_ok=True)
    with new_database(server_url, name) as url, closing(owner_connection(url)) as connection:
        yield DerivedWorld(connection, Settings(home))


def _add_scar(connection: Connection, home: Path) -> None:
    before = image(home / "before.tif", green())
    after = image(home / "after.tif", scarred(slice(10, 30), slice(10, 30)))
    register_pair(connection, Images(before, after, 1, 2, ()), (BEFORE, AFTER), "test", TODAY)
