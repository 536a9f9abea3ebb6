"""Statements about jobs: how they stand, whether they are due, and their turn."""

# Of whoever decides what is due, and of a job at work: the second number is that of its name.
_TICK_LOCK = 0x0FA5A2
_JOB_LOCK = 423

STANDINGS = """
    SELECT
        name, paused_at, started_at, finished_at, succeeded_at, outcome, message, failures, next_at,
        waits_for, detail, queued, running, parts_done, parts
    FROM job_standings()
"""
STAFF_STANDINGS = STANDINGS.replace("job_standings", "staff_job_standings")
WORKERS = "SELECT job_workers(%(within)s)"
STAFF_WORKERS = "SELECT staff_job_workers(%(within)s)"

STAFF_ACT = "SELECT staff_act_on_job(%(job)s, %(action)s)"
# By the command line: whoever has it has the database, and no account.
ACT = """
    SELECT act_on_job(%(job)s, %(action)s), audit(NULL, 'job_' || %(action)s, %(job)s)
"""

# One worker decides at a time; who comes second need not wait for the same answer.
TRY_TICK = f"SELECT pg_try_advisory_xact_lock({_TICK_LOCK})"

PLAN = """
    INSERT INTO jobs.standing AS s (name, next_at, waits_for, detail)
    VALUES (%(job)s, %(next_at)s, %(waits_for)s, %(detail)s)
    ON CONFLICT (name) DO UPDATE SET
        next_at = excluded.next_at, waits_for = excluded.waits_for, detail = excluded.detail
    WHERE (s.next_at, s.waits_for, s.detail)
        IS DISTINCT FROM (excluded.next_at, excluded.waits_for, excluded.detail)
"""

DEFER = "SELECT defer_job(%(job)s)"

# Of sources, and the demo among them, those of which a Run succeeded.
READ = """
    SELECT s.name FROM unnest(%(names)s::text[]) AS s (name)
    WHERE EXISTS (SELECT FROM run AS r WHERE r.source = s.name AND r.status = 'succeeded')
"""

# Of analyses and what each reads, those for which something has come since they last read it: a Run
# that changed rows, or one of another analysis, whose counts say less; or what no Run brought
# (geo_api/analyses/functions/news.sql); and those that last computed by another version of their
# method.
WITH_NEWS = """
    WITH last AS (
        SELECT DISTINCT ON (source) source, id
        FROM run
        WHERE status = 'succeeded' AND source = ANY (%(analyses)s)
        ORDER BY source, finished_at DESC, id DESC
    ), newest_read AS (
        SELECT last.source AS analysis, r.source, max(r.id) AS id
        FROM last
        JOIN run_input AS i ON i.run_id = last.id
        JOIN run AS r ON r.id = i.input_run_id
        GROUP BY last.source, r.source
    )
    SELECT DISTINCT p.analysis
    FROM unnest(%(analyses)s::text[], %(inputs)s::text[]) AS p (analysis, input)
    LEFT JOIN newest_read AS n ON n.analysis = p.analysis AND n.source = p.input
    WHERE EXISTS (
        SELECT FROM run AS r
        WHERE r.source = p.input AND r.id > coalesce(n.id, 0) AND r.status = 'succeeded'
            AND (r.inserted + r.updated > 0 OR r.source = ANY (%(analyses)s))
    )
    UNION
    SELECT n.analysis FROM analysis_news AS n WHERE n.analysis = ANY (%(analyses)s)
    UNION
    SELECT l.source
    FROM last AS l
    JOIN unnest(%(named)s::text[], %(versions)s::integer[]) AS v (name, version)
        ON v.name = l.source
    WHERE method_changed(l.source, v.version)
"""

# A statement that nobody waits for any more ends, and with it the lock.
WATCH_CLIENT = "SET client_connection_check_interval = '1s'"
TRY_JOB = f"SELECT pg_try_advisory_lock({_JOB_LOCK}, hashtext(%(job)s))"

BEGIN = """
    INSERT INTO jobs.standing (name, started_at) VALUES (%(job)s, %(now)s)
    ON CONFLICT (name) DO UPDATE SET started_at = excluded.started_at
"""

# One whose process ended before it began has begun all the same.
FINISH = """
    UPDATE jobs.standing SET
        started_at = coalesce(started_at, %(now)s), finished_at = %(now)s,
        outcome = %(outcome)s, message = %(message)s,
        succeeded_at = CASE %(outcome)s WHEN 'succeeded' THEN %(now)s ELSE succeeded_at END,
        failures = CASE %(outcome)s WHEN 'succeeded' THEN 0 ELSE failures + 1 END
    WHERE name = %(job)s
"""
FINISH_INTERRUPTED = FINISH + " AND (finished_at IS NULL OR finished_at < started_at)"

DEFER_HELP = """
    SELECT defer_help(%(run)s, n) FROM generate_series(%(first)s, %(last)s) AS s (n)
"""
WITHDRAW_HELP = "SELECT withdraw_help(%(run)s)"
# What no worker has begun, though it might, but for such help.
SOMETHING_WAITS = """
    SELECT EXISTS (
        SELECT FROM jobs.procrastinate_jobs
        WHERE status = 'todo' AND task_name = 'run_job'
            AND (scheduled_at IS NULL OR scheduled_at <= now())
    )
"""
