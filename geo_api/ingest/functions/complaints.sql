-- How complaints are merged.

-- The state of a ticket with the latest activity wins, in whatever order files are read.
CREATE FUNCTION merge_complaint(run bigint)
RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
DECLARE
    delivered bigint;
BEGIN
    WITH latest AS MATERIALIZED (
        SELECT DISTINCT ON (source, ticket_id)
            source, ticket_id, category, status, reported_at, last_activity_at, geom
        FROM staged_complaint
        ORDER BY source, ticket_id, coalesce(last_activity_at, reported_at) DESC, seq DESC
    ), known AS MATERIALIZED (
        -- A blank says nothing: what is known stays. But the category is worked out anew from the
        -- words each time: one that goes is no blank, and takes the words along.
        SELECT
            s.source, s.ticket_id,
            -- What staff of ours have said it is about, it is about.
            CASE WHEN d.complaint_id IS NULL THEN s.category ELSE c.category END AS category,
            coalesce(s.status, c.status) AS status, s.reported_at,
            coalesce(s.last_activity_at, c.last_activity_at) AS last_activity_at,
            -- Where staff of ours have said it is, it is.
            CASE WHEN p.complaint_id IS NULL THEN s.geom ELSE c.geom END AS geom
        FROM latest AS s
        LEFT JOIN complaint AS c USING (source, ticket_id)
        LEFT JOIN (
            SELECT DISTINCT complaint_id FROM complaint_event
            WHERE kind = 'placed' AND account_id IS NOT NULL
        ) AS p ON p.complaint_id = c.id
        LEFT JOIN (
            SELECT DISTINCT complaint_id FROM complaint_event
            WHERE kind = 'recategorised' AND account_id IS NOT NULL
        ) AS d ON d.complaint_id = c.id
    ), news AS MATERIALIZED (
        SELECT
            s.source, s.ticket_id, s.category, s.status, s.reported_at, s.last_activity_at, s.geom,
            c.id IS NULL AS is_new
        FROM known AS s
        LEFT JOIN complaint AS c USING (source, ticket_id)
        WHERE c.id IS NULL OR coalesce(s.last_activity_at, s.reported_at)
                >= coalesce(c.last_activity_at, c.reported_at)
            AND (c.category, c.status, c.reported_at, c.last_activity_at, c.geom)
                IS DISTINCT FROM (s.category, s.status, s.reported_at, s.last_activity_at, s.geom)
    ), written AS (
        INSERT INTO complaint (
            source, ticket_id, category, status, reported_at, last_activity_at, geom, run_id
        )
        SELECT source, ticket_id, category, status, reported_at, last_activity_at, geom, run
        FROM news
        ON CONFLICT (source, ticket_id) DO UPDATE SET
            category = excluded.category, status = excluded.status,
            reported_at = excluded.reported_at, geom = excluded.geom,
            last_activity_at = excluded.last_activity_at, run_id = excluded.run_id
    )
    SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new),
        (SELECT count(*) FROM latest) INTO inserted, updated, delivered
    FROM news;
    unchanged := delivered - inserted - updated;

    -- They may be the first: without it each would be looked for among all that is staged.
    ANALYZE complaint;
    PERFORM replace_complaint_texts(run);
    PERFORM take_in_imported(run);
    RETURN NEXT;
END $$;

-- Follows the rows that the run changed.
CREATE FUNCTION replace_complaint_texts(run bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM complaint_text AS t
    USING complaint AS c
    JOIN staged_complaint AS s USING (source, ticket_id)
    WHERE c.id = t.complaint_id AND c.run_id = run AND (c.category IS NULL OR s.text IS NOT NULL);

    INSERT INTO complaint_text (complaint_id, text)
    SELECT DISTINCT ON (c.id) c.id, s.text
    FROM complaint AS c
    JOIN staged_complaint AS s USING (source, ticket_id)
    WHERE c.run_id = run AND c.category IS NOT NULL AND s.text IS NOT NULL
    ORDER BY c.id, coalesce(s.last_activity_at, s.reported_at) DESC, s.seq DESC;
END $$;
