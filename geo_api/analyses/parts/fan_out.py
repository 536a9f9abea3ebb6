"""The pass of an analysis in parts, by whoever has its Run: shares them out, computes along, and
gathers what came of all into one transaction."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from io import BytesIO
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.analyses.parts import Helped, InParts, Part
from geo_api.analyses.parts import parts_sql as sql
from geo_api.analyses.parts.analysis_run import AnalysisRun
from geo_api.analyses.parts.work import Sight, sight, work
from geo_api.database.connections import beside


def in_parts(run: AnalysisRun, name: str, parts: InParts, helped: Helped) -> str:
    """Computes all parts, by itself or helped, and gathers them. Raises RunFailed."""
    with ExitStack() as stack:
        snapshot, planned = stack.enter_context(_planned(run, parts))
        _share(run, planned, snapshot)
        opened = sight(run.connection, parts, run.run_id, run.home, snapshot)
        with opened as seen, helped(run.connection, run.run_id, len(planned)):
            lead(run, name, seen, len(planned))
    return gathered(run, parts)


def lead(run: AnalysisRun, name: str, seen: Sight, parts: int) -> None:
    """Computes parts until all are done, and waits for those that others are at."""
    from tqdm import tqdm

    with tqdm(desc=name, total=parts, unit=" parts", disable=None) as bar:
        work(run.connection, seen, is_leader=True, done=bar.update)


def gathered(run: AnalysisRun, parts: InParts) -> str:
    """What is kept of all parts, in the Run's transaction; what they left behind ends with it."""
    values = {"run": run.run_id}
    made = parts.gather(run, _Gathered(run.connection, run.run_id))
    with run.connection.cursor() as cursor:
        cursor.execute(sql.DONE_BY, values)
        [(workers,)] = cursor.fetchall()
        if workers > 1:
            run.tally.notes.append(f"computed by {workers} processes")
        cursor.execute(sql.END_SHARING, values)
    return made


@contextmanager
def _planned(run: AnalysisRun, parts: InParts) -> Iterator[tuple[str, Sequence[Part]]]:
    """The parts, and what all of them see, for as long as the block is in it. Nothing that is
    written meanwhile is committed: a plan may make temporary tables."""
    with closing(beside(run.connection)) as keeping:
        keeping.set_session("REPEATABLE READ")
        with keeping.cursor() as cursor:
            cursor.execute(sql.EXPORT_SNAPSHOT)
            [(snapshot,)] = cursor.fetchall()
        yield snapshot, parts.plan(replace(run, connection=keeping))


def _share(run: AnalysisRun, planned: Sequence[Part], snapshot: str) -> None:
    listed = json.dumps([asdict(part) for part in planned])
    values = {"run": run.run_id, "day": run.day, "snapshot": snapshot, "parts": listed}
    with run.connection, run.connection.cursor() as cursor:
        for statement in (sql.FORGET_ENDED, sql.SHARE_RUN, sql.SHARE_PARTS):
            cursor.execute(statement, values)


@dataclass(frozen=True)
class _Gathered:
    """See Gathered."""

    connection: Connection
    run_id: int

    @cached_property
    def given(self) -> Sequence[Any]:
        """See Gathered."""
        return self._of_each(sql.GIVEN)

    @cached_property
    def told(self) -> Sequence[Any]:
        """See Gathered."""
        return self._of_each(sql.TOLD)

    def contents(self, name: str) -> Iterator[bytes]:
        """See Gathered."""
        values = {"run": self.run_id, "name": name}
        with self.connection.cursor() as cursor:
            cursor.execute(sql.NUMBERS, values)
            for (number,) in cursor.fetchall():
                cursor.execute(sql.CONTENT, {**values, "number": number})
                [(content,)] = cursor.fetchall()
                yield bytes(content)

    def add_rows(self, table: str, into: str | None = None) -> None:
        """See Gathered."""
        copied = sql.add_rows(into, "pg_temp") if into else sql.add_rows(table)
        with self.connection.cursor() as cursor:
            for content in self.contents(table):
                cursor.copy_expert(copied, BytesIO(content))

    def _of_each(self, statement: str) -> Sequence[Any]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, {"run": self.run_id})
            return [value for (value,) in cursor.fetchall()]
