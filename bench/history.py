"""What keeping history costs: `python -m bench.history postgresql://…`, a migrated database of its
own, which it fills and empties.

Of as many hotspots as are asked for: their first delivery, a delivery that replaces a tenth of
them, and the same without the triggers that keep what was; a count and a page of now and of then.
"""

import sys
import time
from contextlib import closing

from geo_api.database.connections import owner_connection
from geo_api.database.prepared_statements import Session

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
_OFF = "ALTER TABLE hotspot DISABLE TRIGGER {}"
_KEEPING = ("then_note_change", "keep_updated", "keep_deleted")
_SIZE = "SELECT pg_total_relation_size('history.hotspot')"
_COUNT = "SELECT count(*) FROM {}.hotspots WHERE frp_mw > 50"
_PAGE = "SELECT id, geom, frp_mw FROM {}.hotspots ORDER BY id LIMIT 1000"


def main() -> None:
    """See the module."""
    url, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    with closing(owner_connection(url)) as connection:
        _told("first delivery", connection, _FILL.format(rows=rows))
        connection.commit()
        [(version,)] = connection.rows("SELECT max(version) FROM data_commit", None)
        _told("replacing a tenth, history kept", connection, _REPLACE)
        connection.commit()
        [(size,)] = connection.rows(_SIZE, None)
        sys.stdout.write(f"{size / (rows / 10):.0f} bytes for each former row, indexes included\n")
        for name in _KEEPING:
            _run(connection, _OFF.format(name))
        _told("replacing a tenth, nothing kept", connection, _REPLACE)
        connection.rollback()
        _run(connection, "ANALYZE hotspot; ANALYZE history.hotspot")
        _run(connection, f"SET fahsai.as_of = {version}; SET fahsai.as_of_time = '2026-05-01'")
        for what, question in (("count", _COUNT), ("page of 1,000", _PAGE)):
            for schema in ("published", "published_as_of"):
                _told(f"{what}, {schema}", connection, question.format(schema))
        _run(connection, "TRUNCATE hotspot; TRUNCATE history.hotspot")
        connection.commit()


def _told(what: str, connection: Session, statement: str) -> None:
    began = time.perf_counter()
    _run(connection, statement)
    sys.stdout.write(f"{what}: {time.perf_counter() - began:.3f} s\n")


def _run(connection: Session, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


if __name__ == "__main__":
    main()
