-- Which complaints may be of one matter: of the same category, near each other, within some days.

CREATE FUNCTION nearness(category text) RETURNS nearness_rule LANGUAGE sql STABLE AS $$
    SELECT r FROM nearness_rule AS r
    WHERE r.category IN (nearness.category, '*')
    ORDER BY r.category = '*' LIMIT 1
$$;

-- Those that the complaint may be a duplicate of, or that may be duplicates of it; suggestions only.
CREATE FUNCTION nearby_complaints(id text)
RETURNS TABLE (other text, province_code text, distance_m double precision)
LANGUAGE sql STABLE AS $$
    SELECT o.id, o.province_code, ST_Distance(o.geom::geography, c.geom::geography)
    FROM complaint AS c
    CROSS JOIN LATERAL nearness(c.category) AS r
    JOIN complaint AS o
        ON ST_DWithin(o.geom::geography, c.geom::geography, r.within_m)
        AND o.category = c.category AND o.id <> c.id
        AND o.received_at BETWEEN c.received_at - make_interval(days => r.duplicate_days)
            AND c.received_at + make_interval(days => r.duplicate_days)
    WHERE c.id = nearby_complaints.id AND NOT o.is_spam AND o.state <> 'duplicate'
$$;

-- Of those, what whoever calls may see. As the owner, above the rows' policies: below them PostgreSQL
-- looks through all cases, for it uses no index by functions that might tell of a row.
CREATE FUNCTION possible_duplicates(id text)
RETURNS TABLE (other text, distance_m double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT n.other, n.distance_m
    FROM (SELECT signed_in_province('read') AS code) AS s
    JOIN complaint AS c ON c.id = possible_duplicates.id AND s.code IN ('*', c.province_code)
    CROSS JOIN LATERAL nearby_complaints(c.id) AS n
    WHERE s.code IN ('*', n.province_code)
$$;

REVOKE EXECUTE ON FUNCTION nearby_complaints(text), possible_duplicates(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION possible_duplicates(text) TO fahsai_staff;

-- Cells of a hundredth of a degree, by longitude or by latitude, in which all lies that is so near.
CREATE FUNCTION cells_around(degrees double precision, within_m double precision)
RETURNS integer[] LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg(cell) FROM generate_series(
        floor(degrees * 100)::integer - ceil(within_m / 1000)::integer,
        floor(degrees * 100)::integer + ceil(within_m / 1000)::integer
    ) AS cell
$$;

-- Marks the closed ones that a new report contradicts: a paper fix is not a fix. Only closings that
-- say the matter is over: resolved, and no cause found. They are looked for in the cells around, of a
-- hundredth of a degree, which nowhere in Thailand is less than a kilometre, and by their day: so it
-- takes the index of both, where one of places alone reads a town's worth of them. A difference of
-- degrees, of which one is more than 100 km there, spares most of the geodesics.
CREATE FUNCTION mark_recurrences(ids text[]) RETURNS void LANGUAGE sql AS $$
    WITH again AS MATERIALIZED (
        SELECT DISTINCT ON (o.id) o.id, n.id AS by, n.received_at AS at,
            ST_Distance(o.geom::geography, n.geom::geography) AS distance_m
        FROM complaint AS n
        CROSS JOIN LATERAL nearness(n.category) AS r
        JOIN complaint AS o
            ON o.category = n.category AND o.id <> n.id
            AND floor(ST_X(o.geom) * 100)::integer = ANY (cells_around(ST_X(n.geom), r.within_m))
            AND floor(ST_Y(o.geom) * 100)::integer = ANY (cells_around(ST_Y(n.geom), r.within_m))
            AND o.closed_at BETWEEN n.received_at - make_interval(days => r.recurrence_days)
                AND n.received_at
            AND abs(ST_X(o.geom) - ST_X(n.geom)) <= r.within_m / 100000.0
            AND abs(ST_Y(o.geom) - ST_Y(n.geom)) <= r.within_m / 100000.0
            AND ST_Distance(o.geom::geography, n.geom::geography) <= r.within_m
        WHERE n.id = ANY (ids) AND NOT n.is_spam
            AND o.state IN ('resolved', 'no_cause_found')
            AND (o.recurred_at IS NULL OR o.recurred_at < o.closed_at)
        ORDER BY o.id, n.received_at
    ), marked AS (
        UPDATE complaint AS o SET recurred_at = a.at FROM again AS a WHERE a.id = o.id
    )
    INSERT INTO complaint_event (complaint_id, at, kind, detail)
    SELECT id, at, 'recurred', jsonb_build_object('by', by, 'distance_m', round(distance_m::numeric))
    FROM again
$$;

CREATE FUNCTION mark_recurrence() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM mark_recurrences(ARRAY[NEW.id]);
    RETURN NULL;
END $$;

-- Imported ones are closed after all of a run are there: merge_complaint marks them then.
CREATE TRIGGER mark_recurrence AFTER INSERT ON complaint
    FOR EACH ROW WHEN (NEW.channel <> 'import' AND NEW.geom IS NOT NULL)
    EXECUTE FUNCTION mark_recurrence();

REVOKE EXECUTE ON FUNCTION mark_recurrences(text[]) FROM PUBLIC;
