-- What a feed holds, by the hash of its token; null for none of ours, or one that was ended. Nothing
-- of what staff alone may know: whoever has a feed's address reads it, signed in or not.
CREATE FUNCTION alert_feed(token bytea, most integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object('since', r.created_at, 'lines', (
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
            WHERE s.recipient_id = r.id AND s.paused_at IS NULL
            ORDER BY e.id DESC LIMIT most
        ) AS n
    ))
    FROM alert.recipient AS r
    WHERE r.token_hash = token AND r.way = 'feed' AND r.ended_at IS NULL
$$;

REVOKE EXECUTE ON FUNCTION alert_feed(bytea, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alert_feed(bytea, integer) TO fahsai_reader;
