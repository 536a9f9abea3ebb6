"""Statements of the indicators of a fiscal year %(year)s."""

YEARS = "SELECT DISTINCT fiscal_year FROM published.kpis ORDER BY fiscal_year DESC"
INDICATORS = """
    SELECT
        code, name_th, name_en, mind, strategy, definition, formula, unit, better, base, base_year,
        target, owner, layer, source
    FROM published.kpis
    WHERE fiscal_year = %(year)s
    ORDER BY code
"""
# Of each area the newest value of the year; the country first.
VALUES = """
    SELECT DISTINCT ON (v.area_code <> 'TH', v.area_code, v.code)
        v.code, v.area_code, p.name_th, p.name_en, v.as_of, v.value, v.note, v.source
    FROM published.kpi_values AS v
    LEFT JOIN published.provinces AS p ON p.code = v.area_code
    WHERE v.fiscal_year = %(year)s
    ORDER BY v.area_code <> 'TH', v.area_code, v.code, v.as_of DESC
"""
