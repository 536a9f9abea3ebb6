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

# Of each year all loads, and those that are in no sum, in percent of them: of the whole country,
# so that it tells of nobody.
_LEFT_OUT = """
    left_out AS (
        SELECT
            extract(year FROM m.moved_on)::integer AS year,
            round(100.0 * count(*) FILTER (
                WHERE m.hazardous IS NULL OR m.tonnes <= 0 OR 'tonnes_implausible' = ANY (m.doubts)
                    OR gp.code IS NULL OR rp.code IS NULL
            ) / count(*))::smallint AS pct
        FROM waste_movement AS m
        LEFT JOIN factory AS g ON g.id = m.generator_id
        LEFT JOIN factory AS r ON r.id = m.receiver_id
        LEFT JOIN province AS gp ON gp.code = g.province_code
        LEFT JOIN province AS rp ON rp.code = r.province_code
        GROUP BY 1
    )
"""

PROVINCES = """
    SELECT code FROM province
    UNION SELECT from_province FROM waste_cell WHERE from_province <> %(total)s
    UNION SELECT to_province FROM waste_cell WHERE to_province <> %(total)s
    ORDER BY 1
"""

# Two that are made at once would both be the next one.
LOCK = "LOCK TABLE waste_cell IN EXCLUSIVE MODE"
STATE = """
    SELECT
        (SELECT coalesce(max(vintage), 0) FROM waste_cell),
        EXISTS (SELECT FROM waste_movement WHERE source = 'demo')
"""
# Figures of a simulated world are of no consequence for what is real, or for another world.
FORGET_SIMULATED = """
    DELETE FROM waste_flow WHERE source = 'demo';
    DELETE FROM waste_total WHERE source = 'demo';
    DELETE FROM waste_part WHERE simulated;
    DELETE FROM waste_cell WHERE simulated
"""

CELLS = """
    SELECT
        vintage, year, hazard, from_province, to_province, tonnes, told_vintage, hidden_for,
        ARRAY[generators, receivers], ARRAY[generator_leeway, receiver_leeway]
    FROM waste_cell
    ORDER BY 1, 2, 3, 4, 5
"""
KEPT_PARTS = """
    SELECT vintage, year, hazard, from_province, to_province, side, factory_id, tonnes
    FROM waste_part
    ORDER BY 1, 2, 3, 4, 5, 6, 7
"""
KEEP_CELLS = """
    INSERT INTO waste_cell (
        vintage, year, hazard, from_province, to_province, tonnes, generators, receivers,
        told_vintage, hidden_for, generator_leeway, receiver_leeway, simulated
    ) VALUES %s
"""
KEEP_PARTS = """
    INSERT INTO waste_part (
        vintage, year, hazard, from_province, to_province, side, factory_id, tonnes, simulated
    ) VALUES %s
"""
# What stands is as old as it was.
DATE_STANDING = """
    UPDATE waste_cell AS c SET figures_of = o.figures_of
    FROM waste_cell AS o
    WHERE c.vintage = %(vintage)s AND c.told_vintage < c.vintage AND o.vintage = c.told_vintage
        AND (o.year, o.hazard, o.from_province, o.to_province)
            = (c.year, c.hazard, c.from_province, c.to_province)
"""

# Of the years that have a new vintage.
FORGET = """
    DELETE FROM waste_flow AS w
    USING (SELECT DISTINCT year, hazard FROM waste_cell WHERE vintage = %(vintage)s) AS n
    WHERE (w.year, w.hazard) = (n.year, n.hazard);
    DELETE FROM waste_total AS w
    USING (SELECT DISTINCT year, hazard FROM waste_cell WHERE vintage = %(vintage)s) AS n
    WHERE (w.year, w.hazard) = (n.year, n.hazard)
"""
KEEP = (
    "WITH"
    + _LEFT_OUT
    + """
    INSERT INTO waste_flow (
        year, from_province, to_province, hazard, tonnes, generators, receivers, figures_of,
        loads_left_out_pct, method
    )
    SELECT
        c.year, c.from_province, c.to_province, c.hazard, c.tonnes,
        CASE WHEN c.tonnes IS NOT NULL THEN c.generators END,
        CASE WHEN c.tonnes IS NOT NULL THEN c.receivers END,
        c.figures_of,
        -- Of a year whose loads were all taken back nothing that there is would be left out.
        coalesce(l.pct, 0), %(method)s
    FROM waste_cell AS c
    LEFT JOIN left_out AS l ON l.year = c.year
    WHERE c.vintage = %(vintage)s AND %(total)s NOT IN (c.from_province, c.to_province)
    """
)
KEEP_TOTALS = (
    "WITH"
    + _LEFT_OUT
    + """
    INSERT INTO waste_total (
        year, hazard, province_code, sent_tonnes, received_tonnes, generators, receivers,
        figures_of, source, run_id, loads_left_out_pct, method, abstained
    )
    SELECT
        t.year, hazard, code, max(tonnes) FILTER (WHERE sent), max(tonnes) FILTER (WHERE NOT sent),
        max(generators) FILTER (WHERE sent AND tonnes IS NOT NULL),
        max(receivers) FILTER (WHERE NOT sent AND tonnes IS NOT NULL),
        min(figures_of),
        CASE WHEN bool_or(simulated) THEN 'demo' ELSE 'waste_movements' END,
        %(run)s,
        coalesce(max(l.pct), 0), %(method)s,
        nullif(concat_ws(
            ', ',
            CASE WHEN NOT bool_or(sent) THEN 'nothing_sent' END,
            CASE WHEN bool_and(sent) THEN 'nothing_received' END,
            CASE WHEN bool_or(sent AND tonnes IS NULL) THEN 'sent_withheld' END,
            CASE WHEN bool_or(NOT sent AND tonnes IS NULL) THEN 'received_withheld' END
        ), '')
    FROM (
        SELECT
            year, hazard, tonnes, generators, receivers, figures_of, simulated,
            to_province = %(total)s AS sent,
            CASE WHEN to_province = %(total)s THEN from_province ELSE to_province END AS code
        FROM waste_cell
        WHERE vintage = %(vintage)s AND (from_province = %(total)s) <> (to_province = %(total)s)
    ) AS t
    LEFT JOIN left_out AS l ON l.year = t.year
    GROUP BY t.year, hazard, code
    """
)

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
