"""What keeping history costs: `python -m bench.history postgresql://…`, a migrated database of its
own on this machine, which it fills and empties.

Of as many hotspots as are asked for: their first delivery, a delivery that replaces a tenth of
them, and the same without the triggers that keep what was; a count and a page of now, of before the
second delivery, when all former rows are shown, and of after it, when none is; what changed by it,
and by four hours that are replaced once more; and forgetting. Of each its seconds, the shortest of
some, and those in which the server's process was at work, which others on the machine lengthen
less.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from geo_api.database.as_of import as_of_reads
from geo_api.database.connections import READER, Pool, owner_connection
from geo_api.database.logins import login_url
from geo_api.database.prepared_statements import Session
from geo_api.features.changes import changes
from layers.catalog import catalog
from layers.query import Query

_FILL = """
    SELECT ensure_months('hotspot', '2026-01-01', '2026-04-30');
    INSERT INTO hotspot (
        id, acquired_at, time_precision, geom, instrument, satellite, processing, frp_mw, sources
    )
    SELECT to_char(at, 'YYYYMMDDHH24MI') || '-V-' || n, at, 'minute',
        ST_SetSRID(ST_MakePoint(97.5 + n % 8001 / 1000.0, 6 + n % 14003 / 1000.0), 4326),
        'VIIRS', 'N20', 'NRT', n % 100, '{{firms}}'
    FROM generate_series(1, {rows}) AS n,
        LATERAL (SELECT timestamptz '2026-01-01' + n % 100000 * interval '1 minute' AS at) AS t
"""
_REPLACE = "UPDATE hotspot SET frp_mw = frp_mw + 1 WHERE right(id, 1) = '7'"
_REPLACE_HOURS = """
    UPDATE hotspot SET frp_mw = frp_mw + 1
    WHERE acquired_at >= '2026-02-01' AND acquired_at < '2026-02-01 04:00'
"""
_OFF = "ALTER TABLE hotspot DISABLE TRIGGER {}"
_KEEPING = ("then_note_change", "keep_updated", "keep_deleted")
_SIZE = "SELECT pg_total_relation_size('history.hotspot')"
_COUNT = "SELECT count(*) FROM {}.hotspots WHERE frp_mw > 50"
_PAGE = "SELECT id, geom, frp_mw FROM {}.hotspots ORDER BY id LIMIT 1000"
_FORGET = "SELECT forget_history({}, 'bench')"
# As the sessions of readers are set (geo_api/database/logins.sql).
_AS_READERS = """
    SET jit = off;
    SET max_parallel_workers_per_gather = 0;
    SET fahsai.as_of_time = '2026-05-01'
"""
_TIMES = 5
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """See the module."""
    url, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    with closing(owner_connection(url)) as connection:
        first = _seconds(connection, lambda: _run(connection, _FILL.format(rows=rows)))
        connection.commit()
        _told("first delivery", first)
        measure(connection, url)
        _run(connection, "TRUNCATE hotspot; TRUNCATE history.hotspot")
        connection.commit()


def measure(connection: Session, url: str) -> None:
    """All but the first delivery, of the hotspots that there are."""
    before = _version(connection)
    kept = _seconds(connection, lambda: _run(connection, _REPLACE))
    connection.commit()
    after = _version(connection)
    for name in _KEEPING:
        _run(connection, _OFF.format(name))
    alone = _seconds(connection, lambda: _run(connection, _REPLACE))
    connection.rollback()
    _told("replacing a tenth, nothing kept", alone)
    _told("replacing a tenth, history kept", kept)
    [(size,)] = connection.rows(_SIZE, None)
    [(former,)] = connection.rows("SELECT count(*) FROM history.hotspot", None)
    sys.stdout.write(
        f"{size / former:.0f} bytes for each of {former:,} former rows, with indexes\n"
    )
    connection.commit()
    connection.autocommit = True
    # As autovacuum does soon after a delivery.
    _run(connection, "VACUUM ANALYZE hotspot")
    _run(connection, "VACUUM ANALYZE history.hotspot")
    _run(connection, _AS_READERS)
    for what, question in (("count", _COUNT), ("page of 1,000", _PAGE)):
        _ask(connection, f"{what}, now", question.format("published"))
        for when, version in (("before", before), ("after", after)):
            _run(connection, f"SET fahsai.as_of = {version}")
            _ask(connection, f"{what}, as of {when}", question.format("published_as_of"))
    _compare(url, "changes by replacing a tenth", before, after)
    _run(connection, _REPLACE_HOURS)
    _compare(url, "changes by replacing four hours", after, _version(connection))
    forgotten = _seconds(connection, lambda: _run(connection, _FORGET.format(after)))
    _told("forgetting what was replaced first", forgotten)
    connection.autocommit = False


def _compare(url: str, what: str, older: int, newer: int) -> None:
    with closing(Pool(login_url(url, READER), 1)) as reads:
        both = [as_of_reads(reads, str(version), ["hotspots"]) for version in (older, newer)]
        layer, query = catalog()["hotspots"], Query(limit=100)

        def compare() -> None:
            changes(both[0], both[1], layer, query, b"of the bench")

        [(pid,)] = reads.fetch("SELECT pg_backend_pid()")
        _told(what, _shortest(pid, compare))


def _ask(connection: Session, what: str, statement: str) -> None:
    pid = connection.info.backend_pid
    _told(what, _shortest(pid, lambda: _run(connection, statement)))


def _version(connection: Session) -> int:
    [(version,)] = connection.rows("SELECT max(version) FROM data_commit", None)
    return int(version)


def _shortest(pid: int, work: Callable[[], None]) -> tuple[float, float]:
    """Seconds of the shortest time, and those at work in the mean."""
    began = _at_work(pid)
    times = [_elapsed(work) for _ in range(_TIMES)]
    return min(times), (_at_work(pid) - began) / _TIMES


def _seconds(connection: Session, work: Callable[[], None]) -> tuple[float, float]:
    began = _at_work(connection.info.backend_pid)
    elapsed = _elapsed(work)
    return elapsed, _at_work(connection.info.backend_pid) - began


def _elapsed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _at_work(pid: int) -> float:
    """Seconds for which the process has used a processor, by /proc/PID/stat (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _told(what: str, seconds: tuple[float, float]) -> None:
    elapsed, at_work = seconds
    sys.stdout.write(f"{what}: {elapsed:.3f} s, at work {at_work:.3f} s\n")
    sys.stdout.flush()


def _run(connection: Session, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


if __name__ == "__main__":
    main()
