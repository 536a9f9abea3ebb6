-- What the holder of a request's number may know of it: that it is dealt with, and not where, by whom
-- or with which words. The number is 128 random bits, which nobody guesses.
CREATE FUNCTION open311_requests(numbers text[]) RETURNS TABLE (
    number text, category text, state text, reported_at timestamptz,
    updated_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT
        c.ticket_id, c.category, c.state, c.reported_at,
        coalesce(c.closed_at, (
            SELECT max(e.at) FROM complaint_event AS e
            WHERE e.complaint_id = c.id AND e.kind IN ('transition', 'merged', 'unmerged')
        ), c.reported_at)
    FROM complaint AS c
    WHERE c.source = 'resident' AND c.channel = 'open311' AND c.category IS NOT NULL
        AND c.ticket_id = ANY (open311_requests.numbers)
$$;

REVOKE EXECUTE ON FUNCTION open311_requests(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open311_requests(text[]) TO fahsai_writer;
