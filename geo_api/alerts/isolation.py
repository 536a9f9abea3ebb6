"""Finds the watches that cannot be evaluated, so that all others are, and says why."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from psycopg2 import DatabaseError, OperationalError
from psycopg2.extensions import cursor as Cursor

from geo_api.alerts import evaluation_sql as sql
from layers.model import Text

NO_RULE = "no_rule"
_NO_CODE = "unknown"
_NO_RULE = Text("ไม่มีเรื่องนี้ให้แจ้งเตือนอีกแล้ว ลบได้", "there is no such alert any more: delete it")
_BAD_VALUES = Text(
    "ตัวเลขหรือสถานที่ของการแจ้งเตือนนี้ใช้คำนวณไม่ได้ ลบแล้วขอใหม่",
    "its numbers or its place cannot be computed with: delete it and ask again",
)
_OURS = Text(
    "เกิดข้อผิดพลาดในระบบของเรา ผู้ดูแลระบบเห็นแล้ว และเราจะลองใหม่",
    "of an error of ours, which those who run this service are shown; we try again",
)
# Data exceptions, and what PostGIS says of outlines that it cannot compute with.
_OF_VALUES = ("22", "XX")


@dataclass
class Made:
    """How many events and deliveries, of how many watches, and why others (by their ids) failed."""

    events: int = 0
    deliveries: int = 0
    watches: int = 0
    failed: dict[int, DatabaseError] = field(default_factory=dict)


# Evaluates watches; their events and deliveries.
Work = Callable[[Sequence[int]], tuple[int, int]]


def attempt(cursor: Cursor, watches: Sequence[int], work: Work, made: Made) -> None:
    """All at once, counted in `made`; where that fails in halves, down to those that fail alone.
    Raises DatabaseError where it is no watch's fault: it fails without any, or for want of time."""
    if not watches:
        return
    try:
        with _savepoint(cursor):
            events, deliveries = work(watches)
    except OperationalError:
        raise
    except DatabaseError as problem:
        with _savepoint(cursor):
            work([])
        if len(watches) == 1:
            made.failed[watches[0]] = problem
            return
        half = len(watches) // 2
        attempt(cursor, watches[:half], work, made)
        attempt(cursor, watches[half:], work, made)
    else:
        made.events += events
        made.deliveries += deliveries
        made.watches += len(watches)


def code(problem: DatabaseError) -> str:
    """The SQLSTATE."""
    return problem.pgcode or _NO_CODE


def why_not(problem: str | None) -> Text | None:
    """For its owner, of what is noted of a watch."""
    if problem is None:
        return None
    if problem == NO_RULE:
        return _NO_RULE
    return _BAD_VALUES if problem.startswith(_OF_VALUES) else _OURS


@contextmanager
def _savepoint(cursor: Cursor) -> Iterator[None]:
    cursor.execute(sql.SAVE)
    try:
        yield
    except DatabaseError:
        if not cursor.connection.closed:
            cursor.execute(sql.UNDO)
        raise
    cursor.execute(sql.KEEP)
