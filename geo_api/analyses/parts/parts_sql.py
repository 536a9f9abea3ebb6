"""Statements about the parts of a Run: what they see, whose turn each is, what came of them."""

from collections.abc import Sequence

from psycopg2.sql import SQL, Composed, Identifier

from geo_api.database.sql import HELPED_RUN_LOCK, RUNNING_RUN_LOCK, SCHEMA_LOCK

EXPORT_SNAPSHOT = "SELECT pg_export_snapshot()"
SEE_SNAPSHOT = "SET TRANSACTION SNAPSHOT %(snapshot)s"

# A query of a process that was killed ends. Of a table that several read at once the rows come in
# one order, and of a sum that several compute the addends: floats add up to something else in
# another.
OF_PARTS = """
    SET client_connection_check_interval = '1s';
    SET synchronize_seqscans = off;
    SET max_parallel_workers_per_gather = 0
"""
# A machine that is gone is noticed in some seconds. A process that hangs loses its part after
# HANGS_AFTER; no part takes that long. The schema stays as it is meanwhile.
HANGS_AFTER = "30min"
HELP = f"""
    SET client_connection_check_interval = '1s';
    SET tcp_keepalives_idle = 5;
    SET tcp_keepalives_interval = 2;
    SET tcp_keepalives_count = 3;
    SELECT set_config('idle_in_transaction_session_timeout', %(hangs_after)s, false);
    SELECT pg_advisory_lock_shared({SCHEMA_LOCK}),
        pg_advisory_lock_shared({HELPED_RUN_LOCK}, %(run)s)
"""
# Whoever leads may wait as long as others compute.
LEAD = "SET idle_in_transaction_session_timeout = 0"

SAVE = "SAVEPOINT part"
UNDO = "ROLLBACK TO SAVEPOINT part"

FORGET_ENDED = """
    DELETE FROM jobs.shared_run AS s USING run AS r WHERE r.id = s.run_id AND r.status <> 'running'
"""
SHARE_RUN = """
    INSERT INTO jobs.shared_run (run_id, day, snapshot) VALUES (%(run)s, %(day)s, %(snapshot)s)
"""
SHARE_PARTS = """
    INSERT INTO jobs.part (run_id, number, label, given)
    SELECT %(run)s, p.place, p.part ->> 'label', p.part -> 'given'
    FROM jsonb_array_elements(%(parts)s::jsonb) WITH ORDINALITY AS p (part, place)
"""
END_SHARING = "DELETE FROM jobs.shared_run WHERE run_id = %(run)s"

# None where the Run has ended.
SHARED_RUN = """
    SELECT r.source, s.day, s.snapshot
    FROM jobs.shared_run AS s
    JOIN run AS r ON r.id = s.run_id
    WHERE s.run_id = %(run)s AND r.status = 'running'
"""
NEW_SNAPSHOT = "UPDATE jobs.shared_run SET snapshot = %(snapshot)s WHERE run_id = %(run)s"

# Whether the process is at work that has the Run.
IS_LED = f"""
    SELECT EXISTS (
        SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid = {RUNNING_RUN_LOCK} AND objid = %(run)s::int
    )
"""

# Whether a Run of the analysis is at work that is shared, by whoever has it or helps.
IS_SHARED = f"""
    SELECT EXISTS (
        SELECT FROM jobs.shared_run AS s
        JOIN run AS r ON r.id = s.run_id AND r.status = 'running' AND r.source = %(name)s
        JOIN pg_locks AS k ON k.locktype = 'advisory' AND k.objsubid = 2 AND k.objid = r.id::int
            AND k.classid IN ({RUNNING_RUN_LOCK}, {HELPED_RUN_LOCK}) AND k.granted
            AND k.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
"""

# Whoever takes a part holds its row until the part is kept: of one that is killed it comes free.
TAKE = """
    SELECT p.number, p.given FROM jobs.part AS p
    WHERE p.run_id = %(run)s AND p.done_at IS NULL
    ORDER BY p.number
    LIMIT 1
    FOR UPDATE SKIP LOCKED
"""
KEEP = """
    UPDATE jobs.part SET
        done_at = clock_timestamp(), took = clock_timestamp() - now(), done_by = %(by)s,
        told = %(told)s::jsonb
    WHERE run_id = %(run)s AND number = %(number)s
"""
KEEP_CONTENT = """
    INSERT INTO jobs.part_content (run_id, number, name, content)
    VALUES (%(run)s, %(number)s, %(name)s, %(content)s)
"""
UNDONE = "SELECT count(*) FROM jobs.part WHERE run_id = %(run)s AND done_at IS NULL"
DONE_BY = "SELECT count(DISTINCT done_by) FROM jobs.part WHERE run_id = %(run)s"

GIVEN = "SELECT given FROM jobs.part WHERE run_id = %(run)s ORDER BY number"
TOLD = "SELECT told FROM jobs.part WHERE run_id = %(run)s ORDER BY number"
NUMBERS = """
    SELECT number FROM jobs.part_content WHERE run_id = %(run)s AND name = %(name)s ORDER BY number
"""
CONTENT = """
    SELECT content FROM jobs.part_content
    WHERE run_id = %(run)s AND number = %(number)s AND name = %(name)s
"""


def stand_ins(tables: Sequence[str]) -> Composed:
    """Empty temporary tables, which stand before those of the same names in the search path."""
    made = SQL("CREATE TEMPORARY TABLE {} (LIKE public.{} INCLUDING DEFAULTS)")
    return SQL("; ").join(made.format(Identifier(one), Identifier(one)) for one in tables)


def rows_of(table: str) -> Composed:
    """The rows of a stand-in, as PostgreSQL reads them in again."""
    return SQL("COPY pg_temp.{} TO STDOUT (FORMAT binary)").format(Identifier(table))


def add_rows(table: str, schema: str = "public") -> Composed:
    """Rows of a stand-in, which has the same columns, to the real table."""
    return SQL("COPY {} FROM STDIN (FORMAT binary)").format(Identifier(schema, table))
