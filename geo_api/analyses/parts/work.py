"""Computes parts of a Run, one after the other, until all are done.

A part belongs to whoever holds its row locked, in the transaction that also keeps what came of it.
When a process is killed PostgreSQL undoes that, and the part is free: none is done twice or half.
"""

import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.analyses.parts import InParts, PartRun
from geo_api.analyses.parts import parts_sql as sql
from geo_api.database.connections import beside

_LOOK_S = 0.2


class Left(Enum):
    """Why somebody stopped computing parts."""

    DONE = "all parts are done"
    GAVE_WAY = "something else waits"
    LEADERLESS = "who has the Run is gone"


@dataclass(frozen=True)
class Sight:
    """A transaction that sees the database as it was when the Run began."""

    connection: Connection
    in_parts: InParts
    run_id: int
    home: Path


@contextmanager
def sight(
    connection: Connection, in_parts: InParts, run_id: int, home: Path, snapshot: str
) -> Iterator[Sight]:
    """Raises psycopg2.Error where nobody holds the snapshot any more."""
    with closing(beside(connection)) as reading:
        with reading.cursor() as cursor:
            cursor.execute(sql.OF_PARTS)
            if in_parts.tables:
                cursor.execute(sql.stand_ins(in_parts.tables))
        reading.commit()
        # Never committed: what it writes are temporary tables.
        reading.set_session("REPEATABLE READ")
        with reading.cursor() as cursor:
            cursor.execute(sql.SEE_SNAPSHOT, {"snapshot": snapshot})
        yield Sight(reading, in_parts, run_id, home)


def work(
    connection: Connection,
    seen: Sight,
    *,
    is_leader: bool,
    gives_way: Callable[[Connection], bool] = lambda _: False,
    done: Callable[[], object] = lambda: None,
) -> Left:
    """Until all parts are done, wherever; who leads neither gives way nor is left. `connection`
    commits each part; `done` hears of it."""
    while True:
        if not is_leader:
            if not _one(connection, sql.IS_LED, seen.run_id):
                return Left.LEADERLESS
            if gives_way(connection):
                return Left.GAVE_WAY
        if _compute_one(connection, seen):
            done()
        elif not _one(connection, sql.UNDONE, seen.run_id):
            return Left.DONE
        else:
            # Others are at the last ones; what they leave undone is ours.
            time.sleep(_LOOK_S)


def _one(connection: Connection, statement: str, run_id: int) -> Any:
    with connection, connection.cursor() as cursor:
        cursor.execute(statement, {"run": run_id})
        [(value,)] = cursor.fetchall()
    return value


def _compute_one(connection: Connection, seen: Sight) -> bool:
    """Whether there was one to be computed."""
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.TAKE, {"run": seen.run_id})
        taken = cursor.fetchone()
        if taken is None:
            return False
        number, given = taken
        told, contents = _computed(seen, given)
        of_part = {"run": seen.run_id, "number": number}
        for name, content in contents.items():
            cursor.execute(sql.KEEP_CONTENT, {**of_part, "name": name, "content": content})
        by = f"{platform.node()} {os.getpid()}"
        cursor.execute(sql.KEEP, {**of_part, "by": by, "told": json.dumps(told)})
    return True


def _computed(seen: Sight, given: Any) -> tuple[Any, dict[str, bytes]]:
    """What a part said, and what it made; its stand-ins are empty again."""
    part = PartRun(seen.connection, seen.run_id, seen.home, given)
    with seen.connection.cursor() as cursor:
        cursor.execute(sql.SAVE)
        told = seen.in_parts.compute(part)
        for table in seen.in_parts.tables:
            rows = BytesIO()
            cursor.copy_expert(sql.rows_of(table), rows)
            part.contents[table] = rows.getvalue()
        cursor.execute(sql.UNDO)
    return told, part.contents
