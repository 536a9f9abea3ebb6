"""Statements about vintages of carbon: what there is to publish, what was, and what is."""

# What can hardly be is in no sum. A firm is told by its name; a person's works only by itself.
QUANTITIES = """
    SELECT
        r.year, f.province_code,
        f.tsic_division, r.factory_id, f.workers,
        CASE WHEN f.natural_person THEN f.id ELSE f.name END,
        r.energy, r.unit, r.quantity
    FROM factory_return AS r
    JOIN factory AS f ON f.id = r.factory_id
    WHERE f.province_code IS NOT NULL AND r.doubts = '{}' AND r.compared_doubts = '{}'
    ORDER BY r.year, f.province_code, r.factory_id, r.energy, r.unit
"""

FACTORS = """
    SELECT
        energy, unit, kgco2e_per_unit, scope, basis, biogenic_kgco2_per_unit, gases, gwp,
        nullif(valid_from, '-infinity'), nullif(valid_to, 'infinity'), uncertainty
    FROM emission_factor
    ORDER BY energy, unit, scope, valid_from
"""

PROVINCES = """
    SELECT code FROM province
    UNION SELECT province_code FROM factory WHERE province_code IS NOT NULL
    UNION SELECT province_code FROM carbon_cell WHERE province_code <> %(total)s
    ORDER BY 1
"""

DIVISIONS = """
    SELECT tsic_division FROM factory
    UNION SELECT division FROM carbon_cell WHERE division <> %(total)s
    ORDER BY 1
"""

# By year, and by province, by industry or in total: who reported, of the factories that operate now
# and those that reported and stopped since.
COVERAGE = """
    WITH returned AS (
        SELECT
            r.year, f.province_code, r.factory_id, f.status, r.source,
            f.tsic_division AS division,
            r.doubts = '{}' AND r.compared_doubts = '{}' AS sound,
            NOT EXISTS (
                SELECT FROM emission_factor AS e
                WHERE (e.energy, e.unit) = (r.energy, r.unit) AND e.scope < 3
                    AND make_date(r.year, 12, 31) BETWEEN e.valid_from AND e.valid_to
            ) AS lacks_factor
        FROM factory_return AS r
        JOIN factory AS f ON f.id = r.factory_id
        WHERE f.province_code IS NOT NULL
    ), operating AS (
        SELECT
            coalesce(f.province_code, %(total)s) AS code,
            coalesce(f.tsic_division, %(total)s) AS division,
            count(*) AS factories
        FROM factory AS f
        WHERE f.status = 'operating' AND f.province_code IS NOT NULL
        GROUP BY GROUPING SETS ((f.province_code), (f.tsic_division), ())
    )
    SELECT
        r.year, r.code, r.division, r.reported, o.factories + r.stopped, r.without_factor,
        r.doubted, r.source
    FROM (
        SELECT
            year,
            coalesce(province_code, %(total)s) AS code,
            coalesce(division, %(total)s) AS division,
            count(DISTINCT factory_id) AS reported,
            count(DISTINCT factory_id) FILTER (WHERE status <> 'operating') AS stopped,
            count(*) FILTER (WHERE sound AND lacks_factor) AS without_factor,
            count(*) FILTER (WHERE NOT sound) AS doubted,
            CASE WHEN bool_or(source = 'demo') THEN 'demo' ELSE min(source) END AS source
        FROM returned
        GROUP BY GROUPING SETS ((year, province_code), (year, division), (year))
    ) AS r
    LEFT JOIN operating AS o
        ON (o.code, o.division) = (r.code, r.division) AND o.factories > 0
    ORDER BY 1, 2, 3
"""

# Of a simulated world only its own vintages count, and of the real one the real ones.
CELLS = """
    SELECT
        c.vintage, c.part, c.year, c.province_code, c.division, c.amounts, c.firms,
        c.told_vintage, c.hidden_for, c.leeway, c.factories,
        coalesce(c.with_workers, 0), coalesce(c.workers, 0)
    FROM carbon_cell AS c
    JOIN carbon_vintage AS v ON v.number = c.vintage AND v.simulated = %(simulated)s
    ORDER BY 1, 2, 3, 4, 5
"""
AMOUNTS = """
    SELECT a.vintage, a.part, a.year, a.province_code, a.division, a.firm, a.amounts
    FROM carbon_amount AS a
    JOIN carbon_vintage AS v ON v.number = a.vintage AND v.simulated = %(simulated)s
    ORDER BY 1, 2, 3, 4, 5, 6
"""

