"""Statements about the database itself: whether it answers, what its views give, its data versions,
its Runs."""

RUNNING_RUN_LOCK = 421

PING = "SELECT 1"

# Of each column of %(view)s its name, the name of its type, of how many arrays one in the other it
# is, and the type of a geometry. A domain is of the type that it is made from.
COLUMNS_OF = """
    WITH RECURSIVE resolved (place, name, type, modifier, dimensions) AS (
        SELECT attnum, attname, atttypid, atttypmod, 0
        FROM pg_attribute
        WHERE attrelid = to_regclass(%(view)s) AND attnum > 0 AND NOT attisdropped
        UNION ALL
        SELECT r.place, r.name, coalesce(nullif(t.typbasetype, 0), t.typelem),
            CASE t.typtype WHEN 'd' THEN t.typtypmod ELSE r.modifier END,
            CASE t.typtype WHEN 'd' THEN r.dimensions ELSE r.dimensions + 1 END
        FROM resolved AS r
        JOIN pg_type AS t ON t.oid = r.type
        WHERE t.typtype = 'd' OR t.typcategory = 'A'
    )
    SELECT r.name, CASE t.typtype WHEN 'e' THEN 'enum' ELSE t.typname END, r.dimensions,
        CASE t.typname WHEN 'geometry' THEN lower(postgis_typmod_type(r.modifier)) END
    FROM resolved AS r
    JOIN pg_type AS t ON t.oid = r.type
    WHERE t.typtype <> 'd' AND t.typcategory <> 'A'
    ORDER BY r.place
"""

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

OPEN_RUN = """
    INSERT INTO run (source, input, status) VALUES (%(source)s, %(input)s, 'running') RETURNING id
"""

# The session that works holds a lock on its run; a run without one was killed.
HOLD_RUN = f"SELECT pg_advisory_lock({RUNNING_RUN_LOCK}, %(run)s)"
LET_RUN_GO = f"SELECT pg_advisory_unlock({RUNNING_RUN_LOCK}, %(run)s)"
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
