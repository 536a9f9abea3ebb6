-- Reminders of cases beyond their deadline: an event in the story of each, once a week at most.

CREATE FUNCTION remind_overdue(asked_at timestamptz) RETURNS bigint LANGUAGE sql AS $$
    WITH overdue AS MATERIALIZED (
        SELECT c.id, c.received_at + make_interval(secs => d.hours * 3600) AS due_at, c.assigned_to
        FROM complaint AS c
        CROSS JOIN LATERAL (
            SELECT l.hours FROM complaint_deadline AS l
            WHERE l.category IN (c.category, '*')
            ORDER BY l.category = '*' LIMIT 1
        ) AS d
        WHERE NOT c.is_spam AND c.closed_at IS NULL AND c.category IS NOT NULL
    ), reminded AS (
        INSERT INTO complaint_event (complaint_id, at, kind, detail)
        SELECT o.id, asked_at, 'reminder',
            jsonb_build_object('due_at', o.due_at, 'assigned_to', o.assigned_to)
        FROM overdue AS o
        WHERE o.due_at < asked_at AND NOT EXISTS (
            SELECT FROM complaint_event AS e
            WHERE e.complaint_id = o.id AND e.kind = 'reminder'
                AND e.at > asked_at - interval '7 days'
        )
        RETURNING 1
    )
    SELECT count(*) FROM reminded
$$;

REVOKE EXECUTE ON FUNCTION remind_overdue(timestamptz) FROM PUBLIC;
