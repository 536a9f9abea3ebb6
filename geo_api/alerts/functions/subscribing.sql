-- How one subscribes and ends it. The writer has no right on a table of subscribers: it calls these,
-- and is told the same whether an address is known or not.

-- At most so many of a person, and so many that wait for a yes, of which no mail is sent further.
CREATE FUNCTION most_alert_subscriptions() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 50 $$;
CREATE FUNCTION most_alert_questions() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 3 $$;

-- For whom a rule is, as layers/alerts/rules.py has it: a test compares.
CREATE FUNCTION alert_rule_is_for_staff(rule text) RETURNS boolean LANGUAGE sql IMMUTABLE
AS $$ SELECT rule IN ('complainants') $$;

-- Keeps what was asked: `asked` as geo_api/alerts/subscribing.py writes it. 'no_place' for a place
-- that is not there; of who needs no question, as whoever has their address has their browser, the
-- recipient that they are, be it new or known; else 'kept', whether or not anything was.
CREATE FUNCTION keep_alert(
    asked jsonb, hashed bytea, sealed bytea, account bigint, audience text, scope text
) RETURNS text LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    at CONSTANT timestamptz := clock_timestamp();
    given CONSTANT bytea := sealed;
    is_sure CONSTANT boolean := account IS NOT NULL OR NOT (asked ->> 'needs_confirmation')::boolean;
    place bigint := alert_place(
        asked ->> 'kind', asked ->> 'code', (asked ->> 'radius_m')::integer
    );
    watched bigint;
    person alert.recipient;
    subscribed alert.subscription;
BEGIN
    IF place IS NULL THEN
        RETURN 'no_place';
    END IF;
    INSERT INTO alert.recipient AS r (
        uid, way, address_hash, sealed, token_hash, language, digest_hour, quiet_from, quiet_to,
        confirmed_at
    )
    SELECT n.recipient, n.way, hashed, given, decode(n.token_hash, 'hex'), n.language,
        n.digest_hour, n.quiet_from, n.quiet_to, CASE WHEN is_sure THEN at END
    FROM jsonb_to_record(asked) AS n (
        recipient uuid, way text, token_hash text, language text, digest_hour smallint,
        quiet_from smallint, quiet_to smallint
    )
    ON CONFLICT (way, address_hash) DO NOTHING;
    SELECT r.* INTO person FROM alert.recipient AS r
    WHERE (r.way, r.address_hash) = (asked ->> 'way', hashed)
        OR r.uid = (asked ->> 'recipient')::uuid
    FOR UPDATE;
    IF (SELECT count(*) FROM alert.subscription AS s WHERE s.recipient_id = person.id)
        >= most_alert_subscriptions()
    THEN
        RETURN CASE WHEN is_sure THEN person.uid::text ELSE 'kept' END;
    END IF;
    INSERT INTO alert.watch (rule, place_id, parameters, audience, scope)
    VALUES (asked ->> 'rule', place, asked -> 'parameters', audience, scope)
    ON CONFLICT (rule, place_id, parameters, audience, scope) DO UPDATE SET rule = excluded.rule
    RETURNING id INTO watched;
    INSERT INTO alert.subscription AS s (
        uid, recipient_id, watch_id, account_id, label, confirm_hash, created_at, confirmed_at
    )
    VALUES (
        (asked ->> 'subscription')::uuid, person.id, watched, account, asked ->> 'label',
        decode(asked ->> 'confirm_hash', 'hex'), at, CASE WHEN is_sure THEN at END
    )
    ON CONFLICT (recipient_id, watch_id) DO NOTHING
    RETURNING s.* INTO subscribed;
    IF is_sure THEN
        UPDATE alert.recipient AS r SET confirmed_at = coalesce(r.confirmed_at, at), ended_at = NULL
        WHERE r.id = person.id;
        PERFORM tell_present_alerts(subscribed.id);
        RETURN person.uid::text;
    END IF;
    PERFORM ask_to_confirm(person, watched, at);
    RETURN 'kept';
END $$;

