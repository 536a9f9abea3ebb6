"""Statements about the visits of the simulated world."""

INSPECTOR = """
    INSERT INTO account (email, name, role)
    VALUES ('inspector@demo.example', 'ผู้ตรวจ (จำลอง)', 'national')
    ON CONFLICT (email) DO UPDATE SET name = excluded.name
    RETURNING id
"""

# The newest open cases, each with the factory next to it.
CASES = """
    SELECT c.id, f.id, ST_X(f.geom), ST_Y(f.geom), c.reported_at
    FROM (
        SELECT id, geom, reported_at FROM complaint
        WHERE source = 'demo' AND closed_at IS NULL AND category IS NOT NULL
        ORDER BY reported_at DESC, id
        LIMIT 100
    ) AS c
    CROSS JOIN LATERAL (
        SELECT id, geom FROM factory
        WHERE source = 'demo' AND ST_DWithin(geom::geography, c.geom::geography, 3000)
        ORDER BY geom <-> c.geom, id
        LIMIT 1
    ) AS f
    ORDER BY c.reported_at DESC, c.id
    LIMIT %(most)s
"""
