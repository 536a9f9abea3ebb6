"""Statements about complaints on the map of staff."""

# Row-level security decides whose these are. Spam is not looked for on a map.
CASES = """
    WITH seen AS (
        SELECT
            c.id, c.geom, c.category, c.state, c.strength, c.reported_at, c.received_at,
            c.happened_at, c.closed_at, c.recurred_at, c.duplicate_of, c.accuracy_m
        FROM complaint AS c
        WHERE c.geom && ST_MakeEnvelope(
                %(west)s::float8, %(south)s::float8, %(east)s::float8, %(north)s::float8, 4326
            )
            AND c.reported_at >= %(since)s AND c.reported_at < %(until)s AND NOT c.is_spam
        ORDER BY c.reported_at DESC, c.id
        LIMIT %(most)s + 1
    ), shown AS (
        SELECT seen.* FROM seen ORDER BY reported_at DESC, id LIMIT %(most)s
    )
    SELECT jsonb_build_object(
        'type', 'FeatureCollection',
        'is_whole', (SELECT count(*) FROM seen) <= %(most)s,
        'without_place', (
            SELECT count(*) FROM complaint AS c
            WHERE c.geom IS NULL AND NOT c.is_spam
                AND c.reported_at >= %(since)s AND c.reported_at < %(until)s
        ),
        'features', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                'type', 'Feature',
                'id', s.id,
                'geometry', ST_AsGeoJSON(s.geom, 6)::jsonb,
                'properties', to_jsonb(s) - 'geom' - 'id' || jsonb_build_object(
                    'category_title', %(categories)s::jsonb ->> s.category,
                    'state_title', %(states)s::jsonb ->> s.state
                )
            ) ORDER BY s.reported_at DESC, s.id)
            FROM shown AS s
        ), '[]')
    )::text
"""
