"""Loads the simulated world through the same staging and merging as every source."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pandas as pd
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from tqdm import tqdm

from geo_api.database.runs import Tally, record_run
from geo_api.demo import cases
from geo_api.demo.inspections import inspect
from geo_api.demo.world import TABLES, World, make
from geo_api.ingest import sql
from geo_api.ingest.loading import Loader
from geo_api.search.names import keep_names
from layers.analyses import providers
from layers.model import Analysis

_CHUNK_ROWS = 200_000
_OF_CASES = ("complaint_event", "complaint_text")  # which `cases.work` fills


def load(
    connection: Connection,
    *,
    scale: float,
    seed: int,
    until: datetime,
    say: Callable[[str], None],
) -> Tally:
    """Makes the world that ends with the hour of `until` (aware) and merges it in one transaction.
    The same world again changes nothing; another one takes its place."""
    given = f"scale={scale:g} seed={seed} until={until.astimezone(UTC):%Y-%m-%dT%HZ}"
    say(f"Making the simulated world ({given})")
    world = make(seed, scale, until, say)
    tally = Tally()
    with (
        record_run(connection, "demo", given, tally, until) as run_id,
        connection.cursor() as cursor,
    ):
        say("Loading it")
        cursor.execute(sql.OTHER_DEMO_RUN, {"run": run_id, "input": given})
        if (cursor.fetchone() or (False,))[0]:
            _clear(cursor, world)
        _load(cursor, world, run_id, tally)
        cases.work(cursor, seed, until)
        keep_names(cursor, world.tables)
        inspect(cursor, seed, until)
        # The first page that somebody opens would come before PostgreSQL does it by itself, and
        # wait 25 s for joins planned for a few rows.
        for table in (*world.tables, *_OF_CASES):
            cursor.execute(sql.analyze(table))
    say(f"demo: {tally}")
    return tally


def feeds(analysis: Analysis) -> bool:
    """Whether the world has rows of every source that an analysis computes from, of one or more."""
    sources = providers(analysis.sources)
    return bool(sources) and all(not TABLES.isdisjoint(one.tables) for one in sources)


def _clear(cursor: Cursor, world: World) -> None:
    """Another seed or scale is another world: nothing of the former stays."""
    cases.forget(cursor)
    for table in reversed(list(world.tables)):
        cursor.execute(sql.delete_simulated(table))
    cursor.execute(sql.FORGET_SIMULATED_VINTAGES)
    cursor.execute(sql.FORGET_SIMULATED_RELEASES)


def _load(cursor: Cursor, world: World, run_id: int, tally: Tally) -> None:
    loader = Loader(cursor, list(world.tables))
    for table, frame in tqdm(world.tables.items(), "demo", unit=" tables", disable=None):
        tally.read += len(frame)
        tally.sound += len(frame)
        for text in _csv(frame):
            loader.copy(table, list(frame.columns), text)
        loader.merge_table(table, run_id, tally)
    for table, frame in world.truth.items():
        cursor.execute(sql.empty(f"truth.{table}"))
        for text in _csv(frame):
            cursor.copy_expert(sql.copy_into(f"truth.{table}", list(frame.columns)), text)


def _csv(frame: pd.DataFrame) -> Iterator[io.StringIO]:
    for start in range(0, len(frame), _CHUNK_ROWS):
        text = io.StringIO()
        frame.iloc[start : start + _CHUNK_ROWS].to_csv(text, header=False, index=False)
        text.seek(0)
        yield text
