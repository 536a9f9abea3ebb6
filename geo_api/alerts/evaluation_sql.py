"""Statements that decide what is evaluated, and make events of what was measured."""

# Nobody else evaluates meanwhile.
LOCK = "SELECT pg_advisory_xact_lock(424, 1)"

# Of the rules %(rules)s that anybody is told of: the version of what each reads (of views and, for
# staff, tables), by which and when it was last evaluated, and whether a watch was never tried.
STANDING = """
    WITH live AS (
        SELECT w.rule, bool_or(w.evaluated_at IS NULL AND w.problem IS NULL) AS is_new
        FROM alert.watch AS w
        WHERE w.id IN (SELECT watch_id FROM live_alert_subscriptions())
        GROUP BY w.rule
    ), version AS (
        SELECT r.rule, coalesce(string_agg(v.version, ' ' ORDER BY r.view), '') AS data_version
        FROM unnest(%(rules)s::text[], %(views)s::text[]) AS r (rule, view)
        LEFT JOIN (
            SELECT view_name AS name, version FROM published.versions
            UNION ALL SELECT table_name, version::text FROM data_version
            WHERE table_name = 'complaint'
        ) AS v ON v.name = r.view
        GROUP BY r.rule
    )
    SELECT live.rule, version.data_version, e.data_version, e.evaluated_at, live.is_new
    FROM live
    JOIN version ON version.rule = live.rule
    LEFT JOIN alert.evaluation AS e ON e.rule = live.rule
"""

# Of the rule %(rule)s those that anybody is told of, and whether it was possible the last time.
WATCHES = """
    SELECT w.id, w.problem IS NULL
    FROM alert.watch AS w
    WHERE w.rule = %(rule)s AND w.id IN (SELECT watch_id FROM live_alert_subscriptions())
    ORDER BY w.id
"""

RENEW_PLACES = "SELECT renew_alert_places()"
KEEP_FOLLOWED = "SELECT keep_followed_alerts(%(followed)s, %(now)s)"

IS_SIMULATED = """
    SELECT EXISTS (
        SELECT FROM published.simulated_views WHERE view_name = ANY (%(views)s)
    ) OR (%(of_cases)s AND EXISTS (SELECT FROM complaint WHERE source = 'demo'))
"""

_THRESHOLD = "coalesce((w.parameters ->> %(threshold)s)::float8, 1)"

# What fell to the lower bound, or is no more.
REARM = f"""
    UPDATE alert.state AS s SET is_over = false, since = %(now)s
    FROM watching AS w
    WHERE s.watch_id = w.id AND s.is_over AND CASE
        WHEN EXISTS (SELECT FROM measured AS m WHERE m.watch_id = w.id AND m.item = s.item)
            THEN EXISTS (
                SELECT FROM measured AS m
                WHERE m.watch_id = w.id AND m.item = s.item
                    AND m.value <= %(rearm_share)s * {_THRESHOLD}
            )
        ELSE %(nothing_is_zero)s
    END
"""

# Those that reached their threshold and were armed, or that last so long that it is told again; to
# each a delivery for everybody who is told of the watch, by a way that sends anything.
FIRE = f"""
    WITH due AS MATERIALIZED (
        SELECT m.watch_id, m.item, m.value, m.detail, coalesce(s.is_over, false) AS lasts,
            NOT (%(changes)s AND v.evaluated_at IS NULL) AS is_told
        FROM measured AS m
        JOIN watching AS w ON w.id = m.watch_id
        JOIN alert.watch AS v ON v.id = m.watch_id
        LEFT JOIN alert.state AS s ON s.watch_id = m.watch_id AND s.item = m.item
        WHERE m.value >= {_THRESHOLD}
            AND (NOT coalesce(s.is_over, false) OR s.told_at <= %(now)s - %(again_after)s::interval)
    ), kept AS (
        INSERT INTO alert.state AS s (watch_id, item, is_over, since, told_at)
        SELECT watch_id, item, true, %(now)s, %(now)s FROM due
        ON CONFLICT (watch_id, item) DO UPDATE SET
            is_over = true, told_at = excluded.told_at,
            since = CASE WHEN s.is_over THEN s.since ELSE excluded.since END
    ), made AS (
        INSERT INTO alert.event (watch_id, item, kind, at, value, detail, simulated)
        SELECT watch_id, item, CASE WHEN lasts THEN 'lasts' ELSE 'began' END, %(now)s, value,
            detail, %(simulated)s
        FROM due WHERE is_told
        RETURNING id, watch_id
    ), put AS (
        INSERT INTO alert.delivery (
            kind, recipient_id, subscription_id, event_id, way, created_at, due_at
        )
        SELECT 'event', r.id, l.id, made.id, r.way, %(now)s,
            alert_due_at(%(now)s, r.digest_hour, r.quiet_from, r.quiet_to)
        FROM made
        JOIN live_alert_subscriptions() AS l ON l.watch_id = made.watch_id
        JOIN alert.recipient AS r ON r.id = l.recipient_id
        WHERE r.sealed IS NOT NULL
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM made), (SELECT count(*) FROM put)
"""

NOTE_WATCHES = """
    UPDATE alert.watch AS w SET evaluated_at = %(now)s, problem = NULL
    FROM watching AS o WHERE o.id = w.id
"""
NOTE_PROBLEM = "UPDATE alert.watch SET problem = %(problem)s WHERE id = %(watch)s"
NOTE_RULE_PROBLEM = "UPDATE alert.watch SET problem = %(problem)s WHERE rule = %(rule)s"
# Of rules that there are no more, which an earlier version of us had.
NOTE_UNKNOWN = """
    WITH unknown AS (
        UPDATE alert.watch SET problem = %(problem)s WHERE rule <> ALL (%(rules)s) RETURNING rule
    )
    SELECT rule, count(*) FROM unknown GROUP BY rule ORDER BY rule
"""

SAVE = "SAVEPOINT watches"
KEEP = "RELEASE SAVEPOINT watches"
UNDO = f"ROLLBACK TO SAVEPOINT watches; {KEEP}"

NOTE = """
    INSERT INTO alert.evaluation (rule, data_version, evaluated_at, watches, events, took)
    VALUES (
        %(rule)s, %(data_version)s, %(now)s, %(evaluated)s, %(events)s,
        clock_timestamp() - now()
    )
    ON CONFLICT (rule) DO UPDATE SET
        data_version = excluded.data_version, evaluated_at = excluded.evaluated_at,
        watches = excluded.watches, events = excluded.events, took = excluded.took
"""
