-- How complaints are merged, and how much of each the public may see.

-- Fewer complaints than this in one cell and month are published by month, not by day.
CREATE FUNCTION complaint_anonymity_threshold() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT 5::bigint $$;

-- The state of a ticket with the latest activity wins, in whatever order files are read.
CREATE FUNCTION merge_complaint(run bigint)
RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
DECLARE
    cells geometry[]; months date[]; delivered bigint;
BEGIN
    SELECT array_agg(c.public_geom), array_agg(c.reported_month) INTO cells, months
    FROM complaint AS c JOIN staged_complaint AS s USING (source, ticket_id);

    WITH latest AS MATERIALIZED (
        SELECT DISTINCT ON (source, ticket_id)
            source, ticket_id, category, status, reported_at, last_activity_at, geom
        FROM staged_complaint
        ORDER BY source, ticket_id, coalesce(last_activity_at, reported_at) DESC, seq DESC
    ), known AS MATERIALIZED (
        -- A blank says nothing: what is known stays. But the category is worked out anew from the
        -- words each time: one that goes is no blank, and takes the words along.
        SELECT
            s.source, s.ticket_id, s.category,
            coalesce(s.status, c.status) AS status, s.reported_at,
            coalesce(s.last_activity_at, c.last_activity_at) AS last_activity_at, s.geom
        FROM latest AS s
        LEFT JOIN complaint AS c USING (source, ticket_id)
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
            source, ticket_id, category, status, reported_at, last_activity_at, geom, run_id,
            time_precision, public_at
        )
        -- Most stay by month; set_complaint_public_times rewrites the others.
        SELECT source, ticket_id, category, status, reported_at, last_activity_at, geom, run,
            'month', date_trunc('month', reported_at, 'Asia/Bangkok')
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

    PERFORM replace_complaint_texts(run);
    PERFORM follow_source_states(run);
    PERFORM mark_recurrences(array_agg(c.id)) FROM complaint AS c
    WHERE c.run_id = run AND c.category IS NOT NULL;
    PERFORM set_complaint_public_times(
        cells || array_agg(c.public_geom), months || array_agg(c.reported_month)
    ) FROM complaint AS c WHERE c.run_id = run;
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

-- Sets the public time of the complaints in the given cells and months (arrays of equal
-- length): the start, in Thailand, of their day, or of their month where they are too few.
CREATE FUNCTION set_complaint_public_times(cells geometry[], months date[])
RETURNS void LANGUAGE sql AS $$
    WITH counted AS (
        SELECT c.public_geom, c.reported_month,
            CASE WHEN count(*) < complaint_anonymity_threshold() THEN 'month' ELSE 'day' END AS unit
        FROM complaint AS c
        JOIN (SELECT DISTINCT * FROM unnest(cells, months) AS u (cell, month)) AS u
            ON (u.cell, u.month) = (c.public_geom, c.reported_month)
        WHERE c.category IS NOT NULL
        GROUP BY c.public_geom, c.reported_month
    )
    UPDATE complaint AS c
    SET time_precision = n.unit,
        public_at = date_trunc(n.unit, c.reported_at, 'Asia/Bangkok')
    FROM counted AS n
    WHERE (c.public_geom, c.reported_month) = (n.public_geom, n.reported_month)
        AND c.category IS NOT NULL
        AND (c.time_precision, c.public_at) IS DISTINCT FROM
            (n.unit, date_trunc(n.unit, c.reported_at, 'Asia/Bangkok'))
$$;