# Two that are made at once would both be the next one.
LOCK = "LOCK TABLE carbon_vintage IN EXCLUSIVE MODE"
LAST_VINTAGE = "SELECT coalesce(max(number), 0) FROM carbon_vintage"
KEEP_VINTAGE = """
    INSERT INTO carbon_vintage (number, published_at, simulated, method, run_id)
    VALUES (%(vintage)s, clock_timestamp(), %(simulated)s, %(method)s, %(run)s)
"""
KEEP_COVERAGE = """
    INSERT INTO carbon_figure (
        vintage, year, province_code, division, factories_reported, factories,
        quantities_without_factor, quantities_doubted, source, factor_basis, comparable_to_previous
    ) VALUES %s
"""
KEEP_CELLS = """
    INSERT INTO carbon_cell (
        vintage, part, year, province_code, division, amounts, firms, told_vintage, hidden_for,
        leeway, factories, with_workers, workers
    ) VALUES %s
"""
KEEP_AMOUNTS = """
    INSERT INTO carbon_amount (vintage, part, year, province_code, division, firm, amounts)
    VALUES %s
"""

# Of each part and year the last vintage that changed it, in whole tonnes: with all its digits a sum
# of litres and kilowatt-hours times public factors would tell how much there is of each.
KEEP_FIGURES = """
    WITH cell AS (
        SELECT
            c.part, c.year, c.province_code, c.division, c.amounts, c.firms, c.factories,
            c.with_workers, c.workers, c.told_vintage
        FROM carbon_cell AS c
        JOIN (
            SELECT part, year, max(vintage) AS vintage FROM carbon_cell GROUP BY part, year
        ) AS n USING (part, year, vintage)
    )
    UPDATE carbon_figure AS f SET
        scope1_tco2e = round(e.amounts[1]),
        scope2_tco2e = round(e.amounts[2]),
        biomass_tco2e = round(b.amounts[1]),
        biogenic_tco2 = round(b.amounts[2]),
        withheld = nullif(
            concat_ws(
                ', ',
                CASE WHEN e.year IS NOT NULL AND e.firms IS NULL THEN 'tco2e' END,
                CASE WHEN b.year IS NOT NULL AND b.firms IS NULL THEN 'biogenic_tco2' END
            ),
            ''
        ),
        factories_summed = e.factories,
        factories_with_workers = CASE WHEN e.amounts IS NOT NULL THEN e.with_workers END,
        workers = CASE WHEN e.amounts IS NOT NULL THEN e.workers END,
        told_vintage = least(
            CASE WHEN e.amounts IS NOT NULL THEN e.told_vintage END,
            CASE WHEN b.amounts IS NOT NULL THEN b.told_vintage END
        ),
        comparable_to_previous = CASE
            WHEN e.amounts IS NOT NULL THEN f.comparable_to_previous END
    FROM carbon_figure AS t
    LEFT JOIN cell AS e
        ON (e.part, e.year, e.province_code, e.division)
            = ('energy', t.year, t.province_code, t.division)
    LEFT JOIN cell AS b
        ON (b.part, b.year, b.province_code, b.division)
            = ('biomass', t.year, t.province_code, t.division)
    WHERE t.vintage = %(vintage)s
        AND (f.vintage, f.year, f.province_code, f.division)
            = (t.vintage, t.year, t.province_code, t.division)
"""

# As everybody sees them.
FIGURES = """
    SELECT
        c.year, c.province_code, c.factories, round(c.amounts[1]), round(c.amounts[2]),
        c.told_vintage
    FROM carbon_cell AS c
    JOIN (
        SELECT year, max(vintage) AS vintage FROM carbon_cell WHERE part = 'energy' GROUP BY year
    ) AS n USING (year, vintage)
    WHERE c.part = 'energy' AND c.amounts IS NOT NULL AND c.division = %(total)s
    ORDER BY 1, 2
"""
KEEP_CHANGE = """
    INSERT INTO carbon_change (
        vintage, year, before_year, refused, before_tco2e, after_tco2e, reporters, structure,
        use_per_factory, mix, emission_factor, basis
    ) VALUES %s
"""
