"""Statements about flows of waste between provinces: what they are made of, and what is kept."""

# By year, provinces and hazard the tonnes of each factory that sent, and of each that received.
PARTS = """
    WITH load AS (
        SELECT
            extract(year FROM m.moved_on)::integer AS year,
            g.province_code AS from_province, r.province_code AS to_province,
            CASE WHEN m.hazardous THEN 'hazardous' ELSE 'other' END AS hazard,
            m.generator_id, m.receiver_id, m.tonnes
        FROM waste_movement AS m
        JOIN factory AS g ON g.id = m.generator_id
        JOIN factory AS r ON r.id = m.receiver_id
        JOIN province AS gp ON gp.code = g.province_code
        JOIN province AS rp ON rp.code = r.province_code
        WHERE m.hazardous IS NOT NULL AND m.tonnes > 0
            AND NOT 'tonnes_implausible' = ANY (m.doubts)
    )
    SELECT year, from_province, to_province, hazard, 'generator', generator_id, sum(tonnes)
    FROM load
    GROUP BY year, from_province, to_province, hazard, generator_id
    UNION ALL
    SELECT year, from_province, to_province, hazard, 'receiver', receiver_id, sum(tonnes)
    FROM load
    GROUP BY year, from_province, to_province, hazard, receiver_id
"""

PUBLISHED_PARTS = """
    SELECT year, from_province, to_province, hazard, side, factory_id, tonnes
    FROM waste_flow_part
"""

# Figures of a simulated world are of no consequence for what is real, or for another world.
FORGET_SIMULATED = """
    WITH forgotten AS (
        DELETE FROM waste_flow WHERE source = 'demo'
        RETURNING year, from_province, to_province, hazard
    )
    DELETE FROM waste_flow_part AS p USING forgotten AS f
    WHERE (p.year, p.from_province, p.to_province, p.hazard)
        = (f.year, f.from_province, f.to_province, f.hazard)
"""

FORGET = """
    WITH standing AS (
        SELECT k[1]::integer AS year, k[2] AS from_province, k[3] AS to_province, k[4] AS hazard
        FROM (
            SELECT ARRAY(SELECT jsonb_array_elements_text(e.cell)) AS k
            FROM jsonb_array_elements(to_jsonb(%(standing)s::text[])) AS e (cell)
        ) AS keys
    ), parts AS (
        DELETE FROM waste_flow_part AS p
        WHERE NOT EXISTS (
            SELECT FROM standing AS s
            WHERE (s.year, s.from_province, s.to_province, s.hazard)
                = (p.year, p.from_province, p.to_province, p.hazard)
        )
    )
    DELETE FROM waste_flow AS w
    WHERE NOT EXISTS (
        SELECT FROM standing AS s
        WHERE (s.year, s.from_province, s.to_province, s.hazard)
            = (w.year, w.from_province, w.to_province, w.hazard)
    )
"""

KEEP = """
    INSERT INTO waste_flow
        (year, from_province, to_province, hazard, tonnes, generators, receivers)
    VALUES %s
"""
KEEP_PARTS = """
    INSERT INTO waste_flow_part
        (year, from_province, to_province, hazard, side, factory_id, tonnes)
    VALUES %s
"""

# The wedge of each new flow, wider where more flows; what is withheld is as narrow as the least.
DRAW = """
    WITH middle AS MATERIALIZED (
        SELECT code, ST_PointOnSurface(geom) AS geom FROM province
    ), simulated AS (
        SELECT EXISTS (SELECT FROM waste_movement WHERE source = 'demo') AS found
    )
    UPDATE waste_flow AS w
    SET geom = flow_wedge(
            a.geom, b.geom, least(0.12, 0.015 + 0.0008 * sqrt(coalesce(w.tonnes, 0)))
        ),
        run_id = %(run)s,
        source = CASE WHEN s.found THEN 'demo' ELSE 'waste_movements' END
    FROM middle AS a, middle AS b, simulated AS s
    WHERE a.code = w.from_province AND b.code = w.to_province AND w.geom IS NULL
"""
