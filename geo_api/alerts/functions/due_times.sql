-- When somebody is told, and who is told anything at all.

-- The next time that it is this hour in Thailand: `at` itself where it is.
CREATE FUNCTION next_thai_hour(at timestamptz, hour integer) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (t.first + CASE WHEN t.first < t.local THEN INTERVAL '1 day' ELSE INTERVAL '0' END)
        AT TIME ZONE 'Asia/Bangkok'
    FROM (
        SELECT l.local, date_trunc('day', l.local) + make_interval(hours => hour) AS first
        FROM (SELECT at AT TIME ZONE 'Asia/Bangkok' AS local) AS l
    ) AS t
$$;

-- At the hour of a digest; else at once, or when the quiet hours end. Hours that begin and end at one
-- are none.
CREATE FUNCTION alert_due_at(
    at timestamptz, digest_hour integer, quiet_from integer, quiet_to integer
) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN digest_hour IS NOT NULL THEN next_thai_hour(at, digest_hour)
        WHEN quiet_from <= t.hour AND t.hour < quiet_to THEN next_thai_hour(at, quiet_to)
        WHEN quiet_to < quiet_from AND (quiet_from <= t.hour OR t.hour < quiet_to)
            THEN next_thai_hour(at, quiet_to)
        ELSE at
    END
    FROM (SELECT extract(hour FROM at AT TIME ZONE 'Asia/Bangkok')::integer AS hour) AS t
$$;

-- Of an account what its role still lets it know: an officer of the province's cases, no analyst of
-- any.
CREATE FUNCTION account_may_watch(account bigint, scope text) RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT EXISTS (
        SELECT FROM account AS a
        WHERE a.id = account AND a.disabled_at IS NULL
            AND (a.role IN ('national', 'admin') OR (a.role = 'officer' AND a.province_code = scope))
    )
$$;

-- Whom an event of a watch is told to.
CREATE FUNCTION live_alert_subscriptions() RETURNS TABLE (
    id bigint, watch_id bigint, recipient_id bigint
) LANGUAGE sql STABLE AS $$
    SELECT s.id, s.watch_id, s.recipient_id
    FROM alert.subscription AS s
    JOIN alert.recipient AS r ON r.id = s.recipient_id
    JOIN alert.watch AS w ON w.id = s.watch_id
    WHERE s.confirmed_at IS NOT NULL AND s.paused_at IS NULL
        AND r.confirmed_at IS NOT NULL AND r.ended_at IS NULL
        AND (w.audience = 'public' OR account_may_watch(s.account_id, w.scope))
$$;

REVOKE EXECUTE ON FUNCTION account_may_watch(bigint, text), live_alert_subscriptions() FROM PUBLIC;
