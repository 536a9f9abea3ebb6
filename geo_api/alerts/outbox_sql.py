"""Statements about the outbox: what is due, and what became of it."""

# Of a way one sends at a time: whoever comes back after a pause has lost the connection, and this.
TRY_WAY = "SELECT pg_try_advisory_lock(425, hashtext(%(way)s))"
LEAVE_WAY = "SELECT pg_advisory_unlock(425, hashtext(%(way)s))"

# What has ended meanwhile, or may not be known any more, is not sent.
WITHDRAW = """
    UPDATE alert.delivery AS d SET state = 'withdrawn', ended_at = %(now)s
    WHERE d.state = 'waiting' AND d.due_at <= %(now)s AND d.way = %(way)s AND (
        (d.kind = 'event' AND NOT EXISTS (
            SELECT FROM live_alert_subscriptions() AS l WHERE l.id = d.subscription_id
        ))
        OR EXISTS (
            SELECT FROM alert.recipient AS r WHERE r.id = d.recipient_id AND r.sealed IS NULL
        )
    )
"""

# Whoever had the day's messages waits for a digest of all that is over the limit.
PUT_OVER_LIMIT = """
    UPDATE alert.delivery AS d
    SET over_limit = true, due_at = next_thai_hour(%(now)s, %(digest_hour)s)
    FROM alert.recipient AS r
    WHERE r.id = d.recipient_id AND d.way = %(way)s AND d.state = 'waiting'
        AND d.due_at <= %(now)s AND d.kind = 'event' AND NOT d.over_limit
        AND r.sent_on = (%(now)s AT TIME ZONE 'Asia/Bangkok')::date
        AND r.sent_that_day >= r.most_a_day
"""

# The next recipients, in their order, with all that is due to each: questions first, each a message
# of its own.
DUE = """
    WITH next AS (
        SELECT DISTINCT d.recipient_id
        FROM alert.delivery AS d
        WHERE d.way = %(way)s AND d.state = 'waiting' AND d.due_at <= %(now)s
            AND d.recipient_id >= %(after)s
        ORDER BY d.recipient_id LIMIT %(most)s
    )
    SELECT d.id, r.id, r.uid, r.sealed, d.attempts, alert_line(d.id)
    FROM next
    JOIN alert.recipient AS r ON r.id = next.recipient_id
    JOIN alert.delivery AS d ON d.recipient_id = r.id AND d.way = %(way)s
        AND d.state = 'waiting' AND d.due_at <= %(now)s
    ORDER BY r.id, d.kind <> 'confirm', d.id
"""

# One statement and so one commit a message: what was sent is known to be before the next is begun.
SENT = """
    WITH sent AS (
        UPDATE alert.delivery SET state = 'sent', ended_at = %(now)s, message_id = %(message)s,
            error = NULL, attempts = attempts + 1
        WHERE id = ANY (%(deliveries)s)
    )
    UPDATE alert.recipient SET
        sent_on = (%(now)s AT TIME ZONE 'Asia/Bangkok')::date,
        sent_that_day = 1 + CASE
            WHEN sent_on = (%(now)s AT TIME ZONE 'Asia/Bangkok')::date THEN sent_that_day ELSE 0
        END
    WHERE id = %(recipient)s
"""

FAILED = """
    UPDATE alert.delivery SET
        attempts = attempts + 1, error = %(error)s, due_at = coalesce(%(again_at)s, due_at),
        state = CASE WHEN %(again_at)s::timestamptz IS NULL THEN 'given_up' ELSE state END,
        ended_at = CASE WHEN %(again_at)s::timestamptz IS NULL THEN %(now)s END
    WHERE id = ANY (%(deliveries)s)
"""

# Nobody receives there any more.
END = """
    WITH ended AS (
        UPDATE alert.recipient SET ended_at = coalesce(ended_at, %(now)s) WHERE id = %(recipient)s
    )
    UPDATE alert.delivery SET state = 'withdrawn', ended_at = %(now)s
    WHERE recipient_id = %(recipient)s AND state = 'waiting'
"""

# Who ended it, and who never said yes, is forgotten after a time, with every delivery.
ERASE = """
    DELETE FROM alert.recipient
    WHERE ended_at < %(before)s OR (confirmed_at IS NULL AND created_at < %(before)s)
"""
# Outlines that somebody drew, too, once nobody is told of them.
SWEEP_WATCHES = """
    DELETE FROM alert.watch AS w
    WHERE NOT EXISTS (SELECT FROM alert.subscription AS s WHERE s.watch_id = w.id)
"""
SWEEP_PLACES = """
    DELETE FROM alert.place AS p
    WHERE NOT EXISTS (SELECT FROM alert.watch AS w WHERE w.place_id = p.id)
"""

# Of each of %(rules)s how many subscriptions of people are told of it, are not confirmed, and are
# paused; the watches of these, all of its events, those
# that cannot be evaluated, and when it was last evaluated.
BY_RULE = """
    WITH subscribed AS (
        SELECT w.rule, count(l.id) AS told, count(*) FILTER (WHERE s.confirmed_at IS NULL) AS asked,
            count(*) FILTER (WHERE s.paused_at IS NOT NULL) AS paused,
            count(DISTINCT l.watch_id) AS watches,
            count(DISTINCT l.watch_id) FILTER (WHERE w.problem IS NOT NULL) AS failing
        FROM alert.subscription AS s
        JOIN alert.recipient AS r ON r.id = s.recipient_id AND r.way <> 'everybody'
        JOIN alert.watch AS w ON w.id = s.watch_id
        LEFT JOIN live_alert_subscriptions() AS l ON l.id = s.id
        GROUP BY w.rule
    ), found AS (
        SELECT w.rule, count(*) AS events
        FROM alert.event AS e JOIN alert.watch AS w ON w.id = e.watch_id GROUP BY w.rule
    )
    SELECT r.rule, coalesce(s.told, 0), coalesce(s.asked, 0), coalesce(s.paused, 0),
        coalesce(s.watches, 0), coalesce(f.events, 0), coalesce(s.failing, 0), e.evaluated_at
    FROM unnest(%(rules)s::text[]) WITH ORDINALITY AS r (rule, place)
    LEFT JOIN subscribed AS s ON s.rule = r.rule
    LEFT JOIN found AS f ON f.rule = r.rule
    LEFT JOIN alert.evaluation AS e ON e.rule = r.rule
    ORDER BY r.place
"""

# Of each way that anybody chose who is told by it, and what became of messages' parts.
BY_WAY = """
    WITH told AS (
        SELECT way, count(*) AS subscribers FROM alert.recipient
        WHERE confirmed_at IS NOT NULL AND ended_at IS NULL AND way <> 'everybody' GROUP BY way
    ), put AS (
        SELECT way, count(*) FILTER (WHERE state = 'waiting') AS waiting,
            count(*) FILTER (WHERE state = 'waiting' AND due_at <= %(now)s) AS due,
            count(*) FILTER (WHERE state = 'sent') AS sent,
            count(*) FILTER (WHERE state = 'given_up') AS given_up,
            count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn,
            min(due_at) FILTER (WHERE state = 'waiting') AS oldest
        FROM alert.delivery GROUP BY way
    )
    SELECT way, coalesce(t.subscribers, 0), coalesce(p.waiting, 0), coalesce(p.due, 0),
        coalesce(p.sent, 0), coalesce(p.given_up, 0), coalesce(p.withdrawn, 0), p.oldest
    FROM told AS t FULL JOIN put AS p USING (way) ORDER BY way
"""
