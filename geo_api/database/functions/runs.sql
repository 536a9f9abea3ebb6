-- What Runs of analyses tell of their methods.

-- Whether the last pass of an analysis over all that was due was by another version of its method,
-- or there was none: what it wrote is then older than its method, whatever it read.
CREATE FUNCTION method_changed(analysis text, version integer)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT version IS DISTINCT FROM (
        SELECT r.method_version
        FROM run AS r
        WHERE r.source = analysis AND r.status = 'succeeded' AND r.method_version IS NOT NULL
        ORDER BY r.finished_at DESC, r.id DESC
        LIMIT 1
    )
$$;
