-- Imported complaints: their provider says how far it is with them, and that is their state until
-- staff of ours move them. Its own closing needs no evidence of ours: the event names the source.

CREATE FUNCTION state_of_source(status text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE status
        WHEN 'in_progress' THEN 'acknowledged'
        WHEN 'forwarded' THEN 'forwarded'
        WHEN 'closed' THEN 'resolved'
        ELSE 'received'
    END
$$;

-- Of the complaints that the run wrote. Whatever the source does is declared for the role `source`.
CREATE FUNCTION follow_source_states(run bigint) RETURNS void LANGUAGE sql AS $$
    WITH moved AS MATERIALIZED (
        SELECT c.id, c.source, c.state AS from_state, t.to_state, t.closes,
            coalesce(c.last_activity_at, c.reported_at) AS at
        FROM complaint AS c
        JOIN complaint_transition AS t
            ON (t.from_state, t.to_state) = (c.state, state_of_source(c.status))
        WHERE c.run_id = run AND c.channel = 'import' AND c.category IS NOT NULL
            AND 'source' = ANY (t.roles)
            AND NOT EXISTS (
                SELECT FROM complaint_event AS e
                WHERE e.complaint_id = c.id AND e.account_id IS NOT NULL
                    AND e.kind IN ('transition', 'merged', 'unmerged')
            )
    ), changed AS (
        UPDATE complaint AS c
        SET state = m.to_state, closed_at = CASE WHEN m.closes THEN m.at END
        FROM moved AS m
        WHERE m.id = c.id
    )
    INSERT INTO complaint_event (complaint_id, at, kind, from_state, to_state, detail)
    SELECT id, at, 'transition', from_state, to_state, jsonb_build_object('source', source)
    FROM moved
$$;

-- What a run of imports brought, as cases: in whose hands, how far, and what they contradict.
CREATE FUNCTION take_in_imported(run bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM place_imported(run);
    PERFORM follow_source_states(run);
    -- They may be the first: without it near ones would be looked for among all.
    ANALYZE complaint;
    PERFORM mark_recurrences(array_agg(c.id)) FROM complaint AS c
    WHERE c.run_id = run AND c.channel = 'import' AND c.category IS NOT NULL;
END $$;
