-- Movements of waste find their factories, whichever of the two comes first; what a factory sent,
-- received and has still to finish.

CREATE FUNCTION resolve_waste_factories() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.generator_id := factory_id_of(NEW.generator_ref);
    NEW.receiver_id := factory_id_of(NEW.receiver_ref);
    RETURN NEW;
END $$;

CREATE FUNCTION resolve_waste_movements() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE waste_movement
    SET generator_id = coalesce(generator_id, factory_id_of(generator_ref)),
        receiver_id = coalesce(receiver_id, factory_id_of(receiver_ref))
    WHERE (generator_id IS NULL AND factory_id_of(generator_ref) IS NOT NULL)
        OR (receiver_id IS NULL AND factory_id_of(receiver_ref) IS NOT NULL);
    RETURN NULL;
END $$;

CREATE TRIGGER resolve_factories
BEFORE INSERT OR UPDATE OF generator_ref, receiver_ref ON waste_movement
FOR EACH ROW EXECUTE FUNCTION resolve_waste_factories();
CREATE TRIGGER resolve_waste_movements
AFTER INSERT OR UPDATE OF registration_no, fid ON factory
FOR EACH STATEMENT EXECUTE FUNCTION resolve_waste_movements();

-- Of loads moved from `since` to `until`, both included, by factory: for those who inspect, never for
-- readers. What is on hand was received and not finished by the end; what is overdue of it should
-- have been. Of a load without a clock nobody knows.
CREATE FUNCTION waste_balance(since date, until date)
RETURNS TABLE (
    factory_id text, sent_t float8, received_t float8, finished_t float8, on_hand_t float8,
    overdue_t float8, doubted bigint
) LANGUAGE sql STABLE AS $$
    WITH load AS (
        SELECT m.generator_id, m.receiver_id, m.tonnes, m.received_on, m.finished_on, m.due_on,
            m.doubts = '{}' AS sound
        FROM waste_movement AS m
        WHERE m.moved_on BETWEEN since AND until
    ), side AS (
        SELECT generator_id AS factory_id, tonnes AS sent, NULL::float8 AS received,
            NULL::float8 AS finished, NULL::float8 AS overdue, sound
        FROM load
        WHERE generator_id IS NOT NULL
        UNION ALL
        SELECT receiver_id, NULL, tonnes,
            CASE WHEN finished_on <= until THEN tonnes END,
            CASE WHEN coalesce(finished_on, 'infinity') > until AND due_on < until THEN tonnes END,
            sound
        FROM load
        WHERE receiver_id IS NOT NULL AND received_on <= until
    )
    SELECT
        s.factory_id,
        coalesce(sum(s.sent) FILTER (WHERE s.sound), 0),
        coalesce(sum(s.received) FILTER (WHERE s.sound), 0),
        coalesce(sum(s.finished) FILTER (WHERE s.sound), 0),
        coalesce(sum(s.received) FILTER (WHERE s.sound), 0)
            - coalesce(sum(s.finished) FILTER (WHERE s.sound), 0),
        coalesce(sum(s.overdue) FILTER (WHERE s.sound), 0),
        count(*) FILTER (WHERE NOT s.sound)
    FROM side AS s
    GROUP BY s.factory_id
$$;
