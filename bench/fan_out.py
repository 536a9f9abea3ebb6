"""What more workers make of an analysis in parts: seconds, and whether the rows are the same.

    python -m bench.fan_out [--workers 2] [ANALYSIS …]

Over the demo world of FAHSAI_HOME or FAHSAI_DATABASE_URL, all of which is computed anew: by one
process, by several, and by several of which one is killed when half of the parts are done.
Rows are compared by a sum of hashes of all columns but those of the Run and of history. What was
computed before is lost.
"""

import argparse
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager

from psycopg2.extensions import connection as Connection
from psycopg2.sql import SQL, Identifier

from geo_api import settings as settings_module
from geo_api.analyses import analyse, parts_of
from geo_api.analyses.parts import Helped
from geo_api.database.connections import owner_connection
from geo_api.database.embedded.cluster import database
from geo_api.database.migrations import migrate
from geo_api.jobs.helping import started
from geo_api.settings import Settings
from layers.analyses import analyses, analysis_named

_LOOK_S = 0.05
_OF_THE_RUN = ["run_id", "computed_at", "made_at", "inputs", "changed_in"]
_HASH = SQL(
    "SELECT count(*), coalesce(sum(hashtextextended((to_jsonb(t) - %(but)s)::text, 0)), 0)"
    " FROM {} AS t"
)
_HALF = "SELECT 2 * count(done_at) >= count(*) FROM jobs.part WHERE run_id = %(run)s"


def main() -> None:
    """Prints a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("analysis", nargs="*")
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    names = given.analysis or [name for name in analyses() if parts_of(name)]
    settings = settings_module.from_environment()
    tell("| analysis | parts | 1 process | several | one killed | the same rows |")
    tell("|---|---|---|---|---|---|")
    with database(settings, log) as url:
        migrate(url, log)
        for name in names:
            tell(_line(settings, url, name, given.workers))


def _line(settings: Settings, url: str, name: str, workers: int) -> str:
    ways = [_helpers(settings, url, 1), _helpers(settings, url, workers)]
    ways.append(_helpers(settings, url, workers, kill=True))
    parts: list[int] = []
    seconds, found = [], []
    for way in ways:
        with closing(owner_connection(url)) as connection:
            forget(connection, name)
            began = time.monotonic()
            analyse(connection, name, settings, helped=_counting(way, parts))
            seconds.append(time.monotonic() - began)
            found.append(_checksums(connection, analysis_named(name).tables))
    same = "yes" if all(one == found[0] for one in found) else "NO"
    rows = sum(count for count, _ in found[0])
    told = " | ".join(f"{one:.1f} s" for one in seconds)
    return f"| `{name}` | {parts[0]} | {told} | {same}, {rows:,} |"


def _helpers(settings: Settings, url: str, workers: int, *, kill: bool = False) -> Helped:
    """Processes beside the one that has the Run; the first of them is killed half-way."""

    @contextmanager
    def helped(_connection: Connection, run_id: int, _parts: int) -> Iterator[None]:
        with started(settings, url, run_id, workers - 1) as processes:
            killer = threading.Thread(target=lambda: _kill(url, run_id, processes[0].kill))
            if kill:
                killer.start()
            yield
            if kill:
                killer.join()

    return helped


def _kill(url: str, run_id: int, kill: Callable[[], None]) -> None:
    with closing(owner_connection(url)) as connection:
        while True:
            with connection, connection.cursor() as cursor:
                cursor.execute(_HALF, {"run": run_id})
                if cursor.fetchall() == [(True,)]:
                    break
            time.sleep(_LOOK_S)
    kill()


def _counting(way: Helped, parts: list[int]) -> Helped:
    @contextmanager
    def helped(connection: Connection, run_id: int, count: int) -> Iterator[None]:
        parts.append(count)
        with way(connection, run_id, count):
            yield

    return helped


def forget(connection: Connection, name: str) -> None:
    """Has the analysis compute all, into tables that are empty."""
    with connection, connection.cursor() as cursor:
        # As if it had been by another version of its method.
        cursor.execute("UPDATE run SET method_version = 0 WHERE source = %(name)s", {"name": name})
        for table in analysis_named(name).tables:
            if table == "raster":
                cursor.execute("DELETE FROM raster WHERE layer = %(layer)s", {"layer": name})
            else:
                cursor.execute(SQL("DELETE FROM {}").format(Identifier(table)))


def rows_of(connection: Connection, name: str) -> int:
    """How many the analysis has made."""
    return sum(count for count, _ in _checksums(connection, analysis_named(name).tables))


def _checksums(connection: Connection, tables: Sequence[str]) -> list[tuple[int, int]]:
    found = []
    with connection, connection.cursor() as cursor:
        for table in tables:
            cursor.execute(_HASH.format(Identifier(table)), {"but": _OF_THE_RUN})
            [(rows, total)] = cursor.fetchall()
            found.append((rows, int(total)))
    return found


def tell(line: str) -> None:
    """A line of the table."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def log(line: str) -> None:
    """What is no part of the table."""
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    main()
