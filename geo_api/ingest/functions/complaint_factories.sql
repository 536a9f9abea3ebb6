-- Whom a complaint names, by its ticket. Private: no view shows it.

CREATE FUNCTION merge_complaint_factory(run bigint)
RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
BEGIN
    WITH named AS MATERIALIZED (
        SELECT DISTINCT ON (c.id)
            c.id, s.factory_id, s.source, k.complaint_id IS NULL AS is_new,
            k.factory_id IS DISTINCT FROM s.factory_id AS differs
        FROM staged_complaint_factory AS s
        JOIN complaint AS c USING (source, ticket_id)
        JOIN factory AS f ON f.id = s.factory_id
        LEFT JOIN complaint_factory AS k ON k.complaint_id = c.id
        ORDER BY c.id, s.seq DESC
    ), written AS (
        INSERT INTO complaint_factory (complaint_id, factory_id, source, run_id)
        SELECT n.id, n.factory_id, n.source, run FROM named AS n WHERE n.differs
        ON CONFLICT (complaint_id) DO UPDATE
        SET factory_id = excluded.factory_id, source = excluded.source, run_id = excluded.run_id
    )
    SELECT
        count(*) FILTER (WHERE n.is_new), count(*) FILTER (WHERE n.differs AND NOT n.is_new),
        count(*) FILTER (WHERE NOT n.differs)
    INTO inserted, updated, unchanged
    FROM named AS n;
    RETURN NEXT;
END $$;
