"""The statement that reads the emission factors."""

EMISSION_FACTORS = """
    SELECT
        energy, unit, kgco2e_per_unit, biogenic_kgco2_per_unit, scope, basis, valid_from, valid_to,
        gases, gwp, quality, uncertainty, source
    FROM published.emission_factors
    ORDER BY energy, unit, scope, valid_from NULLS FIRST
"""
