"""Statements about complaints as requests of Open311."""

# Where a complaint was imported its ticket is its source's, which leads to photos and addresses
# elsewhere; of what we received, the ticket is the number that was given out.
OF_STAFF = """
    SELECT r.number, r.category, r.state, r.is_closed, r.reported_at, r.updated_at, r.text,
        r.address, r.lon, r.lat, r.province_th, r.province_en, r.happened_at, r.strength,
        r.media_url
    FROM (
        SELECT
            CASE WHEN c.channel = 'import' THEN c.id ELSE c.ticket_id END AS number,
            c.category, c.state, c.reported_at, t.text, c.address, c.happened_at, c.strength,
            ST_X(c.geom) AS lon, ST_Y(c.geom) AS lat, p.name_th AS province_th,
            p.name_en AS province_en,
            c.state = ANY (%(closed_states)s) AS is_closed,
            coalesce(c.closed_at, (
                SELECT max(e.at) FROM complaint_event AS e WHERE e.complaint_id = c.id
            ), c.last_activity_at, c.reported_at) AS updated_at,
            (
                SELECT e.detail ->> 'media_url' FROM complaint_event AS e
                WHERE e.complaint_id = c.id AND e.kind = 'received' ORDER BY e.id LIMIT 1
            ) AS media_url
        FROM complaint AS c
        LEFT JOIN complaint_text AS t ON t.complaint_id = c.id
        LEFT JOIN published.provinces AS p ON p.id = c.province_code
        WHERE c.category IS NOT NULL AND NOT c.is_spam
            AND (%(services)s::text[] IS NULL OR c.category = ANY (%(services)s))
            AND (%(numbers)s::text[] IS NULL OR c.id = ANY (%(numbers)s)
                OR c.ticket_id = ANY (%(numbers)s))
            AND (%(start)s::timestamptz IS NULL OR c.reported_at >= %(start)s)
            AND (%(end)s::timestamptz IS NULL OR c.reported_at <= %(end)s)
    ) AS r
    WHERE (%(numbers)s::text[] IS NULL OR r.number = ANY (%(numbers)s))
        AND (%(is_closed)s::boolean IS NULL OR r.is_closed = %(is_closed)s)
        AND (%(updated_after)s::timestamptz IS NULL OR r.updated_at >= %(updated_after)s)
        AND (%(updated_before)s::timestamptz IS NULL OR r.updated_at <= %(updated_before)s)
    ORDER BY r.reported_at DESC, r.number
    LIMIT %(limit)s OFFSET %(offset)s
"""

OF_HOLDER = """
    SELECT number, category, state, state = ANY (%(closed_states)s), reported_at, updated_at
    FROM open311_requests(%(numbers)s)
    ORDER BY reported_at DESC, number
    LIMIT %(limit)s OFFSET %(offset)s
"""
