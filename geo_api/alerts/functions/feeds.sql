-- The newest events of subscriptions, as geo_api/alerts/composing.py reads them. Nothing of what staff
-- alone may know: whoever has a feed's address reads it, signed in or not.
CREATE FUNCTION alert_feed_lines(subscriptions bigint[], most integer) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(n.line ORDER BY n.id DESC), '[]')
    FROM (
        SELECT e.id, jsonb_build_object(
            'kind', 'event', 'event', e.id, 'began', e.kind <> 'lasts', 'rule', w.rule,
            'parameters', w.parameters, 'place', p.kind, 'code', p.code,
            'name_th', p.name_th, 'name_en', p.name_en, 'radius_m', p.radius_m,
            'label', s.label, 'lon', ST_X(ST_PointOnSurface(p.geom)),
            'lat', ST_Y(ST_PointOnSurface(p.geom)), 'item', e.item, 'value', e.value,
            'detail', e.detail, 'at', e.at, 'simulated', e.simulated, 'subscription', s.uid
        ) AS line
        FROM alert.subscription AS s
        JOIN alert.watch AS w ON w.id = s.watch_id AND w.audience = 'public'
        JOIN alert.place AS p ON p.id = w.place_id
        JOIN alert.event AS e ON e.watch_id = w.id AND e.at >= s.confirmed_at
        WHERE s.id = ANY (subscriptions) AND s.paused_at IS NULL
        ORDER BY e.id DESC LIMIT most
    ) AS n
$$;

-- What a feed holds, by the hash of its token; null for none of ours, or one that was ended.
CREATE FUNCTION alert_feed(token bytea, most integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object('since', r.created_at, 'lines', alert_feed_lines(
        ARRAY (SELECT s.id FROM alert.subscription AS s WHERE s.recipient_id = r.id), most
    ))
    FROM alert.recipient AS r
    WHERE r.token_hash = token AND r.way = 'feed' AND r.ended_at IS NULL
$$;

-- Everybody, who is told of each province by feeds that need no token: a recipient without one.
-- `followed` are the rules of these with their numbers.
CREATE FUNCTION keep_followed_alerts(followed jsonb, at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    everybody bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM province) THEN
        RETURN;
    END IF;
    INSERT INTO alert.recipient (way, address_hash, created_at, confirmed_at)
    VALUES ('everybody', '', at, at) ON CONFLICT (way, address_hash) DO NOTHING;
    SELECT r.id INTO everybody FROM alert.recipient AS r WHERE r.way = 'everybody';
    INSERT INTO alert.watch (rule, place_id, parameters, audience)
    SELECT f.rule, alert_place('province', p.code, 0), f.parameters, 'public'
    FROM province AS p
    CROSS JOIN jsonb_to_recordset(followed) AS f (rule text, parameters jsonb)
    WHERE NOT EXISTS (
        SELECT FROM alert.subscription AS s
        JOIN alert.watch AS w ON w.id = s.watch_id
        JOIN alert.place AS o ON o.id = w.place_id
        WHERE s.recipient_id = everybody AND (w.rule, w.parameters) = (f.rule, f.parameters)
            AND o.code = p.code
    )
    ON CONFLICT (rule, place_id, parameters, audience, scope) DO NOTHING;
    INSERT INTO alert.subscription (recipient_id, watch_id, created_at, confirmed_at)
    SELECT everybody, w.id, at, at
    FROM alert.watch AS w
    JOIN alert.place AS o ON o.id = w.place_id AND o.kind = 'province'
    JOIN jsonb_to_recordset(followed) AS f (rule text, parameters jsonb)
        ON (f.rule, f.parameters) = (w.rule, w.parameters)
    WHERE w.audience = 'public'
    ON CONFLICT (recipient_id, watch_id) DO NOTHING;
END $$;

-- What is followed of a rule in a province; null where there is no such province.
CREATE FUNCTION followed_alerts(rule text, province text, most integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object(
        'since', coalesce(s.created_at, date_trunc('day', now())),
        'name_th', p.name_th, 'name_en', p.name_en,
        'lines', CASE WHEN s.id IS NULL THEN '[]' ELSE alert_feed_lines(ARRAY[s.id], most) END
    )
    FROM province AS p
    -- None before the rule was evaluated for the first time: nothing is told yet.
    LEFT JOIN LATERAL (
        SELECT s.id, s.created_at
        FROM alert.recipient AS r
        JOIN alert.subscription AS s ON s.recipient_id = r.id
        JOIN alert.watch AS w ON w.id = s.watch_id AND w.rule = followed_alerts.rule
        JOIN alert.place AS l ON l.id = w.place_id AND l.code = p.code
        WHERE r.way = 'everybody'
        ORDER BY s.id DESC LIMIT 1
    ) AS s ON true
    WHERE p.code = followed_alerts.province
$$;

REVOKE EXECUTE ON FUNCTION
    alert_feed_lines(bigint[], integer), alert_feed(bytea, integer),
    keep_followed_alerts(jsonb, timestamptz), followed_alerts(text, text, integer)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alert_feed(bytea, integer), followed_alerts(text, text, integer)
TO fahsai_reader;