-- A question by the way, whether its owner wants it: not too often, for anybody can type an address.
CREATE FUNCTION ask_to_confirm(person alert.recipient, watched bigint, at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO alert.delivery (kind, recipient_id, subscription_id, way, due_at)
    SELECT 'confirm', person.id, s.id, person.way, ask_to_confirm.at
    FROM alert.subscription AS s
    WHERE s.recipient_id = person.id AND s.watch_id = watched
        AND (s.confirmed_at IS NULL OR person.ended_at IS NOT NULL)
        AND (
            SELECT count(*) FROM alert.delivery AS d
            WHERE d.recipient_id = person.id AND d.kind = 'confirm'
                AND d.created_at > ask_to_confirm.at - INTERVAL '1 day'
        ) < most_alert_questions();
END $$;

-- What holds already when somebody is first told of a watch.
CREATE FUNCTION tell_present_alerts(subscribed bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO alert.delivery (kind, recipient_id, subscription_id, event_id, way, due_at)
    SELECT DISTINCT ON (e.item) 'event', r.id, l.id, e.id, r.way,
        alert_due_at(clock_timestamp(), r.digest_hour, r.quiet_from, r.quiet_to)
    FROM live_alert_subscriptions() AS l
    JOIN alert.recipient AS r ON r.id = l.recipient_id
    JOIN alert.state AS t ON t.watch_id = l.watch_id AND t.is_over
    JOIN alert.event AS e ON e.watch_id = t.watch_id AND e.item = t.item AND e.at >= t.since
    WHERE l.id = subscribed AND r.sealed IS NOT NULL
    ORDER BY e.item, e.id DESC
    ON CONFLICT (event_id, subscription_id) DO NOTHING
$$;

-- What a place is called that somebody may ask for; no row for one that is not there.
CREATE FUNCTION alert_place_name(kind text, code text, radius_m integer)
RETURNS TABLE (name_th text, name_en text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.name_th, f.name_en FROM found_alert_place(kind, code, radius_m) AS f
$$;

-- For everybody: no rule that is for staff.
CREATE FUNCTION subscribe_to_alert(asked jsonb, hashed bytea, sealed bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF alert_rule_is_for_staff(asked ->> 'rule') THEN
        RAISE EXCEPTION 'this rule is for staff' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN keep_alert(asked, hashed, sealed, NULL, 'public', '');
END $$;

-- The mail of who is signed in: the one to which staff are told what only they may know.
CREATE FUNCTION own_mail() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.email FROM account AS a WHERE a.id = signed_in_account()
$$;

-- For staff: of the cases of their province, or of all. `hashed` and `sealed` are of own_mail().
CREATE FUNCTION staff_subscribe_to_alert(asked jsonb, hashed bytea, sealed bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    province CONSTANT text := signed_in_province('work');
BEGIN
    IF province IS NULL THEN
        RAISE EXCEPTION 'complaints are for officers, national staff and admins'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN keep_alert(
        asked, hashed, sealed, signed_in_account(), 'staff', replace(province, '*', '')
    );
END $$;

-- Of whoever was asked and said yes; the recipient whose it is now, null for no question of ours.
CREATE FUNCTION confirm_alert(confirm bytea) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    at CONSTANT timestamptz := clock_timestamp();
    said alert.subscription;
    person uuid;
BEGIN
    UPDATE alert.subscription AS s SET confirmed_at = coalesce(s.confirmed_at, at)
    WHERE s.confirm_hash = confirm
    RETURNING s.* INTO said;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    UPDATE alert.recipient AS r SET confirmed_at = coalesce(r.confirmed_at, at), ended_at = NULL
    WHERE r.id = said.recipient_id
    RETURNING r.uid INTO person;
    PERFORM tell_present_alerts(said.id);
    RETURN person;
END $$;

-- What the question is about, for the page on which it is answered; no row for no question of ours.
CREATE FUNCTION alert_question(confirm bytea) RETURNS TABLE (
    rule text, parameters jsonb, kind text, name_th text, name_en text, radius_m integer, label text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.rule, w.parameters, p.kind, p.name_th, p.name_en, p.radius_m, s.label
    FROM alert.subscription AS s
    JOIN alert.watch AS w ON w.id = s.watch_id
    JOIN alert.place AS p ON p.id = w.place_id
    WHERE s.confirm_hash = confirm
$$;

-- What somebody is told of, by the hash of their token; null for none of ours. No address is in it.
CREATE FUNCTION alerts_of(token bytea) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object(
        'uid', r.uid, 'way', r.way, 'language', r.language, 'digest_hour', r.digest_hour,
        'quiet_from', r.quiet_from, 'quiet_to', r.quiet_to, 'most_a_day', r.most_a_day,
        'ended', r.ended_at IS NOT NULL,
        'subscriptions', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'uid', s.uid, 'rule', w.rule, 'parameters', w.parameters, 'kind', p.kind,
                'code', p.code, 'name_th', p.name_th, 'name_en', p.name_en,
                'radius_m', p.radius_m, 'label', s.label, 'confirmed', s.confirmed_at IS NOT NULL,
                'paused', s.paused_at IS NOT NULL, 'problem', w.problem, 'told_at', (
                    SELECT max(d.ended_at) FROM alert.delivery AS d
                    WHERE d.subscription_id = s.id AND d.kind = 'event' AND d.state = 'sent'
                )
            ) ORDER BY s.id), '[]')
            FROM alert.subscription AS s
            JOIN alert.watch AS w ON w.id = s.watch_id
            JOIN alert.place AS p ON p.id = w.place_id
            WHERE s.recipient_id = r.id
        )
    )
    FROM alert.recipient AS r WHERE r.token_hash = token
$$;

-- 'pause', 'resume' or 'delete' of one; whether there is one.
CREATE FUNCTION change_alert(token bytea, subscription uuid, act text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found_id bigint;
BEGIN
    SELECT s.id INTO found_id
    FROM alert.subscription AS s JOIN alert.recipient AS r ON r.id = s.recipient_id
    WHERE r.token_hash = token AND s.uid = change_alert.subscription;
    IF act = 'delete' THEN
        DELETE FROM alert.subscription AS s WHERE s.id = found_id;
    ELSE
        UPDATE alert.subscription AS s
        SET paused_at = CASE act WHEN 'pause' THEN coalesce(s.paused_at, clock_timestamp()) END
        WHERE s.id = found_id;
        IF act = 'pause' THEN
            UPDATE alert.delivery AS d SET state = 'withdrawn', ended_at = clock_timestamp()
            WHERE d.subscription_id = found_id AND d.state = 'waiting' AND d.kind = 'event';
        END IF;
    END IF;
    RETURN found_id IS NOT NULL;
END $$;

-- When somebody is told.
CREATE FUNCTION change_alert_hours(
    token bytea, digest_hour integer, quiet_from integer, quiet_to integer, most_a_day integer
) RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH changed AS (
        UPDATE alert.recipient AS r SET digest_hour = change_alert_hours.digest_hour,
            quiet_from = change_alert_hours.quiet_from, quiet_to = change_alert_hours.quiet_to,
            most_a_day = change_alert_hours.most_a_day
        WHERE r.token_hash = token
        RETURNING r.id
    ), put AS (
        UPDATE alert.delivery AS d SET due_at = alert_due_at(
            clock_timestamp(), change_alert_hours.digest_hour, change_alert_hours.quiet_from,
            change_alert_hours.quiet_to
        )
        FROM changed
        WHERE d.recipient_id = changed.id AND d.state = 'waiting' AND d.kind = 'event'
            AND d.attempts = 0 AND NOT d.over_limit
    )
    SELECT EXISTS (SELECT FROM changed)
$$;

-- Ends all that is sent to somebody, by the token that each message has; whether there is one.
CREATE FUNCTION end_alerts(token bytea) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH ended AS (
        UPDATE alert.recipient AS r SET ended_at = coalesce(r.ended_at, clock_timestamp())
        WHERE r.token_hash = token
        RETURNING r.id
    ), withdrawn AS (
        UPDATE alert.delivery AS d SET state = 'withdrawn', ended_at = clock_timestamp()
        FROM ended WHERE d.recipient_id = ended.id AND d.state = 'waiting'
    )
    SELECT EXISTS (SELECT FROM ended)
$$;

-- The outbox as it is shown to staff who run the service: no address, nothing by which one is ended.
CREATE FUNCTION require_alert_operator() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM signed_in() AS s
        WHERE s.role IN ('national', 'admin') AND 'read' = ANY (s.scopes)
    ) THEN
        RAISE EXCEPTION 'the outbox is for national staff and admins'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION staff_alert_outbox(most integer) RETURNS TABLE (
    recipient bigint, way text, kind text, state text, created_at timestamptz, due_at timestamptz,
    attempts integer, error text, line jsonb
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM require_alert_operator();
    RETURN QUERY
    SELECT d.recipient_id, d.way, d.kind, d.state, d.created_at, d.due_at, d.attempts::integer,
        d.error, alert_line(d.id)
    FROM alert.delivery AS d ORDER BY d.id DESC LIMIT most;
END $$;

CREATE FUNCTION staff_alert_counts() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_alert_operator();
    RETURN (
        SELECT jsonb_object_agg(c.state, c.rows)
        FROM (SELECT d.state, count(*) AS rows FROM alert.delivery AS d GROUP BY d.state) AS c
    );
END $$;

-- What a message is made of, as geo_api/alerts/composing.py reads it.
CREATE FUNCTION alert_line(delivery bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'kind', d.kind, 'event', e.id, 'began', e.kind IS DISTINCT FROM 'lasts', 'rule', w.rule,
        'parameters', w.parameters, 'place', p.kind, 'code', p.code, 'name_th', p.name_th,
        'name_en', p.name_en, 'radius_m', p.radius_m, 'label', s.label,
        'lon', ST_X(ST_PointOnSurface(p.geom)), 'lat', ST_Y(ST_PointOnSurface(p.geom)),
        'item', e.item, 'value', e.value, 'detail', e.detail, 'at', coalesce(e.at, d.created_at),
        'simulated', coalesce(e.simulated, false), 'subscription', s.uid
    )
    FROM alert.delivery AS d
    JOIN alert.subscription AS s ON s.id = d.subscription_id
    JOIN alert.watch AS w ON w.id = s.watch_id
    JOIN alert.place AS p ON p.id = w.place_id
    LEFT JOIN alert.event AS e ON e.id = d.event_id
    WHERE d.id = delivery
$$;

-- For /metrics, whose reader sees `published` alone: numbers, and nothing of anybody.
CREATE FUNCTION alert_figures() RETURNS TABLE (
    way text, waiting bigint, sent bigint, given_up bigint, oldest_due_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT d.way, count(*) FILTER (WHERE d.state = 'waiting'),
        count(*) FILTER (WHERE d.state = 'sent'), count(*) FILTER (WHERE d.state = 'given_up'),
        min(d.due_at) FILTER (WHERE d.state = 'waiting')
    FROM alert.delivery AS d GROUP BY d.way
$$;

REVOKE EXECUTE ON FUNCTION
    keep_alert(jsonb, bytea, bytea, bigint, text, text),
    ask_to_confirm(alert.recipient, bigint, timestamptz), tell_present_alerts(bigint),
    subscribe_to_alert(jsonb, bytea, bytea), own_mail(),
    staff_subscribe_to_alert(jsonb, bytea, bytea), confirm_alert(bytea), alert_question(bytea),
    alert_place_name(text, text, integer), alerts_of(bytea), change_alert(bytea, uuid, text),
    change_alert_hours(bytea, integer, integer, integer, integer), end_alerts(bytea),
    require_alert_operator(), staff_alert_outbox(integer), staff_alert_counts(), alert_line(bigint),
    alert_figures()
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    alert_place_name(text, text, integer), subscribe_to_alert(jsonb, bytea, bytea),
    confirm_alert(bytea), alert_question(bytea), alerts_of(bytea), change_alert(bytea, uuid, text),
    change_alert_hours(bytea, integer, integer, integer, integer), end_alerts(bytea)
TO fahsai_writer;
GRANT EXECUTE ON FUNCTION
    own_mail(), staff_subscribe_to_alert(jsonb, bytea, bytea), staff_alert_outbox(integer),
    staff_alert_counts()
TO fahsai_staff;
GRANT EXECUTE ON FUNCTION alert_figures() TO fahsai_reader;
