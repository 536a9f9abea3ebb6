"""Statements about the database itself: whether it answers, its data versions, its Runs."""

RUNNING_RUN_LOCK = 421
# Held by whoever migrates, and shared by every Run at work: no function changes under a Run.
SCHEMA_LOCK = 0x0FA5A1

PING = "SELECT 1"

# What each published view shows has a version, which another in a member's place would change.
VERSIONS = """
    SELECT
        (SELECT obj_description('published'::regnamespace, 'pg_namespace')),
        EXISTS (
            SELECT FROM published.freshness WHERE source = 'demo' AND succeeded_at IS NOT NULL
        ),
        json_object_agg(view_name, version),
        json_object_agg(view_name, changed_at)
    FROM published.versions
"""

SHARE_SCHEMA = f"SELECT pg_advisory_lock_shared({SCHEMA_LOCK})"

OPEN_RUN = """
    INSERT INTO run (source, input, status) VALUES (%(source)s, %(input)s, 'running') RETURNING id
"""

# The session that works holds a lock on its run; a run without one was killed.
HOLD_RUN = f"SELECT pg_advisory_lock({RUNNING_RUN_LOCK}, %(run)s)"
LET_RUN_GO = f"""
    SELECT pg_advisory_unlock({RUNNING_RUN_LOCK}, %(run)s),
        pg_advisory_unlock_shared({SCHEMA_LOCK})
"""
CLOSE_KILLED_RUNS = f"""
    UPDATE run SET status = 'failed', finished_at = clock_timestamp(),
        message = 'interrupted: the process ended before the run did; nothing was changed'
    WHERE status = 'running' AND NOT EXISTS (
        SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid = {RUNNING_RUN_LOCK} AND objid = run.id::int
    )
"""

CLOSE_RUN = """
    UPDATE run SET status = %(status)s, finished_at = clock_timestamp(), read = %(read)s,
        inserted = %(inserted)s, updated = %(updated)s, unchanged = %(unchanged)s,
        quarantined = %(quarantined)s, warnings = %(warnings)s, message = %(message)s
    WHERE id = %(run)s
"""
